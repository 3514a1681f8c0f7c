"""The filter of the registry in words: marks, chips, and how many households are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coordinator.queries.registry import RegistryRow
from coordinator.queries.registry_filter import FLAG_TESTS, FLAGS, RegistryFilter
from resources.i18n import _, pgettext
from ui import texts
from ui.tables.filtering.words import condition_words
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


def passing(chosen: RegistryFilter, rows: Sequence[Row], day: date) -> list[Row]:
    """The rows that the filter leaves, whatever is searched for."""
    found = list(rows)
    for test in chosen.tests(day):
        found = [row for row in found if test(row)]
    return found


def counted(shown: Sequence[Row], total: int) -> str:
    """ "12 of 25 000 households, 31 people" """
    people = sum(row.people for row in shown)
    if len(shown) == total:
        words = _("{households}, {people}")
    else:
        words = pgettext("some of all", "{shown} of {households}, {people}")
    return words.format(shown=texts.number(len(shown)), households=texts.households(total), people=texts.people(people))
