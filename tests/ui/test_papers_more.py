"""The papers beside the driver's list: all that must be there once, nothing else, nothing cut, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.summary_content import SummaryFigures, SummaryPaper, SummaryRow
from tests.ui.test_paper import DAY, PRINTED, assert_nothing_cut, text_of
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


def test_a_frozen_report_is_named_on_its_paper() -> None:
    text = text_of(summary_document(a_summary(report=12, corrected="11.08: 63 → 61")))
    assert "report 12" in text
    assert "Corrected: 11.08: 63 → 61" in text
    assert "Figures of the moment" not in text
