"""Rows copied in other programs: text, HTML, and where they stood in their sheet."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.errors import UserError
from coordinator.exchange import clipboard
from coordinator.exchange.clipboard import Copied, copied_block
from coordinator.exchange.reading import read_workbook
from coordinator.exchange.understand import understand
from tests.exchange.told import one, told

LIST_DAY = date(2023, 8, 14)
EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td {x: 1}</style></head><body><table>
<!--StartFragment--><col width=64><tr height=20><td>ПІБ</td><td>Адреса</td><td class=xl65>Телефон</td></tr>
<tr><td>Сорока&nbsp;Олена</td><td rowspan=2>вул. Садова,<br>
  5</td><td align=right x:num="380501112233">3,80501E+11</td></tr>
<tr style='display:none'><td>Сорока
  Іван</td><td x:num="5">#</td></tr><!--EndFragment--></table></body></html>"""
TEXT = 'ПІБ\tАдреса\tДата народження\r\nСорока Олена\t"вул. Садова, 5\nкв. 1"\t31.02.1981\r\n'


def test_text_of_a_sheet_with_a_line_break_in_a_cell() -> None:
    block = copied_block(Copied("Clipboard", TEXT))
    assert block.rows[1] == ["Сорока Олена", "вул. Садова, 5\nкв. 1", "31.02.1981"]
    assert (block.sheet, block.top, block.left, block.named) == ("Clipboard", 0, 0, False)


def test_html_keeps_merged_cells_hidden_rows_and_long_numbers() -> None:
    block = copied_block(Copied("Clipboard", "other", EXCEL))
    assert block.rows == [
        ["ПІБ", "Адреса", "Телефон"],
        ["Сорока\xa0Олена", "вул. Садова,\n5", "380501112233"],
        ["Сорока Іван", "", "5"],
    ]
    assert (block.merged, block.hidden_rows) == (((1, 1, 2, 1),), {2})


def test_the_number_of_libreoffice_stands_behind_what_is_shown() -> None:
    html = (
        '<table><tr><td sdval="380501112233" sdnum="1058;">3.805E+11</td><td sdval="44000">18.06.20</td></tr></table>'
    )
    assert copied_block(Copied("Clipboard", "", html)).rows == [["380501112233", "18.06.20"]]


def test_a_table_inside_a_cell_is_text_of_that_cell_and_the_largest_table_counts() -> None:
    inner = "<table><tr><td>b</td></tr></table>"
    html = f"<table><tr><td>x</table><table><tr><td>a{inner}</td><td>c</td></tr><tr><td>d</table>"
    assert copied_block(Copied("Clipboard", "", html)).rows == [["ab", "c"], ["d"]]


def test_html_without_a_table_leaves_the_text() -> None:
    assert copied_block(Copied("Clipboard", "ПІБ;Адреса\nа;б", "<p>ПІБ</p>")).rows == [["ПІБ", "Адреса"], ["а", "б"]]


@pytest.mark.parametrize(
    ("link", "place"),
    [
        (b"Excel\x00C:\\lists\\[week1.xlsx]\xcf\xee\xe4\xee\xeb\xe8\x00R7C2:R8C4\x00\x00", ("Подоли", 6, 1)),
        ("soffice\x00/home/a/week1.ods\x00$Подоли.$B$7:$D$8\x00\x00".encode(), ("Подоли", 6, 1)),
        (b"Excel\x00[week1.xlsx]List\x00R7C2:R30C4\x00\x00", None),
        (b"Excel\x00[week1.xlsx]List\x00Region1\x00\x00", None),
        (b"", None),
    ],
)
def test_rows_are_numbered_as_in_the_sheet_where_the_place_is_known(
    link: bytes, place: tuple[str, int, int] | None
) -> None:
    copied = Copied("Clipboard", TEXT, link=link)
    block = copied_block(copied)
    assert (block.sheet, block.top, block.left) == (place or ("Clipboard", 0, 0))
    incoming = understand(copied, read_workbook(copied), LIST_DAY)
    remark = one(incoming.warnings, "import.birth_unreadable")
    assert (remark.at.sheet, remark.at.cell) == (("Подоли", "D8") if place else ("Clipboard", "C2"))
    assert incoming.file_name == "Clipboard"
    assert incoming.households[0].rows == ((8,) if place else (2,))


@pytest.mark.parametrize(
    "copied", [Copied("Clipboard"), Copied("Clipboard", " \n\t"), Copied("Clipboard", "", "<table>")]
)
def test_an_empty_clipboard_is_told(copied: Copied) -> None:
    with pytest.raises(UserError) as caught:
        read_workbook(copied)
    assert "holds no table" in told(caught.value)


def test_too_much_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "LARGEST_TEXT", 1 << 20)
    with pytest.raises(UserError) as caught:
        read_workbook(Copied("Clipboard", "x" * ((1 << 20) + 1)))
    assert "More than 1 MB were copied" in told(caught.value)


def test_errors_in_copied_cells_are_errors() -> None:
    copied = Copied("Clipboard", "ПІБ\tДата народження\tАдреса\nСорока Олена\t#Н/Д\tСадова 5\n")
    assert one(understand(copied, read_workbook(copied), LIST_DAY).warnings, "import.cell_error").at.cell == "B2"


def test_the_same_rows_are_known_again() -> None:
    first, again = (understand(copied, read_workbook(copied), LIST_DAY) for copied in [Copied("Clipboard", TEXT)] * 2)
    assert first.sha256 == again.sha256
