"""A sender's lists: read once as somebody said, recognised the next time, and what differs named by its column."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from coordinator.domain.person import Need, Sex
from coordinator.errors import UserError
from coordinator.exchange.answers import confirmed
from coordinator.exchange.clipboard import Copied
from coordinator.exchange.how_read import UNUSED, Division, Reading
from coordinator.queries.reading import OpenList, looked_at, open_list, sent_by
from coordinator.queries.registry import registry
from coordinator.queries.senders import meaning_lines, sender_lines
from coordinator.services.history import undo_action
from coordinator.services.imports import ImportPreview, apply_import, preview_import
from coordinator.services.senders import (
    Meaning,
    forget_meaning,
    give_meanings,
    keep_reading,
    remove_sender,
    rename_sender,
)
from coordinator.session import Session
from db import stores
from tests.exchange.making import LIST_DAY, write_book
from tests.exchange.told import at, one, state, told

HEADERS = ["№", "ПІБ", "Нар.", "Адреса", "Моб.", "Кат."]
ROWS = [
    [1, "Сорока Олена Іванівна", "05.03.1981", "вул. Садова, 5", "0501112233", "Б2"],
    [2, "Сорока Іван", "1979", None, None, None],
    [3, "Дрозд Микола Петрович", 1950, "вул. Миру, 1", "0671112244", "Б2"],
]
FOREIGN = [["Q1", "Q2", "Q3", "Q4"], *[[row[1], row[2], row[3] or "вул. Садова, 5", row[4]] for row in ROWS]]


@pytest.fixture
def session(seeded: Session) -> Session:
    return seeded


def book(folder: Path, rows: Sequence[Sequence[object]], name: str = "list.xlsx", sheet: str = "Подоли") -> Path:
    return write_book(folder / name, {sheet: rows})


def opened(session: Session, path: Path, sender: str = "") -> OpenList:
    return open_list(session, path, LIST_DAY, sender=sender)


def looked(session: Session, found: OpenList, reading: Reading | None = None) -> ImportPreview:
    reading = reading or found.reading
    return preview_import(session, found.original, LIST_DAY, reading=reading, sheets=found.sheets)


def brought(session: Session, path: Path, sender: str) -> ImportPreview:
    """Imported as a list of this sender, as it was guessed."""
    preview = looked(session, sent_by(opened(session, path), sender))
    apply_import(session, preview)
    return preview


def codes(found: OpenList) -> list[str]:
    return [question.code for question in found.questions]


def moved(rows: Sequence[Sequence[object]], *order: int) -> list[list[object]]:
    return [[row[place] if place >= 0 else None for place in order] for row in rows]


def test_a_plain_list_is_clear_and_the_same_with_and_without_the_step(session: Session, tmp_path: Path) -> None:
    path = book(tmp_path, [HEADERS[:5], *[row[:5] for row in ROWS]])
    found = opened(session, path)
    assert found.clear and looked_at(found, found.reading).survey.households == 2
    plain, stepped = preview_import(session, path, LIST_DAY), looked(session, found)
    assert plain.report == stepped.report and plain.incoming == stepped.incoming


def test_a_sender_is_kept_with_the_import_and_recognised_by_the_headers(session: Session, tmp_path: Path) -> None:
    brought(session, book(tmp_path, [HEADERS, *ROWS]), "Подолівська громада")
    (line,) = sender_lines(session)
    assert (line.name, line.lists, line.headers) == ("Подолівська громада", 1, 1)
    again = opened(session, book(tmp_path, [HEADERS, *ROWS[:2]], "next.xlsx"))
    assert (again.known.sender, again.known.sure) == ("Подолівська громада", True)
    assert again.clear, codes(again)


def test_undo_of_the_import_takes_the_sender_back_too(session: Session, tmp_path: Path) -> None:
    before = state(session)
    path = book(tmp_path, [HEADERS, *ROWS])
    report = apply_import(session, looked(session, sent_by(opened(session, path), "Громада"))).value
    undo_action(session, report.action_id)
    assert sender_lines(session) == [] and state(session)[1:] == before[1:]


def test_fault_48_moved_columns_are_read_and_only_those_that_moved_are_named(session: Session, tmp_path: Path) -> None:
    brought(session, book(tmp_path, [HEADERS, *ROWS]), "Громада")
    found = opened(session, book(tmp_path, moved([HEADERS, *ROWS], 0, 4, 1, 2, 3, 5), "next.xlsx"))
    remark = one(found.questions, "import.column_moved")
    assert at(remark) == ("Подоли", "B1")
    assert told(remark) == "The column “Моб.” stands in B now; in the last list it was in E."
    assert found.clear
    preview = looked(session, found)
    assert preview.report.rows_unchanged == 3 and not preview.report.writes
    assert one(preview.report.warnings, "import.column_moved")


def test_fault_48_renamed_doubled_missing_and_new_columns_are_named(session: Session, tmp_path: Path) -> None:
    brought(session, book(tmp_path, [HEADERS, *ROWS]), "Громада")
    before = state(session)
    headers = ["№", "ПІБ", "Моб.", "Адреса мешкання", "Моб.", "Кат.", "Колір"]
    rows = [[row[0], row[1], row[4], row[3], "0931112255", row[5], "синій"] for row in ROWS]
    found = opened(session, book(tmp_path, [headers, *rows], "next.xlsx"))
    said = {code: told(one(found.questions, code)) for code in codes(found) if code.startswith("import.")}
    assert said["import.column_renamed"] == (
        "The column D is called “Адреса мешкання” now; in the last list it was “Адреса”."
    )
    assert said["import.column_missing"] == (
        "The column “Нар.” of the last list is missing (it stood in C). What is known already stays as it is."
    )
    assert said["import.column_again"].startswith("The column “Моб.” stands in E once more")
    assert said["import.column_new"] == "The column G “Колір” is new; the last list did not have it."
    assert [at(remark)[1] for remark in found.questions] == ["D1", "C1", "E1", "G1"]
    assert not found.clear and state(session) == before
    assert {entry.number: entry.status for entry in looked(session, found).report.entries}  # still read


def test_fault_48_a_list_of_foreign_headers_is_read_once_and_then_known(session: Session, tmp_path: Path) -> None:
    path = book(tmp_path, FOREIGN, "other.csv.xlsx", "Дані")
    first = opened(session, path)
    assert first.survey.kind is not None and not first.clear
    assert codes(first) == ["ask.column_guessed"] * 4
    assert [column.key for column in first.survey.sheets[0].columns] == ["full_name", "birth", "address", "phone"]
    reading = first.reading.with_sheet("Дані", columns={**first.reading.of("Дані").columns, 3: UNUSED})
    apply_import(session, looked(session, sent_by(looked_at(first, reading), "Фонд «Міст»")))
    heads = {row.head for row in registry(session, LIST_DAY)}
    assert heads == {"Дрозд Микола Петрович", "Сорока Олена Іванівна"}
    second = opened(session, book(tmp_path, FOREIGN[:3], "next.xlsx", "Дані"), "фонд «міст»")
    assert second.clear, codes(second)
    assert second.survey.sheets[0].columns[3].key == UNUSED
    third = opened(session, book(tmp_path, [["X", *FOREIGN[0]], *[[7, *row] for row in FOREIGN[1:]]], "third.xlsx"))
    assert third.known.sender == "Фонд «Міст»" and not third.known.sure
    assert "Check whether this list is theirs" in told(one(third.questions, "ask.sender"))
    assert one(third.questions, "import.column_new").at.cell == "A1"


def test_two_senders_with_one_form_are_told_apart_by_their_sheets_or_asked(session: Session, tmp_path: Path) -> None:
    brought(session, book(tmp_path, [HEADERS, *ROWS], "a.xlsx", "Подоли"), "Подолівська")
    brought(session, book(tmp_path, [HEADERS, *ROWS[2:]], "b.xlsx", "Курилівка"), "Курилівська")
    assert opened(session, book(tmp_path, [HEADERS, *ROWS], "c.xlsx", "Курилівка")).known.sender == "Курилівська"
    unsure = opened(session, book(tmp_path, [HEADERS, *ROWS], "d.xlsx", "Аркуш1"))
    assert unsure.known.sender == "" and unsure.known.others == ("Курилівська", "Подолівська")
    assert "Курилівська, Подолівська" in told(one(unsure.questions, "ask.senders"))


def test_options_of_a_reading_are_kept_by_header(session: Session, tmp_path: Path) -> None:
    headers = ["ПІБ", "Адреса", "Дата народження"]
    rows = [["Сорока Олена", "Садова 5", "5/3/1981"], ["Сорока Іван", "Садова 5", "4/3/1979"]]
    found = opened(session, book(tmp_path, [headers, *rows]))
    assert codes(found) == ["ask.days"]
    reading = found.reading.with_sheet("Подоли", month_first={2: True}, division=Division.EACH, settlement="Курилівка")
    apply_import(session, looked(session, sent_by(looked_at(found, reading), "Громада")))
    assert len(registry(session, LIST_DAY)) == 2
    again = opened(session, book(tmp_path, moved([headers, *rows], 2, 0, 1), "next.xlsx"))
    how = again.reading.of("Подоли")
    assert (how.month_first, how.division, how.settlement) == ({0: True}, Division.EACH, "Курилівка")
    assert again.clear, codes(again)


def test_fault_49_a_word_is_given_a_meaning_once(session: Session, tmp_path: Path) -> None:
    headers = ["ПІБ", "Адреса", "Стать", "Потреби"]
    rows = [
        ["Сорока Олена", "Садова 5", "2", "К-1"],
        ["Дрозд Іван", "Миру 7", "1", "к1."],
        ["Галка", "Миру 9", "", "К-1"],
    ]
    path = book(tmp_path, [headers, *rows])
    found = opened(session, path)
    words = {(word.field, word.said): (word.count, [cell.cell for cell in word.cells]) for word in found.survey.words}
    assert words == {("sex", "1"): (1, ["C3"]), ("sex", "2"): (1, ["C2"]), ("needs", "К-1"): (2, ["D2", "D4"]),
                     ("needs", "к1."): (1, ["D3"])}  # fmt: skip
    assert "Words that are not understood: 4 (cells: 5)" in told(one(found.questions, "ask.words"))
    everybody = [Meaning("needs", "к-1", "wheelchair,escort"), Meaning("needs", "К1", "stretcher")]
    theirs_alone = [Meaning("sex", "1", "male", "Громада"), Meaning("sex", "2", "female", "Громада")]
    give_meanings(session, [*everybody, *theirs_alone])
    assert [word.field for word in opened(session, path).survey.words] == ["sex", "sex"]
    theirs = opened(session, path, "громада")
    assert theirs.clear, codes(theirs)
    people = [household.people[0] for household in looked(session, theirs).incoming.households]
    assert [person.sex for person in people] == [Sex.FEMALE, Sex.MALE, Sex.UNKNOWN]
    assert people[0].needs == {Need.WHEELCHAIR, Need.ESCORT} and people[1].needs == {Need.STRETCHER}


def test_meanings_are_checked_changed_and_forgotten(session: Session) -> None:
    for meaning, code in [
        (Meaning("needs", "x", "dragon"), "meaning.unknown"),
        (Meaning("colour", "x", "yes"), "meaning.no_column"),
        (Meaning("sex", " . ", "female"), "meaning.blank"),
        (Meaning("wheelchair", "x", "yes,no"), "meaning.unknown"),
    ]:
        with pytest.raises(UserError) as refused:
            give_meanings(session, [meaning])
        assert refused.value.code == code and told(refused.value)
    assert meaning_lines(session) == []
    give_meanings(session, [Meaning("needs", "Кат. А", "stretcher")])
    give_meanings(session, [Meaning("needs", "кат а", "")])
    (line,) = meaning_lines(session)
    assert (line.said, line.meaning) == ("кат а", "")
    forget_meaning(session, line.id)
    with pytest.raises(UserError) as gone:
        forget_meaning(session, line.id)
    assert gone.value.code == "meaning.gone"


def test_a_reading_can_be_kept_without_an_import(session: Session, tmp_path: Path) -> None:
    path = book(tmp_path, [HEADERS, *ROWS])
    preview = looked(session, sent_by(opened(session, path), "Громада"))
    keep_reading(session, preview.listed.sender, preview.listed.kept)
    assert opened(session, path).known.sender == "Громада" and registry(session, LIST_DAY) == []
    with pytest.raises(UserError) as refused:
        keep_reading(session, "  ", preview.listed.kept)
    assert refused.value.code == "sender.no_name"


def test_the_same_file_read_otherwise_is_not_the_same_list(session: Session, tmp_path: Path) -> None:
    rows = [["Сорока Олена", "Садова 5", "0501112233"], ["Дрозд Іван", "Миру 1", "0671112244"]]
    path = book(tmp_path, [["ПІБ", "Адреса", "Хто"], *rows])
    apply_import(session, preview_import(session, path, LIST_DAY))
    assert preview_import(session, path, LIST_DAY).same_file
    found = opened(session, path)
    assert found.reading.of("Подоли").columns == {2: "phone"}
    preview = looked(session, found)
    assert not preview.same_file and preview.report.rows_updated == 2
    apply_import(session, preview)
    assert looked(session, opened(session, path)).same_file


def test_senders_are_renamed_and_removed_and_their_lists_stay(session: Session, tmp_path: Path) -> None:
    brought(session, book(tmp_path, [HEADERS, *ROWS]), "Громада")
    give_meanings(session, [Meaning("needs", "Б2", "senses", "Громада")])
    (line,) = sender_lines(session)
    rename_sender(session, line.id, "Подолівська громада")
    assert opened(session, book(tmp_path, [HEADERS, *ROWS], "b.xlsx")).known.sender == "Подолівська громада"
    remove_sender(session, line.id)
    assert sender_lines(session) == [] and meaning_lines(session) == []
    with session.reading() as db:
        assert [batch.sender_id for batch in stores.batches.all(db)] == [None]
    assert len(registry(session, LIST_DAY)) == 2


def test_undo_of_the_first_list_of_a_sender_keeps_what_the_second_one_stands_on(
    session: Session, tmp_path: Path
) -> None:
    path = book(tmp_path, [HEADERS, *ROWS[:2]])
    first = apply_import(session, looked(session, sent_by(opened(session, path), "Громада"))).value
    brought(session, book(tmp_path, [HEADERS, *ROWS], "next.xlsx"), "Громада")
    undo_action(session, first.action_id)
    again = opened(session, book(tmp_path, [HEADERS, *ROWS], "third.xlsx"))
    assert again.known.sender == "Громада" and again.clear, codes(again)
    with session.reading() as db:
        (batch,) = stores.batches.all(db)
        assert batch.sender_id == again.memory.senders[0].id


def test_whom_a_list_misses_is_asked_of_its_own_sender_alone(session: Session, tmp_path: Path) -> None:
    dated = [["станом на 14.08.2023"], HEADERS]
    sorokas, drozd = ROWS[:2], ROWS[2:]
    halka = [3, "Галка Віра Семенівна", 1944, "вул. Нова, 3", "0931112255", None]
    brought(session, book(tmp_path, [*dated, *sorokas, *drozd]), "Громада")
    other = brought(session, book(tmp_path, [["станом на 07.08.2023"], HEADERS, *drozd, halka], "b.xlsx"), "Фонд")
    assert other.report.gone == 0  # the fund never named them, and its list is older than somebody else's
    assert "import.older_list" not in [warning.code for warning in other.report.warnings]
    later = [["станом на 21.08.2023"], HEADERS, *drozd]
    third = looked(session, sent_by(opened(session, book(tmp_path, later, "c.xlsx")), "Громада"))
    assert [told(warning) for warning in third.report.warnings if warning.code == "import.household_gone"] == [
        "Household 1 (Сорока Олена Іванівна) stood in the last list and is missing in this one. It was left as it is."
    ]


def test_fault_62_the_same_file_of_a_sender_twice_writes_nothing(session: Session, tmp_path: Path) -> None:
    path = book(tmp_path, [HEADERS, *ROWS])
    brought(session, path, "Громада")
    before = state(session)
    again = looked(session, opened(session, path))
    assert again.same_file and again.listed.sender == "Громада"
    assert not apply_import(session, again).value.action_id and state(session) == before


def test_copied_rows_have_no_name_to_know_their_sender_by(session: Session) -> None:
    table = "\r\n".join("\t".join(str(cell or "") for cell in row) for row in [HEADERS, *ROWS])
    found = open_list(session, Copied("Clipboard", table), LIST_DAY)
    apply_import(session, looked(session, sent_by(found, "Громада")))
    again = open_list(session, Copied("Clipboard", table.replace("Сорока", "Сокіл")), LIST_DAY)
    assert again.known.sender == "Громада" and not again.known.sure


def test_what_was_seen_and_left_out_is_not_asked_again(session: Session, tmp_path: Path) -> None:
    def hide(made: Any) -> None:
        made.get_worksheet_by_name("Старе").hide()

    rows = [["ПІБ", "Рік народження", "Стать"], *[[f"Сорока Олена {n}", 1980 + n, "ж"] for n in range(3)]]
    sheets = {"Подоли": rows, "Старе": rows[:2]}
    found = opened(session, write_book(tmp_path / "a.xlsx", sheets, hide))
    assert codes(found) == ["ask.households", "ask.sheet_hidden"]
    found = sent_by(found, "Громада")
    preview = looked(session, found, confirmed(found.reading, found.survey))
    assert "was left out, as it was said (rows in it: 2)" in told(one(preview.report.warnings, "import.sheet_left"))
    apply_import(session, preview)
    again = opened(session, write_book(tmp_path / "b.xlsx", sheets, hide))
    assert again.clear, codes(again)
