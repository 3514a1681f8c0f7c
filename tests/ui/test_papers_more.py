"""The papers beside the driver's list: all that must be there once, nothing else, nothing cut, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from coordinator.domain.schedule import Window
from coordinator.paper_changes import changes_between
from coordinator.paper_content import PickupList
from coordinator.summary_content import DayBar, SummaryFigures, SummaryPaper, SummaryRow
from resources import i18n
from tests.ui.test_paper import (
    DAY,
    PRINTED,
    THREE_LINES,
    a_list,
    a_stop,
    assert_nothing_cut,
    big_family,
    blocks_named,
    numbers_in,
    text_of,
    texts_of,
)
from ui.paper.difference import difference_document
from ui.paper.output import pdf_bytes
from ui.paper.pickup import pickup_document
from ui.paper.summary import summary_document

pytestmark = pytest.mark.usefixtures("qapp")


def a_summary(hromadas: int = 3, **more: object) -> SummaryPaper:
    figures = SummaryFigures(96, 21, 40, 30, 25, 4, 12, 3, 344, 111, 17, 10_800)
    rows = tuple(SummaryRow(f"Громада {n}", figures) for n in range(hromadas))
    return SummaryPaper(DAY, PRINTED, figures, rows, date(2023, 8, 9), "this register", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("hromadas", [0, 3, 60])
def test_the_summary_says_each_hromada_once(hromadas: int) -> None:
    document = summary_document(a_summary(hromadas))
    assert_nothing_cut(document)
    assert len(document.pages) == (1 if hromadas < 10 else 3)
    text = text_of(document)
    for n in range(hromadas):
        assert text.count(f"Громада {n} 96 (21) 12 (3) 344 (111) 17 10800") == 1
    assert "40 women, 30 men, 21 children, sex or age not known: 5, 60 and older: 25, with a disability: 4" in text
    assert "Figures of the moment" in text
    assert ", report" not in text


def test_what_is_hidden_on_the_page_is_not_told_by_its_charts() -> None:
    days = (DayBar(DAY - timedelta(days=1)), DayBar(DAY, 96, 21, 12, 33_344))
    document = summary_document(a_summary(hidden=frozenset({"children"}), hide_below=5, days=days))
    assert_nothing_cut(document)
    text = text_of(document)
    assert "96 (…)" in text and "of them children – …" in text
    assert "33344" in text


def test_a_frozen_report_is_named_on_its_paper() -> None:
    text = text_of(summary_document(a_summary(report=12, corrected="11.08: 63, now 61")))
    assert "report 12" in text
    assert "Corrected: 11.08: 63, now 61" in text
    assert "Figures of the moment" not in text


def changed_lists() -> tuple[PickupList, PickupList]:
    old = replace(a_list(*(a_stop(n) for n in range(1, 9))), version=1)
    first, second, third, _gone, fifth, sixth, seventh, eighth = old.stops
    moved = replace(third, window=Window(600, 615), phones=("067 765 43 21",))
    after = (first, moved, big_family(99), second, fifth, replace(sixth, street_line=THREE_LINES), seventh, eighth)
    stops = tuple(replace(stop, order=order) for order, stop in enumerate(after, start=1))
    return old, replace(old, version=2, vehicle="AX 7777 KK", stops=stops)


@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_sheet_of_changes_says_what_a_driver_must_hear(language: str) -> None:
    i18n.set_language(language)
    document = difference_document([changes_between(*changed_lists())])
    assert_nothing_cut(document)
    text = text_of(document)
    assert numbers_in(document) == [404, 499, 403, 406]
    order = blocks_named(document, "order")
    assert order == [f"order {n}" for n in range(1, 9)]
    assert re.search("AX 1234 BC, (now|тепер) AX 7777 KK", text)
    assert "2 10:00–10:15 403 Ківшарівка" in text
    if language == "en":
        assert "version 2 instead of 1" in text and "DO NOT GO THERE (1)" in text and "stop 4 № 404" in text
        assert "no. 3, 09:03–09:23" in text
    else:
        assert "версія 2 замість 1" in text and "ТУДИ НЕ ЇХАТИ (1)" in text


def test_the_usual_change_fits_on_one_page() -> None:
    """Of eight stops one is taken off, one comes new, a phone is another one, and all the others are later."""
    old, new = changed_lists()
    plain = tuple(a_stop(99) if stop.household_number == 499 else stop for stop in new.stops)
    late = tuple(
        replace(stop, order=at, street_line=old.stops[0].street_line, window=Window(560 + 20 * at, 570 + 20 * at))
        for at, stop in enumerate(plain, start=1)
    )
    (page,) = difference_document([changes_between(old, replace(new, stops=late))]).pages
    names = [placed.block.name for placed in page.placed]
    assert [name for name in names if name.startswith("changed")] == ["changed 403"]
    assert names[-1] == "told"


def test_a_list_that_is_void_says_so_and_nothing_else() -> None:
    old, _new = changed_lists()
    text = text_of(difference_document([changes_between(old, replace(old, void=True, stops=(), version=2))]))
    assert "THIS LIST IS VOID" in text and "№" not in text


def test_a_draft_says_so_until_it_is_issued_and_copies_are_numbered() -> None:
    stops = [a_stop(n) for n in range(1, 12)]
    for page in texts_of(pdf_bytes(pickup_document([a_list(*stops, draft=True)]))):
        assert page.count("DRAFT") == 2 and "not issued" in page and "copy" not in page
    copied = pickup_document([a_list(*stops, copies=("", "crossing"), first_copy=3)])
    pages = texts_of(pdf_bytes(copied))
    assert len(pages) % 2 == 0
    for at, page in enumerate(pages):
        mine = "copy 3 of 4" if at < len(pages) / 2 else "copy 4 of 4, for: crossing"
        assert mine in page and "version 2" in page and "DRAFT" not in page
