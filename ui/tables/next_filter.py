"""What "who is next" shows, and how it is said on chips."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coordinator.domain.decision import GONE, Decision
from coordinator.queries.who_next import NextRow
from resources.i18n import _, pgettext
from ui import texts
from ui.signs import DECISION_SIGNS
from ui.widgets.filter_button import Value

Row = NextRow
Test = Callable[[Row], bool]
_AS_TYPED = "text:"
TESTS: Mapping[str, Test] = {
    "to_call": lambda row: not row.called,
    "free": lambda row: not row.planned,
    "shelled": lambda row: row.shelled,
    "due": lambda row: row.due,
    "phone": lambda row: bool(row.phones),
}
AT_FIRST = frozenset({"to_call", "free"})
"""The list is for the next call: who was called today or is on a trip need not stand in it."""


@dataclass(frozen=True, slots=True)
class NextFilter:
    """Empty sets do not filter. A settlement is its id, or "text:…" for one as typed; `flags` are keys of TESTS."""

    settlements: frozenset[str] = frozenset()
    decisions: frozenset[str] = frozenset()
    flags: frozenset[str] = AT_FIRST

    def tests(self) -> list[Test]:
        """All of them are true for the rows to show. One after the other is quicker than all for each row."""
        tests = [TESTS[name] for name in TESTS if name in self.flags]
        if self.settlements:
            tests.append(lambda row: settlement_key(row) in self.settlements)
        if self.decisions:
            tests.append(lambda row: row.decision in self.decisions)
        return tests

    def rows(self, rows: Iterable[Row]) -> list[Row]:
        found = list(rows)
        for test in self.tests():
            found = list(filter(test, found))
        return found

    def without(self, key: str) -> NextFilter:
        """One chip taken away: "decisions:packed", "flags:to_call"."""
        part, _sep, value = key.partition(":")
        return replace(self, **{part: getattr(self, part) - {value}})

    def chips(self, name_of: Callable[[str], str]) -> list[tuple[str, str]]:
        """(key, translated words) of every active filter. `name_of` names a settlement by its key."""
        chips = [(f"settlements:{key}", name_of(key)) for key in sorted(self.settlements, key=name_of)]
        chips += [(f"decisions:{one.value}", texts.label(one)) for one in Decision if one.value in self.decisions]
        return chips + [(f"flags:{name}", flag_words(name)) for name in TESTS if name in self.flags]

    def state(self) -> dict[str, list[str]]:
        return {part: sorted(getattr(self, part)) for part in ("settlements", "decisions", "flags")}


def from_state(state: Mapping[str, Iterable[str]]) -> NextFilter:
    """What `state` gave, as a filter again; the first one where nothing was kept."""
    kept = {part: frozenset(state[part]) for part in ("settlements", "decisions") if part in state}
    return NextFilter(**kept, flags=frozenset(state.get("flags", AT_FIRST)) & TESTS.keys())


def settlement_key(row: Row) -> str:
    return row.settlement_id or _AS_TYPED + row.settlement


def flag_words(name: str) -> str:
    """The filter in words, for its chip and its tick."""
    return {
        "to_call": _("Not called today"),
        "free": _("On no trip of the day"),
        "shelled": _("Shelled close by since yesterday"),
        "due": _("Call back is due"),
        "phone": _("With a phone"),
    }[name]


def settlement_values(rows: Sequence[Row]) -> list[Value]:
    """Every settlement with its count, in the Ukrainian alphabet; those as typed come last."""
    counts = Counter(map(settlement_key, rows))
    names = {settlement_key(row): row for row in rows}
    order = sorted(counts, key=lambda key: (names[key].settlement_id is None, names[key].settlement_key, key))
    return [Value(key, names[key].settlement or _("not said"), counts[key]) for key in order]


def decision_values(rows: Sequence[Row]) -> list[Value]:
    counts = Counter(row.decision for row in rows)
    known = [one for one in Decision if one not in GONE]
    return [Value(one.value, texts.label(one), counts[one.value], *DECISION_SIGNS[one]) for one in known]


def flag_values(rows: Sequence[Row]) -> list[Value]:
    return [Value(name, flag_words(name), sum(map(test, rows))) for name, test in TESTS.items()]


def counted(shown: Sequence[Row], total: int) -> str:
    """ "12 of 25 000 households, 31 people" """
    people = sum(row.people for row in shown)
    if len(shown) == total:
        words = _("{households}, {people}")
    else:
        words = pgettext("some of all", "{shown} of {households}, {people}")
    return words.format(shown=texts.number(len(shown)), households=texts.households(total), people=texts.people(people))
