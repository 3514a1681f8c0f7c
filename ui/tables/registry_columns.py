"""The columns of the registry, one household a row, declared once for showing, sorting and copying."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from coordinator.domain.decision import Decision, Obstacle
from coordinator.domain.names import sort_key
from coordinator.domain.person import Need
from coordinator.queries.registry import RegistryRow
from coordinator.queries.registry_filter import AS_TYPED, FIELDS, YES
from resources.i18n import N_, _
from ui import actions, texts
from ui.signs import DECISION_SIGNS, NEED_SIGNS, need_sign
from ui.tables.columns import Column, Filterable

Row = RegistryRow


@lru_cache(maxsize=100_000)
def _in_alphabet(text: str) -> str | None:
    return sort_key(text) if text else None


def _head(row: Row) -> str:
    return row.head or _("No name")


def _people(row: Row) -> str:
    """ "4 (2)": people, and the children among them; a question mark where an age is uncertain."""
    if not row.children:
        return str(row.people)
    return f"{row.people} ({row.children}{'?' if row.uncertain_children else ''})"


def people_in_words(row: Row) -> str:
    words = [texts.people(row.people)]
    if row.children:
        words.append(texts.children(row.children))
    if row.uncertain_children:
        words.append(_("the age of a child is uncertain"))
    return ", ".join(words)


def _decision(row: Row) -> str:
    word = texts.label(Decision(row.decision))
    return f"{word} {texts.day_short(row.wants_on)}" if row.wants_on else word


def _decision_tip(row: Row) -> str:
    tips = [_decision(row)]
    if row.refusing and row.decision != Decision.REFUSED:
        tips.append(_("Refuse: {people}").format(people=texts.people(row.refusing)))
    if row.part_stays:
        tips.append(_("A part of the family stays"))
    return "\n".join(tips)


_DECISION_ORDER = {decision.value: place for place, decision in enumerate(Decision)}


def _decision_rank(row: Row) -> tuple[int, str]:
    return _DECISION_ORDER[row.decision], row.wants_on.isoformat() if row.wants_on else ""


def _needs(row: Row) -> str:
    return texts.needs_line(Need(code) for code in row.needs)


def _settlement_tip(row: Row) -> str:
    if row.settlement_known:
        return row.settlement
    return _("{name}: not in the gazetteer. Choose a settlement in the details.").format(name=row.settlement or "–")


def _number_sign(row: Row) -> str:
    return "duplicates" if row.open_pairs else ("people" if row.parts else "")


def _number_tip(row: Row) -> str:
    tips = [_("Possibly the same family as another household")] if row.open_pairs else []
    return "\n".join((*tips, _family_tip(row))) if row.parts else "".join(tips) or str(row.number)


def _family(row: Row) -> str:
    return ", ".join(str(number) for _id, number in row.parts)


def _family_tip(row: Row) -> str:
    """The link goes both ways, and a key goes along it."""
    if not row.parts:
        return ""
    words = _("The family is split; the other part is household {numbers} ({key} goes there)")
    return words.format(numbers=_family(row), key=actions.key_text("household.part"))


def _held(row: Row) -> str:
    return ", ".join(texts.label(one) for one in row.holds_back)


def _ready(row: Row) -> str:
    """ "3 of 5" where only some of them are."""
    if not row.ready:
        return ""
    return _("{n} of {all}").format(n=row.going, all=row.people) if row.going < row.people else _("Ready")


def _ready_tip(row: Row) -> str:
    if row.ready and row.going < row.people:
        return _("{n} of {all} ready for the working date").format(n=row.going, all=row.people)
    return _("Ready for the working date") if row.ready else _("Not ready for the working date")


def _settlement_words(key: str, row: Row | None) -> str:
    return row.settlement if row is not None else key.removeprefix(AS_TYPED)


def _settlement_sign(key: str, _row: Row | None) -> tuple[str, str]:
    return ("warning", "warning") if key.startswith(AS_TYPED) else ("", "text")


def _day(day: date | None) -> str:
    return texts.day_short(day) if day else ""


def _filter(key: str, **more: Any) -> Filterable[Row]:
    return Filterable(FIELDS[key], **more)


_BY_SETTLEMENT = _filter("settlement", words=_settlement_words, sign=_settlement_sign, blank=N_("(not said)"))
_BY_DECISION = _filter(
    "decision", words=lambda key, _row: texts.label(Decision(key)), known=tuple(one.value for one in Decision),
    sign=lambda key, _row: DECISION_SIGNS[Decision(key)],
)  # fmt: skip
_BY_NEED = _filter(
    "needs", words=lambda key, _row: texts.label(Need(key)), known=tuple(one.value for one in Need),
    sign=lambda key, _row: (NEED_SIGNS.get(Need(key), ""), "text"), blank=N_("(no needs)"),
)  # fmt: skip

_BY_OBSTACLE = _filter(
    "held", words=lambda key, _row: texts.label(Obstacle(key)), known=tuple(one.value for one in Obstacle),
    blank=N_("(not said)"),
)  # fmt: skip

COLUMNS: tuple[Column[Row], ...] = (
    Column("number", N_("No."), lambda r: str(r.number), sort=lambda r: r.number, width=7, right=True, always=True,
           icon=_number_sign, tooltip=_number_tip, filter=_filter("number")),
    Column("head", N_("Head"), _head, sort=lambda r: r.head_key or None, width=19,
           mark=lambda r: "" if r.head else "muted", filter=_filter("head", blank=N_("(no name)"))),
    Column("settlement", N_("Settlement"), lambda r: r.settlement or "–",
           sort=lambda r: r.settlement_key or _in_alphabet(r.settlement), width=12, tooltip=_settlement_tip,
           icon=lambda r: "" if r.settlement_known else "warning",
           mark=lambda r: "" if r.settlement_known else "warning", filter=_BY_SETTLEMENT),
    Column("address", N_("Address"), lambda r: r.address, sort=lambda r: _in_alphabet(r.address), width=13,
           filter=_filter("address")),
    Column("street", N_("Street"), lambda r: r.street, sort=lambda r: _in_alphabet(r.street), shown=False,
           filter=_filter("street")),
    Column("house", N_("House"), lambda r: r.house, sort=lambda r: _in_alphabet(r.house), width=7, shown=False,
           filter=_filter("house")),
    Column("flat", N_("Flat"), lambda r: r.flat, sort=lambda r: _in_alphabet(r.flat), width=7, shown=False,
           filter=_filter("flat")),
    Column("landmark", N_("Landmark"), lambda r: r.landmark, sort=lambda r: _in_alphabet(r.landmark), shown=False,
           filter=_filter("landmark")),
    Column("people", N_("People"), _people, sort=lambda r: (r.people, r.children), width=8, right=True,
           tooltip=people_in_words, filter=_filter("people")),
    Column("children", N_("Children"), lambda r: str(r.children or ""), sort=lambda r: r.children, width=8, right=True,
           shown=False, filter=_filter("children")),
    Column("decision", N_("Decision"), _decision, sort=_decision_rank, width=20, tooltip=_decision_tip,
           icon=lambda r: DECISION_SIGNS[Decision(r.decision)][0],
           mark=lambda r: DECISION_SIGNS[Decision(r.decision)][1], filter=_BY_DECISION),
    Column("wants", N_("Pickup wished"), lambda r: _day(r.wants_on), sort=lambda r: r.wants_on, width=11, shown=False,
           filter=_filter("wants")),
    Column("ready", N_("Ready"), _ready, sort=lambda r: 0 if r.ready else 1, width=8,
           icon=lambda r: "check" if r.ready else "", mark=lambda r: "success" if r.ready else "", tooltip=_ready_tip,
           filter=_filter("ready", words=lambda _key, _row: _("Ready"), known=(YES,), blank=N_("(not ready)"))),
    Column("scheduled", N_("Scheduled"), lambda r: _day(r.scheduled_on), sort=lambda r: r.scheduled_on, width=11,
           filter=_filter("scheduled", blank=N_("(not scheduled)"))),
    Column("again", N_("Ask again"), lambda r: _day(r.again_on), sort=lambda r: r.again_on, width=11,
           filter=_filter("again", blank=N_("(no day set)"))),
    Column("needs", N_("Needs"), _needs, width=16, icon=lambda r: need_sign(Need(code) for code in r.needs),
           filter=_BY_NEED),
    Column("phones", N_("Phones"), lambda r: r.phones, sort=lambda r: r.phones or None, width=14,
           filter=_filter("phones", blank=N_("(no phone)"))),
    Column("pets", N_("Pets"), lambda r: r.pets, width=12, filter=_filter("pets")),
    Column("note", N_("Note"), lambda r: " ".join(r.note.split()), width=24, tooltip=lambda r: r.note,
           filter=_filter("note")),
    Column("decided", N_("Decided"), lambda r: texts.moment(r.decided_at) if r.decided_at else "",
           sort=lambda r: r.decided_at, width=14, filter=_filter("decided")),
    Column("requested", N_("Requested"), lambda r: texts.moment(r.requested_at) if r.requested_at else "",
           sort=lambda r: r.requested_at, width=14, shown=False, filter=_filter("requested")),
    Column("held", N_("What holds them back"), _held, width=20, shown=False, filter=_BY_OBSTACLE),
    Column("family", N_("Other part of the family"), _family, sort=lambda r: r.parts[0][1] if r.parts else None,
           width=14, shown=False, tooltip=_family_tip, icon=lambda r: "people" if r.parts else "",
           filter=_filter("family", words=lambda _key, _row: _("Split"), known=(YES,), blank=N_("(not split)"))),
)  # fmt: skip
NUMBERS = {column.key: number for number, column in enumerate(COLUMNS)}
"""Key of a column -> its number."""
