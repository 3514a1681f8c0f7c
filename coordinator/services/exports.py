"""Writing workbooks from the register. Each export is logged: who, when, what, how many people."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from coordinator.domain.days import kyiv
from coordinator.exchange import exports
from coordinator.exchange.writing import Note, Progress, Sheet, write_workbook
from coordinator.outcome import Outcome
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
    """Write the workbook of `kind` as of `day` to `path`, whole or not at all, and log it."""
    content = _CONTENTS[kind](session, day)
    about = exports.about_lines(
        content.title, session.setting(CENTRE_NAME), kyiv(session.clock()), session.user, session.training
    )
    notes = [Note(_("About"), [*about, *content.definitions])]
    rows = write_workbook(path, content.sheets, notes, progress)
    with session.act("export", kind=kind.value, rows=rows, people=content.people) as act:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        entry = PrintedRow(
            new_id(), f"export:{kind.value}", day, None, 1, digest, act.now, act.user, content.people, path.name
        )
        stores.printed.add(act.db, [entry])
    return act.outcome(Exported(path, rows, content.people))


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
