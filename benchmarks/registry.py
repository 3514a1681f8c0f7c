"""Search, filter, sort, counts and pasting in the registry's table at full scale, beside Qt's own proxy model.

    uv run python benchmarks/registry.py [--households 25000]

The peer is QSortFilterProxyModel over the same cells, the usual way to search and sort a Qt table; for counting it is
asked what it can be asked, one cell after another. Printed are milliseconds of this thread's processor time, how many
times the peer takes, and which thread of the window does the work.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random
from statistics import median
from time import thread_time
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication

from coordinator.domain.filtering import Condition, Kind, warm
from coordinator.domain.names import fold
from coordinator.domain.places import Gazetteer
from coordinator.exchange.cells import CellKey, Reading, read_cell
from coordinator.queries.registry import RegistryRow
from coordinator.queries.registry_filter import FIELDS, RegistryFilter, one_of
from coordinator.queries.saved_views import Look, count
from ui.tables.columns import prepare
from ui.tables.filtering.value_list import ValueModel
from ui.tables.filtering.values import entries
from ui.tables.model import TableModel
from ui.tables.patching import rank_all
from ui.tables.registry_columns import COLUMNS, NUMBERS
from ui.tables.sheet.block import lay

NAMES = ("Коваль Олена", "Щербак Іван", "Ґалаґан Марія", "Дем'яненко Софія", "Яремко Степан")
WORD = "олена миру 12"
DAY = date(2023, 8, 15)
PASTED = [["050 765 43 21", "кіт", "дзвонити після 18"]] * 500
GUI, WORKER = "window", "worker"


class Job(NamedTuple):
    """`peer` None: Qt has nothing that does this."""

    name: str
    thread: str
    ours: float
    peer: float | None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--households", type=int, default=25_000)
    households = parser.parse_args().households
    application = QApplication([])
    print(f"{households} households, {len(COLUMNS)} columns")
    for job in measure(households):
        peer = f"peer {job.peer * 1000:9.1f} ms {job.peer / job.ours:8.1f} x" if job.peer is not None else "no peer"
        print(f"{job.name:38} {job.thread:7} {job.ours * 1000:8.1f} ms   {peer}")
    application.quit()


def measure(households: int) -> list[Job]:
    """Seconds of each job: ours, and the peer's over a model with the same cells."""
    rows = [row(number) for number in range(households)]
    Random(1).shuffle(rows)
    ours, peer = tables(rows)
    return [*table_jobs(ours, peer), *filter_jobs(ours, peer, rows), *block_jobs(ours)]


def tables(rows: list[RegistryRow]) -> tuple[TableModel[RegistryRow], QSortFilterProxyModel]:
    """Ours as the reader hands it over: every column ranked, its texts folded."""
    data = prepare(COLUMNS, rows, lambda one: one.id, lambda one: one.search_text)
    rank_all(COLUMNS, data)
    for field in FIELDS.values():
        if field.kind is Kind.TEXT:
            warm(field, rows)
    ours: TableModel[RegistryRow] = TableModel(COLUMNS)
    ours.set_rows(data)
    whole: TableModel[RegistryRow] = TableModel(COLUMNS)
    whole.set_rows(data)
    peer = QSortFilterProxyModel()
    peer.setFilterKeyColumn(-1)
    peer.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    peer.setSourceModel(whole)
    whole.setParent(peer)
    return ours, peer


def table_jobs(ours: TableModel[RegistryRow], peer: QSortFilterProxyModel) -> list[Job]:
    keys = [WORD[:end] for end in range(1, len(WORD) + 1)]
    head, settlement = NUMBERS["head"], NUMBERS["settlement"]
    typed = median(timed(lambda key=key: ours.set_search(key)) for key in keys)
    peer_typed = median(timed(lambda key=key: peer.setFilterFixedString(key)) for key in keys[:4])
    ours.set_search("")
    sort_one, peer_sort = timed(lambda: ours.sort(head)), timed(lambda: sorted_by(peer, head))
    two = timed(lambda: ours.sort_by([(settlement, False), (head, True)]))
    peer_two = timed(lambda: (sorted_by(peer, head), sorted_by(peer, settlement)))
    return [
        Job("a key in the search", GUI, typed, peer_typed),
        Job("a sort by the head", GUI, sort_one, peer_sort),
        Job("a sort by settlement, then head", GUI, two, peer_two),
    ]


def filter_jobs(ours: TableModel[RegistryRow], peer: QSortFilterProxyModel, rows: list[RegistryRow]) -> list[Job]:
    packed = RegistryFilter({"decision": one_of("packed")})
    three = RegistryFilter(
        {"decision": one_of("packed", "refused"), "address": Condition(words="миру"), "people": Condition(least=2)}
    )
    by_decision = timed(lambda: ours.set_filters(packed.tests(DAY)))
    by_three = timed(lambda: ours.set_filters(three.tests(DAY)))
    ours.set_filters([])
    peer_filter = timed(lambda: peer.setFilterFixedString("Packed"))
    peer.setFilterFixedString("")
    views = [Look(WORD[:at], three if at % 2 else packed) for at in range(10)]
    counted = timed(lambda: [count(view, rows, DAY) for view in views])
    peer_counted = 10 * (peer_filter + timed(lambda: peer.rowCount()))
    return [
        Job("a filter by decision", GUI, by_decision, peer_filter),
        Job("a filter by three columns", GUI, by_three, 3 * peer_filter),
        opening(ours, peer, "decision"),
        opening(ours, peer, "head"),
        Job("counts of ten saved views", WORKER, counted, peer_counted),
    ]


def opening(ours: TableModel[RegistryRow], peer: QSortFilterProxyModel, key: str) -> Job:
    """The values of a column with their counts, ready to tick."""
    number = NUMBERS[key]
    spent = timed(lambda: ValueModel(entries(ours, number, [], Condition()), Condition()))
    values = range(peer.rowCount())
    peer_spent = timed(lambda: sorted(Counter(peer.index(row, number).data() for row in values)))
    return Job(f"opening the filter of “{key}”", GUI, spent, peer_spent)


def block_jobs(ours: TableModel[RegistryRow]) -> list[Job]:
    """500 rows of phone, pets and note: laid over the table in the window, read and compared in a worker."""
    keys = ["phones", "pets", "note"]
    reading = Reading(DAY, Gazetteer(()).resolve)

    def laid() -> None:
        block = lay(PASTED, keys, {})
        for at, line in enumerate(block.rows):
            for column, _text in block.cells(line):
                ours.text(at, NUMBERS[column])

    def read() -> None:
        for line in PASTED:
            for key, text in zip(keys, line, strict=True):
                read_cell(CellKey(key), text, reading)

    return [
        Job("a paste of 500 x 3: laid over the table", GUI, timed(laid), None),
        Job("a paste of 500 x 3: read and checked", WORKER, timed(read), None),
    ]


def sorted_by(peer: QSortFilterProxyModel, column: int) -> None:
    peer.setFilterFixedString("")
    peer.sort(column)


def timed(work: Callable[[], object]) -> float:
    begun = thread_time()
    work()
    return thread_time() - begun


def row(number: int) -> RegistryRow:
    """An invented household."""
    moment = datetime(2023, 8, 14, tzinfo=UTC)
    head, street, phone = f"{NAMES[number % 5]} {number}", f"вул. Миру, {number % 90}", f"050{number:07}"
    decision = ("packed", "undecided", "refused")[number % 3]
    return RegistryRow(
        id=str(number), number=number, head=head, settlement="Ківшарівка", settlement_id="1", settlement_known=True,
        address=street, people=3, children=1, uncertain_children=0, decision=decision, wants_on=None, ready=True,
        part_stays=False, needs=(), phones=phone, pets="", note="", decided_at=moment, requested_at=None,
        created_at=moment, open_pairs=0, search_text=fold(f"{head} {street} {phone} ківшарівка"),
        head_key=fold(head), settlement_key="ківшарівка", street="Миру", house=str(number % 90),
    )  # fmt: skip


if __name__ == "__main__":
    main()
