"""Bringing a workbook into the register: one action for the whole file, as its preview showed it.

The same file again changes nothing. What an earlier list of the same kind brought is recognised and updated;
what may be somebody from elsewhere is added and asked about, never merged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, replace

from coordinator.collecting import give_back, without_collecting
from coordinator.exchange.incoming import Cell, IncomingList
from coordinator.exchange.report import Choice, ImportReport, RowStatus
from coordinator.exchange.statements import vehicle_line
from coordinator.meanwhile import beside
from coordinator.outcome import Change, Outcome
from coordinator.services.gazetteer import resolve_settlement
from coordinator.services.import_fleet import FleetPlan, write_fleet
from coordinator.services.import_places import PlacesPlan, write_places
from coordinator.services.import_plan import PeoplePlan
from coordinator.services.import_preview import (
    Compare,
    ImportPreview,
    Listed,
    Progress,
    Tick,
    compared,
    correct_cells,
    loaded,
    preview_import,
    preview_list,
    ticker,
    with_choices,
)
from coordinator.services.import_seen import refuse_unseen
from coordinator.services.import_words import corrected_lines, sent_words
from coordinator.services.import_writing import PreparedPeople, ground_of, prepare_people, write_people
from coordinator.services.senders import give_meanings, is_kept, keep_reading, write_meanings, write_reading
from coordinator.services.writing import Making
from coordinator.session import Act, Session
from db import import_queries, stores
from db.ids import new_id
from db.rows import BatchLineRow, BatchRow

__all__ = [
    "ImportPreview",
    "apply_import",
    "correct_cells",
    "preview_import",
    "preview_list",
    "resolve_settlement",
    "with_choices",
]

QUIET_TRIES = 3
"""So often a file is compared while others write; after that they wait for it."""


def apply_import(
    session: Session,
    preview: ImportPreview,
    progress: Progress | None = None,
    *,
    strict: bool = False,
    choices: Mapping[Choice, bool] | None = None,
) -> Outcome[ImportReport]:
    """Write what the preview showed: a verified safety copy first, then everything in one action.

    `choices`: what a person decided on single values since; the file is compared with them first.

    Where the register changed since the preview, the file is compared anew: before the transaction, which others
    wait for, and only where they never rest inside it. Nothing to change: nothing is written. Raises UserError (see
    ImportPreview.check, and "import.changed_since" where a value would be replaced that is not the one shown), and
    Cancelled when `progress` says stop; the register is then as before.
    """
    preview.check(strict)
    if choices is not None and choices != preview.listed.choices:
        shown, preview = preview, with_choices(session, preview, choices, progress)
        refuse_unseen(shown, preview)
    if not _writes(preview):
        return _kept_alone(session, preview)
    _let_go(preview)
    copying = ticker(progress, 0, 1, "import.copying")
    copying(0)
    with without_collecting(), beside(lambda ask: session.safe_copy("before-import", ask=ask)) as copied:
        return _written(session, preview, progress, lambda: copied(lambda: copying(0.4)))


def _let_go(preview: ImportPreview) -> None:
    """What the preview kept for further corrections: there are none now, and the room is needed."""
    if isinstance(preview.plan, PeoplePlan):
        preview.plan.keeping.let_go()
    give_back()


def _kept_alone(session: Session, preview: ImportPreview) -> Outcome[ImportReport]:
    """Nothing is new but how the list is read."""
    listed = preview.listed
    with session.reading() as db:
        anew = bool(listed.kept) and not is_kept(db, listed.sender, listed.kept)
    if anew:
        kept = keep_reading(session, listed.sender, listed.kept, listed.words)
        return Outcome(preview.report, kept.change)
    change = give_meanings(session, listed.words).change if listed.words else Change()
    return Outcome(preview.report, change)


def _written(
    session: Session, preview: ImportPreview, progress: Progress | None, copied: Callable[[], object]
) -> Outcome[ImportReport]:
    """`copied` waits for the safety copy, which is made while the rows are."""
    tick = ticker(progress, 0.1, 0.4, "import.comparing")
    try:
        for _try in range(QUIET_TRIES):
            preview = _fresh(session, preview, tick)
            with suppress(_Moved):
                return _write_once(session, preview, progress, copied)
        return _write_once(session, preview, progress, copied, patient=True)
    except _NothingLeft as nothing:
        return Outcome(nothing.report, Change())


def _fresh(session: Session, preview: ImportPreview, tick: Tick) -> ImportPreview:
    """The preview, compared anew where somebody has written since; holds no lock that another writer waits for."""
    with session.reading() as db:
        if import_queries.journal_mark(db) == preview.mark:
            return preview
        found = loaded(db, preview.listed, lambda: tick(0))
    return _compared_anew(found, preview, tick)


def _write_once(
    session: Session,
    preview: ImportPreview,
    progress: Progress | None,
    copied: Callable[[], object],
    *,
    patient: bool = False,
) -> Outcome[ImportReport]:
    """Raises _Moved where another writer came at the last moment; `patient`: compare once more, within the lock."""
    name, kind = preview.incoming.file_name, preview.incoming.kind.value
    ready = None if patient else _prepared(session, preview, ticker(progress, 0, 0.4, "import.copying"))
    copied()
    give_back()
    now, long = (ready.now, ready.at_length) if ready else (None, False)
    with session.act("import", source=name, now=now, at_length=long, file=name, kind=kind) as act:
        if import_queries.journal_mark(act.db) != preview.mark:
            if not patient:
                raise _Moved
            comparing = ticker(progress, 0.1, 0.4, "import.comparing")
            found = loaded(act.db, preview.listed, lambda: comparing(0))
            preview = _compared_anew(found, preview, comparing)
        report = _write(act, preview, ready, ticker(progress, 0.4, 1, "import.writing"))
    return act.outcome(report)


def _prepared(session: Session, preview: ImportPreview, tick: Tick) -> PreparedPeople | None:
    """The rows of a list of people, made before the transaction that others wait for."""
    if not isinstance(preview.plan, PeoplePlan):
        return None
    with session.reading() as db:
        ground = ground_of(db, preview.plan)
    making = Making(session.clock(), session.user, ground.places)
    return prepare_people(preview.plan, ground, making, new_id(), tick, sent_words(preview.listed))


class _Moved(Exception):
    """Another writer came between the comparison and the transaction."""


class _NothingLeft(Exception):
    """Somebody else has brought all of it in the meantime; the empty action is rolled back."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


def _compared_anew(found: tuple[int, Compare], preview: ImportPreview, tick: Tick) -> ImportPreview:
    anew = compared(preview.listed, *found, tick)
    _let_go(anew)
    refuse_unseen(preview, anew)
    if not _writes(anew):
        raise _NothingLeft(anew.report)
    return anew


def _writes(preview: ImportPreview) -> bool:
    """Also where only questions come of it, or somebody wanted nothing of the news: that is remembered."""
    plan = preview.plan
    if preview.report.writes or not isinstance(plan, PeoplePlan):
        return preview.report.writes
    return bool(plan.pairs or plan.missed or plan.named_again or any(entry.declined for entry in plan.entries))


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
        sender_id=_keep(act, preview.listed),
    )
    tick(0)
    report = replace(preview.report, action_id=act.id, batch_id=batch.id)
    stores.batches.add(act.db, [batch._replace(summary={**_summary(report), "layout": incoming.layout})])
    if isinstance(plan, PeoplePlan):
        if ready is None:
            ground = ground_of(act.db, plan)
            making = Making(act.now, act.user, ground.places)
            ready = prepare_people(plan, ground, making, batch.id, lambda _part: None, sent_words(preview.listed))
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
    lines += corrected_lines(preview.listed, batch.id)
    stores.batch_lines.add(act.db, lines)
    tick(0.99)
    return replace(report, entries=entries)


def _keep(act: Act, listed: Listed) -> str | None:
    """Remember the sender, how their lists are read, and words; the sender's id."""
    write_meanings(act, listed.words)
    return write_reading(act, listed.sender, listed.kept) if listed.sender else None


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
        "gone": report.gone,
        **asdict(report.added),
    }
