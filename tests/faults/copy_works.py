"""Copies that are made and put back, killed on the way."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from coordinator.register import open_register
from coordinator.services.restore import restore
from tests.builders import add_household
from tests.faults.killing import Ack, Lived, Measure
from tests.faults.scenarios import PASSPHRASE, Verbs, assert_between, copies_of, whole
from tests.faults.state import damage_of, state_of


class Backup:
    """Fault 18: copies between edits, each an hour after the last."""

    name = "backup"

    def prepare(self, folder: Path) -> None:
        Verbs().prepare(folder)

    def work(self, folder: Path, ack: Ack) -> None:
        hours = count()
        begins = datetime(2023, 8, 15, tzinfo=UTC)
        with open_register(folder, PASSPHRASE, clock=lambda: begins + timedelta(hours=next(hours))) as session:
            for number in range(4):
                add_household(session, f"Зразок{number}", "Ківшарівка")
                copy = session.safe_copy("test")
                ack(copy.name, session)

    def check(self, folder: Path, lived: Lived, measure: Measure) -> None:
        copies = {copy.name: copy for copy in copies_of(folder)}
        for number, name in enumerate(lived.words):
            assert name in copies, f"the copy {name} was acknowledged and is not there"
            assert _copy_state(copies[name]) == measure.states[number].rows
        for copy in copies.values():
            assert _copy_state(copy)["household"] >= 3
        with whole(folder):
            pass


def _copy_state(copy: Path) -> dict[str, int]:
    """Opened as somebody who needs it would: taken elsewhere as a register."""
    taken = copy.parents[2] / "taken.register"
    shutil.copytree(copy, taken)
    try:
        with open_register(taken, PASSPHRASE) as session, session.reading() as db:
            assert damage_of(db) == []
            return state_of(session).rows
    finally:
        shutil.rmtree(taken)


class Restore(Verbs):
    """Fault 20: the register is as it was or as the copy has it, and what it was lies aside."""

    name = "restore"

    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        with open_register(folder, PASSPHRASE) as session:
            session.safe_copy("asked")
            for number in range(5):
                add_household(session, f"Новий{number}", "Ківшарівка", 3, phone="050 111 22 33")

    def work(self, folder: Path, ack: Ack) -> None:
        (copy,) = copies_of(folder)
        with open_register(folder, PASSPHRASE) as session:
            ack("open", session)
            with restore(session, copy) as restored:
                ack("restored", restored)

    def check(self, folder: Path, lived: Lived, measure: Measure) -> None:
        aside = copies_of(folder)[1:]
        with whole(folder) as session:
            assert_between(session, lived, measure)
            went_back = state_of(session) != measure.states[0]
        if went_back:
            assert [_copy_state(copy) for copy in aside] == [measure.states[0].rows]
