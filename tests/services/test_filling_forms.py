"""A recipient's own form: filled under its headers, everything else of it as it was, what could not be is said."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from coordinator.domain.events import EventKind
from coordinator.domain.household import Address
from coordinator.domain.person import Birth, PersonName, Sex
from coordinator.domain.phones import parse_phones
from coordinator.errors import UserError
from coordinator.exchange.wanted import Chosen, ExportKind, Wanted
from coordinator.queries.export_content import template_of
from coordinator.services import decisions, households
from coordinator.services.exports import Exported, send
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.session import Session, change_setting
from coordinator.settings import HIDE_BELOW
from resources.messages import sentence
from tests.builders import DAY, add_household, add_settlement

THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEADERS = ["№ з/п", "ПІБ", "Дата народження", "Стать", "Звідки", "Телефон", "Вік", "Серія паспорта", "Область"]
PEOPLE = Wanted(ExportKind.PEOPLE, DAY)


def form(path: Path, rows: int = 3) -> Path:
    """Titles over merged cells, headers in row 5, numbers of columns in 6, `rows` boxed rows, a total, a signature."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Форма"
    page["A1"] = CellRichText("Додаток ", TextBlock(InlineFont(b=True), "5"))
    page["A2"] = "СПИСОК евакуйованих осіб"
    page["A2"].font = Font(bold=True, size=14)
    page.merge_cells("A2:I2")
    page["A3"] = "станом на 15.08.2023"
    for column, header in enumerate(HEADERS, start=1):
        page.cell(5, column, header).border = BOX
        page.cell(6, column, column).border = BOX
    for row in range(7, 7 + rows):
        for column in range(1, 10):
            page.cell(row, column).border = BOX
        page.cell(row, 3).number_format = "dd/mm/yyyy"
        page.cell(row, 6).number_format = "@"
        page.cell(row, 7, f'=IF(C{row}="","",DATEDIF(C{row},$C$3,"y"))')
        page.cell(row, 9, "Харківська")
        page.row_dimensions[row].height = 22
    end = 7 + rows
    page.cell(end, 1, "Всього")
    page.cell(end, 2, f"=COUNTA(B7:B{end - 1})")
    page.cell(end, 7, f"=MAX(G7:G{end - 1})").font = Font(bold=True)
    page.merge_cells(start_row=end + 2, end_row=end + 2, start_column=2, end_column=4)
    page.cell(end + 2, 2, "Голова обласної адміністрації ______").alignment = Alignment(horizontal="center")
    page.cell(end + 2, 2).comment = Comment("підпис", "хтось")
    page.row_dimensions[end + 2].height = 40
    page.column_dimensions["B"].width = 44
    page.print_title_rows, page.print_area = "5:6", f"A1:I{end + 2}"
    page.page_setup.orientation = "landscape"
    sexes = DataValidation(type="list", formula1='"Жіноча,Чоловіча"', sqref=f"D7:D{end - 1}")
    page.add_data_validation(sexes)
    page.conditional_formatting.add(
        f"G7:G{end - 1}", CellIsRule(operator="lessThan", formula=["18"], fill=PatternFill("solid", bgColor="FFFF00"))
    )
    other = book.create_sheet("Зведення")
    other["A1"] = f"='Форма'!B{end}"
    book.defined_names["Разом"] = DefinedName("Разом", attr_text=f"'Форма'!$B${end}")
    book.save(path)
    return path


@pytest.fixture
def people(session: Session) -> None:
    """Five people: one with a name like a formula, one whose year alone is known."""
    members = (
        MemberDraft(PersonName("=Ґудзь", "Олена", "Іванівна"), Sex.FEMALE, Birth(on=date(1986, 2, 28))),
        MemberDraft(PersonName("Ґудзь", "Марко"), Sex.MALE, Birth(year=2012)),
    )
    draft = HouseholdDraft(
        settlement_text="Подоли", address=Address("Садова", "1"), people=members, contacts=parse_phones("0501234567")
    )
    households.add_household(session, draft)
    add_household(session, "Бойко", "Подоли", people=3, phone="0671112233")


def filled(session: Session, tmp_path: Path, wanted: Wanted = PEOPLE, rows: int = 3) -> tuple[Any, Exported]:
    template = template_of(form(tmp_path / "form.xlsx", rows), wanted)
    done = send(session, wanted, tmp_path / "out.xlsx", template=template).value
    return load_workbook(done.path, rich_text=True), done


@pytest.mark.usefixtures("people")
def test_the_rows_stand_under_the_headers_typed_as_the_form_has_them(session: Session, tmp_path: Path) -> None:
    book, done = filled(session, tmp_path)
    page = book["Форма"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=7, max_row=11, max_col=6)]
    assert rows[0] == [
        1,
        "=Ґудзь Олена Іванівна",
        datetime(1986, 2, 28),
        "Female",
        "Подоли, Садова, 1",
        "050 123 45 67",
    ]
    assert rows[1][:3] == [2, "Ґудзь Марко", 2012] and [row[0] for row in rows] == [1, 2, 3, 4, 5]
    assert page["B7"].data_type == "s" and page["C7"].number_format == "dd/mm/yyyy"
    assert (done.rows, done.people) == (5, 5)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("size", [1, 3, 9])
def test_styles_formulas_titles_and_print_set_up_stay_and_totals_cover_all_rows(
    session: Session, tmp_path: Path, size: int
) -> None:
    book, _done = filled(session, tmp_path, rows=size)
    page, last = book["Форма"], 6 + max(5, size)
    total = last + 1
    assert isinstance(page["A1"].value, CellRichText) and page["A2"].font.size == 14
    assert {str(area) for area in page.merged_cells.ranges} == {"A2:I2", f"B{total + 2}:D{total + 2}"}
    for row in range(7, last + 1):
        assert page.cell(row, 1).border.left.style == "thin" and page.row_dimensions[row].height == 22
        assert page.cell(row, 7).value == f'=IF(C{row}="","",DATEDIF(C{row},$C$3,"y"))'
        assert page.cell(row, 9).value == ("Харківська" if size > 1 else "Харківська" if row == 7 else None)
    assert page.cell(total, 1).value == "Всього" and page.cell(total, 7).font.bold
    assert page.cell(total, 2).value == f"=COUNTA(B7:B{last})"
    assert page.cell(total, 7).value == f"=MAX(G7:G{last})"
    signature = page.cell(total + 2, 2)
    assert signature.value.startswith("Голова обласної") and signature.comment.text == "підпис"
    assert page.row_dimensions[total + 2].height == 40
    assert page.print_title_rows == "$5:$6" and page.print_area == f"'Форма'!$A$1:$I${total + 2}"
    assert page.page_setup.orientation == "landscape" and page.column_dimensions["B"].width == 44
    assert [str(rule.sqref) for rule in page.data_validations.dataValidation] == [f"D7:D{last}"]
    assert [str(marked.sqref) for marked in page.conditional_formatting] == [f"G7:G{last}"]
    assert book["Зведення"]["A1"].value == f"='Форма'!B{total}"
    assert book.defined_names["Разом"].attr_text == f"'Форма'!$B${total}"


@pytest.mark.usefixtures("people")
def test_what_could_not_be_filled_is_said_and_an_example_gives_way(session: Session, tmp_path: Path) -> None:
    path = form(tmp_path / "form.xlsx")
    book = load_workbook(path)
    for column, value in enumerate(
        [1, "Зразок Зразка Зразковича", date(1980, 1, 1), "Чоловіча", "с. Зразкове"], start=1
    ):
        book["Форма"].cell(7, column, value)
    book["Форма"]["H7"] = "АА 000000"
    book.save(path)
    done = send(session, PEOPLE, tmp_path / "out.xlsx", template=template_of(path, PEOPLE)).value
    said = [(remark.at.cell, sentence(remark.code, remark.facts)) for remark in done.remarks]
    assert said == [
        ("H5", "Nothing of ours belongs under “Серія паспорта”. It was left as it was."),
        ("I5", "Nothing of ours belongs under “Область”. It was left as it was."),
        ("A7", "The form held 1 rows under its headers (rows 7 to 7). They gave way to ours."),
    ]
    page = load_workbook(done.path)["Форма"]
    assert not any("Зраз" in str(cell.value) or "АА" in str(cell.value) for row in page.iter_rows() for cell in row)


@pytest.mark.usefixtures("people")
def test_a_recipients_own_words_for_a_column_are_remembered(session: Session, tmp_path: Path) -> None:
    path = form(tmp_path / "form.xlsx")
    book = load_workbook(path)
    book["Форма"]["H5"] = "Код сім'ї"
    book.save(path)
    wanted = Wanted(ExportKind.PEOPLE, DAY, columns=(Chosen("household", "КОД СІМ’Ї"),))
    template = template_of(path, wanted)
    assert [slot.key for slot in template.slots] == [
        "number", "full_name", "birth", "sex", "whole_address", "phones", "age", "household", "",
    ]  # fmt: skip
    other = template.with_keys({6: "", 8: "hromada"})
    done = send(session, wanted, tmp_path / "out.xlsx", template=other).value
    page = load_workbook(done.path)["Форма"]
    assert [page.cell(row, 8).value for row in range(7, 12)] == [1, 1, 2, 2, 2]


def test_the_oblasts_form_of_counts_is_filled_by_its_two_rows_of_headers(session: Session, tmp_path: Path) -> None:
    add_settlement(session, "Подоли")
    family = add_household(session, "Коваль", "Подоли", people=3, children=1)
    decisions.record_departure(session, family, EventKind.BY_US, DAY)
    book = Workbook()
    page = book.active
    assert page is not None
    page["A1"] = "Евакуація населення"
    upper = ["Громада", "Населений пункт", "За добу", None, "Наростаючим підсумком", None, "Самостійно виїхали"]
    for column, (above, below) in enumerate(
        zip(upper, [None, None, "осіб", "дітей", "осіб", "дітей", "осіб"], strict=True), start=1
    ):
        page.cell(3, column, above)
        page.cell(4, column, below)
    page.merge_cells("C3:D3")
    page.merge_cells("E3:F3")
    page["A5"] = "Разом"
    page["C5"] = "=SUM(C4:C4)"
    book.save(tmp_path / "form.xlsx")
    change_setting(session, HIDE_BELOW, 0)
    wanted = Wanted(ExportKind.DAILY_SUMMARY, DAY)
    template = template_of(tmp_path / "form.xlsx", wanted)
    assert [slot.key for slot in template.slots] == [
        "hromada", "settlement", "people", "children", "total", "total_children", "alone",
    ]  # fmt: skip
    done = send(session, wanted, tmp_path / "out.xlsx", template=template).value
    sheet = load_workbook(done.path).active
    assert sheet is not None
    assert [cell.value for cell in sheet[5]] == ["Куп'янська", "Подоли", 3, 1, 3, 1, 0]
    assert sheet["A6"].value == "Разом"


def test_a_file_that_is_no_form_is_refused_calmly(session: Session, tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active["A1"] = "лист без таблиці"
    book.save(tmp_path / "letter.xlsx")
    (tmp_path / "form.csv").write_text("ПІБ;Адреса\n")
    for name, code in (("letter.xlsx", "template.no_header"), ("form.csv", "template.not_xlsx")):
        with pytest.raises(UserError) as caught:
            template_of(tmp_path / name, PEOPLE)
        assert caught.value.code == code and name in sentence(code, caught.value.facts)
    template = template_of(form(tmp_path / "form.xlsx"), PEOPLE)
    with pytest.raises(UserError) as caught:
        send(session, PEOPLE, tmp_path / "out.csv", template=template)
    assert caught.value.code == "template.target"
