"""The filter of the registry in words: marks, chips, and how many households are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from coordinator.domain.decision import Decision
from coordinator.domain.filtering import BLANK
from coordinator.queries.registry import RegistryRow
from coordinator.queries.registry_filter import FLAG_TESTS, FLAGS, RegistryFilter, one_of, settlement_keys
from coordinator.queries.saved_views import Look
from resources.i18n import _, pgettext
from ui import texts
from ui.tables.filtering.words import condition_words, what_words
from ui.tables.registry_columns import COLUMNS, NUMBERS
from ui.widgets.filter_button import Value

Row = RegistryRow


def flag_words(name: str) -> str:
    """The filter in words, for its chip and its tick."""
    return {
        "ready": _("Ready for the working date"),
        "pairs": _("Possible duplicates"),
        "unknown": _("Unknown settlement"),
        "children": _("With children"),
        "there": _("Still there"),
    }[name]


def flag_values(rows: Sequence[Row]) -> list[Value]:
    """Each mark with its count among these rows."""
    return [Value(name, flag_words(name), sum(map(FLAG_TESTS[name], rows))) for name in FLAGS]


def chips(chosen: RegistryFilter, rows: Sequence[Row]) -> list[tuple[str, str]]:
    """(key, translated words) of every active filter, in the order of the columns. `rows` are all of the table."""
    found = [
        (f"column:{key}", condition_words(COLUMNS[NUMBERS[key]], chosen.columns[key], rows))
        for key in NUMBERS
        if key in chosen.columns
    ]
    return found + [(f"flag:{name}", flag_words(name)) for name in FLAGS if name in chosen.flags]


def proposed_name(look: Look, rows: Sequence[Row]) -> str:
    """A name for a view from its filters, what is missing last: "Stretcher, not scheduled"."""
    chosen = look.filter.columns
    missing = [key for key in NUMBERS if key in chosen and chosen[key].only == frozenset({BLANK})]
    present = [key for key in NUMBERS if key in chosen and key not in missing]
    parts = [look.search, *(what_words(COLUMNS[NUMBERS[key]], chosen[key], rows) for key in present)]
    parts += [flag_words(name) for name in FLAGS if name in look.filter.flags]
    parts += [what_words(COLUMNS[NUMBERS[key]], chosen[key], rows).strip("()") for key in missing]
    name = ", ".join(part for part in parts if part)
    return name[:1].upper() + name[1:]


def counted(shown: Sequence[Row], total: int) -> str:
    """ "12 of 25 000 households, 31 people" """
    people = sum(row.people for row in shown)
    if len(shown) == total:
        words = _("{households}, {people}")
    else:
        words = pgettext("some of all", "{shown} of {households}, {people}")
    return words.format(shown=texts.number(len(shown)), households=texts.households(total), people=texts.people(people))


def filter_for(what: Mapping[str, Any], rows: Sequence[Row]) -> RegistryFilter:
    """The filter that another page asked for: ready=True, there=True, decision=code. A settlement comes by its name."""
    columns = {}
    if what.get("settlement"):
        columns["settlement"] = one_of(*settlement_keys(rows, what["settlement"]))
    if what.get("decision"):
        columns["decision"] = one_of(Decision(what["decision"]).value)
    flags = {"ready": "ready", "there": "there", "pairs": "duplicates", "unknown": "unknown"}
    return RegistryFilter(columns, frozenset(flag for flag, name in flags.items() if what.get(name)))
