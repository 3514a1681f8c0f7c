"""Is a register whole? Looks at keys, file, pages, references, copies and second place; writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from coordinator import copies
from coordinator.domain.days import kyiv
from coordinator.errors import UserError
from coordinator.services.backups import own_folder, state_of_place
from coordinator.session import Clock, told, utc_now
from coordinator.settings import SECOND_PLACE
from db import keys, loose, schema, snapshot, stores
from db.connection import Database, open_existing
from db.layout import DATA, KEYS, LOG

OLD_COPY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing looked at: the code and facts of its sentence. `ok` None: whole, but somebody should see to it."""

    code: str
    ok: bool | None
    facts: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckReport:
    lines: tuple[CheckLine, ...]

    @property
    def whole(self) -> bool:
        """Nothing is damaged. An old copy or a missing second place does not count as damage."""
        return all(line.ok is not False for line in self.lines)

    @property
    def damaged(self) -> bool:
        return not self.whole

    @property
    def looked(self) -> bool:
        """The data could be looked at."""
        return all(line.code != "check.not_looked" for line in self.lines)


def check(folder: Path, key: bytes, clock: Clock = utc_now) -> CheckReport:
    """Look at everything that can be looked at while others go on working. Raises nothing for damage: it reports it."""
    lines = [*_keys(folder), *_data(folder, key)]
    now = clock()
    lines.append(_newest_copy(folder, now))
    return CheckReport((*lines, *_second(folder, key, now)))


def _line(code: str, ok: bool | None, **facts: object) -> CheckLine:
    return CheckLine(code, ok, tuple(facts.items()))


def _refused(fault: UserError, folder: Path) -> CheckLine:
    """A full disk or a lock is no damage: it could not be looked."""
    ok = None if fault.code.startswith(("disk.", "register.busy", "register.read_only")) else False
    code = "check.not_looked" if ok is None else fault.code
    return CheckLine(code, ok, tuple({**fault.facts, "path": str(folder)}.items()))


def _keys(folder: Path) -> Iterator[CheckLine]:
    try:
        with told():
            slots = keys.load_slots(folder / KEYS)
    except UserError as fault:
        yield _refused(fault, folder)
        return
    yield _line("check.keys", True, count=sum(slot.kind == keys.PASSPHRASE for slot in slots))
    if not any(slot.kind == keys.RECOVERY for slot in slots):
        yield _line("check.no_recovery", None)


def _data(folder: Path, key: bytes) -> Iterator[CheckLine]:
    try:
        with told():
            database = open_existing(folder / DATA, key, read_only=True)
            try:
                yield _line("check.opens", True, size=(folder / DATA).stat().st_size // 1024)
                yield from _pages(database, folder)
                yield from _content(database)
            finally:
                database.close()
    except UserError as fault:
        yield _refused(fault, folder)


def _pages(database: Database, folder: Path) -> Iterator[CheckLine]:
    # Reading a page checks its seal, in the log too. The engine's own look at all seals sees the file without its
    # log, and alarms for nothing while there is one.
    log = folder / LOG
    if not log.exists() or not log.stat().st_size:
        broken = len(database.rows("PRAGMA cipher_integrity_check"))
        if broken:
            yield _line("check.pages_broken", False, count=broken)
            return
    if not snapshot.is_whole(database):
        yield _line("check.not_whole", False)
        return
    yield _line("check.pages", True)
    orphans = len(database.rows("PRAGMA foreign_key_check"))
    if orphans:
        yield _line("check.orphans", False, count=orphans)
        return
    # Tables of a newer version may be others than those that are known here.
    unguarded = [] if schema.is_newer(database) else loose.dangling(database)
    count = sum(rows for _table, _column, rows in unguarded)
    yield _line("check.loose", None, count=count) if count else _line("check.references", True)


def _content(database: Database) -> Iterator[CheckLine]:
    tally = snapshot.tally(database)
    if schema.is_newer(database):
        yield _line("check.newer", None, schema=tally.schema)
    elif schema.pending(database):
        yield _line("check.older", None, schema=tally.schema)
    else:
        yield _line("check.schema", True, schema=tally.schema)
    yield _line("check.counts", True, households=tally.households, people=tally.people, events=tally.events)


def _newest_copy(folder: Path, now: datetime) -> CheckLine:
    found = copies.list_copies(own_folder(folder))
    newest = next((copy for copy in found if not copy.fault), None)
    if newest is None:
        return _line("check.no_copy", None)
    recent = abs(now - newest.made_at) <= OLD_COPY
    return _line("check.copy" if recent else "check.copy_old", recent or None, when=_when(newest.made_at))


def _second(folder: Path, key: bytes, now: datetime) -> Iterator[CheckLine]:
    try:
        with told():
            database = open_existing(folder / DATA, key, read_only=True)
            try:
                row = stores.settings.get(database, SECOND_PLACE.key)
            finally:
                database.close()
    except UserError:
        return
    if row is None or not row.value:
        yield _line("check.no_second", None)
        return
    state = state_of_place(folder, key, Path(row.value), now)
    if state.last is None:
        yield _line("check.second_never", None, path=row.value)
    else:
        code = "check.second_overdue" if state.overdue else "check.second"
        yield _line(code, None if state.overdue else True, path=row.value, when=_when(state.last))


def _when(moment: datetime) -> str:
    return f"{kyiv(moment):%d.%m.%Y %H:%M}"
