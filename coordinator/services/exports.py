"""What leaves the register as a file, for whom and in whose shape. Each is logged with the number of people.

The log is written before the file takes its name: where the role, the register or the file says no, nothing has
come to lie on the disk.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from coordinator.domain.days import kyiv
from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.exchange.exports import about_lines
from coordinator.exchange.filling import fill
from coordinator.exchange.incoming import Remark
from coordinator.exchange.report import ImportReport
from coordinator.exchange.report_book import write_report
from coordinator.exchange.stamp import Stamp, spans
from coordinator.exchange.template import Template
from coordinator.exchange.text_table import write_table
from coordinator.exchange.wanted import RIGHTS, ExportKind, Wanted
from coordinator.exchange.writing import Finish, Note, Progress, Ready, go_on, write_whole, write_workbook
from coordinator.outcome import Change, Outcome
from coordinator.queries.export_content import Content, Gathered, content_of, gather
from coordinator.services.outgoing import Entry, NumberTaken, digest_of_file, log_outgoing
from coordinator.session import Session
from coordinator.settings import CENTRE_NAME
from db import outgoing
from db.ids import new_id
from resources.i18n import _, speaking

__all__ = ["RIGHTS", "ExportKind", "Exported", "Wanted", "export", "export_report", "require_report", "send"]

REPORT = "import-report"
"""Kind in the log beside those of ExportKind."""
SHORTEST_PASSWORD = 8
WORKBOOK, TEXT = ".xlsx", ".csv"
TRIES = 3
"""So often a number is asked for while other programs export as well."""


@dataclass(frozen=True, slots=True)
class Exported:
    """Where it went, how many rows, how many persons stand in it by name, and its number in this register.

    `remarks`: of a recipient's own form, what could not be filled and what was lost.
    """

    path: Path
    rows: int
    people: int
    number: int = 0
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Parcel:
    """All that is known of an export before it is written."""

    wanted: Wanted
    content: Content
    gathered: Gathered
    password: str
    stamp: Stamp
    id: str
    template: Template | None = None

    @property
    def finish(self) -> Finish:
        return Finish(self.stamp.text, self.password, self.wanted.dates)

    def entry(self, path: Path, draft: Path) -> Entry:
        wanted = self.wanted
        about = {
            "number": self.stamp.number,
            "mark": self.gathered.mark,
            "recipient": wanted.recipient,
            "columns": [[column.key, column.words] for column in self.content.sheets[0].columns],
            "protected": bool(self.password),
        }
        if self.content.numbers:
            about["households"] = spans(self.content.numbers)
            about["whole"] = not (wanted.only.decisions or wanted.only.left)
        if self.template is not None:
            about["form"] = self.template.original.name
        kind = f"export:{wanted.kind.value}"
        return Entry(kind, path.name, self.content.people, wanted.day, digest_of_file(draft), about, self.id)


def export(
    session: Session, kind: ExportKind, path: Path, day: date, progress: Progress | None = None
) -> Outcome[Exported]:
    """Write the usual columns of `kind` as of `day`, for nobody in particular; see `send`."""
    return send(session, Wanted(kind, day), path, progress)


def send(
    session: Session,
    wanted: Wanted,
    path: Path,
    progress: Progress | None = None,
    *,
    password: str = "",
    template: Template | None = None,
) -> Outcome[Exported]:
    """Write what is wanted to `path` (.xlsx or .csv), whole or not at all, and log it.

    `template`: a form of the recipient's own that is filled, with its columns, instead of a workbook of ours.

    UserError before anything is written: "role.refused" (see RIGHTS), why the register can only be read,
    "export.suffix", "export.password_short", "export.password_needed", "export.csv_password",
    "export.column_unknown"; "export.busy" where others export all the time; as `write_workbook` and `filling.fill`.
    """
    session.require_writing(RIGHTS[wanted.kind])
    _check(wanted, path, password)
    if template is not None:
        wanted = replace(wanted, columns=template.chosen)
        if path.suffix.lower() != WORKBOOK:
            raise UserError("template.target", file=path.name)
    for _try in range(TRIES):
        with suppress(NumberTaken), speaking(wanted.language):
            return _sent(session, wanted, path, progress, password, template)
    raise UserError("export.busy")


def _check(wanted: Wanted, path: Path, password: str) -> None:
    suffix = path.suffix.lower()
    if suffix not in (WORKBOOK, TEXT):
        raise UserError("export.suffix", file=path.name)
    if wanted.protect and not password:
        raise UserError("export.password_needed", recipient=wanted.recipient)
    if password and suffix == TEXT:
        raise UserError("export.csv_password", file=path.name)
    if password and len(password) < SHORTEST_PASSWORD:
        raise UserError("export.password_short", least=SHORTEST_PASSWORD)


def _sent(
    session: Session,
    wanted: Wanted,
    path: Path,
    progress: Progress | None,
    password: str,
    template: Template | None,
) -> Outcome[Exported]:
    with session.reading() as db:
        gathered = gather(session, wanted.kind, wanted.day, lambda: go_on(progress, 0))
        number, first = outgoing.next_number(db), outgoing.first_action(db)
    export_id = new_id()
    content = content_of(gathered, wanted)
    go_on(progress, 0)
    parcel = _Parcel(wanted, content, gathered, password, Stamp.of(first, number, export_id), export_id, template)
    changes: list[Change] = []

    def log(draft: Path, rows: int) -> None:
        changes.append(log_outgoing(session, RIGHTS[wanted.kind], parcel.entry(path, draft), rows).change)

    remarks: tuple[Remark, ...] = ()
    if template is not None:
        rows, remarks = _fill_form(template, parcel, path, progress, log)
    else:
        write = _write_text if path.suffix.lower() == TEXT else _write_book
        rows = write(session, parcel, path, progress, log)
    return Outcome(Exported(path, rows, content.people, number, remarks), changes[0])


def _fill_form(
    template: Template, parcel: _Parcel, path: Path, progress: Progress | None, log: Ready
) -> tuple[int, tuple[Remark, ...]]:
    filled = fill(template, list(parcel.content.sheets[0].rows), parcel.finish, progress)

    def write(draft: Path) -> int:
        draft.write_bytes(filled.content)
        return filled.rows

    return write_whole(path, write, log), filled.remarks


def _write_text(_session: Session, parcel: _Parcel, path: Path, progress: Progress | None, log: Ready) -> int:
    return write_table(path, parcel.content.sheets[0], parcel.wanted.dates, progress, log)


def _write_book(session: Session, parcel: _Parcel, path: Path, progress: Progress | None, log: Ready) -> int:
    about = about_lines(
        parcel.content.title, session.setting(CENTRE_NAME), kyiv(session.clock()), session.user, session.training
    )
    if parcel.wanted.recipient:
        about.append((_("For"), parcel.wanted.recipient))
    about.append((_("Export No."), str(parcel.stamp.number)))
    about.append((_("Mark, please leave it here"), parcel.stamp.text))
    notes = [Note(_("About"), [*about, *parcel.content.definitions])]
    return write_workbook(path, parcel.content.sheets, notes, progress, log, parcel.finish)


def export_report(session: Session, report: ImportReport, file_name: str, path: Path) -> Outcome[Exported]:
    """Write what an import did or would do, row by row with the names, and log it. UserError as `send`."""
    require_report(session)
    people, rows = sum(entry.people for entry in report.entries), report.rows_read
    changes: list[Change] = []

    def log(draft: Path, _rows: int) -> None:
        entry = Entry(f"export:{REPORT}", path.name, people, None, digest_of_file(draft))
        changes.append(log_outgoing(session, Right.EXPORT_NAMES, entry, rows).change)

    write_report(path, report, file_name, log)
    return Outcome(Exported(path, rows, people), changes[0])


def require_report(session: Session) -> None:
    """UserError where this user may not write the report of an import: ask before the import is begun."""
    session.require_writing(Right.EXPORT_NAMES)
