"""Lists of people: which rows are a household, who is a member, what is set aside (issue A, point 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordinator.domain.decision import Decision
from coordinator.domain.person import Birth, Need, Relation, Sex, age_on
from coordinator.exchange.incoming import ListKind
from tests.exchange.making import LIST_DAY, PEOPLE_HEADERS, addresses, codes, raw_sheet, read_rows, read_sheets, sizes

SHORT = ["№", "ПІБ", "Дата народження", "Адреса", "Телефон", "Примітка"]


def test_a_household_runs_from_a_filled_address_to_the_next(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path,
        SHORT,
        [1, "Сорока Олена Іванівна", "14.06.1981", "вул. Садова, 5", "050 111 22 33", "готові"],
        [2, "Сорока Тарас Петрович", datetime(2012, 5, 22)],
        [3, "Дрозд Микола", 1950, "вул. Садова, 7", 380671112233],
        ["Всього:", 3],
        [None, "Староста", None, "Ластівка О.П."],
        titles=["СПИСОК", "станом на 14.08.2023"],
    )
    assert found.kind is ListKind.PEOPLE
    assert (sizes(found), addresses(found)) == ([2, 1], ["вул. Садова, 5", "вул. Садова, 7"])
    assert found.rows_read == 5
    assert codes(found.skipped) == ["import.skipped_total", "import.skipped_signature"]
    assert [remark.at.cell for remark in found.skipped] == ["A7", "B8"]
    first = found.households[0]
    assert first.rows == (4, 5)
    assert [person.row for person in first.people] == [4, 5]
    assert first.settlement_text == "Подоли"
    assert (first.address.street, first.address.house) == ("Садова", "5")
    assert first.decision is Decision.PACKED
    assert [contact.e164 for contact in first.contacts] == ["+380501112233"]
    assert found.households[1].contacts[0].e164 == "+380671112233"
    assert not found.warnings


def test_three_name_columns_under_a_two_row_header(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path,
        ["№", "ПІБ", None, None, "Рік народження", "Адреса", None, None],
        [None, "Прізвище", "Ім'я", "По батькові", None, "вулиця", "будинок", "кв."],
        [1, 2, 3, 4, 5, 6, 7, 8],
        [1, "СОРОКА", "Олена", "Іванівна", 1981, "вул. Садова", 5.0, datetime(2023, 3, 5)],
        merged=[(0, 1, 0, 3), (0, 5, 0, 7), (0, 0, 1, 0), (0, 4, 1, 4)],
    )
    (household,) = found.households
    person = household.people[0]
    assert (person.name.surname, person.name.given, person.name.patronymic) == ("Сорока", "Олена", "Іванівна")
    assert person.birth == Birth(year=1981)
    assert (household.address.street, household.address.house, household.address.flat) == ("Садова", "5", "5/3")
    assert (found.rows_read, household.rows) == (1, (4,))


def test_unnamed_rows_with_other_data_become_members(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path,
        PEOPLE_HEADERS,
        [1, "Сорока Олена", 1981, "вул. Садова, 5", "0501112233"],
        [2, None, "2015 р.н."],
        [3, "дитина 5 років", None],
        [4, None, None, None, None, None, "лежача"],
    )
    people = found.households[0].people
    assert [bool(person.name) for person in people] == [True, False, False, False]
    assert people[1].birth == Birth(year=2015)
    assert people[2].birth == Birth(age=5, age_on=LIST_DAY)
    assert people[2].note == "дитина 5 років"
    assert people[3].needs == {Need.STRETCHER}


def test_a_second_phone_and_a_longer_note_below_belong_to_the_household(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path,
        SHORT,
        [1, "Сорока Олена", 1981, "вул. Садова, 5", "0501112233", "готові"],
        [None, None, None, None, "0671112233", "собаку беруть із собою"],
    )
    (household,) = found.households
    assert [contact.e164 for contact in household.contacts] == ["+380501112233", "+380671112233"]
    assert household.note == "готові; собаку беруть із собою"
    assert (household.rows, found.rows_read, codes(found.skipped)) == ((2,), 2, ["import.skipped_continuation"])


def test_rows_that_name_nobody_are_set_aside_by_cell_and_value(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path,
        SHORT,
        ["див. додаток"],
        [1, "Сорока Олена", 1981, "вул. Садова, 5"],
        [2],
    )
    assert [(remark.at.cell, remark.at.value, remark.code) for remark in found.rejected] == [
        ("A2", "див. додаток", "import.no_person")
    ]
    assert codes(found.skipped) == ["import.skipped_number"]


def test_a_settlement_alone_in_its_row_heads_those_below_without_a_word_for_its_kind(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path,
        ["№", "ПІБ", "Рік народження", "Вулиця", "Буд.", "Тел.", "Прим."],
        ["село Курилівка"],
        [1, "Яструб Ія", 1960, "Садова", 1, "0503330002"],
        ["Кругляківка"],
        [2, "Сокіл Лев", 1961, "Лісова", "2/4", "0503330003", "вагаються"],
        [3, "Сокіл Марк", 2016, "-//-", "-//-", "там же"],
        [None, "КІВШАРІВКА"],
        [4, "Орел Ян", 1955, "Садова", 1, "0503330001"],
        name="Аркуш1",
    )
    assert [one.settlement_text for one in found.households] == ["село Курилівка", "Кругляківка", "КІВШАРІВКА"]
    assert codes(found.skipped) == ["import.skipped_section"] * 3 and not found.rejected and not found.warnings
    assert [one.note for one in found.households] == ["", "вагаються", ""]


def test_a_name_with_an_initial_is_no_heading(tmp_path: Path) -> None:
    found = read_rows(tmp_path, ["ПІБ", "Телефон"], ["С. Петренко"], ["с. Подоли"], ["Дрозд Микола"])
    assert (sizes(found), codes(found.skipped)) == ([1, 1], ["import.skipped_section"])


def test_surnames_that_are_offices_are_people(tmp_path: Path) -> None:
    found = read_rows(tmp_path, SHORT, [1, "Голова Іван Петрович", 1961, "вул. Садова, 5"], [None, "Голова ради"])
    assert sizes(found) == [1]
    assert codes(found.skipped) == ["import.skipped_signature"]


@pytest.mark.parametrize(
    ("born", "children", "warned"),
    [
        ("15.08.2005", 1, None),
        ("14.08.2005", 0, None),
        (2005, 1, None),
        (2004, 0, None),
        ("31.02.2010", 0, "import.birth_unreadable"),
        (140, 0, "import.birth_unreadable"),
        ("01.01.1880", 0, "import.birth_too_old"),
        ("20.08.2023", 1, "import.birth_later"),
        ("01.01.2031", 0, "import.birth_unreadable"),
    ],
)
def test_births_never_reject_a_person(tmp_path: Path, born: object, children: int, warned: str | None) -> None:
    found = read_rows(tmp_path, SHORT, [1, "Сорока Олена", born, "вул. Садова, 5"], titles=["станом на 14.08.2023"])
    person = found.households[0].people[0]
    assert age_on(person.birth, LIST_DAY).is_child is bool(children)
    assert codes(found.warnings) == ([warned] if warned else [])
    assert bool(person.birth.raw) is bool(warned)
    if warned:
        assert found.warnings[0].at.cell == "C3"


def test_the_age_column_counts_from_the_list_date(tmp_path: Path) -> None:
    found = read_rows(tmp_path, ["ПІБ", "Вік", "Адреса"], ["Сорока Олена", 17.0, "Садова 5"], titles=["на 01.08.2023"])
    assert found.list_on == date(2023, 8, 1)
    assert found.households[0].people[0].birth == Birth(age=17, age_on=date(2023, 8, 1))


def test_month_first_columns_are_noticed_and_doubtful_ones_warned_once(tmp_path: Path) -> None:
    american = read_rows(
        tmp_path, SHORT, [1, "А Олена", "5/31/1980", "Садова 1"], [2, "Б Іван", "5/3/1981", "Садова 2"]
    )
    assert american.households[1].people[0].birth.on == date(1981, 5, 3)
    assert not american.warnings
    doubtful = read_rows(tmp_path, SHORT, [1, "А Олена", "5/3/1980", "Садова 1"], [2, "Б Іван", "5/4/1981", "Садова 2"])
    assert doubtful.households[0].people[0].birth.on == date(1980, 3, 5)
    assert codes(doubtful.warnings) == ["import.birth_order"]


@pytest.mark.parametrize(
    ("titles", "name", "settlement"),
    [
        (["Список мешканців с. Подоли станом на 14.08.2023"], "Аркуш1", "Подоли"),
        (["осіб, які потребують евакуації, Ківшарівка"], "Аркуш1", "Ківшарівка"),
        (["Список жителів села Ківшарівки"], "Ківшарівка", "Ківшарівка"),
        (["СПИСОК", "Курилівська громада, Куп'янський район"], "Подоли", "Подоли"),
        (["СПИСОК"], "Лист 1", ""),
        (["СПИСОК"], "Аркуш1", ""),
        (["СПИСОК"], "list_2023", ""),
        (["Населений пункт: Куп'янськ-Вузловий"], "Sheet1", "Куп'янськ-Вузловий"),
        ([], "с. Подоли (2)", "Подоли"),
    ],
)
def test_the_settlement_of_titles_and_sheet_names(
    tmp_path: Path, titles: list[str], name: str, settlement: str
) -> None:
    found = read_rows(tmp_path, SHORT, [1, "Сорока Олена", 1981, "Садова 5"], titles=titles, name=name)
    assert found.households[0].settlement_text == settlement


def test_the_settlement_of_a_column_an_address_and_a_heading_go_first(tmp_path: Path) -> None:
    headers = ["ПІБ", "Населений пункт", "Громада", "Адреса"]
    column = read_rows(
        tmp_path,
        headers,
        ["Сорока Олена", "Садове", "Куп'янська", "Садова 5"],
        ["Сорока Іван", None, None, None],
        ["Дрозд Микола", "Подоли", None, "Садова 5"],
    )
    assert [h.settlement_text for h in column.households] == ["Садове, Куп'янська громада", "Подоли"]
    heading = read_rows(
        tmp_path,
        SHORT,
        ["с. Курилівка"],
        [1, "Сорока Олена", 1981, "Садова 5"],
        ["с. Подоли"],
        [2, "Дрозд Микола", 1950, "смт Ківшарівка, вул. Лісова, 3"],
        [3, "Чайка Іван", 1951, "Лісова 5"],
        name="Список",
    )
    assert [h.settlement_text for h in heading.households] == ["с. Курилівка", "смт Ківшарівка", "с. Подоли"]
    assert codes(heading.skipped) == ["import.skipped_section"] * 2


@pytest.mark.parametrize(
    ("notes", "decision", "part_stays", "note"),
    [
        (["речі зібрані, готові", None], Decision.PACKED, False, "речі зібрані, готові"),
        (["не готові", None], Decision.UNDECIDED, False, "не готові"),
        (["вагаються", "вагаються"], Decision.UNDECIDED, False, "вагаються"),
        (["відмова", None], Decision.REFUSED, False, "відмова"),
        (["чоловік залишається з матір’ю", None], Decision.NOT_ASKED, True, "чоловік залишається з матір’ю"),
        (["готові", "відмова"], Decision.PACKED, True, "готові; відмова"),
        ([None, "відмова"], Decision.NOT_ASKED, True, "відмова"),
        (["відмова", "готові"], Decision.PACKED, True, "відмова; готові"),
        (["собака на ланцюгу", None], Decision.NOT_ASKED, False, "собака на ланцюгу"),
        ([None, None], Decision.NOT_ASKED, False, ""),
    ],
)
def test_decisions_from_notes(
    tmp_path: Path, notes: list[str | None], decision: Decision, part_stays: bool, note: str
) -> None:
    found = read_rows(
        tmp_path,
        SHORT,
        [1, "Сорока Олена", 1981, "Садова 5", None, notes[0]],
        [2, "Сорока Тарас", 1979, None, None, notes[1]],
    )
    (household,) = found.households
    assert (household.decision, household.part_stays, household.note) == (decision, part_stays, note)


def test_the_status_column_and_a_wished_day(tmp_path: Path) -> None:
    headers = ["ПІБ", "Адреса", "Рішення", "Бажана дата виїзду", "Примітка"]
    found = read_rows(
        tmp_path,
        headers,
        ["Сорока Олена", "Садова 5", "відмова", None, "речі зібрані"],
        ["Дрозд Микола", "Садова 7", None, "16.08"],
        ["Чайка Іван", "Садова 9", None, None, "хочуть виїхати 17.08.2023"],
        ["Сич Ганна", "Садова 11", "інший статус", "завтра"],
    )
    assert [(h.decision, h.wants_on) for h in found.households] == [
        (Decision.REFUSED, None),
        (Decision.WANTS_PICKUP, date(2023, 8, 16)),
        (Decision.WANTS_PICKUP, date(2023, 8, 17)),
        (Decision.NOT_ASKED, None),
    ]
    assert found.households[3].note == "інший статус"
    assert codes(found.warnings) == ["import.day_unreadable"]


def test_needs_sex_relation_and_marks(tmp_path: Path) -> None:
    headers = ["ПІБ", "Адреса", "Стать", "Родинний зв'язок", "Потреби", "Візок", "Група інвалідності"]
    found = read_rows(
        tmp_path,
        headers,
        ["Сорока Олена", "Садова 5", "ж", None, "інсулін", "+", "II"],
        ["Сорока Іван", None, "чол.", "син", "дитячий візок", "ні", None],
        ["Сорока Ганна", None, "?", "баба", "онкологія", "складний", "немає"],
    )
    first, second, third = found.households[0].people
    assert first.needs == {Need.COLD_MEDICINE, Need.WHEELCHAIR, Need.DISABILITY}
    assert (first.sex, first.relation) == (Sex.FEMALE, Relation.HEAD)
    assert (second.sex, second.relation, second.needs) == (Sex.MALE, Relation.CHILD, {Need.INFANT})
    assert (third.relation, third.needs) == (Relation.GRANDPARENT, {Need.WHEELCHAIR})
    assert third.needs_raw == "онкологія; складний"
    assert codes(found.warnings) == ["import.sex_unknown", "import.mark_unknown"]


def test_errors_and_formulas_without_a_value_are_not_blanks(tmp_path: Path) -> None:
    sheet = raw_sheet([SHORT, [1, None, 1981, "Садова 5"], [2, "Дрозд Микола", None, "Садова 7"]])
    sheet = replace(sheet, errors={(1, 1): "#N/A"}, uncached=frozenset({(2, 2), (2, 0)}))
    found = read_sheets(tmp_path, sheet)
    assert sizes(found) == [1, 1]
    assert [(remark.code, remark.at.cell) for remark in found.warnings] == [
        ("import.cell_error", "B2"),
        ("import.formula_no_value", "C3"),
    ]


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "Сорока Олена Іванівна",
            "вул. Садова, 5",
            "31.02.1987",
            "-",
            "Всього:",
            "Староста",
            "готові",
            "+",
            "с. Подоли",
        ]
    ),
    st.floats(-10, 400_000, allow_nan=False),
    st.dates(date(1900, 1, 1), date(2030, 1, 1)),
    st.text(max_size=12),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=0, max_size=8))
def test_every_filled_row_is_added_skipped_or_rejected(tmp_path: Path, rows: list[list[object]]) -> None:
    found = read_rows(tmp_path, SHORT, *rows, [9, "Дрозд Микола", 1950, "вул. Лісова, 9"])
    people = sum(len(household.rows) for household in found.households)
    assert found.rows_read == people + len(found.skipped) + len(found.rejected)
    assert all(len(household.people) == len(household.rows) for household in found.households)


def test_the_first_person_is_no_second_row_of_headers(tmp_path: Path) -> None:
    headers = ["ПІБ", "Дата народження", "Адреса", "Телефон", "Потреби", "Примітка"]
    olena, ivan = ["Мельник Олена", "", "", "", "лежача", "коляска"], ["Дрозд Іван", "", "вул. Садова, 5"]
    found = read_rows(tmp_path, headers, olena, ivan)
    assert [person.name.full for one in found.households for person in one.people] == ["Мельник Олена", "Дрозд Іван"]


def test_a_surname_that_is_an_office_as_well_is_no_signature(tmp_path: Path) -> None:
    names = ["Голова Петро Іванович", "Дрозд Іван Петрович", "Староста Ганна Іллівна"]
    signed = [["Староста Ластівка О.П.", "0501112239"], ["Голова Ластівка Ольга Петрівна", "0501112238"]]
    rows = [[name, f"050111223{place}"] for place, name in enumerate(names)]
    found = read_rows(tmp_path, ["ПІБ", "Телефон"], *rows, *signed)
    assert [person.name.full for one in found.households for person in one.people] == names
    assert codes(found.skipped) == ["import.skipped_signature"] * 2
    apart = read_rows(tmp_path, ["Прізвище", "Ім'я", "По батькові", "Телефон"], *(name.split() for name in names))
    assert [person.name.full for one in apart.households for person in one.people] == names
