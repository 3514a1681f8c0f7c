"""Every text is in Ukrainian, keeps its placeholders, and is compiled; what we write in Ukrainian reads back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, time
from pathlib import Path

import openpyxl
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from coordinator.domain.trip import StopResult
from coordinator.exchange import exports, out_day
from coordinator.exchange.headers import column_of, header_key
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.results_sheet import BlankRow, read_results, write_results_sheet
from coordinator.exchange.wording import read_needs, read_note, read_relation, read_sex
from coordinator.exchange.writing import Column
from coordinator.words import DECISIONS, NEEDS, RELATIONS, SEXES, needs_line
from resources.i18n import _, language, ngettext, set_language
from resources.messages import SENTENCES, sentence

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "resources" / "i18n" / "uk" / "LC_MESSAGES"
PACKAGES = ("coordinator", "db", "ui", "resources")
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%\(\w+\)[a-z]|%[a-z]")
CYRILLIC = re.compile("[а-яіїєґ]", re.IGNORECASE)
LATIN_WORD = re.compile("[A-Za-z]{3}")

Key = tuple[str | None, str]


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def key(message: Message) -> Key:
    return message.context, forms(message.id)[0]


@pytest.fixture(scope="module")
def sources() -> dict[Key, tuple[str, ...]]:
    """Each text of the code, with where it stands: (context, text) -> its forms."""
    keywords = {**DEFAULT_KEYWORDS, "N_": None}
    template = Catalog()
    for package in PACKAGES:
        found = extract_from_dir(ROOT / package, method_map=[("**.py", "python")], keywords=keywords)
        for _file, _line, text, _comments, context in found:
            template.add(text, context=context)
    return {key(message): forms(message.id) for message in template if message.id}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (FOLDER / "coordinator.po").open("rb") as file:
        return read_po(file, locale="uk")


@pytest.fixture(scope="module")
def translations(catalogue: Catalog) -> dict[Key, tuple[str, ...]]:
    return {key(message): forms(message.string) for message in catalogue if message.id and not message.fuzzy}


@pytest.fixture
def ukrainian() -> Iterator[None]:
    with speaking("uk"):
        yield


@contextmanager
def speaking(code: str) -> Iterator[None]:
    before = language()
    set_language(code)
    try:
        yield
    finally:
        set_language(before)


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def test_every_text_has_its_ukrainian(
    sources: dict[Key, tuple[str, ...]], translations: dict[Key, tuple[str, ...]]
) -> None:
    assert len(sources) > 1000, "the extraction found too little"
    missing = [text for text in sources if not all(translations.get(text, ("",)))]
    assert not missing, f"{len(missing)} texts without a Ukrainian translation, the first: {missing[:20]}"


def test_nothing_is_left_in_english(translations: dict[Key, tuple[str, ...]]) -> None:
    said = {string: PLACEHOLDER.sub("", string) for strings in translations.values() for string in strings}
    english = [text for text, words in said.items() if LATIN_WORD.search(words) and not CYRILLIC.search(words)]
    # Names of files are written in Latin letters, so that every system can open them.
    assert not [text for text in english if not text.endswith(".pdf")]


def test_one_thing_has_one_word_in_ukrainian(translations: dict[Key, tuple[str, ...]]) -> None:
    """A folder is «тека», a pause is « – », and one tries again «через» so many seconds."""
    other = re.compile(r"\bпап(?:к|ок|ці\b)|—|за \{seconds\} с\b", re.IGNORECASE)
    assert not [string for strings in translations.values() for string in strings if other.search(string)]


def test_the_catalogue_holds_nothing_that_is_gone(
    sources: dict[Key, tuple[str, ...]], translations: dict[Key, tuple[str, ...]]
) -> None:
    assert not translations.keys() - sources.keys()


def test_placeholders_are_neither_lost_nor_invented(
    sources: dict[Key, tuple[str, ...]], translations: dict[Key, tuple[str, ...]]
) -> None:
    wrong = [
        (string, expected)
        for text, english in sources.items()
        if (expected := set().union(*map(placeholders, english))) is not None
        for string in translations.get(text, ())
        if placeholders(string) != expected
    ]
    assert not wrong


def test_positional_placeholders_keep_their_order(
    sources: dict[Key, tuple[str, ...]], translations: dict[Key, tuple[str, ...]]
) -> None:
    order = re.compile(r"%[a-z]")
    for text, english in sources.items():
        for string in translations.get(text, ()):
            assert order.findall(string) == order.findall(english[-1])


def test_plurals_have_the_three_ukrainian_forms(catalogue: Catalog) -> None:
    assert catalogue.num_plurals == 3
    short = [m.id for m in catalogue if m.pluralizable and len([form for form in forms(m.string) if form]) != 3]
    assert not short


def test_the_compiled_catalogue_is_that_of_the_text(catalogue: Catalog) -> None:
    fresh = io.BytesIO()
    write_mo(fresh, catalogue)
    fresh.seek(0)
    with (FOLDER / "coordinator.mo").open("rb") as file:
        stands, wanted = read_mo(file), read_mo(fresh)
    assert {key(m): m.string for m in stands} == {key(m): m.string for m in wanted}, "compile coordinator.po again"


@pytest.mark.usefixtures("ukrainian")
@pytest.mark.parametrize(
    ("n", "said"), [(1, "1 дитина"), (2, "2 дитини"), (5, "5 дітей"), (21, "21 дитина"), (112, "112 дітей")]
)
def test_plural_forms(n: int, said: str) -> None:
    assert ngettext("{n} child", "{n} children", n).format(n=n) == said


@pytest.mark.usefixtures("ukrainian")
def test_every_message_of_the_core_is_a_ukrainian_sentence() -> None:
    for code, english in SENTENCES.items():
        said = sentence(code, {})
        assert said != code
        assert CYRILLIC.search(PLACEHOLDER.sub("", _(english))), code


RESULTS = (StopResult.BOARDED, StopResult.REFUSED, StopResult.NOT_HOME, StopResult.OTHER)
WRITTEN = ("boarded", "refused", "not home", "other")


@pytest.mark.usefixtures("ukrainian")
def test_a_results_sheet_in_ukrainian_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    blank = [
        BlankRow("2023-08-15/3", stop, 410 + stop, "Марія Зразкова", "Кругляківка", "Лісова, 4", 2)
        for stop in range(1, 5)
    ]
    write_results_sheet(path, "15.08.2023", [*blank, BlankRow("2023-08-15/3"), BlankRow("2023-08-15/3", arrival=True)])
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    titles = {str(cell.value): place for place, cell in enumerate(sheet[1], 1)}
    assert all(map(CYRILLIC.search, titles))
    for row, word in enumerate(WRITTEN, 2):
        sheet.cell(row, titles["Результат"], _(word))
        sheet.cell(row, titles["Фактичний час"], time(9, 40))
    sheet.cell(6, titles["Домогосподарство"], 420)
    sheet.cell(6, titles["Результат"], _("came along"))
    sheet.cell(7, titles["Результат"], _("yes"))
    book.save(path)

    read = read_results(path)

    assert not read.set_aside
    assert tuple(line.result for line in read.lines[:4]) == RESULTS
    assert [line.time for line in read.lines[:4]] == [9 * 60 + 40] * 4
    assert read.lines[4].along
    assert read.lines[5].arrived


@pytest.mark.parametrize("code", ["en", "uk"])
@pytest.mark.parametrize(
    ("titles", "kind", "expected"),
    [
        (
            exports.people_columns, ListKind.PEOPLE,
            {"surname", "given", "patronymic", "birth", "birth_year", "age", "sex", "relation", "escort", "needs",
             "hromada", "settlement", "address", "phone", "decision", "evacuation_date", "carrier", "note",
             "household_no", "member_no", "person_note"},
        ),
        (
            exports.household_columns, ListKind.REQUESTS,
            {"household_no", "full_name", "hromada", "settlement", "katottg", "street", "house", "flat", "phone",
             "people", "children", "wheelchair", "stretcher", "pets", "decision", "wants_on", "requested_on",
             "destination", "note"},
        ),
        (
            out_day.fleet_columns, ListKind.FLEET,
            {"plate", "model", "seats", "wheelchair", "stretcher", "armoured", "licence", "organisation", "driver",
             "driver_phone", "available_from", "available_until", "note", "licence_remark"},
        ),
    ],
)  # fmt: skip
def test_export_headers_are_understood_on_import(
    code: str, titles: Callable[[], list[Column]], kind: ListKind, expected: set[str]
) -> None:
    with speaking(code):
        said = [_(column.title) for column in titles()]
    read = [column_of(header_key(title), kind) for title in said]
    assert set(read) == expected
    assert len(read) == len(expected), "two headers mean the same"


@pytest.mark.usefixtures("ukrainian")
def test_the_words_of_our_own_columns_are_read_back() -> None:
    assert {code: read_note(_(word)).decision for code, word in DECISIONS.items()} == {code: code for code in DECISIONS}
    assert {code: read_sex(_(word)) for code, word in SEXES.items()} == {code: code for code in SEXES}
    assert {code: read_relation(_(word)) for code, word in RELATIONS.items()} == {code: code for code in RELATIONS}
    assert read_needs(needs_line(NEEDS)) == set(NEEDS)


@pytest.mark.usefixtures("ukrainian")
def test_the_terminal_speaks_ukrainian(capsys: pytest.CaptureFixture[str]) -> None:
    from ui import cli

    with pytest.raises(SystemExit):
        cli.main(["--lang", "uk", "plan", "--help"])
    helped = capsys.readouterr().out
    assert helped.startswith("використання: coordinator plan")
    assert "show this help" not in helped
    with pytest.raises(SystemExit):
        cli.main(["--lang", "uk", "plan", "r", "--date", "x"])
    assert "помилка: аргумент --date" in capsys.readouterr().err


@pytest.mark.usefixtures("ukrainian")
def test_a_date_is_said_in_ukrainian() -> None:
    from ui import texts

    assert "серпня" in texts.day_long(date(2023, 8, 15))
