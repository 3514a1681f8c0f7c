"""Paper: nothing cut, nothing lost, nothing on it that must not leave the centre."""

from __future__ import annotations

import ctypes
import gettext
import re
import subprocess
import sys
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from coordinator.domain.decision import Decision
from coordinator.domain.person import Need
from coordinator.domain.schedule import Load, Window
from coordinator.errors import Cancelled, UserError
from coordinator.paper_content import (
    CallList,
    CallRow,
    ChildEscort,
    PaperStop,
    PickupList,
    StateHousehold,
    StatePaper,
    StateSettlement,
    StateStreet,
    StateVehicle,
)
from resources import i18n
from ui import ask
from ui.paper.calls import call_document
from ui.paper.output import paint, pdf_bytes, render_call_list, render_pickup_lists, render_state, save_pdf
from ui.paper.pages import Document, Page, marks_of
from ui.paper.pickup import pickup_document
from ui.paper.pieces import GLUE, Text, paragraph, reach
from ui.paper.preview import PaperPreview
from ui.paper.state import state_document
from ui.paper.typeface import BODY, STRONG, advance, mm

pytestmark = pytest.mark.usefixtures("qapp")

PRINTED = datetime(2023, 8, 14, 15, 22, tzinfo=UTC)
DAY = date(2023, 8, 15)
THREE_LINES = (
    "вулиця Героїв Небесної Сотні Харківської територіальної оборони, будинок 124 корпус 3, під'їзд 2, "
    "квартира 117, третій поверх без ліфта, вхід із двору"
)


@pytest.fixture
def long_words(monkeypatch):
    """A language half as long again as English, to see that nothing is cut."""

    class Longer(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return message + " їжакєґщ" * max(1, len(message) // 12)

        def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
            return self.gettext(msgid1 if n == 1 else msgid2)

    monkeypatch.setattr(i18n, "_current", ("uk", Longer()))


def a_stop(order: int, **more) -> PaperStop:
    facts = {
        "household_number": 400 + order,
        "settlement": "Ківшарівка",
        "window": Window(540 + order, 560 + order),
        "hromada": "Куп'янська громада",
        "street_line": "вул. Першого Травня, 12, кв. 4",
        "contact_name": "Ґалаґан Євгенія",
        "phones": ("050 123 45 67",),
        "people": 2,
        "adults": 2,
        "walking": 2,
    }
    return PaperStop(order=order, **{**facts, **more})


def big_family(order: int) -> PaperStop:
    mother = "Їжак Марія Дем’янівна (mother)"
    return a_stop(
        order,
        people=9,
        adults=4,
        children=5,
        walking=7,
        wheelchair=1,
        stretcher=1,
        landmark="за школою № 5, жовті ворота",
        phones=("050 123 45 67", "067 765 43 21"),
        needs=(Need.WHEELCHAIR, Need.STRETCHER, Need.POWER, Need.SENSES, Need.SENSES, Need.DISABILITY),
        pets="2 коти",
        luggage=6,
        escorts=(
            ChildEscort("Софія", mother),
            ChildEscort("Данило", mother),
            ChildEscort("", ""),
            ChildEscort("Єва", None),
            ChildEscort("Ілля", None, "бабуся чекає в Харкові"),
        ),
        note="чоловік залишається",
    )


def a_list(*stops: PaperStop, **more) -> PickupList:
    facts = {
        "number": "15-1",
        "version": 2,
        "day": DAY,
        "printed_at": PRINTED,
        "vehicle": "AX 1234 BC",
        "driver": "Бойко Андрій",
        "driver_phone": "067 111 22 33",
        "coordinator_phone": "050 555 66 77",
        "departure": 450,
        "must_be_out_by": 1080,
        "back_at": 1470,
        "destination": "Харків, вул. Полтавський Шлях, 56",
    }
    return PickupList(stops=stops, **{**facts, **more})


def a_state(settlements: int = 3, streets: int = 2, houses: int = 12, **more) -> StatePaper:
    numbers = iter(range(1, 100_000))
    return StatePaper(
        "Центр",
        PRINTED,
        tuple(
            StateSettlement(
                f"Село {s}",
                "громада",
                tuple(
                    StateStreet(
                        f"вул. {k}", tuple(a_household(next(numbers), f"{house + 1}") for house in range(houses))
                    )
                    for k in range(streets)
                ),
            )
            for s in range(settlements)
        ),
        **more,
    )


def a_household(number: int, address: str) -> StateHousehold:
    return StateHousehold(
        number,
        address,
        list(Decision)[number % len(Decision)],
        people=3,
        children=1,
        wants_on=DAY,
        contact_name="Ґалаґан Євгенія",
        phones=("050 123 45 67",) * (1 + number % 3),
        needs=(Need.STEPS, Need.DISABILITY) if number % 4 == 0 else (),
        pets="кіт" if number % 5 == 0 else "",
        note="дзвонити ввечері, вагаються; чоловік залишається доглядати за матір'ю" if number % 3 == 0 else "",
    )


def a_call_list(rows: int) -> CallList:
    return CallList(
        DAY,
        PRINTED,
        tuple(
            CallRow(n, "Ківшарівка", "вул. Миру, 5", "Коваль Марія", ("050 123 45 67",), 3, 1, Window(540, 600))
            for n in range(1, rows + 1)
        ),
    )


def texts_of(content: bytes) -> list[str]:
    """The text of each page, as a reader copies it."""
    pdf = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in pdf]


def text_of(document: Document) -> str:
    return re.sub(r"\s+", " ", " ".join(texts_of(pdf_bytes(document))))


def numbers_in(document: Document) -> list[int]:
    return [int(number) for number in re.findall(r"№ (\d+)", text_of(document))]


def assert_nothing_cut(document: Document) -> None:
    """Blocks stand whole between head and foot, under one another, and no text leaves the margins."""
    for page in document.pages:
        end = page.body_top
        for placed in page.placed:
            assert page.body_top + placed.y >= end - 1, placed.block.name
            end = page.body_top + placed.y + placed.height
            assert end <= page.body_bottom + 1, placed.block.name
            assert placed.strips == placed.block.strips, f"{placed.block.name} is split"
        assert_text_inside(page)


def assert_text_inside(page: Page) -> None:
    left, right = page.format.margin, page.format.width - page.format.margin
    for mark in marks_of(page):
        if isinstance(mark, Text):
            assert mark.x >= left - 1, mark.text
            assert mark.x + advance(mark.text, mark.style) <= right + mm(0.3), mark.text
            assert mark.style.size >= 11


def blocks_named(document: Document, start: str) -> list[str]:
    return [
        placed.block.name for page in document.pages for placed in page.placed if placed.block.name.startswith(start)
    ]


@pytest.mark.parametrize("count", [0, 1, 12, 40, 200])
def test_no_stop_is_cut_or_lost(count):
    document = pickup_document([a_list(*(a_stop(n) for n in range(1, count + 1)))])
    assert_nothing_cut(document)
    assert blocks_named(document, "stop") == [f"stop {n}" for n in range(1, count + 1)]
    assert numbers_in(document) == [400 + n for n in range(1, count + 1)]


@pytest.mark.parametrize("count", range(1, 9))
def test_a_stop_at_the_page_end_moves_whole(count):
    stops = [a_stop(n, street_line=THREE_LINES) if n % 2 else big_family(n) for n in range(1, count + 1)]
    assert_nothing_cut(pickup_document([a_list(*stops)]))


def test_a_stop_taller_than_a_page_goes_on_under_its_head():
    document = pickup_document([a_list(a_stop(1), a_stop(2, note="довга примітка " * 700), a_stop(3))])
    parts = [placed for page in document.pages for placed in page.placed if placed.block.name == "stop 2"]
    assert len(parts) >= 3
    assert [part.part for part in parts] == list(range(len(parts)))
    text = text_of(document)
    assert text.count("Stop 2, continued") == len(parts) - 1
    assert text.count("довга") == 700
    assert numbers_in(document) == [401, 402, 403]
    for page in document.pages:
        assert page.placed[-1].y + page.placed[-1].height <= page.body_bottom - page.body_top + 1
        assert_text_inside(page)


def test_each_trip_starts_a_page_and_counts_its_own():
    lists = [
        a_list(*(a_stop(n) for n in range(1, 13)), number="15-1"),
        a_list(number="15-2"),
        a_list(*(a_stop(n, household_number=900 + n) for n in range(1, 8)), number="15-3", version=4),
    ]
    document = pickup_document(lists)
    pages = texts_of(pdf_bytes(document))
    seen = [re.search(r"Pickup list (15-\d), version (\d).*page (\d+) of (\d+)", page).groups() for page in pages]
    expected = []
    for number, version in (("15-1", "2"), ("15-2", "2"), ("15-3", "4")):
        of = sum(1 for entry in seen if entry[0] == number)
        expected += [(number, version, str(n), str(of)) for n in range(1, of + 1)]
    assert seen == expected
    assert all("printed 14 Aug 2023 18:22" in page for page in pages)
    assert all("Return or destroy after the trip." in page for page in pages)
    assert len(set(numbers_in(document))) == len(numbers_in(document)) == 19


def test_a_stop_says_all_that_the_driver_needs():
    text = text_of(pickup_document([a_list(big_family(1))]))
    for words in (
        "09:01–09:21",
        "№ 401",
        "Ківшарівка, Куп'янська громада",
        "вул. Першого Травня, 12, кв. 4",
        "Landmark: за школою №5, жовті ворота",
        "Contact: Ґалаґан Євгенія, 050 123 45 67, 067 765 43 21",
        "9 people: 4 adults, 5 children",
        "7 walk, 1 in a wheelchair, 1 lying on a stretcher",
        "needs oxygen or electric power; sees or hears badly (2)",
        "Pets: 2 коти",
        "Luggage: 6 pieces",
        "Children Софія, Данило: travel with Їжак Марія Дем’янівна (mother)",
        "Child no. 3: travels with an adult of this household",
        "CHILD WITHOUT AN ESCORT: Єва Reason:",
        "CHILD WITHOUT AN ESCORT: Ілля Reason: бабуся чекає в Харкові",
        "Note: чоловік залишається",
        "boarded / 9 refused not home other Actual time",
        "2 children without an escort",
        "Back at",
        "00:30 (+1)",
        "People met on the way",
        "Driver's signature",
    ):
        assert words in text, words
    assert "disability" not in text


def test_the_driver_is_told_that_a_part_of_the_family_may_stay():
    told = "Part of the family may stay: ask who travels."
    assert text_of(pickup_document([a_list(a_stop(1), a_stop(2, part_stays=True))])).count(told) == 1


def free_lines(page: Page) -> int:
    (met,) = (placed for placed in page.placed if placed.block.name == "met on the way")
    return round(met.block.strips[-1].height / mm(8.5))


def test_free_lines_give_way_where_that_saves_a_page():
    lines = {}
    for count in (1, 3):
        (page,) = pickup_document([a_list(*(a_stop(n) for n in range(1, count + 1)))]).pages
        lines[count] = free_lines(page)
    assert lines[1] == 6
    assert 2 <= lines[3] < 6


@pytest.mark.parametrize("count", range(1, 16))
def test_nobody_signs_an_empty_page(count):
    page = pickup_document([a_list(*(a_stop(n) for n in range(1, count + 1)))]).pages[-1]
    names = [placed.block.name for placed in page.placed]
    assert names[-3:] == ["totals", "met on the way", "signatures"]
    assert free_lines(page) >= 2


def test_children_nobody_speaks_of_are_printed_as_alone():
    text = text_of(pickup_document([a_list(a_stop(1, people=4, adults=1, children=2))]))
    assert "2 CHILDREN: NO ESCORT IS NAMED" in text
    assert "2 children without an escort" in text
    assert "1 adult, 2 children, 1 of unknown age" in text


def test_what_is_missing_is_said():
    bare = PaperStop(order=1, household_number=7, settlement="")
    text = text_of(pickup_document([a_list(bare)]))
    for words in ("settlement not known", "address not given", "no phone known"):
        assert words in text


def test_prohibited_facts_have_no_field():
    names = {field.name for kind in (PickupList, PaperStop, ChildEscort) for field in fields(kind)}
    for word in ("birth", "born", "passport", "document", "tax", "diagnos", "wish", "moves_to", "trips"):
        assert not [name for name in names if word in name]


def test_training_and_drafts_are_marked_on_each_page():
    stops = [a_stop(n) for n in range(1, 20)]
    for page in texts_of(pdf_bytes(pickup_document([a_list(*stops, training=True)]))):
        assert page.count("SAMPLE") == 2
    assert "DRAFT" in text_of(pickup_document([a_list(draft=True)]))
    assert "SAMPLE" in text_of(state_document(a_state(1, 1, 1, training=True)))
    assert "SAMPLE" not in text_of(pickup_document([a_list(*stops)]))


@pytest.mark.parametrize("houses", [0, 1, 33])
def test_the_whole_state_has_each_household_once(houses):
    paper = a_state(houses=houses, vehicles=(StateVehicle("AX 1234 BC", Load(8, 1, 0), "Бойко", "067 111 22 33"),))
    document = state_document(paper)
    assert_nothing_cut(document)
    assert numbers_in(document) == [one.number for one in paper.households]
    assert "AX 1234 BC 8 1 0 Бойко 067 111 22 33" in text_of(document)


def test_a_table_repeats_its_head_and_says_where_it_goes_on():
    document = state_document(a_state(settlements=1, streets=1, houses=60))
    pages = texts_of(pdf_bytes(document))
    begun = [page for page in pages if "№ " in page]
    assert all("House, contact" in page for page in begun)
    assert sum("Село 0, вул. 0, continued" in page for page in begun) == len(begun) - 1


def test_no_heading_stands_alone_at_the_page_end():
    document = state_document(a_state(settlements=12, streets=3, houses=2))
    assert_nothing_cut(document)
    assert not [page.number for page in document.pages if page.placed[-1].block.keep]


@pytest.mark.parametrize("rows", [0, 1, 200])
def test_the_call_list_has_each_row_once(rows):
    document = call_document(a_call_list(rows))
    assert_nothing_cut(document)
    assert numbers_in(document) == list(range(1, rows + 1))
    assert ("There is nobody to call" in text_of(document)) == (rows == 0)


def test_no_lists_still_make_a_page():
    assert "No trips are planned." in text_of(pickup_document([]))


@pytest.mark.usefixtures("long_words")
def test_longer_words_are_not_cut():
    assert_nothing_cut(pickup_document([a_list(*(big_family(n) for n in range(1, 6)), training=True)]))
    assert_nothing_cut(state_document(a_state()))
    assert_nothing_cut(call_document(a_call_list(20)))


def test_large_numbers_and_foreign_phones_stay_whole():
    household = StateHousehold(123_456, "1", Decision.PACKED, phones=("+380 50 123 45 67",))
    street = StateStreet("вул. Миру", (household,))
    text = text_of(state_document(StatePaper("Центр", PRINTED, (StateSettlement("Дворічна", streets=(street,)),))))
    assert "№ 123456" in text
    assert "+380 50 123 45 67" in text


def test_every_letter_comes_from_the_shipped_font_and_is_embedded():
    content = pdf_bytes(pickup_document([a_list(big_family(1), a_stop(2, street_line="вул. Ґонти, 3 – «Її» ʼ ’ №"))]))
    fonts = set()
    for page in pypdfium2.PdfDocument(content):
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.FPDFTextObj_GetFont(item.raw)
            name = ctypes.create_string_buffer(200)
            pdfium.FPDFFont_GetBaseFontName(font, name, 200)
            fonts.add((name.value.decode(), pdfium.FPDFFont_GetIsEmbedded(font)))
    assert {name.split("+")[-1] for name, _embedded in fonts} == {"NotoSans-Regular", "NotoSans-Bold"}
    assert all(embedded == 1 for _name, embedded in fonts)
    assert "вул. Ґонти, 3 – «Її» ʼ ’ №" in " ".join(texts_of(content))


def test_ukrainian_dates():
    i18n.set_language("uk")
    text = text_of(pickup_document([a_list()]))
    assert "Вівторок, 15 серпня 2023" in text
    assert "14.08.2023 18:22" in text


WORDS = st.text(st.sampled_from("абвґєїй'’№ 0123456789-ABCxyz \u0306\u00a0"), max_size=120)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(WORDS, st.sampled_from([BODY, STRONG])), max_size=4), st.floats(12, 180))
def test_lines_fit_and_keep_every_letter(runs, width):
    lines = paragraph(runs, mm(width), indent=mm(3))
    assert all(reach(line) <= mm(width) + 1 for line in lines)
    kept = "".join(mark.text for line in lines for mark in line.marks)
    given_text = "".join(text for text, _style in runs)
    assert kept.replace(" ", "") == re.sub(rf"[\s{GLUE}]", "", given_text)


def test_files_are_written_whole_or_not_at_all(tmp_path):
    target = tmp_path / "list.pdf"
    render_pickup_lists([a_list(a_stop(1))], target)
    render_state(a_state(1, 1, 1), tmp_path / "state.pdf")
    render_call_list(a_call_list(2), tmp_path / "calls.pdf")
    assert all(len(pypdfium2.PdfDocument(path)) >= 1 for path in tmp_path.iterdir())
    before = target.read_bytes()
    with pytest.raises(Cancelled):
        save_pdf(pickup_document([a_list()]), target, progress=lambda _done, _of: False)
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["calls.pdf", "list.pdf", "state.pdf"]


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "folder.pdf").mkdir()
    for path in (tmp_path / "gone" / "list.pdf", tmp_path / "folder.pdf"):
        with pytest.raises(UserError) as told:
            render_pickup_lists([a_list()], path)
        assert told.value.code == "paper.cannot_write"
        assert told.value.facts["path"] == str(path)
        assert told.value.facts["reason"]
    assert [path.name for path in tmp_path.iterdir()] == ["folder.pdf"]


def test_the_printer_gets_the_same_pages(tmp_path):
    document = pickup_document([a_list(*(a_stop(n) for n in range(1, 13))), a_list(number="15-2")])
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    paint(document, printer)
    assert printer.pageLayout().pageSize().id() == QPageSize.PageSizeId.A4
    assert texts_of((tmp_path / "printed.pdf").read_bytes()) == texts_of(pdf_bytes(document))


def test_on_both_sides_no_list_stands_on_the_back_of_another(tmp_path):
    lists = [a_list(number="1"), a_list(*(a_stop(n) for n in range(1, 13)), number="2"), a_list(number="3")]
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    paint(pickup_document(lists), printer, double_sided=True)
    pages = texts_of((tmp_path / "printed.pdf").read_bytes())
    firsts = [index for index, page in enumerate(pages) if "page 1 of" in page]
    assert len(firsts) == 3
    assert all(index % 2 == 0 for index in firsts)


def test_tables_are_printed_on_the_long_side(tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    paint(call_document(a_call_list(3)), printer)
    (page,) = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert page.get_size() == pytest.approx((842, 595), abs=1)


def test_without_a_window_an_application_is_made(tmp_path):
    target = tmp_path / "list.pdf"
    program = (
        "import sys; from pathlib import Path; from ui.paper.output import render_pickup_lists;"
        "render_pickup_lists([], Path(sys.argv[1])); assert 'PySide6.QtWidgets' not in sys.modules"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program, str(target)], cwd=root, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    assert "No trips are planned." in texts_of(target.read_bytes())[0]


@pytest.fixture
def preview(qtbot, tasks):
    document = pickup_document([a_list(*(a_stop(n) for n in range(1, 13)))])
    window = PaperPreview(document, "list.pdf", tasks)
    qtbot.addWidget(window)
    return window


def test_the_preview_turns_pages_by_key(preview, qtbot):
    assert preview.index == 0
    preview._forward.click()
    assert preview.index == 1
    for _press in range(9):
        preview._forward.click()
    assert preview.index == len(preview._document.pages) - 1
    assert not preview._forward.isEnabled()
    assert not preview.grab().isNull()


def test_fault_72_no_printer_is_told_and_the_pdf_offered(preview, monkeypatch):
    monkeypatch.setattr("ui.paper.preview.QPrinterInfo.availablePrinterNames", list)
    preview.print_paper()
    assert preview.message.startswith("No printer is set up")
    assert preview._save.isDefault()


def test_the_preview_saves_and_says_what_was_done(preview, qtbot, tmp_path):
    with qtbot.waitSignal(preview.printed) as told, ask.answers([tmp_path / "list.pdf"]):
        preview.save_as_pdf()
    assert told.args == [str(tmp_path / "list.pdf")]
    assert len(pypdfium2.PdfDocument(tmp_path / "list.pdf")) == len(preview._document.pages)
    preview.save_to(tmp_path / "gone" / "list.pdf")
    qtbot.waitUntil(lambda: "could not be written" in preview.message)
