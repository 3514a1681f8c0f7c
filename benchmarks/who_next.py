"""The list of "who is next" at full scale: the GUI thread's time, as a ratio to a plain QStandardItemModel.

    uv run python benchmarks/who_next.py [--households 25000]

A register of invented people would take minutes to make, so the facts are invented here and go through the real rule,
the real words, and the table with its search, filters and count as the page has them. The peer is what Qt's own
examples do: an item for each cell, sorted and filtered by QSortFilterProxyModel. Printed are milliseconds of the GUI
thread, the time a worker took beforehand, and one paint of the street board with 3,000 households.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from time import perf_counter, thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication

from coordinator.domain.decision import GONE, Decision
from coordinator.domain.fleet import OrderKind
from coordinator.domain.names import fold
from coordinator.domain.priority import Case, Weights, rank
from coordinator.domain.shelling import NearHit, Nearness, Severity
from coordinator.queries.street_board import Board, BoardHouse, BoardPlace, BoardStreet
from coordinator.queries.who_next import NextRow
from coordinator.settings import WEIGHTS
from ui import theme
from ui.tables.columns import TableData, prepare
from ui.tables.model import TableModel
from ui.tables.next_columns import columns_on
from ui.tables.next_filter import NextFilter
from ui.tables.patching import rank_all
from ui.tables.view import TableView
from ui.widgets.next_bar import NextBar
from ui.widgets.streets.view import BoardView

TODAY = date(2023, 8, 15)
NOW = datetime(2023, 8, 15, 5, 0, tzinfo=UTC)
WEIGHING = Weights({factor: option.default for factor, option in WEIGHTS.items()})
STANDS = [decision for decision in Decision if decision not in GONE]
NAMES = ("Коваль Олена", "Щербак Іван", "Ґалаґан Марія", "Дем'яненко Софія", "Яремко Степан")
BOARD = 3000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--households", type=int, default=25_000)
    count = parser.parse_args().households
    application = QApplication([])
    theme.load_fonts()
    theme.wear(application, theme.load("light"))
    begun = perf_counter()
    rows = [row(number) for number in range(count)]
    columns = columns_on(TODAY)
    data = prepare(columns, rows, lambda one: one.id, lambda one: one.search_text)
    rank_all(columns, data)
    print(f"{count} households: rule, words and ranks in a worker {perf_counter() - begun:.2f} s")
    for job, mine, peer in measure(data):
        print(f"{job:34} {mine * 1000:8.1f} ms   QStandardItemModel {peer * 1000:9.1f} ms   {peer / mine:7.1f} x")
    for job, seconds in board():
        print(f"{job:34} {seconds * 1000:8.1f} ms")
    application.quit()


def measure(data: TableData[NextRow]) -> list[tuple[str, float, float]]:
    """(job, our seconds, the peer's) of the GUI thread."""
    ours: TableModel[NextRow] = TableModel(columns_on(TODAY))
    view = TableView(ours, "Households", lines=2)
    view.resize(800, 450)
    view.show()
    view.sort_by("score", True)
    bar = NextBar(ours)
    titles = [column.key for column in ours.columns]
    plain, proxy = QStandardItemModel(), QSortFilterProxyModel()
    proxy.setFilterKeyColumn(-1)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    proxy.setSourceModel(plain)

    def fill() -> None:
        plain.clear()
        for cells in data.cells:
            plain.appendRow([QStandardItem(text) for text in cells])

    shown = NextFilter(decisions=frozenset({"packed"}))
    jobs: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("the list is shown, sorted, filtered", lambda: ours.set_rows(data), fill),
        ("a key in the search", lambda: ours.set_search("олена"), lambda: proxy.setFilterFixedString("олена")),
        ("a filter by decision", lambda: bar.set_filter(shown), lambda: proxy.setFilterFixedString("Packed")),
        ("a sort by name", lambda: view.sort_by("head"), lambda: unfiltered(proxy, titles.index("head"))),
    ]
    found = [(job, timed(mine), timed(peer)) for job, mine, peer in jobs]
    picture = QPixmap(view.size())
    print(f"{'one paint of the list':34} {timed(lambda: view.render(picture)) * 1000:8.1f} ms")
    return found


def unfiltered(proxy: QSortFilterProxyModel, column: int) -> None:
    proxy.setFilterFixedString("")
    proxy.sort(column)


def board() -> list[tuple[str, float]]:
    """The street board of a settlement: shown, painted, and one step by keyboard."""
    view = BoardView(lambda: TODAY)
    view.resize(1150, 500)
    view.show()
    made = Board(BoardPlace("1", "Подоли", "", BOARD), tuple(street(number) for number in range(30)))
    picture = QPixmap(view.size())
    return [
        (f"a board of {BOARD} is shown", timed(lambda: view.show_board(made))),
        ("one paint of the board", timed(lambda: view.render(picture))),
        ("to its last house and one paint", timed(lambda: (view.choose("2999"), view.render(picture)))),
    ]


def timed(work: Callable[[], object]) -> float:
    begun = thread_time()
    work()
    return max(thread_time() - begun, 1e-6)


def row(number: int) -> NextRow:
    """An invented household with its points by the real rule."""
    nearness = list(Nearness)[number % 7 % 5]
    hits = (NearHit(nearness, "вул. Садова", NOW - timedelta(hours=number % 90), Severity.DAMAGED, 1 + number % 3),)
    decision, children = STANDS[number % len(STANDS)], tuple(range(number % 4))
    asked = NOW - timedelta(days=number % 12)
    case = Case(decision, TODAY, hits if number % 3 else (), OrderKind.MANDATORY, children, asked_at=asked)
    standing = rank(case, WEIGHING, NOW)
    head, street, phone = f"{NAMES[number % 5]} {number}", f"вул. Миру, {number % 90}", f"050{number:07}"
    return NextRow(
        id=str(number), number=number, head=head, settlement="Ківшарівка", settlement_id="1",
        settlement_key="ківшарівка", address=street, street="мир", people=3, children=len(children),
        decision=decision.value, wants_on=None, phones=(phone,), score=standing.score, parts=standing.parts,
        shelled=bool(number % 3), planned=number % 20 == 0, due=False, called=number % 15 == 0, asked_at=asked,
        tried_at=asked, again_at=None, again_by="", search_text=fold(f"{head} {street} {phone} ківшарівка"),
        head_key=fold(head),
    )  # fmt: skip


def street(number: int) -> BoardStreet:
    each = BOARD // 30
    houses = (
        BoardHouse(
            str(number * each + place), number * each + place, str(place), "", "", STANDS[place % len(STANDS)], None, 3,
            1, Nearness.STREET if number % 5 == 0 else None, None, False,
        )
        for place in range(each)
    )  # fmt: skip
    return BoardStreet(str(number), f"вул. Невідома {number}", tuple(houses), number % 5 == 0, TODAY)


if __name__ == "__main__":
    main()
