"""A column's filter in words, for its chip, its tooltip and a saved view: "Settlement: Ківшарівка, Подоли"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coordinator.domain.filtering import BLANK, Bound, Condition, Kind
from resources.i18n import N_, _, ngettext
from ui import texts
from ui.tables.columns import Column
from ui.tables.filtering.values import row_with, said

MOST_NAMED = 3
"""So many values are named; more are counted."""

SPANS: tuple[tuple[Bound, Bound, str], ...] = (
    (0, 0, N_("on the working date")),
    (-1, -1, N_("the day before the working date")),
    (-6, 0, N_("the last 7 days")),
    (None, 0, N_("up to the working date")),
    (None, -1, N_("before the working date")),
    (1, None, N_("after the working date")),
)
"""Ranges of days that move with the working date: least, most, words."""


def condition_words(column: Column[Any], condition: Condition, records: Sequence[Any]) -> str:
    """The filter of one column. `records` are all rows of the table, to find how a value is called."""
    return _("{column}: {what}").format(column=_(column.title), what=what_words(column, condition, records))


def what_words(column: Column[Any], condition: Condition, records: Sequence[Any]) -> str:
    """As `condition_words` without the column's name."""
    assert column.filter is not None
    parts = []
    if condition.only is not None:
        parts.append(_named(column, condition.only, records) or _("nothing"))
    if condition.but:
        parts.append(_("not {values}").format(values=_named(column, condition.but, records)))
    if condition.words.strip():
        parts.append(_("with “{text}”").format(text=condition.words.strip()))
    if condition.ranged:
        parts.append(range_words(column.filter.field.kind, condition.least, condition.most))
    return "; ".join(parts)


def range_words(kind: Kind, least: Bound, most: Bound) -> str:
    """ "from 3", "up to 5", "3–5", "the last 7 days" """
    if kind is Kind.DAY:
        for first, last, words in SPANS:
            if (least, most) == (first, last) and not (isinstance(least, bool) or isinstance(most, bool)):
                return _(words)
    low, high = _bound(least), _bound(most)
    if least is None:
        return _("up to {most}").format(most=high)
    if most is None:
        return _("from {least}").format(least=low)
    return low if least == most else _("{least} – {most}").format(least=low, most=high)


def _bound(value: Bound) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else texts.day_short(value)


def _named(column: Column[Any], keys: frozenset[str], records: Sequence[Any]) -> str:
    way = column.filter
    assert way is not None
    known = {key: place for place, key in enumerate(way.known)}
    order = sorted(keys, key=lambda key: (key == BLANK, known.get(key, len(known)), key))
    if len(order) > MOST_NAMED:
        named, rest = order[: MOST_NAMED - 1], len(order) - MOST_NAMED + 1
    else:
        named, rest = order, 0
    words = ", ".join(said(way, key, None if way.known else row_with(way, records, key)) for key in named)
    if not rest:
        return words
    return ngettext("{values} and {n} more", "{values} and {n} more", rest).format(values=words, n=rest)
