"""Wrong passphrases are answered ever later; the right one ends it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coordinator import patience
from coordinator.errors import UserError
from coordinator.register import open_register
from coordinator.session import Session
from tests.builders import tried_wrongly
from tests.conftest import PASSPHRASE

START = datetime(2023, 8, 15, 4, 0, tzinfo=UTC)


class Watch:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def attempt(folder: Path, passphrase: str, watch: Watch) -> tuple[str, object]:
    try:
        open_register(folder, passphrase, clock=watch).close()
    except UserError as refusal:
        return refusal.code, refusal.facts.get("seconds", refusal.facts.get("wait"))
    return "", None


def test_fault_03_three_mistyped_passphrases_then_the_right_one(session: Session) -> None:
    session.close()
    watch = Watch()
    answers = [attempt(session.folder, "wrong passphrase", watch) for _ in range(3)]
    assert answers == [("register.wrong_passphrase", wait) for wait in (0, 0, 2)]
    assert attempt(session.folder, PASSPHRASE, watch) == ("register.wait", 2)
    watch.now += timedelta(seconds=2)
    assert attempt(session.folder, PASSPHRASE, watch) == ("", None)


def test_a_right_passphrase_leaves_no_trace_and_clears_no_wrong_ones(session: Session) -> None:
    session.close()
    watch = Watch()
    assert attempt(session.folder, PASSPHRASE, watch) == ("", None)
    assert not (session.folder / patience.FILE).exists()
    told = [attempt(session.folder, typed, watch) for typed in ("a guess here", "a guess there", PASSPHRASE)]
    assert told == [("register.wrong_passphrase", 0), ("register.wrong_passphrase", 0), ("", None)]
    assert attempt(session.folder, "a third guess", watch) == ("register.wrong_passphrase", 2)
    watch.now += patience.FORGOTTEN_AFTER + timedelta(seconds=1)
    assert attempt(session.folder, "much later", watch) == ("register.wrong_passphrase", 0)


def test_the_delay_grows_to_two_minutes_and_no_further(tmp_path: Path) -> None:
    waits, now = [], START
    for _ in range(12):
        waits.append(patience.begin_try(tmp_path, now).wait)
        now += timedelta(seconds=waits[-1])
    assert waits == [0, 0, 2, 4, 8, 16, 30, 60, 120, 120, 120, 120]


def test_fault_21_a_clock_set_back_does_not_lock_out_for_ever(tmp_path: Path) -> None:
    tried_wrongly(tmp_path, 5, START)
    earlier = START - timedelta(days=400)
    with pytest.raises(UserError) as caught:
        patience.begin_try(tmp_path, earlier)
    assert caught.value.facts == {"seconds": 8}
    patience.begin_try(tmp_path, earlier + timedelta(seconds=8))


def test_a_damaged_file_of_tries_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / patience.FILE).write_text('{"failed": "many"}')
    patience.begin_try(tmp_path, START)
