"""Bringing a workbook into the register: a preview that writes nothing, then one action for the whole file.

The same file again changes nothing. What an earlier list of the same kind brought is recognised and updated;
what may be somebody from elsewhere is added and asked about, never merged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import date

from coordinator.collecting import without_collecting
from coordinator.domain.days import kyiv
from coordinator.domain.memory import forget
from coordinator.errors import Cancelled, UserError
from coordinator.exchange.incoming import Cell, IncomingList, ListKind, Remark
from coordinator.exchange.reading import Source, read_workbook
from coordinator.exchange.report import Added, Entry, ImportReport, RowStatus, report_of
from coordinator.exchange.statements import vehicle_line
from coordinator.exchange.understand import understand
from coordinator.meanwhile import asking
from coordinator.outcome import Change, Outcome
from coordinator.queries.imports import load_known
from coordinator.services.gazetteer import resolve_settlement
from coordinator.services.import_fleet import FleetPlan, plan_fleet, write_fleet
from coordinator.services.import_people import PeoplePlan, plan_people, unchanged_entries
from coordinator.services.import_places import PlacesPlan, plan_places, write_places
from coordinator.services.import_writing import PreparedPeople, ground_of, prepare_people, write_people
from coordinator.services.writing import Making
from coordinator.session import Act, Session
from db import import_queries, stores
from db.connection import Database
from db.ids import new_id
from db.rows import BatchLineRow, BatchRow

__all__ = ["ImportPreview", "apply_import", "preview_import", "preview_list", "resolve_settlement"]

QUIET_TRIES = 3
"""So often a file is compared while others write; after that they wait for it."""

Progress = Callable[[float, str], bool]
Tick = Callable[[float], None]
Plan = PeoplePlan | FleetPlan | PlacesPlan
Compare = Callable[[Tick], "Plan | _NothingNew"]


@dataclass(frozen=True, slots=True)
class _NothingNew:
    """The plan of a file that is in the register already."""

    entries: tuple[Entry, ...]
    warnings: tuple[Remark, ...]
    added: Added = Added()


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do. `mark`: the state of the register that it was compared with."""

    incoming: IncomingList
    report: ImportReport
    day: date
    mark: int
    plan: Plan | _NothingNew

    @property
    def same_file(self) -> bool:
        """This very file was imported before and stands."""
        return isinstance(self.plan, _NothingNew)

    def check(self, strict: bool = False) -> None:
        """UserError "import.nothing_usable", or with `strict` "import.strict" where any row cannot be used."""
        rejected = len(self.report.rows_rejected)
        if strict and rejected:
            raise UserError("import.strict", file=self.incoming.file_name, count=rejected)
        if not self.report.entries:
            raise UserError("import.nothing_usable", file=self.incoming.file_name, count=rejected)


def preview_import(
    session: Session,
    path: Source,
    default_date: date | None = None,
    progress: Progress | None = None,
    *,
    password: str = "",
) -> ImportPreview:
    """Read a file or copied rows and compare them with the register; nothing is written.

    `password` opens a protected workbook (UserError "import.password", "import.wrong_password") and is not kept.

    `default_date`: the list's date where it names none (today without one). `progress(part, code)` hears how far
    it is, 0 to 1, and stops it by returning False (raises Cancelled). No connection is held while reading.
    """
    day = default_date or session.today()
    tick = _ticker(progress, 0, 0.5, "import.reading")
    tick(0)
    with _forgetting():
        sheets = asking(lambda: read_workbook(path, password), lambda: tick(0))
        incoming = understand(path, sheets, day, tick=lambda part: tick(0.4 + 0.6 * part))
        del sheets
        return preview_list(session, incoming, day, _part_of(progress, 0.5))


def preview_list(
    session: Session, incoming: IncomingList, default_date: date | None = None, progress: Progress | None = None
) -> ImportPreview:
    """The preview of a list that is read already."""
    incoming = _one_remark_a_row(incoming)
    day = incoming.list_on or default_date or session.today()
    tick = _ticker(progress, 0, 1, "import.comparing")
    tick(0)
    with session.reading() as db:
        mark, compare = _loaded(db, incoming, day)
    with _forgetting():
        return _preview(incoming, day, mark, compare(tick))


@contextmanager
def _forgetting() -> Iterator[None]:
    """A run after which the caches of names, addresses and notes are empty again, however it ends."""
    try:
        with without_collecting():
            yield
    finally:
        forget()


def _preview(incoming: IncomingList, day: date, mark: int, plan: Plan | _NothingNew) -> ImportPreview:
    warnings = (*incoming.warnings, *plan.warnings)
    return ImportPreview(incoming, report_of(incoming, plan.entries, warnings, plan.added), day, mark, plan)


def _loaded(db: Database, incoming: IncomingList, day: date) -> tuple[int, Compare]:
    """The register's mark, and how to compare with what was read of it; the comparing needs no connection."""
    mark = import_queries.journal_mark(db)
    earlier = stores.batches.where(db, sha256=incoming.sha256) if incoming.sha256 else []
    small: Plan | _NothingNew
    if earlier:
        small = _same_file(incoming, earlier[0])
    elif incoming.kind is ListKind.FLEET:
        small = plan_fleet(db, incoming)
    elif incoming.kind is ListKind.GAZETTEER:
        small = plan_places(db, incoming)
    else:
        known = load_known(db, incoming.kind)
        settled = frozenset(frozenset((pair.first_id, pair.second_id)) for pair in stores.pairs.all(db))
        return mark, lambda tick: plan_people(known, incoming, day, settled, tick)
    return mark, lambda _tick: small


def _same_file(incoming: IncomingList, batch: BatchRow) -> _NothingNew:
    entries = unchanged_entries(incoming) + tuple(
        Entry(row.sheet, row.row, RowStatus.UNCHANGED, ((row.row, RowStatus.UNCHANGED),), title)
        for row, title in [(v, v.plate) for v in incoming.vehicles] + [(s, s.name) for s in incoming.settlements]
    )
    facts: dict[str, object] = {"file": batch.file_name, "when": f"{kyiv(batch.imported_at):%d.%m.%Y %H:%M}"}
    return _NothingNew(entries, (Remark("import.same_file", Cell("", "", incoming.file_name), facts),))


def _one_remark_a_row(incoming: IncomingList) -> IncomingList:
    """A row is rejected or skipped once, however many of its cells are bad; the other reasons are warnings."""
    rejected, more = _first_of_rows(incoming.rejected)
    skipped, _ = _first_of_rows(incoming.skipped)
    return replace(incoming, rejected=rejected, skipped=skipped, warnings=(*incoming.warnings, *more))


def _first_of_rows(remarks: tuple[Remark, ...]) -> tuple[tuple[Remark, ...], tuple[Remark, ...]]:
    first: dict[object, Remark] = {}
    more = []
    for remark in remarks:
        row = "".join(char for char in remark.at.cell if char.isdecimal())
        if first.setdefault((remark.at.sheet, row) if row else id(remark), remark) is not remark:
            more.append(remark)
    return tuple(first.values()), tuple(more)


def apply_import(
    session: Session, preview: ImportPreview, progress: Progress | None = None, *, strict: bool = False
) -> Outcome[ImportReport]:
    """Write what the preview showed: a verified safety copy first, then everything in one action.

    Where the register changed since the preview, the file is compared anew: before the transaction, which others
    wait for, and only where they never rest inside it. Nothing to change: nothing is written. Raises UserError (see
    ImportPreview.check), and Cancelled when `progress` says stop; the register is then as before.
    """
    preview.check(strict)
    if not _writes(preview):
        return Outcome(preview.report, Change())
    _ticker(progress, 0, 1, "import.copying")(0)
    session.safe_copy("before-import")
    with without_collecting():
        return _written(session, preview, progress)


def _written(session: Session, preview: ImportPreview, progress: Progress | None) -> Outcome[ImportReport]:
    tick = _ticker(progress, 0.1, 0.4, "import.comparing")
    try:
        for _try in range(QUIET_TRIES):
            preview = _fresh(session, preview, tick)
            with suppress(_Moved):
                return _write_once(session, preview, progress)
        return _write_once(session, preview, progress, patient=True)
    except _NothingLeft as nothing:
        return Outcome(nothing.report, Change())


def _fresh(session: Session, preview: ImportPreview, tick: Tick) -> ImportPreview:
    """The preview, compared anew where somebody has written since; holds no lock that another writer waits for."""
    with session.reading() as db:
        if import_queries.journal_mark(db) == preview.mark:
            return preview
        loaded = _loaded(db, preview.incoming, preview.day)
    return _compared_anew(loaded, preview, tick)


def _write_once(
    session: Session, preview: ImportPreview, progress: Progress | None, *, patient: bool = False
) -> Outcome[ImportReport]:
    """Raises _Moved where another writer came at the last moment; `patient`: compare once more, within the lock."""
    name, kind = preview.incoming.file_name, preview.incoming.kind.value
    ready = None if patient else _prepared(session, preview, _ticker(progress, 0.4, 0.6, "import.writing"))
    with session.act("import", source=name, file=name, kind=kind) as act:
        if import_queries.journal_mark(act.db) != preview.mark:
            if not patient:
                raise _Moved
            loaded = _loaded(act.db, preview.incoming, preview.day)
            preview = _compared_anew(loaded, preview, _ticker(progress, 0.1, 0.4, "import.comparing"))
        report = _write(act, preview, ready, _ticker(progress, 0.6, 1, "import.writing"))
    return act.outcome(report)


def _prepared(session: Session, preview: ImportPreview, tick: Tick) -> PreparedPeople | None:
    """The rows of a list of people, made before the transaction that others wait for."""
    if not isinstance(preview.plan, PeoplePlan):
        return None
    with session.reading() as db:
        ground = ground_of(db, preview.plan)
    making = Making(session.clock(), session.user, ground.places)
    return prepare_people(preview.plan, ground, making, new_id(), tick)


class _Moved(Exception):
    """Another writer came between the comparison and the transaction."""


class _NothingLeft(Exception):
    """Somebody else has brought all of it in the meantime; the empty action is rolled back."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


def _compared_anew(loaded: tuple[int, Compare], preview: ImportPreview, tick: Tick) -> ImportPreview:
    mark, compare = loaded
    with _forgetting():
        anew = _preview(preview.incoming, preview.day, mark, compare(tick))
    if not _writes(anew):
        raise _NothingLeft(anew.report)
    return anew


def _writes(preview: ImportPreview) -> bool:
    return preview.report.writes or bool(isinstance(preview.plan, PeoplePlan) and preview.plan.pairs)


def _write(act: Act, preview: ImportPreview, ready: PreparedPeople | None, tick: Tick) -> ImportReport:
    """`ready`: the rows of a list of people; where they are None, they are made here."""
    incoming, plan = preview.incoming, preview.plan
    entries = plan.entries
    batch = BatchRow(
        ready.batch_id if ready else new_id(),
        incoming.file_name,
        incoming.sha256,
        incoming.kind.value,
        incoming.list_on,
        act.now,
        act.user,
    )
    tick(0)
    report = replace(preview.report, action_id=act.id, batch_id=batch.id)
    stores.batches.add(act.db, [batch._replace(summary=_summary(report))])
    if isinstance(plan, PeoplePlan):
        if ready is None:
            ground = ground_of(act.db, plan)
            ready = prepare_people(plan, ground, Making(act.now, act.user, ground.places), batch.id, lambda _part: None)
        write_people(act, plan, ready, tick)
        entries = ready.entries
    elif isinstance(plan, FleetPlan):
        write_fleet(act, plan)
    elif isinstance(plan, PlacesPlan):
        write_places(act, plan)
    lines = _remark_lines(incoming, batch.id)
    if not isinstance(plan, PeoplePlan):
        said = {(v.sheet, v.row): vehicle_line(v) for v in incoming.vehicles}
        lines += [
            BatchLineRow(new_id(), batch.id, e.sheet, e.row, e.status.value, None, said.get((e.sheet, e.row), e.title))
            for e in entries
        ]
    stores.batch_lines.add(act.db, lines)
    tick(0.99)
    return replace(report, entries=entries)


def _remark_lines(incoming: IncomingList, batch_id: str) -> list[BatchLineRow]:
    """The rows that were set aside, with their text."""
    return [
        BatchLineRow(new_id(), batch_id, remark.at.sheet, _row_of(remark.at), status.value, None, remark.at.value)
        for status, remarks in ((RowStatus.SKIPPED, incoming.skipped), (RowStatus.REJECTED, incoming.rejected))
        for remark in remarks
    ]


def _row_of(cell: Cell) -> int:
    return int("".join(char for char in cell.cell if char.isdecimal()) or 0)


def _summary(report: ImportReport) -> dict[str, object]:
    return {
        "action_id": report.action_id,
        "rows_read": report.rows_read,
        "rows_added": report.rows_added,
        "rows_updated": report.rows_updated,
        "rows_unchanged": report.rows_unchanged,
        "rows_skipped": report.rows_skipped,
        "rows_rejected": len(report.rows_rejected),
        **asdict(report.added),
    }


def _ticker(progress: Progress | None, start: float, end: float, label: str) -> Tick:
    """Tells `progress` how far [start, end] of the work is; raises Cancelled when it says stop."""

    def tick(part: float) -> None:
        if progress is not None and not progress(start + (end - start) * part, label):
            raise Cancelled

    return tick


def _part_of(progress: Progress | None, start: float) -> Progress | None:
    return None if progress is None else lambda part, label: progress(start + (1 - start) * part, label)
