"""What leaves the register as a workbook or by the clipboard. Each is logged: who, when, what, how many people.

The log is written before the workbook takes its name: where the role, the register or the file says no, nothing has
come to lie on the disk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from coordinator.domain.days import kyiv
from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.exchange import exports
from coordinator.exchange.report import ImportReport
from coordinator.exchange.report_book import write_report
from coordinator.exchange.writing import Note, Progress, Sheet, write_workbook
from coordinator.outcome import Change, Outcome
from coordinator.queries.exports import daily_summary, located_households, summary_totals
from coordinator.queries.fleet import vehicles
from coordinator.session import Session
from coordinator.settings import CENTRE_NAME
from db import stores
from db.ids import new_id
from db.rows import PrintedRow
from resources.i18n import _


class ExportKind(StrEnum):
    PEOPLE = "people"
    HOUSEHOLDS = "households"
    DAILY_SUMMARY = "daily-summary"
    FLEET = "fleet"


RIGHTS: dict[ExportKind, Right] = {
    ExportKind.PEOPLE: Right.EXPORT_NAMES,
    ExportKind.HOUSEHOLDS: Right.EXPORT_NAMES,
    ExportKind.DAILY_SUMMARY: Right.EXPORT_COUNTS,
    ExportKind.FLEET: Right.EXPORT_NAMES,
}
"""The fleet names drivers and their phones."""
REPORT, COPIED = "import-report", "copied"
"""Kinds in the log beside the workbooks of ExportKind."""
CLIPBOARD = "clipboard"
FREE_ROWS = 20
"""So many rows of a table may be copied by whoever works with them: a family, a street. More is a list of names."""
FREE_MINUTES = 10
"""FREE_ROWS hold for all that is copied within so many minutes."""


@dataclass(frozen=True, slots=True)
class Exported:
    """Where it went, how many rows, and how many persons stand in it by name."""

    path: Path
    rows: int
    people: int


@dataclass(frozen=True, slots=True)
class _Content:
    title: str
    sheets: Sequence[Sheet]
    people: int = 0
    definitions: Sequence[tuple[str, str]] = field(default_factory=tuple)


def export(
    session: Session, kind: ExportKind, path: Path, day: date, progress: Progress | None = None
) -> Outcome[Exported]:
    """Write the workbook of `kind` as of `day` to `path`, whole or not at all, and log it.

    UserError before anything is written: "role.refused" (see RIGHTS), or why the register can only be read.
    """
    right = RIGHTS[kind]
    session.require_writing(right)
    content = _CONTENTS[kind](session, day)
    about = exports.about_lines(
        content.title, session.setting(CENTRE_NAME), kyiv(session.clock()), session.user, session.training
    )
    notes = [Note(_("About"), [*about, *content.definitions])]
    changes: list[Change] = []

    def log(draft: Path, rows: int) -> None:
        entry = _Entry(f"export:{kind.value}", path.name, content.people, day, _digest(draft))
        changes.append(_log(session, right, entry, rows).change)

    rows = write_workbook(path, content.sheets, notes, progress, log)
    return Outcome(Exported(path, rows, content.people), changes[0])


def export_report(session: Session, report: ImportReport, file_name: str, path: Path) -> Outcome[Exported]:
    """Write what an import did or would do, row by row with the names, and log it. UserError as `export`."""
    require_report(session)
    people, rows = sum(entry.people for entry in report.entries), report.rows_read
    changes: list[Change] = []

    def log(draft: Path, _rows: int) -> None:
        entry = _Entry(f"export:{REPORT}", path.name, people, None, _digest(draft))
        changes.append(_log(session, Right.EXPORT_NAMES, entry, rows).change)

    write_report(path, report, file_name, log)
    return Outcome(Exported(path, rows, people), changes[0])


def require_report(session: Session) -> None:
    """UserError where this user may not write the report of an import: ask before the import is begun."""
    session.require_writing(Right.EXPORT_NAMES)


class Copied(NamedTuple):
    """Rows that go to the clipboard, and how many persons they name."""

    rows: int
    people: int


def require_copying(session: Session, rows: int, lately: int) -> None:
    """May these rows, which name people, be copied, `lately` of them having been in the last FREE_MINUTES?

    A coordinator copies any number. Who works with the register copies a few, who only looks one at a time: a
    phone to dial. So does everybody where the register can only be read, since nothing can be logged there.
    UserError "role.refused", "role.copy_one", "role.copied_enough".
    """
    read_only = session.read_only is not None
    if session.may(Right.EXPORT_NAMES) and not read_only:
        return
    if rows > 1 and (read_only or not session.may(Right.WRITE)):
        raise UserError("role.copy_one")
    if rows > FREE_ROWS:
        session.require(Right.EXPORT_NAMES)
    if lately + rows > FREE_ROWS:
        raise UserError("role.copied_enough", most=FREE_ROWS, minutes=FREE_MINUTES)


def log_copied(session: Session, table: str, rows: int, people: int) -> Outcome[None]:
    """Log that a list goes to the clipboard, before it does. UserError as `export`."""
    return _log(session, Right.EXPORT_NAMES, _copied(table, Copied(rows, people)), rows)


def log_few_copied(session: Session, copied: Mapping[str, Copied]) -> Outcome[None]:
    """Log as one action what was copied by a few rows at a time, by table; see `require_copying`."""
    # Every role has this right: whoever may copy has it logged.
    entries = [_copied(table, one) for table, one in copied.items()]
    return _log(session, Right.EXPORT_COUNTS, entries[0], sum(one.rows for one in copied.values()), *entries[1:])


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the log. `target`: the name of the file, never where it lies."""

    kind: str
    target: str
    people: int
    day: date | None
    digest: str


def _copied(table: str, copied: Copied) -> _Entry:
    digest = hashlib.sha256(f"{table}:{copied.rows}:{copied.people}".encode()).hexdigest()
    return _Entry(f"{COPIED}:{table}", CLIPBOARD, copied.people, None, digest)


def _log(session: Session, right: Right, entry: _Entry, rows: int, *more: _Entry) -> Outcome[None]:
    """One action, told as `entry`."""
    kind, entries = entry.kind.removeprefix("export:"), (entry, *more)
    people = sum(one.people for one in entries)
    with session.act("export", right=right, kind=kind, rows=rows, people=people, target=entry.target) as act:
        logged = [
            PrintedRow(new_id(), one.kind, one.day, None, 1, one.digest, act.now, act.user, one.people, one.target)
            for one in entries
        ]
        stores.printed.add(act.db, logged)
    return act.outcome(None)


def _digest(draft: Path) -> str:
    return hashlib.sha256(draft.read_bytes()).hexdigest()


def _people(session: Session, day: date) -> _Content:
    households = located_households(session)
    people = sum(len(entry.household.people) for entry in households)
    rows = exports.people_rows(households, day)
    sheet = Sheet(_("People"), exports.people_columns(), rows, count=people)
    return _Content(_("People of the register, ages on {day}").format(day=f"{day:%d.%m.%Y}"), [sheet], people)


def _households(session: Session, day: date) -> _Content:
    households = located_households(session)
    rows = exports.household_rows(households, day)
    sheet = Sheet(_("Households"), exports.household_columns(), rows, count=len(households))
    return _Content(_("Households of the register"), [sheet], len(households))


def _fleet(session: Session, _day: date) -> _Content:
    sheet = Sheet(_("Fleet"), exports.fleet_columns(), exports.fleet_rows(vehicles(session)))
    return _Content(_("Vehicles and drivers"), [sheet])


def _summary(session: Session, day: date) -> _Content:
    lines = daily_summary(session, day)
    columns = exports.summary_columns()
    by_place = Sheet(_("Daily summary"), columns, exports.summary_rows(lines), hxl=True)
    total = Sheet(_("Total"), columns, exports.summary_rows([summary_totals(lines, day)]))
    definitions = [
        (_("Unit"), _("Persons, each counted once a day; “since the first day” counts each person once.")),
        (_("Evacuated"), _("Brought to the transit centre by us, on the date of the trip.")),
        (_("Women, men"), _("18 and older; children are counted apart. Sex or age not known: only in the total.")),
        (_("People remaining"), _("People of this register who have not left; others who live there are not in it.")),
    ]
    title = _("Daily summary for {day}, without personal data").format(day=f"{day:%d.%m.%Y}")
    return _Content(title, [by_place, total], 0, definitions)


_CONTENTS: dict[ExportKind, Callable[[Session, date], _Content]] = {
    ExportKind.PEOPLE: _people,
    ExportKind.HOUSEHOLDS: _households,
    ExportKind.FLEET: _fleet,
    ExportKind.DAILY_SUMMARY: _summary,
}
