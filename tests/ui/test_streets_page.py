"""The street board in the window: by keyboard from house to house, a hit recorded there, and on A3."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Decision
from coordinator.domain.shelling import Nearness
from coordinator.queries.street_board import Board, BoardHouse, BoardPlace, BoardStreet, StreetBoards
from coordinator.register import create_register
from coordinator.session import Session
from tests.builders import DAY, add_household, add_settlement
from tests.conftest import PASSPHRASE
from tests.ui.bench import Bench, press, type_over, unnamed
from ui.crash import CrashDesk
from ui.dialogs.incident import IncidentDialog
from ui.dialogs.link_streets import LinkStreetsDialog
from ui.pages.streets import StreetsPage
from ui.paper.pages import Page, marks_of
from ui.paper.pieces import Text
from ui.paper.preview import PaperPreview
from ui.paper.street_board import street_board_document
from ui.widgets.streets.layout import Cell, Layout, Sizes

NOW = datetime(2023, 8, 15, 5, 0, tzinfo=UTC)
Key = Qt.Key


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Session]:
    with create_register(tmp_path / "centre", PASSPHRASE, clock=lambda: NOW) as session:
        add_settlement(session, "Подоли")
        for surname, street, house in (
            ("Гай", "вул. Миру", "5"), ("Коваль", "вул. Садова", "12"), ("Лис", "вул. Садова", "2"),
        ):  # fmt: skip
            add_household(session, surname, street=street, house=house)
        yield session


@pytest.fixture
def bench(qtbot: QtBot, dressed: QApplication, village: Session, crashes: CrashDesk) -> Bench:
    made = Bench(qtbot, village, crashes, more={"streets": StreetsPage})
    made.desk.go("streets")
    made.settle()
    return made


def page_of(bench: Bench) -> StreetsPage:
    page = bench.desk.pages["streets"]
    assert isinstance(page, StreetsPage)
    return page


def dialog_of(bench: Bench, kind: type[QDialog]) -> QDialog:
    bench.settle()
    (dialog,) = [one for one in bench.window.findChildren(kind) if one.isVisible()]
    return dialog


def test_by_keyboard_to_a_house_where_a_hit_is_recorded_and_to_the_household(bench: Bench) -> None:
    page = page_of(bench)
    assert page.words.text() == "вул. Миру, 5 · № 1 Гай Олена · 2 people · Packed, ready"
    assert unnamed(page) == []
    press(page.board, Key.Key_PageDown)
    press(page.board, Key.Key_Right)
    assert page.words.text().startswith("вул. Садова, 12 · № 2 Коваль Олена")
    page.record_shelling()
    dialog = dialog_of(bench, IncidentDialog)
    assert isinstance(dialog, IncidentDialog)
    assert (dialog.street.text(), dialog.house.text()) == ("вул. Садова", "12")
    dialog.save()
    bench.settle()
    assert page.words.text().endswith("their house was hit")
    assert page.board.accessibleDescription() == page.words.text()
    press(page.board, Key.Key_Left)
    assert page.words.text().endswith("the street was hit: 1 hit, today")
    press(page.board, Key.Key_Return)
    bench.settle()
    assert bench.desk.current_name() == "registry"
    assert bench.registry.panel.card is not None and bench.registry.panel.card.household.number == 3


def test_streets_are_linked_from_the_board_and_it_says_so(bench: Bench) -> None:
    page = page_of(bench)
    page.link_streets()
    dialog = dialog_of(bench, LinkStreetsDialog)
    assert isinstance(dialog, LinkStreetsDialog) and unnamed(dialog) == []
    type_over(dialog.search, "садова")
    press(dialog.search, Key.Key_Down)
    press(dialog.list, Key.Key_Space)
    dialog.save()
    bench.settle()
    board = page.board._board
    assert board is not None and [street.beside for street in board.streets] == [("вул. Садова",), ("вул. Миру",)]


def test_it_is_printed_from_here(bench: Bench) -> None:
    page_of(bench).print_board()
    preview = dialog_of(bench, PaperPreview)
    assert isinstance(preview, PaperPreview)
    assert "№ 2" in " ".join(words_of(preview._document.pages[0]))
    preview.reject()


def house(number: int, **more: object) -> BoardHouse:
    plain = BoardHouse(str(number), number, str(number), "", "", Decision.PACKED, None, 3, 1, None, None, False)
    return plain._replace(**more)  # type: ignore[arg-type]


def words_of(page: Page) -> list[str]:
    return [mark.text for mark in marks_of(page) if isinstance(mark, Text)]


def test_on_paper_each_house_stands_once_and_a_street_overleaf_has_its_name(dressed: QApplication) -> None:
    long = BoardStreet("a", "вул. Довга", tuple(house(n, house="12а" * 20) for n in range(1, 401)))
    two = (house(401, hit=Nearness.HOUSE), house(402, decision=Decision.EVACUATED))
    short = BoardStreet("b", "вул. Коротка", two, 1, DAY, ("вул. Довга",))
    board = Board(BoardPlace("1", "Подоли", "", 402), (long, short))
    paper = StreetBoards(date(2023, 8, 15), NOW, (board, replace(board, streets=())))
    pages = street_board_document(paper).pages
    said = [word for page in pages for word in words_of(page)]
    for number in range(1, 403):
        assert said.count(f"№ {number}") == 1
    continued = [page for page in pages[1:-1] if page.placed[0].block.name == "heading"]
    assert len(continued) == len(pages) - 2 >= 3
    assert all("вул. Довга, continued" in " ".join(words_of(page)) for page in continued)
    for page in pages:
        for placed in page.placed:
            assert page.body_top + placed.y + placed.height <= page.body_bottom + 1
    assert "There are no households in this settlement." in words_of(pages[-1])


SIZES = Sizes(cell_width=100, cell_height=40, heading=30, gap=5, air=10, margin=10)


@given(st.lists(st.integers(0, 30), max_size=8), st.integers(1, 1500))
def test_arrows_reach_every_house_and_what_is_seen_is_what_is_painted(counts: list[int], width: int) -> None:
    streets = [BoardStreet(str(n), str(n), tuple(map(house, range(count)))) for n, count in enumerate(counts)]
    layout = Layout(streets, SIZES, width)
    cells = [Cell(n, number) for n, count in enumerate(counts) for number in range(count)]
    walked, cell = [], layout.first()
    while cell is not None and (not walked or cell != walked[-1]):
        walked.append(cell)
        cell = layout.along(cell, 1)
    assert walked == cells
    for cell in cells:
        rect = layout.rect(cell)
        assert layout.at(rect.center().x(), rect.center().y()) == cell
        assert cell in layout.cells_between(cell.street, rect.top(), rect.bottom())
        assert cell.street in layout.streets_between(rect.top(), rect.bottom())
        assert rect.bottom() <= layout.height
        assert layout.across(layout.across(cell, 1), -1).street <= cell.street
