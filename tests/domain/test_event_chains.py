"""Whether one person's events can have happened one after the other."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.domain.events import ChainBreak, EventKind, chain_breaks

US, OTHERS, ALONE = EventKind.BY_US, EventKind.OTHER_ORGANISATION, EventKind.LEFT_THEMSELVES
BACK, ON = EventKind.RETURNED, EventKind.TRANSFERRED


def breaks(*kinds: EventKind) -> set[tuple[ChainBreak, int]]:
    found = chain_breaks((kind, date(2023, 8, number)) for number, kind in enumerate(kinds, start=1))
    return {(what, day.day) for what, day in found}


@pytest.mark.parametrize("kinds", [(), (US,), (ALONE, BACK, US), (US, ON, BACK, OTHERS), (ON,)])
def test_gone_and_back_in_turn_is_no_contradiction(kinds: tuple[EventKind, ...]) -> None:
    assert breaks(*kinds) == set()


def test_nobody_leaves_twice_without_a_return_between() -> None:
    assert breaks(US, OTHERS) == {(ChainBreak.LEFT_TWICE, 2)}
    assert breaks(US, ON, ALONE, BACK) == {(ChainBreak.LEFT_TWICE, 3)}


def test_nobody_returns_who_did_not_leave() -> None:
    assert breaks(BACK) == {(ChainBreak.NOT_LEFT, 1)}
    assert breaks(US, BACK, BACK) == {(ChainBreak.NOT_LEFT, 3)}
