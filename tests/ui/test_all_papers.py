"""Every paper, usual, empty and long, in both languages: nothing cut, fonts embedded, nobody twice or missing."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from coordinator.day_papers import (
    CheckpointList,
    CheckpointPaper,
    ConfirmationPaper,
    Confirmed,
    Passenger,
    Refusal,
    RefusalPaper,
    WallPaper,
    WallTrip,
)
from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import Decision
from coordinator.domain.fleet import OrderKind, ZoneOrder
from coordinator.domain.person import Birth, Need, PersonName, Relation, Sex
from coordinator.domain.schedule import Load
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.paper_changes import ListChanges, changes_between
from coordinator.paper_content import CallSheet, CallSheetRow, CallSheets, PickupList
from coordinator.queries.day_papers import checkpoint_paper, wall_paper
from coordinator.queries.paper_differences import list_differences
from coordinator.queries.papers import pickup_lists
from coordinator.queries.refusals import refusal_paper
from coordinator.queries.street_board import Board, BoardHouse, BoardPlace, BoardStreet, StreetBoards
from coordinator.queries.summary_paper import summary_paper
from coordinator.services import fleet, households
from coordinator.services.arrival import trip_arrived
from coordinator.services.confirmations import issue_confirmation
from coordinator.services.papers import issue_pickup_lists
from coordinator.services.writing import MemberDraft
from coordinator.session import Session
from coordinator.summary_content import SummaryFigures, SummaryPaper, SummaryRow
from db import stores
from resources import i18n
from tests.builders import (
    add_household,
    add_hubs,
    add_settlement,
    add_vehicle,
    decide,
    on_trip,
    person_ids,
    record,
    settlement_id,
    trips_of,
)
from tests.ui.test_paper import (
    DAY,
    PRINTED,
    THREE_LINES,
    a_call_list,
    a_list,
    a_state,
    a_stop,
    assert_nothing_cut,
    big_family,
    texts_of,
)
from ui.paper.call_sheet import call_sheet_document
from ui.paper.calls import call_document
from ui.paper.checkpoint import checkpoint_document
from ui.paper.confirmation import confirmation_document
from ui.paper.difference import difference_document
from ui.paper.output import pdf_bytes
from ui.paper.pages import Document
from ui.paper.pickup import pickup_document
from ui.paper.refusal import refusal_document
from ui.paper.state import state_document
from ui.paper.street_board import street_board_document
from ui.paper.summary import summary_document
from ui.paper.wall import wall_document, wall_document_a4

pytestmark = pytest.mark.usefixtures("qapp")

LETTERS = "Ґалаґан-Їжакевич Євгенія Дем’янівна ʼ"
SECRETS = ("14.02.1951", "1951-02-14", "КА 555", "діабет")


def person(n: int) -> str:
    """A long name with every letter that fonts lack, after a word that is found again."""
    return f"{mark(n)} {LETTERS}"


def mark(n: int) -> str:
    return f"Ї{n:03}"


@dataclass(frozen=True)
class Case:
    """`make(rows)`; each row says its `mark(n)` once."""

    make: Callable[[int], Document]
    mark: Callable[[int], str] = mark


def pickup(rows: int) -> Document:
    stops = [big_family(n) if n % 7 == 0 else a_stop(n, contact_name=person(n)) for n in range(1, rows + 1)]
    return pickup_document([a_list(*stops)])


def difference(rows: int) -> Document:
    old = a_list(*(a_stop(n + 500) for n in range(3)), version=1)
    new = a_list(*(a_stop(n, contact_name=person(n), street_line=THREE_LINES) for n in range(1, rows + 1)), version=2)
    return difference_document([changes_between(old, new)] if rows else [])


def wall(layout: Callable[[WallPaper], Document]) -> Callable[[int], Document]:
    def make(rows: int) -> Document:
        trips = tuple(
            WallTrip(
                n, f"AX {n:04} BC Sprinter", 400, 900, ("Ківшарівка", "Куп'янськ-Вузловий"), 4, 12, 3, Load(10, 1, 1),
                "Харків, транзитний центр", list(TripStatus)[n % 3],
            )
            for n in range(1, rows + 1)
        )  # fmt: skip
        return layout(WallPaper(DAY, PRINTED, trips, (3, 9)))

    return make


def checkpoint(rows: int) -> Document:
    people = tuple(Passenger(person(n), 1951, "Куп'янськ-Вузловий") for n in range(1, rows + 1))
    lists = (CheckpointList("2023-08-15/3", DAY, "AX 1234 BC", "Транзитний центр", people),) if rows else ()
    return checkpoint_document(CheckpointPaper(DAY, PRINTED, lists))


def refusal(rows: int) -> Document:
    adults = tuple(Refusal(person(n), 1951, THREE_LINES) for n in range(1, max(1, rows) + 1))
    children = (("", None), ("Їжак Єва", 2014)) if rows else ()
    return refusal_document(
        RefusalPaper(DAY, PRINTED, 417, "Ківшарівка", "громада", THREE_LINES, adults, children, DAY, "№ 1")
    )


def confirmation(rows: int) -> Document:
    people = tuple(Confirmed(person(n), 1951, DAY, "Транзитний центр") for n in range(1, rows + 1))
    return confirmation_document(
        ConfirmationPaper(
            12, "ABCDEFGH", 2, 417, "Ківшарівка", "громада", THREE_LINES, PRINTED, "Олена", "Центр", people
        )
    )


def summary(rows: int) -> Document:
    figures = SummaryFigures(96, 21, 40, 30, 25, 4, 12, 3, 344, 111, 17, 10_800)
    lines = tuple(SummaryRow(person(n), figures) for n in range(1, rows + 1))
    return summary_document(SummaryPaper(DAY, PRINTED, figures, lines, date(2023, 8, 9), "this register"))


def call_sheets(rows: int) -> Document:
    lines = tuple(
        CallSheetRow(n, "Ківшарівка", THREE_LINES, person(n), ("050 123 45 67",) * 2, 3, 1, Decision.UNDECIDED)
        for n in range(1, rows + 1)
    )
    return call_sheet_document(CallSheets(DAY, PRINTED, (CallSheet(1, lines),)))


def calls(rows: int) -> Document:
    return call_document(a_call_list(rows))


def board(rows: int) -> Document:
    houses = tuple(
        BoardHouse(f"{n}", n, f"{n}", "", "", Decision.UNDECIDED, None, 3, 1, None, None, False)
        for n in range(1, rows + 1)
    )
    streets = (BoardStreet("їжакевича", "вул. Їжакевича", houses),) if rows else ()
    return street_board_document(StreetBoards(DAY, PRINTED, (Board(BoardPlace("1", "Село", "", rows), streets),)))


def number(n: int) -> str:
    return f"№ {n} "


CASES = {
    "pickup list": Case(pickup, lambda n: f"№ {400 + n} "),
    "changes": Case(difference),
    "call list": Case(calls, number),
    "call sheet": Case(call_sheets, number),
    "whole register": Case(lambda rows: state_document(a_state(1, 1, rows)), number),
    "street board": Case(board, number),
    "passenger list": Case(checkpoint),
    "wall A3": Case(wall(wall_document), lambda n: f"AX {n:04} BC"),
    "wall A4": Case(wall(wall_document_a4), lambda n: f"AX {n:04} BC"),
    "refusal": Case(refusal),
    "confirmation": Case(confirmation),
    "summary": Case(summary),
}


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("name", CASES)
def test_fault_70_every_paper_is_whole_empty_usual_and_long(name: str, language: str) -> None:
    i18n.set_language(language)
    case = CASES[name]
    for rows in (0, 3, 200):
        document = case.make(rows)
        assert document.pages
        assert_nothing_cut(document)
        content = pdf_bytes(document)
        text = re.sub(r"\s+", " ", " ".join(texts_of(content)))
        for n in range(1, rows + 1):
            assert text.count(case.mark(n)) == 1, (rows, n)
        if rows == 3:
            assert_fonts_embedded(content)


def assert_fonts_embedded(content: bytes) -> None:
    """Fault 71: ours alone, in the file itself."""
    fonts = set()
    for page in pypdfium2.PdfDocument(content):
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.FPDFTextObj_GetFont(item.raw)
            name = ctypes.create_string_buffer(200)
            pdfium.FPDFFont_GetBaseFontName(font, name, 200)
            fonts.add((name.value.decode().split("+")[-1], pdfium.FPDFFont_GetIsEmbedded(font)))
    assert fonts <= {("NotoSans-Regular", 1), ("NotoSans-Bold", 1)} and fonts


def test_fault_71_the_letters_that_fonts_lack_are_read_back() -> None:
    text = re.sub(r"\s+", " ", " ".join(texts_of(pdf_bytes(checkpoint(1)))))
    for word in LETTERS.split():
        assert word in text


@pytest.fixture
def centre(session: Session) -> Session:
    add_hubs(session)
    add_settlement(session, "Подоли")
    return session


@pytest.fixture
def told(centre: Session) -> Session:
    """A register of one family that says all that a household can say, evacuated, and one that refuses."""
    today = kyiv_day(centre.clock())
    head = MemberDraft(
        PersonName("Коваль", "Горпина"), Sex.FEMALE, Birth(on=date(1951, 2, 14), raw="14.02.1951"), Relation.HEAD,
        frozenset({Need.DISABILITY}), needs_raw="діабет", documents="паспорт КА 555", note="не чує дзвінка",
    )  # fmt: skip
    family = add_household(centre, "Коваль", people=1, phone="050 123 45 67", note="їдуть до сестри в Полтаву")
    households.edit_person(centre, person_ids(centre, family)[0], head)
    households.edit_household(centre, family, destination_wish="Полтава, вул. Миру 5")
    stays = add_household(centre, "Гай", people=1)
    on_trip(centre, add_vehicle(centre, "AX0001AA"), family)
    on_trip(centre, add_vehicle(centre, "AX0002AA"), add_household(centre, "Мороз", people=1))
    place = settlement_id(centre, "Подоли") or ""
    fleet.save_zone_order(centre, ZoneOrder(None, place, "Подоли", OrderKind.MANDATORY, today, None, "№ 1"))
    decide(centre, stays, Decision.REFUSED)
    return centre


def first_list(session: Session) -> list[PickupList]:
    return [pickup_lists(session, DAY)[0]]


def confirmed(session: Session) -> ConfirmationPaper:
    record(session, household(session, "Коваль"), StopResult.BOARDED)
    trip_arrived(session, trips_of(session)[0].id)
    return issue_confirmation(session, household(session, "Коваль")).value


def household(session: Session, surname: str) -> str:
    with session.reading() as db:
        (row,) = stores.people.where(db, surname=surname)
    return row.household_id


def refused(session: Session) -> RefusalPaper:
    return refusal_paper(session, household(session, "Гай"))


def changed(session: Session) -> list[ListChanges]:
    issue_pickup_lists(session, DAY)
    households.edit_household(session, household(session, "Коваль"), landmark="синя хвіртка", pets="кіт")
    return [one.changes for one in list_differences(session, DAY)]


ELSEWHERE = ("Полтав", "сестри")
WHO = ("Коваль", "050 123 45 67", "Садова", "Водій", "050 700 00 01")
CARRIED = {
    "pickup list": (first_list, pickup_document, ("Коваль", "050 123 45 67"), ("Мороз", "AX0002AA", *ELSEWHERE)),
    "changes": (changed, difference_document, ("синя хвіртка",), ("Мороз", *ELSEWHERE)),
    "passenger list": (
        lambda session: checkpoint_paper(session, DAY), checkpoint_document, ("Коваль Горпина", "1951", "Подоли"),
        ("050 123 45 67", "Садова", *ELSEWHERE),
    ),
    "wall": (lambda session: wall_paper(session, DAY), wall_document, ("AX0001AA", "Подоли"), (*WHO, *ELSEWHERE)),
    "confirmation": (confirmed, confirmation_document, ("Коваль Горпина", "1951"), ("050 123 45 67", *ELSEWHERE)),
    "refusal": (refused, refusal_document, ("Гай Олена", "1983", "№ 1"), ("Коваль", *ELSEWHERE)),
    "summary": (lambda session: summary_paper(session, DAY), summary_document, ("Куп'янська",), (*WHO, *ELSEWHERE)),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("name", CARRIED)
def test_nothing_stands_on_a_paper_that_must_not(told: Session, name: str, language: str) -> None:
    i18n.set_language(language)
    read, layout, there, not_there = CARRIED[name]
    text = re.sub(r"\s+", " ", " ".join(texts_of(pdf_bytes(layout(read(told))))))  # type: ignore[operator]
    for word in there:
        assert word.replace("№ ", "№") in text, word
    for word in (*not_there, *SECRETS):
        assert word not in text, word
