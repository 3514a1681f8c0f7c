"""What an import would do: a file is read, understood and compared with the register; nothing is written.

A person may correct cells and decide on single values; the file is then looked at again, as it was read the first time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from coordinator.collecting import give_back, without_collecting
from coordinator.domain.days import kyiv
from coordinator.domain.memory import forget
from coordinator.errors import Cancelled, UserError
from coordinator.exchange.how_read import NOTHING_SAID, Reading
from coordinator.exchange.incoming import Cell, IncomingList, ListKind, Remark
from coordinator.exchange.keeping import ToKeep, to_keep
from coordinator.exchange.originals import Correction, Original, latest, original_of
from coordinator.exchange.own_books import known_by_mark, stamp_of
from coordinator.exchange.read_before import ReadBefore
from coordinator.exchange.reading import RawSheet, Source, correct, read_workbook
from coordinator.exchange.report import Added, Choice, Entry, ImportReport, RowStatus, report_of
from coordinator.exchange.understand import understand
from coordinator.exchange.update_work import Choices
from coordinator.meanwhile import asking
from coordinator.queries.imports import load_known
from coordinator.queries.sent_back import came_back, read_as_sent
from coordinator.services.import_fleet import FleetPlan, plan_fleet
from coordinator.services.import_making import head_name
from coordinator.services.import_people import plan_people
from coordinator.services.import_places import PlacesPlan, plan_places
from coordinator.services.import_plan import PeoplePlan
from coordinator.services.senders import Meaning
from coordinator.session import Session
from db import import_queries, stores
from db.connection import Ask, Database, nobody
from db.rows import BatchRow

Progress = Callable[[float, str], bool]
Tick = Callable[[float], None]

HELD_ROWS = 20_000
"""Rows up to which a preview holds the cells of its file: those of three times as many take 50 MB for as long."""


@dataclass(frozen=True, slots=True)
class NothingNew:
    """The plan of a file that is in the register already."""

    entries: tuple[Entry, ...]
    warnings: tuple[Remark, ...]
    added: Added = Added()


Plan = PeoplePlan | FleetPlan | PlacesPlan | NothingNew
Compare = Callable[[Tick], Plan]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it is compared with the register. `day`: its own, or the one that stands in for it.

    `choices`: what a person decided value by value; `corrections`: cells that a person corrected, and `as_sent` the
    list without them; `original`: the file itself, where there is one, and `sheets` its cells,
    unless they are so many that they are better read again.

    `reading`: how the file was read, and whose list it is; `kept` is to be remembered of it, `words` what words mean.
    """

    incoming: IncomingList
    day: date
    choices: Choices = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    as_sent: IncomingList | None = None
    original: Original | None = None
    reading: Reading = NOTHING_SAID
    kept: tuple[ToKeep, ...] = ()
    words: tuple[Meaning, ...] = ()
    sheets: Sequence[RawSheet] = field(default=(), compare=False, repr=False)

    @property
    def sender(self) -> str:
        return self.reading.sender


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do. `mark`: the state of the register that it was compared with."""

    listed: Listed
    report: ImportReport
    mark: int
    plan: Plan

    @property
    def incoming(self) -> IncomingList:
        return self.listed.incoming

    @property
    def day(self) -> date:
        return self.listed.day

    @property
    def same_file(self) -> bool:
        """This very file was imported before and stands."""
        return isinstance(self.plan, NothingNew)

    def check(self, strict: bool = False) -> None:
        """UserError "import.nothing_usable", or with `strict` "import.strict" where any row cannot be used."""
        rejected = len(self.report.rows_rejected)
        if strict and rejected:
            raise UserError("import.strict", file=self.incoming.file_name, count=rejected)
        if not self.report.entries and not rejected and _only_examples(self.incoming.skipped):
            raise UserError("import.only_example", file=self.incoming.file_name)
        if not self.report.entries:
            raise UserError("import.nothing_usable", file=self.incoming.file_name, count=rejected)


def _only_examples(skipped: tuple[Remark, ...]) -> bool:
    return bool(skipped) and all(remark.code == "import.skipped_example" for remark in skipped)


def preview_import(
    session: Session,
    path: Source | Original,
    default_date: date | None = None,
    progress: Progress | None = None,
    *,
    password: str = "",
    reading: Reading = NOTHING_SAID,
    words: Sequence[Meaning] = (),
    sheets: Sequence[RawSheet] = (),
) -> ImportPreview:
    """Read a file or copied rows and compare them with the register; nothing is written.

    `reading`: how it is to be read and whose it is; what is open in it is guessed. `words`: meanings that are to be
    kept. `sheets`: the file's, where they were read already.

    `password` opens a protected workbook (UserError "import.password", "import.wrong_password") and is not kept.

    `default_date`: the list's date where it names none (today without one). `progress(part, code)` hears how far
    it is, 0 to 1, and stops it by returning False (raises Cancelled). No connection is held while reading.
    """
    day = default_date or session.today()
    tick = ticker(progress, 0, 0.5, "import.reading")
    tick(0)
    with forgetting():
        original = asking(lambda: original_of(path, password), lambda: tick(0))
        sheets = sheets or asking(lambda: read_workbook(original), lambda: tick(0))
        reading = read_as_sent(session, reading, original, sheets)
        incoming = _understood(original, sheets, reading, day, tick)
        kept = to_keep(sheets, reading, incoming.kind, original.given_name) if reading.sender and reading.keep else ()
        listed = Listed(
            incoming,
            incoming.list_on or day,
            original=original,
            reading=reading,
            kept=kept,
            words=tuple(words),
            sheets=sheets if sum(len(sheet.rows) for sheet in sheets) <= HELD_ROWS else (),
        )
        del sheets
        return _preview(session, listed, _rest_of(progress))


def preview_list(
    session: Session, incoming: IncomingList, default_date: date | None = None, progress: Progress | None = None
) -> ImportPreview:
    """The preview of a list that is read already."""
    incoming = _one_remark_a_row(incoming)
    return _preview(session, Listed(incoming, incoming.list_on or default_date or session.today()), progress)


def with_choices(
    session: Session, preview: ImportPreview, choices: Mapping[Choice, bool], progress: Progress | None = None
) -> ImportPreview:
    """The preview in which single values are taken or not as somebody decided; see Work.takes and Work.overrules."""
    return _preview(session, replace(preview.listed, choices=dict(choices)), progress, preview)


def correct_cells(
    session: Session, preview: ImportPreview, corrections: Iterable[Correction], progress: Progress | None = None
) -> ImportPreview:
    """The preview of the file with these cells corrected, beside those that were corrected before.

    UserError "import.not_held" where the preview is of no file, and those of reading where nothing is left of it.
    """
    listed = preview.listed
    original = listed.original
    if original is None:
        raise UserError("import.not_held", file=listed.incoming.file_name)
    corrected = latest((*listed.corrections, *corrections))
    before = ReadBefore(listed.incoming, tuple(set(listed.corrections) ^ set(corrected)))
    tick = ticker(progress, 0, 0.5, "import.reading")
    tick(0)
    with forgetting():
        read = listed.sheets or asking(lambda: read_workbook(original), lambda: tick(0))
        sheets = correct(read, corrected)
        incoming = _understood(original, sheets, listed.reading, listed.day, tick, before)
        as_sent = (listed.as_sent or listed.incoming) if corrected else None
        anew = replace(
            listed, incoming=incoming, day=incoming.list_on or listed.day, corrections=corrected, as_sent=as_sent
        )
        return _preview(session, anew, _rest_of(progress), preview)


def _understood(
    original: Original,
    sheets: Sequence[RawSheet],
    reading: Reading,
    day: date,
    tick: Tick,
    before: ReadBefore | None = None,
) -> IncomingList:
    read = understand(original, sheets, day, how=reading, tick=lambda part: tick(0.4 + 0.6 * part), before=before)
    return known_by_mark(_one_remark_a_row(read), stamp_of(original, sheets))


def _preview(
    session: Session, listed: Listed, progress: Progress | None, before: ImportPreview | None = None
) -> ImportPreview:
    """`before`: the preview of the list as it was until now."""
    tick = ticker(progress, 0, 1, "import.comparing")
    tick(0)
    give_back()
    with session.reading() as db:
        mark, compare = loaded(db, listed, lambda: tick(0), before)
    return compared(listed, mark, compare, tick)


def compared(listed: Listed, mark: int, compare: Compare, tick: Tick) -> ImportPreview:
    """The preview by what `loaded` gave."""
    with forgetting():
        plan = compare(tick)
    warnings = (*listed.incoming.warnings, *plan.warnings)
    missed = plan.missed if isinstance(plan, PeoplePlan) else ()
    report = report_of(listed.incoming, plan.entries, warnings, plan.added, missed)
    return ImportPreview(listed, report, mark, plan)


def loaded(db: Database, listed: Listed, ask: Ask = nobody, before: ImportPreview | None = None) -> tuple[int, Compare]:
    """The register's mark, and how to compare with what was read of it; the comparing needs no connection.

    `before`: the preview of the list as it was until now, which tells what need not be compared again. `ask` is
    called again and again while the register is read; what it raises ends that.
    """
    incoming = listed.incoming
    mark = import_queries.journal_mark(db)
    earlier = stores.batches.where(db, sha256=incoming.sha256) if incoming.sha256 else []
    earlier = [batch for batch in earlier if (batch.summary or {}).get("layout", incoming.layout) == incoming.layout]
    whole = next((batch for batch in earlier if not _left_some_out(db, batch)), None)
    small: Plan
    if whole is not None and not listed.corrections:
        small = _same_file(incoming, whole)
    elif incoming.kind is ListKind.FLEET:
        small = plan_fleet(db, incoming)
    elif incoming.kind is ListKind.GAZETTEER:
        small = plan_places(db, incoming)
    else:
        plan = before.plan if before is not None and before.mark == mark else None
        last = plan if isinstance(plan, PeoplePlan) else None
        kept = last.keeping.compared if last is not None else None
        if kept is not None and kept.making.incoming.kind is incoming.kind:
            known, settled = kept.making.known, kept.settled
        else:
            with db.asked_meanwhile(ask):
                known = load_known(db, incoming.kind, ask)
            settled = frozenset(frozenset((pair.first_id, pair.second_id)) for pair in stores.pairs.all(db))
        back = came_back(db, known, incoming.stamp, incoming.households) if incoming.stamp else None
        return mark, lambda tick: plan_people(known, incoming, listed.day, settled, tick, listed.choices, back, last)
    return mark, lambda _tick: small


def _left_some_out(db: Database, batch: BatchRow) -> bool:
    """Households of it were declined then, and may be wanted now."""
    skipped = stores.batch_lines.where(db, batch_id=batch.id, status=RowStatus.SKIPPED.value)
    return any(line.raw.startswith("{") for line in skipped)


def _unchanged(incoming: IncomingList) -> tuple[Entry, ...]:
    """The entries of a file that is in the register already."""
    return tuple(
        Entry(
            h.sheet, h.rows[0], RowStatus.UNCHANGED, tuple((row, RowStatus.UNCHANGED) for row in h.rows),
            head_name(h), people=len(h.people), typed_place=h.settlement_text,
        )
        for h in incoming.households
    )  # fmt: skip


def _same_file(incoming: IncomingList, batch: BatchRow) -> NothingNew:
    entries = _unchanged(incoming) + tuple(
        Entry(row.sheet, row.row, RowStatus.UNCHANGED, ((row.row, RowStatus.UNCHANGED),), title)
        for row, title in [(v, v.plate) for v in incoming.vehicles] + [(s, s.name) for s in incoming.settlements]
    )
    facts: dict[str, object] = {"file": batch.file_name, "when": f"{kyiv(batch.imported_at):%d.%m.%Y %H:%M}"}
    return NothingNew(entries, (Remark("import.same_file", Cell("", "", incoming.file_name), facts),))


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


@contextmanager
def forgetting() -> Iterator[None]:
    """A run after which the caches of names, addresses and notes are empty again, however it ends."""
    try:
        with without_collecting():
            yield
    finally:
        forget()


def ticker(progress: Progress | None, start: float, end: float, label: str) -> Tick:
    """Tells `progress` how far [start, end] of the work is; raises Cancelled when it says stop."""

    def tick(part: float) -> None:
        if progress is not None and not progress(start + (end - start) * part, label):
            raise Cancelled

    return tick


def _rest_of(progress: Progress | None) -> Progress | None:
    """The second half of the work."""
    return None if progress is None else lambda part, label: progress(0.5 + 0.5 * part, label)
