"""Search, filter and sort of the registry's table at full scale, as a ratio to Qt's own proxy model in the same run.

    uv run python benchmarks/registry.py [--households 25000]

The peer is QSortFilterProxyModel over the same cells, the usual way to search and sort a Qt table. Printed are
milliseconds of the GUI thread (median over the keys of a word) and how many times the peer takes.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from time import thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication

from coordinator.domain.names import fold
from coordinator.queries.registry import RegistryRow
from ui.tables.columns import prepare
from ui.tables.model import TableModel
from ui.tables.registry_columns import COLUMNS

NAMES = ("Коваль Олена", "Щербак Іван", "Ґалаґан Марія", "Дем'яненко Софія", "Яремко Степан")
WORD = "олена миру 12"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--households", type=int, default=25_000)
    count = parser.parse_args().households
    application = QApplication([])
    print(f"{count} households, {len(COLUMNS)} columns")
    compare(*measure(count))
    application.quit()


def measure(count: int) -> tuple[dict[str, float], dict[str, float]]:
    """Seconds of the GUI thread for each job: ours, and the peer's over a model with the same cells."""
    rows = [row(number) for number in range(count)]
    ours: TableModel[RegistryRow] = TableModel(COLUMNS)
    ours.set_rows(prepare(COLUMNS, rows, lambda one: one.id, lambda one: one.search_text, sort_by="head"))
    whole: TableModel[RegistryRow] = TableModel(COLUMNS)
    whole.set_rows(prepare(COLUMNS, rows, lambda one: one.id, lambda one: one.search_text))
    peer = QSortFilterProxyModel()
    peer.setFilterKeyColumn(-1)
    peer.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    peer.setSourceModel(whole)
    head = [column.key for column in COLUMNS].index("head")
    keys = [WORD[:end] for end in range(1, len(WORD) + 1)]
    mine = {
        "a key in the search": median(timed(lambda key=key: ours.set_search(key)) for key in keys),
        "a filter by decision": timed(lambda: ours.set_filter(lambda one: one.decision == "packed")),
        "a sort by the head": timed(lambda: ours.sort(head)),
    }
    theirs = {
        "a key in the search": median(timed(lambda key=key: peer.setFilterFixedString(key)) for key in keys[:4]),
        "a filter by decision": timed(lambda: peer.setFilterFixedString("Packed")),
        "a sort by the head": timed(lambda: sorted_by(peer, head)),
    }
    return mine, theirs


def sorted_by(peer: QSortFilterProxyModel, column: int) -> None:
    peer.setFilterFixedString("")
    peer.sort(column)


def compare(mine: dict[str, float], theirs: dict[str, float]) -> None:
    for job, seconds in mine.items():
        print(f"{job:24} {seconds * 1000:8.1f} ms   peer {theirs[job] * 1000:8.1f} ms   {theirs[job] / seconds:6.1f} x")


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
