"""Lists of requests: a household a row, counts instead of names."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.person import Birth, Need, Relation
from coordinator.exchange.incoming import IncomingHousehold, IncomingList, ListKind
from tests.exchange.making import REQUEST_HEADERS, codes, read_rows

CALLED = datetime(2023, 8, 12, 13, 25)


def request(tmp_path: Path, people: object, children: object = None, **other: object) -> IncomingList:
    """One request with these counts; other cells by their short names."""
    row = [
        CALLED, other.get("name", "Сорока Олена"), "Ковшаровка", "Садова", "5", None, "0501112233", people, children,
        other.get("stretcher"), other.get("wheelchair"), other.get("comment"),
    ]  # fmt: skip
    return read_rows(tmp_path, REQUEST_HEADERS, row, name="заявки")


def only(found: IncomingList) -> IncomingHousehold:
    (household,) = found.households
    return household


def test_a_contact_and_counts_become_members(tmp_path: Path) -> None:
    found = request(tmp_path, 5, 3)
    household = only(found)
    assert found.kind is ListKind.REQUESTS
    assert (household.settlement_text, household.address.line) == ("Ковшаровка", "Садова, 5")
    assert household.requested_at == datetime(2023, 8, 12, 10, 25, tzinfo=UTC)
    assert household.decision is Decision.WANTS_PICKUP
    assert household.wants_on is None
    head, *others = household.people
    assert (head.name.surname, head.relation) == ("Сорока", Relation.HEAD)
    assert not any(person.name for person in others)
    assert [person.birth.stated_child for person in household.people] == [False, False, True, True, True]
    assert (found.rows_read, household.rows, found.warnings) == (1, (2,), ())


def test_without_a_column_of_children_nobody_is_said_to_be_grown_up(tmp_path: Path) -> None:
    found = read_rows(tmp_path, ["ПІБ", "Телефон", "Кількість осіб"], ["Марія", "0501112233", 2])
    assert [person.birth for person in only(found).people] == [Birth(), Birth()]
    assert only(found).people[0].name.given == "Марія"


@pytest.mark.parametrize(
    ("people", "children", "count", "stated", "code", "kept"),
    [
        (None, None, 1, 0, None, ""),
        (0, None, 1, 0, "import.count_zero", "Кількість людей: 0"),
        (-3, None, 1, 0, "import.count_negative", "Кількість людей: -3"),
        (2.5, 1, 3, 1, "import.count_half", "Кількість людей: 2.5"),
        ("2+1", None, 3, 1, "import.count_added", "Кількість людей: 2+1"),
        ("сім'я 4", 2, 4, 2, "import.count_unclear", "Кількість людей: сім'я 4"),
        ("4 чол.", 2, 4, 2, None, ""),
        ("двоє", None, 2, 0, None, ""),
        ("багато", None, 1, 0, "import.count_unreadable", "Кількість людей: багато"),
        (2, 3, 4, 3, "import.children_above_people", "Кількість людей: 2; з них дітей: 3"),
        (2, 2, 2, 2, "import.only_children", ""),
    ],
)
def test_odd_counts_are_kept_and_warned(
    tmp_path: Path, people: object, children: object, count: int, stated: int, code: str | None, kept: str
) -> None:
    found = request(tmp_path, people, children)
    household = only(found)
    assert len(household.people) == count
    assert sum(bool(person.birth.stated_child) for person in household.people) == stated
    assert codes(found.warnings) == ([code] if code else [])
    assert household.note == kept
    assert not found.rejected


@pytest.mark.parametrize(
    ("cells", "needs"),
    [
        ({"stretcher": 1}, [set(), {Need.STRETCHER}, set()]),
        ({"stretcher": 1, "wheelchair": 1}, [{Need.WHEELCHAIR}, {Need.STRETCHER}, set()]),
        ({"wheelchair": "+"}, [set(), {Need.WHEELCHAIR}, set()]),
        ({"wheelchair": "ні"}, [set(), set(), set()]),
        ({"stretcher": 1, "comment": "заявниця лежача"}, [{Need.STRETCHER}, set(), set()]),
        ({"stretcher": 3}, [{Need.STRETCHER}, {Need.STRETCHER}, {Need.STRETCHER}]),
    ],
)
def test_places_go_to_adults_from_the_last_to_the_first(
    tmp_path: Path, cells: dict[str, object], needs: list[set[Need]]
) -> None:
    household = only(request(tmp_path, 3, 1, **cells))
    assert [set(person.needs) for person in household.people] == needs


def test_more_places_than_people_are_warned(tmp_path: Path) -> None:
    found = request(tmp_path, 1, None, stretcher=2)
    assert [person.needs for person in only(found).people] == [{Need.STRETCHER}]
    assert codes(found.warnings) == ["import.places_above_people"]


@pytest.mark.parametrize(
    ("comment", "decision", "part_stays"),
    [
        ("речі зібрані, готові", Decision.PACKED, False),
        ("вагаються", Decision.UNDECIDED, False),
        ("відмова", Decision.REFUSED, False),
        ("чоловік залишається з матір’ю", Decision.WANTS_PICKUP, True),
        ("четверо людей, шість котів", Decision.WANTS_PICKUP, False),
        ("ще не готовы", Decision.UNDECIDED, False),
    ],
)
def test_the_comment_decides(tmp_path: Path, comment: str, decision: Decision, part_stays: bool) -> None:
    household = only(request(tmp_path, 2, comment=comment))
    assert (household.decision, household.part_stays, household.note) == (decision, part_stays, comment)


def test_the_wished_day_and_the_time_have_columns(tmp_path: Path) -> None:
    headers = ["Дата", "Час", "ПІБ", "Телефон", "Адреса", "Кількість людей", "Бажана дата виїзду"]
    found = read_rows(
        tmp_path,
        headers,
        ["12.08", time(23, 30), "Марія", "0501112233", "с. Подоли, вул. Садова, 5", 1, date(2023, 8, 17)],
        ["32.08.2023", None, "Іван", "0671112233", "вул. Садова, 7", 1, "скоріше"],
    )
    first, second = found.households
    assert first.requested_at == datetime(2023, 8, 12, 20, 30, tzinfo=UTC)
    assert (first.wants_on, first.settlement_text) == (date(2023, 8, 17), "с. Подоли")
    assert (second.requested_at, second.wants_on) == (None, None)
    assert [(w.code, w.at.cell) for w in found.warnings] == [
        ("import.day_unreadable", "G3"),
        ("import.day_unreadable", "A3"),
    ]


def test_rows_by_which_nobody_can_be_found_are_set_aside(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path,
        REQUEST_HEADERS,
        [CALLED, None, "Подоли", None, None, None, None, 3],
        [CALLED, None, "Подоли", None, None, None, "0501112233", 3],
        ["Всього", None, None, None, None, None, None, 6],
    )
    assert [(remark.code, remark.at.cell) for remark in found.rejected] == [("import.no_contact", "A2")]
    assert codes(found.skipped) == ["import.skipped_total"]
    assert found.rows_read == 3
    assert len(only(found).people) == 3
    assert not only(found).people[0].name


def test_only_a_mark_takes_the_settlement_from_above(tmp_path: Path) -> None:
    headers = ["ПІБ", "Населений пункт", "Телефон", "Кількість людей"]
    found = read_rows(
        tmp_path,
        headers,
        ["Марія", "Подоли", "0501112233", 1],
        ["Ганна", "-//-", "0931112233", 1],
        ["Іван", None, "0671112233", 1],
    )
    assert [household.settlement_text for household in found.households] == ["Подоли", "Подоли", ""]


def test_adults_and_children_in_columns_of_their_own(tmp_path: Path) -> None:
    headers = ["Контактна особа", "Телефон", "Дорослих", "Дітей", "Потреби"]
    found = read_rows(tmp_path, headers, ["Сорока Олена", "0501112233", 2, 1, "вагітна"])
    people = only(found).people
    assert [person.birth.stated_child for person in people] == [False, False, True]
    assert [set(person.needs) for person in people] == [set(), {Need.PREGNANT}, set()]
    assert people[1].needs_raw == "вагітна"


def test_russian_and_english_headers(tmp_path: Path) -> None:
    russian = ["Дата заявки", "Фамилия Имя Отчество", "Населенный пункт", "Улица", "дом", "кв", "тел."]
    russian += ["Кол-во человек", "из них детей", "Лежачие", "Коляска", "Животные", "Куда", "Комментарий"]
    found = read_rows(
        tmp_path,
        russian,
        [
            CALLED,
            "Сорока Елена",
            "Ковшаровка",
            "Садовая",
            5,
            7,
            380501112233,
            2,
            1,
            1,
            None,
            "2 кота",
            "Полтава",
            "ждут",
        ],
    )
    household = only(found)
    assert (household.address.line, household.pets, household.destination_wish, household.note) == (
        "Садовая, 5, кв. 7", "2 кота", "Полтава", "ждут",
    )  # fmt: skip
    assert not found.warnings
    english = ["Requested on", "Name", "Settlement", "Address", "Phone", "People", "Children", "Note"]
    found = read_rows(
        tmp_path, english, ["2023-08-12", "Soroka Olena", "Podoly", "Sadova 5", "+380501112233", 2, 1, "packed"]
    )
    assert only(found).decision is Decision.PACKED
    assert len(only(found).people) == 2
