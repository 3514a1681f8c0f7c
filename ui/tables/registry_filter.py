"""What the registry shows: the chosen settlements, decisions, needs and marks, and how they are said on chips."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace

from coordinator.domain.decision import GONE, Decision
from coordinator.domain.person import Need
from coordinator.queries.registry import RegistryRow
from resources.i18n import _, pgettext
from ui import texts
from ui.signs import DECISION_SIGNS, NEED_SIGNS
from ui.widgets.filter_button import Value

Row = RegistryRow
Test = Callable[[Row], bool]
_GONE = frozenset(decision.value for decision in GONE)
_AS_TYPED = "text:"
FLAGS = ("ready", "pairs", "unknown", "children", "there")


@dataclass(frozen=True, slots=True)
class RegistryFilter:
    """Empty sets and False do not filter. A settlement is its id, or "text:…" for one as typed."""

    settlements: frozenset[str] = frozenset()
    decisions: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    ready: bool = False
    pairs: bool = False
    unknown: bool = False
    children: bool = False
    there: bool = False

    def __bool__(self) -> bool:
        return any(getattr(self, part.name) for part in fields(self))

    def test(self) -> Test | None:
        """True for the rows to show; None where all are."""
        tests: list[Test] = []
        if self.settlements:
            tests.append(lambda row: settlement_key(row) in self.settlements)
        if self.decisions:
            tests.append(lambda row: row.decision in self.decisions)
        if self.needs:
            tests.append(lambda row: not self.needs.isdisjoint(row.needs))
        tests += [_FLAG_TESTS[name] for name in FLAGS if getattr(self, name)]
        if not tests:
            return None
        return tests[0] if len(tests) == 1 else lambda row: all(test(row) for test in tests)

    def rows(self, rows: Iterable[Row]) -> list[Row]:
        test = self.test()
        return list(rows) if test is None else [row for row in rows if test(row)]

    def without(self, key: str) -> RegistryFilter:
        """One chip taken away: "decisions:packed", "ready"."""
        part, _sep, value = key.partition(":")
        if part in FLAGS:
            return replace(self, **{part: False})
        return replace(self, **{part: getattr(self, part) - {value}})

    def chips(self, name_of: Callable[[str], str]) -> list[tuple[str, str]]:
        """(key, translated words) of every active filter. `name_of` names a settlement by its key."""
        chips = [(f"settlements:{key}", name_of(key)) for key in sorted(self.settlements, key=name_of)]
        chips += [(f"decisions:{one.value}", texts.label(one)) for one in Decision if one.value in self.decisions]
        chips += [(f"needs:{one.value}", texts.label(one)) for one in Need if one.value in self.needs]
        return chips + [(name, flag_words(name)) for name in FLAGS if getattr(self, name)]

    def state(self) -> dict[str, object]:
        return {
            part.name: sorted(value) if isinstance(value := getattr(self, part.name), frozenset) else value
            for part in fields(self)
        }


def from_state(state: dict[str, object]) -> RegistryFilter:
    """What `state` gave, as a filter again."""
    known = {part.name for part in fields(RegistryFilter)}
    values = {key: frozenset(value) if isinstance(value, list) else bool(value) for key, value in state.items()}
    return RegistryFilter(**{key: value for key, value in values.items() if key in known})


def settlement_key(row: Row) -> str:
    return row.settlement_id or _AS_TYPED + row.settlement


def flag_words(name: str) -> str:
    """The filter in words, for its chip and its tick."""
    return {
        "ready": _("Ready for the working date"),
        "pairs": _("Possible duplicates"),
        "unknown": _("Unknown settlement"),
        "children": _("With children"),
        "there": _("Still there"),
    }[name]


_FLAG_TESTS: dict[str, Test] = {
    "ready": lambda row: row.ready,
    "pairs": lambda row: row.open_pairs > 0,
    "unknown": lambda row: not row.settlement_known,
    "children": lambda row: row.children > 0,
    "there": lambda row: row.decision not in _GONE,
}


def settlement_values(rows: Sequence[Row]) -> list[Value]:
    """Every settlement with its count, in the Ukrainian alphabet; those as typed come last."""
    counts = Counter(map(settlement_key, rows))
    names = {settlement_key(row): row for row in rows}
    order = sorted(counts, key=lambda key: (not names[key].settlement_known, names[key].settlement_key, key))
    return [
        Value(key, names[key].settlement or _("not said"), counts[key],
              "" if names[key].settlement_known else "warning", "warning")
        for key in order
    ]  # fmt: skip


def decision_values(rows: Sequence[Row]) -> list[Value]:
    counts = Counter(row.decision for row in rows)
    return [Value(one.value, texts.label(one), counts[one.value], *DECISION_SIGNS[one]) for one in Decision]


def need_values(rows: Sequence[Row]) -> list[Value]:
    counts = Counter(need for row in rows for need in row.needs)
    return [Value(one.value, texts.label(one), counts[one.value], NEED_SIGNS.get(one, "")) for one in Need]


def flag_values(rows: Sequence[Row]) -> list[Value]:
    return [Value(name, flag_words(name), sum(map(_FLAG_TESTS[name], rows))) for name in FLAGS]


def counted(shown: Sequence[Row], total: int) -> str:
    """ "12 of 25 000 households, 31 people" """
    people = sum(row.people for row in shown)
    if len(shown) == total:
        words = _("{households}, {people}")
    else:
        words = pgettext("some of all", "{shown} of {households}, {people}")
    return words.format(shown=texts.number(len(shown)), households=texts.households(total), people=texts.people(people))
