"""Long lists are read by short ways. Each comes to the same as the long one."""

from __future__ import annotations

import gc
import json
import threading
import unicodedata
import uuid
import weakref
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coordinator.collecting import resting, without_collecting
from coordinator.domain import names
from coordinator.domain.days import KYIV
from coordinator.domain.household import Address, Contact
from coordinator.domain.names import clean, fold, sort_key
from coordinator.domain.person import Birth, Need, PersonName, Relation, Sex
from coordinator.domain.phones import parse_phones, search_digits, taken_apart
from coordinator.exchange.incoming import IncomingHousehold, IncomingPerson
from coordinator.exchange.layout import find_table
from coordinator.exchange.people_list import read_people
from coordinator.exchange.reading import RawSheet
from coordinator.exchange.request_list import read_requests
from coordinator.exchange.rows import RowKind, filled_rows
from coordinator.exchange.statements import bare, to_lines
from coordinator.exchange.values import read_birth
from coordinator.meanwhile import asking
from db.fields import MomentField
from db.ids import new_id

LIST_DAY = date(2023, 8, 14)
WORDS = st.text(st.sampled_from("абвгґеєїйьАБЙЇ aAbBкКё'’ʼ\u0301\u0306\u00a0\u200b\t\n -.,0129"), max_size=20)
HEADERS = ["№", "Прізвище", "Імʼя", "По батькові", "Дата народження", "Адреса", "Телефон"]


def cleaned_at_length(text: str) -> str:
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if category in ("Cc", "Zs", "Zl", "Zp"):
            kept.append(" ")
        elif category not in ("Cf", "Cs"):
            kept.append(char)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


@given(st.one_of(WORDS, st.text()))
@example("и\u0306")
@example(" Коваль")
@example("Коваль  Іван")
def test_a_clean_text_is_left_alone_and_any_other_cleaned(text: str) -> None:
    assert clean(text) == cleaned_at_length(text)


NAMES = st.text(st.sampled_from("абієїАБІРОКУроку'’"), min_size=1, max_size=5)
KNOWN = st.sampled_from(
    ("Року", "ОГЛИ", "Олена", "ІВАН", "Іванівна", "Ілліч", "Д'яченко-Гук", "Ко", "А", "МакКей", "син")
)


@given(st.lists(st.one_of(NAMES, KNOWN), min_size=2, max_size=4))
def test_names_of_plain_words_are_taken_apart_as_all_others(words: list[str]) -> None:
    assert names.split_name(" ".join(words)) == names.split_any_name(" ".join(words))


@given(st.one_of(NAMES, KNOWN), st.text(st.sampled_from("АБГНРҐЄІЇаAR"), min_size=1, max_size=2))
@example("Швачка", "РН")
@example("Швачка", "ҐР")
@example("Року", "АС")
def test_plain_initials_are_taken_apart_as_all_others(word: str, letters: str) -> None:
    text = f"{word} {'.'.join(letters)}."
    assert names.split_name(text) == names.split_any_name(text)


@given(WORDS)
def test_plain_texts_fold_as_all_others_do(text: str) -> None:
    value = text
    while (once := names._fold_once(value)) != value:
        value = once
    assert fold(text) == value


@given(st.lists(st.text(st.sampled_from("абвгґеєжзиіїйьюяАБЇ'’"), min_size=1, max_size=9), min_size=1, max_size=4))
def test_a_sort_key_made_word_by_word_is_that_of_the_whole(words: list[str]) -> None:
    text = " ".join(words)
    at_length = names._base(names._base(text).casefold()).translate(names._SORT_CODES)
    assert sort_key(text) == " ".join(at_length.split(" ")).strip()


PARTS = ("", " ", "-", "  ", "(", ")", ") ", ")-", ".")


@given(
    st.sampled_from(
        (
            "",
            "0",
            "380",
            "+380",
            "38 0",
            "+38 0",
            "8",
            "80",
            "8 0",
            "+38",
            "00380",
            "+",
            "(0",
            "+38 (0",
            "38 (0",
            "8 (0",
        )
    ),
    st.sampled_from(("39", "50", "63", "66", "67", "68", "73", "91", "95", "99", "57", "44", "12", "69", "70")),
    st.integers(0, 9_999_999),
    st.lists(st.sampled_from(PARTS), min_size=3, max_size=3),
)
def test_plain_mobile_numbers_are_read_as_all_others(prefix: str, code: str, rest: int, gaps: list[str]) -> None:
    digits = f"{rest:07}"
    text = clean(f"{prefix}{code}{gaps[0]}{digits[:3]}{gaps[1]}{digits[3:5]}{gaps[2]}{digits[5:]}")
    assert parse_phones(text) == taken_apart(text)
    for contact in parse_phones(text):
        assert search_digits(contact.e164) == contact.e164.replace("+380", "0").lstrip("+")


@given(st.integers(1_000_000, 999_999_999_999))
def test_numbers_of_a_spreadsheet_are_read_as_their_digits(number: int) -> None:
    assert parse_phones(float(number)) == taken_apart(str(number))


@given(st.dates(date(1880, 1, 1), date(2040, 1, 1)))
def test_a_day_of_a_workbook_is_the_birth_that_its_text_is(day: date) -> None:
    as_text, as_day = read_birth(f"{day:%d.%m.%Y}", LIST_DAY), read_birth(day, LIST_DAY)
    assert as_text == as_day == read_birth(datetime(day.year, day.month, day.day), LIST_DAY)


@given(
    st.tuples(WORDS, WORDS, WORDS),
    st.sampled_from(Sex),
    st.sampled_from(Relation),
    st.frozensets(st.sampled_from(Need)),
    st.sampled_from((Birth(), Birth(age=0, age_on=LIST_DAY), Birth(stated_child=False), Birth(on=LIST_DAY, raw='"'))),
    st.booleans(),
)
def test_a_statement_is_the_json_that_python_would_write(
    name: tuple[str, str, str], sex: Sex, relation: Relation, needs: frozenset[Need], born: Birth, stays: bool
) -> None:
    people = tuple(
        IncomingPerson(row, PersonName(*name), sex, born, relation, needs, name[2], name[0]) for row in (7, 7, 8)
    )
    phone = Contact("050\\1", "+380501234567", '"сусідка"')
    household = IncomingHousehold(
        "Лист", (7, 8), name[1], Address(text=name[2]), people, (phone,), wants_on=LIST_DAY, part_stays=stays
    )
    for line in to_lines(household).values():
        assert json.dumps(json.loads(line), ensure_ascii=False) == line
    assert bare(household).people == tuple(replace(person, row=0) for person in people)
    assert [len(json.loads(line)["people"]) for line in to_lines(household).values()] == [2, 1]


@given(st.lists(st.sampled_from([*HEADERS, " Прізвище", "ПРІЗВИЩЕ", "Коваль", "", 3.0, None]), min_size=7, max_size=7))
def test_a_repeated_header_is_known_by_more_than_half_of_its_cells(cells: list[str | float | None]) -> None:
    sheet = RawSheet("Лист", [list(HEADERS), ["1", "Коваль", "Іван", None, "01.02.1980", "вул. Миру, 1", None], cells])
    table = find_table(sheet)
    assert table is not None
    filled = [(column, value) for column, value in enumerate(cells) if value not in ("", None)]
    same = sum(isinstance(value, str) and clean(value) == HEADERS[column] for column, value in filled)
    row = next((row for row in filled_rows(table) if row.index == 2), None)
    if row is not None and row.kind in (RowKind.HEADER, RowKind.DATA):
        assert (row.kind is RowKind.HEADER) == (same * 2 > len(filled) and same > 1)


def test_ids_grow_and_stay_near_the_clock() -> None:
    ids = [new_id() for _ in range(20_000)]
    assert ids == sorted(set(ids))
    assert all(uuid.UUID(made).version == 7 and uuid.UUID(made).variant == uuid.RFC_4122 for made in ids[::100])
    assert int(ids[-1][:12], 16) - time() * 1000 < 20


def test_the_hour_that_comes_twice_is_written_as_two_moments() -> None:
    first = datetime(2023, 10, 29, 3, 30, tzinfo=KYIV)
    moment = MomentField()
    assert moment.db_value(first) == "2023-10-29T00:30:00.000000Z"
    assert moment.db_value(first.replace(fold=1)) == "2023-10-29T01:30:00.000000Z"
    assert moment.db_value(first.astimezone(UTC) + timedelta(microseconds=5)) == "2023-10-29T00:30:00.000005Z"


class Enough(Exception):
    pass


@pytest.mark.parametrize("calls", [0, 1, 3, 9])
@pytest.mark.parametrize("count", [5000])
def test_reading_stops_within_five_hundred_rows_of_a_cancel(calls: int, count: int) -> None:
    rows = [[str(n), "Коваль", "Іван", "Петрович", "01.02.1980", f"вул. Миру, {n}", "0501234567"] for n in range(count)]
    table = find_table(RawSheet("Лист", [list(HEADERS), *rows]))
    assert table is not None
    for read in (read_people, read_requests):
        heard: list[float] = []

        def tick(part: float, heard: list[float] = heard) -> None:
            heard.append(part)
            if len(heard) > calls:
                raise Enough

        with pytest.raises(Enough):
            read(table, LIST_DAY, tick)
        assert len(heard) == calls + 1
    whole: list[float] = []
    read_people(table, LIST_DAY, whole.append)
    assert whole == sorted(whole) and len(whole) >= count // 500 + count // 200 and whole[-1] < 1


def test_work_that_cannot_stop_is_left_to_itself() -> None:
    free = threading.Event()
    asked: list[int] = []

    def ask() -> None:
        asked.append(1)
        if len(asked) == 2:
            raise Enough

    with pytest.raises(Enough):
        asking(free.wait, ask)
    assert not free.is_set()
    free.set()
    assert asking(lambda: 5, ask) == 5
    with pytest.raises(ZeroDivisionError):
        asking(lambda: 1 // 0, ask)


@pytest.fixture
def collecting() -> Iterator[None]:
    """Python's collector is on, whatever a window of this process has made of it, and afterwards as before."""
    before = gc.isenabled()
    gc.enable()
    yield
    (gc.enable if before else gc.disable)()


@pytest.mark.usefixtures("collecting")
def test_the_collector_rests_only_during_the_run() -> None:
    with pytest.raises(Enough), without_collecting():
        with without_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
        raise Enough
    assert gc.isenabled()


@pytest.mark.usefixtures("collecting")
def test_a_collector_that_was_off_stays_off() -> None:
    """A window collects by itself, on its own thread."""
    gc.disable()
    with without_collecting():
        pass
    assert not gc.isenabled()


class Ring:
    def __init__(self) -> None:
        self.itself = self


@pytest.mark.usefixtures("collecting")
def test_what_a_run_made_counts_as_old_and_its_rings_are_found_all_the_same() -> None:
    with without_collecting():
        assert resting()
        kept, ring = Ring(), Ring()
    found, gone = weakref.ref(kept), weakref.ref(ring)
    del ring
    assert not resting() and not any(one is kept for one in gc.get_objects(0))
    del kept
    gc.collect()
    assert found() is None and gone() is None
