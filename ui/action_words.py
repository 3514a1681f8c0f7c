"""An action in words: what was done, for the log; what it is called, for "Undo: …"; how a field or a record is called.

Facts come from the register as plain values. An older entry without a fact that its sentence names is told by a
sentence that does without.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from string import Formatter

from coordinator.domain.decision import Decision
from coordinator.domain.events import EventKind
from coordinator.domain.missing import Answer
from coordinator.domain.papers import CopyEnd
from coordinator.domain.roles import Role
from coordinator.domain.trip import CallOutcome
from coordinator.services.history import original
from coordinator.settings import DECLARED
from resources.i18n import N_, _
from resources.messages import SENTENCES, sentence
from ui import texts
from ui.field_words import FIELDS

PAPERS: Mapping[str, str] = {
    "pickup-list": N_("pickup list"),
    "pickup-draft": N_("draft of pickup lists"),
    "difference": N_("changes to pickup lists"),
    "wall-table": N_("trips of the day for the wall"),
    "passenger-list": N_("passenger list for a checkpoint"),
    "refusal-record": N_("record of a refusal"),
    "confirmation": N_("confirmation of evacuation"),
    "call-list": N_("call list"),
    "state": N_("all households on paper"),
    "call-sheet": N_("call sheet"),
    "street-board": N_("street board"),
    "results-sheet": N_("sheet for results"),
    "people": N_("list of people"),
    "households": N_("list of households"),
    "daily-summary": N_("daily summary without names"),
    "pickup": N_("pickup lists as a table"),
    "coverage": N_("coverage by settlement"),
    "fleet": N_("vehicles and drivers"),
    "chart": N_("chart"),
    "report": N_("workbook of a daily report"),
    "report-text": N_("text of a daily report"),
    "import-report": N_("report of an import"),
    "import-errors": N_("rows for the sender to correct"),
}
"""Kinds of print and export."""

_OUTCOMES: Mapping[str, str] = {
    CallOutcome.TOLD: N_("told"),
    CallOutcome.NOT_REACHED: N_("not reached"),
    CallOutcome.SAID_NO: N_("said no"),
}
COPY_ENDS: Mapping[str, str] = {
    CopyEnd.OUT: N_("out"),
    CopyEnd.RETURNED: N_("returned"),
    CopyEnd.DESTROYED: N_("destroyed"),
}
"""Where a printed copy is."""

_CODED: Mapping[str, type[StrEnum]] = {"answer": Answer, "decision": Decision, "kind": EventKind, "role": Role}
_CODED_IN = frozenset(
    {"answer_missing", "decide", "decide_person", "decide_many", "record_departure", "add_user", "set_role"}
)
_OPTIONS = {option.key: option.label for option in DECLARED}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def done_words(label: str, facts: Mapping[str, object]) -> str:
    """What was done: "Decision of household 417 recorded: Refused", "Undone: …"."""
    known = _worded(label, facts)
    if label in ("undo", "redo") and "what" in facts:
        known["what"] = done_words(*original(label, facts))
    code = f"action.{label}"
    if f"{code}.bare" in SENTENCES and not _complete(code, known):
        code += ".bare"
    return sentence(code, known) if code in SENTENCES else label


def name_words(label: str, facts: Mapping[str, object]) -> str:
    """What an action is called before it is undone: "set decision of household 417"."""
    label, facts = original(label, facts)
    known = _worded(label, facts)
    code = f"name.{label}"
    return sentence(code, known) if code in SENTENCES and _complete(code, known) else done_words(label, facts)


def field_name(table: str, column: str) -> str:
    """The translated name of a column, "" for one that nobody needs to see."""
    return _(FIELDS[table, column]) if (table, column) in FIELDS else ""


def paper_name(kind: str) -> str:
    """A kind of print, export or copy, as it is logged."""
    plain = kind.removeprefix("export:")
    if plain.startswith("copied:"):
        return _("copied rows of a table")
    return _(PAPERS[plain]) if plain in PAPERS else plain


def _complete(code: str, facts: Mapping[str, object]) -> bool:
    """Is every fact there that the sentence names?"""
    named = {name for _text, name, _spec, _conversion in Formatter().parse(SENTENCES[code]) if name}
    return all(facts.get(name) not in (None, "") for name in named)


def _worded(label: str, facts: Mapping[str, object]) -> dict[str, object]:
    return {name: _fact(label, name, value) for name, value in facts.items()} | _setting(label, facts)


def _fact(label: str, name: str, value: object) -> object:
    text = str(value)
    if label in ("print", "export") and name == "kind":
        return paper_name(text)
    if label == "restore_value" and name == "field":
        table, _point, column = text.partition(".")
        return field_name(table, column) or text
    if label == "set_notice" and name == "outcome":
        return _(_OUTCOMES[text]) if text in _OUTCOMES else text
    if label == "end_copies" and name == "end":
        return _(COPY_ENDS[text]) if text in COPY_ENDS else text
    if label in _CODED_IN and name in _CODED:
        kind = _CODED[name]
        return texts.label(kind(text)) if text in list(kind) else text
    if isinstance(value, str) and _DAY.fullmatch(value):
        return texts.day_short(date.fromisoformat(value))
    return texts.shown(value)


def _setting(label: str, facts: Mapping[str, object]) -> dict[str, object]:
    key = str(facts.get("key", ""))
    return {"setting": _(_OPTIONS[key])} if label == "change_setting" and key in _OPTIONS else {}
