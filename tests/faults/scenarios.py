"""The work that is killed, and what must be true of the register afterwards."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from coordinator.domain.decision import Decision
from coordinator.domain.person import Need
from coordinator.register import Access, create_register, open_register
from coordinator.services import decisions, history, households, imports
from coordinator.services.backups import backup
from coordinator.session import Session
from db import connection, keys, schema
from db.layout import KEYS
from tests.builders import add_household, add_settlement
from tests.faults.killing import Ack, Lived, Measure
from tests.faults.state import damage_of, state_of
from tests.faults.workbooks import hotline_list, people_list
from tests.forking import read_dictionaries
from tests.services.lists import LIST_DAY

PASSPHRASE = "correct horse battery"
TRAINING_PASSPHRASE = "training only"
OLD_REGISTER = Path(__file__).parents[1] / "data" / "registers" / "0001.register"


class Scenario(Protocol):
    """`prepare` makes the folder that each round begins with; `work` is killed; `check` raises AssertionError."""

    name: str

    def prepare(self, folder: Path) -> None: ...

    def work(self, folder: Path, ack: Ack) -> None: ...

    def check(self, folder: Path, lived: Lived, measure: Measure) -> None: ...


@contextmanager
def whole(folder: Path, passphrase: str = PASSPHRASE, *, looked_at_first: bool = False) -> Iterator[Session]:
    """The register after the fall: it opens for writing, is sound, takes a change, and nothing lies about.

    `looked_at_first`: somebody opened it to look before anybody opened it to write.
    """
    _an_hour_later(folder)
    if looked_at_first:
        open_register(folder, passphrase, access=Access.READ).close()
    with open_register(folder, passphrase, access=Access.WINDOW) as session:
        assert session.read_only is None, session.read_only
        assert session.notices == (), session.notices
        assert session.others() == []
        with session.reading() as db:
            assert (damage := damage_of(db)) == [], damage
            assert schema.pending(db) == []
        yield session
        add_household(session, "Останній")
        backup(session, "test")
    assert (litter := litter_of(folder)) == [], litter


def _an_hour_later(folder: Path) -> None:
    """What is younger than a minute could belong to a program that is just writing it."""
    then = time.time() - 3600
    for entry in folder.rglob("*"):
        if entry.is_dir() or entry.name.startswith(".") or entry.suffix == ".lock":
            os.utime(entry, (then, then))


def litter_of(folder: Path) -> list[str]:
    """Files beside those of a closed register and its whole copies; the name of its lock may stay."""
    known = {"register.db", "keys.json", "window.lock", "backups", "erasing.json", "tries.json"}
    found = [entry.name for entry in folder.iterdir() if entry.name not in known]
    found += [entry.name for entry in folder.parent.iterdir() if entry.name.startswith(".")]
    found += [entry.name for entry in (folder / "backups").glob(".*")]
    for copy in copies_of(folder):
        names = {entry.name for entry in copy.iterdir()}
        found += [f"{copy.name}/{name}" for name in names - {"register.db", "keys.json", "copy.json", "window.lock"}]
    return found


def copies_of(folder: Path) -> list[Path]:
    """The copies that have their name, in the order of their moments."""
    return sorted(entry for entry in (folder / "backups").glob("*") if not entry.name.startswith("."))


def assert_between(session: Session, lived: Lived, measure: Measure) -> None:
    """All that was acknowledged is there, and of the verb under way all or nothing. The first word changes nothing."""
    said = max(1, len(lived.words))
    allowed = measure.states[said - 1 : said + 1 if lived.words else said]
    found = state_of(session)
    assert found in allowed, f"after {lived.words}: {found.rows} is none of {[state.rows for state in allowed]}"


class Verbs:
    """Verbs of one session, one after the other. The first word is said when the register is open."""

    name = ""
    steps: tuple[Callable[[Session], object], ...] = ()

    def prepare(self, folder: Path) -> None:
        with create_register(folder, PASSPHRASE, training=True) as session:
            add_settlement(session, "Ківшарівка")
            for number in range(3):
                add_household(session, "Приклад", "Ківшарівка", people=3, street=f"вул. Перша {number}")

    def work(self, folder: Path, ack: Ack) -> None:
        with open_register(folder, PASSPHRASE) as session:
            ack("open", session)
            for number, step in enumerate(self.steps):
                step(session)
                ack(str(number), session)

    def check(self, folder: Path, lived: Lived, measure: Measure) -> None:
        with whole(folder, looked_at_first=len(lived.words) % 2 == 1) as session:
            assert_between(session, lived, measure)


class Edit(Verbs):
    """Fault 2 and 3, and every day: many small verbs in a row."""

    name = "edit"

    def __init__(self) -> None:
        self.steps = tuple(step for number in range(8) for step in _edits(number))


def _edits(number: int) -> tuple[Callable[[Session], object], ...]:
    street = f"вул. Лісова {number}"

    def newest(session: Session) -> str:
        with session.reading() as db:
            found: str = db.rows("SELECT id FROM household ORDER BY number DESC LIMIT 1")[0][0]
        return found

    def add(session: Session) -> str:
        return add_household(
            session,
            f"Зразок{number}",
            "Ківшарівка",
            4,
            2,
            needs=[Need.WHEELCHAIR],
            phone="050 111 22 33",
            street=street,
        )

    return (
        add,
        lambda session: decisions.decide(session, newest(session), Decision.PACKED),
        lambda session: households.edit_household(session, newest(session), note=f"дзвонити о {number}"),
        history.undo,
        lambda session: decisions.decide(session, newest(session), Decision.LEFT_THEMSELVES, on=LIST_DAY),
    )


class Import(Verbs):
    """Fault 1: workbooks of people and of requests, the second an update of the first."""

    name = "import"

    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        read_dictionaries()
        for book in range(2):
            people_list(folder.parent / f"people-{book}.xlsx", book)
        hotline_list(folder.parent / "hotline.xlsx")

    def __init__(self) -> None:
        self.steps = tuple(
            lambda session, name=name: imports.apply_import(
                session, imports.preview_import(session, session.folder.parent / name, LIST_DAY)
            )
            for name in ("people-0.xlsx", "hotline.xlsx", "people-1.xlsx")
        )


class Migration:
    """Fault 6: a register of the first schema is opened by this program."""

    name = "migration"

    def prepare(self, folder: Path) -> None:
        shutil.copytree(OLD_REGISTER, folder)
        opened = keys.unwrap(keys.load_slots(folder / KEYS), TRAINING_PASSPHRASE)
        assert opened is not None
        keys.save_slots(folder / KEYS, [keys.make_slot(opened[0], TRAINING_PASSPHRASE, opened[1].user)])

    def work(self, folder: Path, ack: Ack) -> None:
        with open_register(folder, TRAINING_PASSPHRASE) as session:
            ack("migrated", session)

    def check(self, folder: Path, lived: Lived, measure: Measure) -> None:
        migrated = _schema_of(folder, TRAINING_PASSPHRASE)
        assert migrated or not lived.words
        with whole(folder, TRAINING_PASSPHRASE) as session:
            assert state_of(session) == measure.states[0]
        assert any("migration" in copy.name for copy in copies_of(folder)), "no copy of the previous schema"


def _schema_of(folder: Path, passphrase: str) -> bool:
    """Whether the file as it lies there has been migrated, looked at in a copy."""
    aside = folder.with_name("aside.register")
    shutil.copytree(folder, aside, ignore=shutil.ignore_patterns("backups", "open-*", "*.lock", ".*"))
    opened = keys.unwrap(keys.load_slots(aside / "keys.json"), passphrase)
    assert opened is not None
    database = connection.open_existing(aside / "register.db", opened[0])
    try:
        assert damage_of(database) == []
        return not schema.pending(database)
    finally:
        database.close()
        shutil.rmtree(aside)
