"""A corrected cell: what it cannot touch is not read or compared again, and all is as if it had been."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordinator.exchange import people_list
from coordinator.exchange.blocks import Line
from coordinator.exchange.incoming import IncomingHousehold
from coordinator.exchange.originals import Correction
from coordinator.exchange.report import Choice
from coordinator.exchange.sheet_scan import cell_name
from coordinator.services import imports
from coordinator.services.import_plan import PeoplePlan
from coordinator.services.import_preview import ImportPreview
from coordinator.session import Session
from tests.exchange.making import LIST_DAY, write_book

HEADERS = ("№", "ПІБ", "Дата народження", "Стать", "Населений пункт", "Адреса", "Телефон", "Потреби", "Примітка")
ROWS: Sequence[Sequence[object]] = (
    HEADERS,
    (1, "Сорока Олена Іванівна", date(1981, 2, 13), "ж", "Подоли", "вул. Садова, 5", 380501112233.0, "", "готові"),
    (2, "Сорока Марко Петрович", 2015.0, "ч", "", "", "", "", "готові"),
    (3, "Дрозд Микола Петрович", "31.02.1950", "ч", "", "вул. Миру, 1", "0671112244", "інв. візок", "вагаються"),
    (4, "Дрозд Ганна Іванівна", "5/3/51", "?", "", "", "", "", ""),
    (None, "", "", "", "", "", "", "", "хто це?"),
    ("", "с. Кругляківка"),
    (5, "Гук Ольга Петрівна", date(1960, 1, 1), "ж", "", "вул. Лісова, 7", "050 999 88 77", "лежача", "відмова"),
    (None, None, None, None, None, None, "067 999 88 77, сусідка", "", ""),
    (6, "Рак Іван Іванович", "1948 р.н.", "ч", "Подоли", "вул. Лісова, 9", "3,80501E+11", "", ""),
    (7, "Рак Ніна", "", "жін", "Подоли", "вул. Лісова, 9", "3,80501E+11", "паличка", "речі зібрані"),
    (8, "Сорока Олена Іванівна", 1981.0, "ж", "Синьківка", "вул. Польова, 2", "", "", ""),
    ("Всього", 8),
)
LAST_WEEK = [list(row) for row in ROWS[:5]] + [[9, "Гук О. П.", 1960.0, "ж", "Подоли", "вул. Миру, 44"]]
LAST_WEEK[3] = [3, "Дрозд Микола Петрович", 1950.0, "ч", "Подоли", "вул. Миру, 1", "0671112244", "", "відмова"]
SAYINGS = (
    "", "-", "там же", "Гук Ольга Петрівна", "Сорока О.І.", "Soroka Olena", "с. Подоли", "Всього", "Подоли",
    "Синьківка", "вул. Садова, 5", "вул. Лісова, 9", "0671112244", "0501112233", "5/31/80", "3/5/1960", "13.02.1981",
    "ж", "абв", "лежача", "відмова", "готові", "Староста Петренко", "7",
)  # fmt: skip

cells = st.tuples(st.integers(0, len(ROWS)), st.integers(0, len(HEADERS) - 1))


def merged(book: xlsxwriter.Workbook) -> None:
    page = book.worksheets()[0]
    page.merge_range("I2:I3", "готові")
    page.merge_range("F4:F5", "вул. Миру, 1")


@pytest.fixture
def preview(session: Session, tmp_path: Path) -> ImportPreview:
    last = write_book(tmp_path / "last.xlsx", {"Подоли": LAST_WEEK})
    imports.apply_import(session, imports.preview_import(session, last, date(2023, 8, 7)))
    return imports.preview_import(session, write_book(tmp_path / "list.xlsx", {"Подоли": ROWS}, merged), LIST_DAY)


@pytest.fixture
def looked_at(preview: ImportPreview) -> Callable[[], ImportPreview]:
    """The preview, for a test whose every argument is written out where it fails."""
    return lambda: preview


def forgetful(preview: ImportPreview) -> ImportPreview:
    """As if nobody had looked at the list before."""
    incoming = replace(preview.listed.incoming, beside=())
    return replace(preview, mark=-1, listed=replace(preview.listed, incoming=incoming))


def told(preview: ImportPreview) -> list[object]:
    plan = preview.plan
    assert isinstance(plan, PeoplePlan)
    news = {number: change.update.news for number, change in plan.updates.items()}
    said = [plan.households, plan.faces, plan.drafts, plan.pairs, plan.found, plan.missed, plan.added, news]
    return [preview.incoming, preview.report, *said]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.dictionaries(cells, st.sampled_from(SAYINGS), min_size=1, max_size=3), min_size=1, max_size=2))
def test_a_correction_says_what_reading_all_of_it_again_says(
    session: Session, looked_at: Callable[[], ImportPreview], steps: list[dict[tuple[int, int], str]]
) -> None:
    quick = whole = looked_at()
    for step in steps:
        made = [Correction("Подоли", cell_name(*at), "as it was", text) for at, text in step.items()]
        quick = imports.correct_cells(session, quick, made)
        whole = imports.correct_cells(session, forgetful(whole), made)
        assert told(quick) == told(whole)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(st.booleans(), max_size=6), at=cells, text=st.sampled_from(SAYINGS))
def test_a_decision_says_what_comparing_all_of_it_again_says(
    session: Session, looked_at: Callable[[], ImportPreview], wanted: list[bool], at: tuple[int, int], text: str
) -> None:
    quick = looked_at()
    entries = quick.report.entries
    made = {Choice(entry.sheet, entry.row): yes for entry, yes in zip(entries, wanted, strict=False)}
    made |= {news.choice(entry.sheet): False for entry in entries[:4] for news in entry.news}
    quick = imports.with_choices(session, quick, made)
    assert told(quick) == told(imports.with_choices(session, forgetful(looked_at()), made))
    corrected = [Correction("Подоли", cell_name(*at), "as it was", text)]
    quick, whole = (imports.correct_cells(session, one, corrected) for one in (quick, forgetful(quick)))
    assert told(quick) == told(whole)
    quick, whole = (imports.with_choices(session, one, {}) for one in (quick, forgetful(whole)))
    assert told(quick) == told(whole)


def test_nothing_of_the_register_is_held_once_the_import_begins(session: Session, preview: ImportPreview) -> None:
    plan = preview.plan
    assert isinstance(plan, PeoplePlan) and plan.keeping.compared is not None
    imports.apply_import(session, preview)
    assert plan.keeping.compared is None


def test_only_the_household_of_the_cell_is_read_again(
    session: Session, preview: ImportPreview, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[list[int]] = []

    def watched(sheet: Any, block: Sequence[Line]) -> IncomingHousehold:
        read.append([line.index + 1 for line in block])
        return household(sheet, block)

    household = people_list._household
    monkeypatch.setattr(people_list, "_household", watched)
    mended = imports.correct_cells(session, preview, [Correction("Подоли", "G10", "3,80501E+11", "0501112233")])
    assert read == [[10, 11]]
    (entry,) = [entry for entry in mended.report.entries if entry.row == 10]
    assert [(other.number, other.reasons) for other in entry.candidates] == [(1, ("phone",))]
