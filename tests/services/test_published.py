"""What an office published is kept as it said it, with its source; what it corrected backwards is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from coordinator.domain.published import Jump, Published, Told
from coordinator.errors import UserError
from coordinator.exchange.published_book import read_form, write_form
from coordinator.queries.charts import Span, Wish, chart
from coordinator.queries.count_memory import CountMemory
from coordinator.queries.counts import counts
from coordinator.queries.published import published, published_series
from coordinator.services import history
from coordinator.services.published import import_published, remove_published, save_published
from coordinator.session import Session
from resources.i18n import speaking

OBLAST = "Kharkiv oblast administration"
DAY_PEOPLE, DAY_CHILDREN, TOTAL, TOTAL_CHILDREN = (
    Told.DAY_PEOPLE, Told.DAY_CHILDREN, Told.TOTAL_PEOPLE, Told.TOTAL_CHILDREN,
)  # fmt: skip


def said(day: int, at: datetime | None = None, **figures: int) -> Published:
    told = {Told(name): value for name, value in figures.items()}
    return Published(None, date(2023, 8, day), OBLAST, told, at, "Kupiansk raion", "daily post, since 9 August")


SERIES = [
    said(10, day_people=33, days=2, total_people=33),
    said(11, total_people=63, total_children=9),
    said(12, day_people=111, day_children=36, day_disabled=4, total_people=204, total_children=71),
    said(13, day_people=44, day_children=19, day_disabled=2, total_people=248, total_children=90),
    said(14, day_people=96, day_children=21, total_people=344, total_children=111),
    said(
        15, datetime(2023, 8, 15, 16, 30, tzinfo=UTC), day_people=92, day_children=17, day_women=50, day_disabled=6,
        total_people=436, total_children=128,
    ),
    said(17, total_people=526, total_children=143),
    said(
        28, total_people=715, total_children=165, self_people=718, self_children=178, together_people=1433,
        together_children=343,
    ),
]  # fmt: skip
"""The oblast's figures of August 2023; those of the 11th and the 12th do not reconcile."""


@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_form_brings_the_series_in_as_it_was_published_and_once(
    session: Session, tmp_path: Path, language: str
) -> None:
    form = tmp_path / "published.xlsx"
    with speaking(language):
        write_form(form, SERIES)
    assert import_published(session, form).value == len(SERIES)
    kept, found = published_series(session)
    assert all(one.says_the_same(other) for one, other in zip(kept, SERIES, strict=True))
    assert found == [Jump(OBLAST, date(2023, 8, 11), 63, 93, date(2023, 8, 12), "Kupiansk raion")]
    assert found[0].by == 30
    with pytest.raises(UserError, match=r"published\.known"):
        import_published(session, form)
    assert counts(session).people == 0
    history.undo(session)
    assert published(session) == []


def test_a_correction_of_one_area_stands_at_no_other_of_the_same_office(session: Session) -> None:
    for one in (*SERIES[:3], replace(SERIES[1], scope="the oblast", figures={TOTAL: 500})):
        save_published(session, one)
    running = chart(CountMemory(session), "running", Wish(Span.ALL), date(2023, 8, 12))
    told = [(cell.value, cell.implied) for one in running.series for cell in one.cells if cell and one.published]
    assert (63, 93) in told and (500, None) in told


def test_a_later_word_on_a_day_counts_and_the_earlier_one_stays(session: Session) -> None:
    first = save_published(session, said(12, datetime(2023, 8, 12, 17, tzinfo=UTC), total_people=204)).value
    save_published(session, said(12, datetime(2023, 8, 14, 17, tzinfo=UTC), total_people=206))
    (now,), _jumps = published_series(session)
    assert now.figures == {TOTAL: 206}
    assert len(published(session)) == 2
    remove_published(session, first)
    history.undo(session)
    assert {one.figures[TOTAL] for one in published(session)} == {204, 206}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (Published(None, date(2023, 8, 12), " ", {TOTAL: 1}), "published.no_source"),
        (said(12, days=2), "published.no_figures"),
        (said(12, day_people=-1), "published.negative"),
        (said(12, day_people=10**12), "published.negative"),
        (said(12, day_people=1, days=40_000), "published.days"),
        (Published(None, date(2030, 1, 1), "ОВА", {TOTAL: 1}), "published.day"),
        (Published(None, date(1923, 8, 12), "ОВА", {TOTAL: 1}), "published.day"),
        (said(12, datetime(2023, 8, 11, 17, tzinfo=UTC), total_people=204), "published.time"),
        (said(12, datetime(2033, 8, 12, 17, tzinfo=UTC), total_people=204), "published.time"),
        (said(12, day_people=3, day_children=4), "published.part_more"),
    ],
)
def test_what_cannot_be_is_refused(session: Session, wrong: Published, code: str) -> None:
    with pytest.raises(UserError, match=code):
        save_published(session, wrong)
    assert published(session) == []


@pytest.mark.parametrize("tagged", [False, True])
def test_a_sheet_of_somebody_else_is_read_by_its_words_or_its_hashtags(tmp_path: Path, tagged: bool) -> None:
    book = openpyxl.Workbook()
    words = ["Евакуйовано за добу", "Ким оприлюднено", "День", "щось своє"]
    tags = ["#reached +evacuated +ind", "#meta +source", "#date +occurred", "#x"]
    for row in (["Зведення", None, None, None], tags if tagged else words, ["1 433", "ОВА", "28.08.2023", 1]):
        book.active.append(row)
    book.save(tmp_path / "own.xlsx")
    (one,) = read_form(tmp_path / "own.xlsx", date(2023, 9, 1))
    assert (one.day, one.source, one.figures) == (date(2023, 8, 28), "ОВА", {DAY_PEOPLE: 1433})


@pytest.mark.parametrize("hashtags", [False, True])
@pytest.mark.parametrize(
    ("cells", "code", "facts"),
    [
        (["31.02.2023", "ОВА", 5], "published.row", {"row": 2, "header": "Day", "value": "31.02.2023"}),
        (["15.08.2023", "ОВА", "багато"], "published.row", {"row": 2, "value": "багато"}),
        (["15.08.2023", "ОВА", 2.5], "published.row", {"row": 2}),
        (["15.08.2023", None, 5], "published.row_missing", {"row": 2, "header": "Published by"}),
        (["15.08.2030", "ОВА", 5], "published.row_wrong", {"row": 2, "header": "Day", "value": "15.08.2030"}),
        (["15.08.2023", "ОВА", 10**12], "published.row_wrong", {"row": 2, "header": "Evacuated that day"}),
        (["15.08.2023", "ОВА", None], "published.row_empty", {"row": 2}),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_and_nothing_is_imported(
    session: Session, tmp_path: Path, cells: list[object], code: str, facts: dict[str, object], hashtags: bool
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Day", "Published by", "Evacuated that day"])
    book.active.append(cells)
    if hashtags:
        book.active.insert_rows(2)
        for at, tag in enumerate(("#date+occurred", "#meta+source", "#reached+ind+evacuated"), 1):
            book.active.cell(2, at, tag)
        facts = facts | {"row": 3}
    book.save(tmp_path / "own.xlsx")
    with pytest.raises(UserError) as error:
        import_published(session, tmp_path / "own.xlsx")
    assert error.value.code == code
    assert facts.items() <= error.value.facts.items()
    assert published(session) == []
