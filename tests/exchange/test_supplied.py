"""The forms that we supply: filled in they import without a word of complaint, and their example never does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from coordinator.errors import UserError
from coordinator.exchange.supplied import COLUMNS, READ_AS, Choices, FormKind, words_of
from coordinator.exchange.supplied_book import write_supplied
from coordinator.queries.household import load_households
from coordinator.queries.reading import open_list
from coordinator.services import gazetteer, imports
from coordinator.session import Session
from db import stores
from resources.i18n import speaking
from tests.exchange.told import told
from ui import cli

HEADER, EXAMPLE = 4, 5


@pytest.fixture
def form(session: Session, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    kind, language = request.param
    gazetteer.seed(session)
    with speaking(language):
        write_supplied(tmp_path / "form.xlsx", kind)
    return tmp_path / "form.xlsx"


def filled(path: Path, *rows: dict[int, Any]) -> Path:
    """The example's values again in the rows below it, with other values in some columns (from 1)."""
    book = load_workbook(path)
    page = book.worksheets[0]
    for number, changes in enumerate(rows, start=1):
        for column in range(1, page.max_column + 1):
            page.cell(EXAMPLE + number, column).value = changes.get(column, page.cell(EXAMPLE, column).value)
    book.save(path)
    return path


OTHERS: dict[FormKind, list[dict[int, Any]]] = {
    FormKind.PEOPLE: [
        {1: 1, 3: "Гук", 5: "Юхимівна"}, {1: 2, 3: "Гук", 4: "Семен", 5: None, 6: 1950, 7: None, 8: None, 9: None},
        {1: 3, 2: 2, 3: "Рак", 4: "Остап", 5: None, 11: "Лісова 5", 13: "067 999 88 77"},
    ],
    FormKind.REQUESTS: [{1: 1, 3: "Гук Семен"}, {1: 2, 3: "Рак Остап", 4: "067 999 88 77", 6: "Лісова 5"}],
    FormKind.FLEET: [{1: 1, 2: "AX 1111 KA"}, {1: 2, 2: "AX 2222 KA", 10: "Рак Остап", 11: "067 999 88 77"}],
    FormKind.SETTLEMENTS: [{1: 1}, {1: 2, 2: "UA63080090030044417", 3: "Куп'янськ-Вузловий", 12: None}],
}  # fmt: skip
BOTH = [(kind, language) for kind in FormKind for language in ("en", "uk")]


@pytest.mark.parametrize("form", BOTH, indirect=True, ids=[f"{kind}-{language}" for kind, language in BOTH])
def test_a_form_filled_in_imports_without_a_word_and_without_its_example(
    session: Session, form: Path, request: pytest.FixtureRequest
) -> None:
    kind = next(kind for kind in FormKind if f"{kind}-" in request.node.name)
    with pytest.raises(UserError) as caught:
        imports.preview_import(session, form).check()
    assert told(caught.value).startswith("form.xlsx holds only its example row")
    found = open_list(session, filled(form, *OTHERS[kind]), session.today())
    assert [told(question) for question in found.questions] == [] and found.survey.kind is READ_AS[kind]
    preview = imports.preview_import(session, form)
    report = preview.report
    assert [told(remark) for remark in (*report.warnings, *report.rows_rejected)] == []
    assert preview.incoming.kind is READ_AS[kind] and report.rows_skipped == 1
    assert report.rows_read == len(OTHERS[kind]) + 1
    imports.apply_import(session, preview)
    with session.reading() as db:
        names = {one.surname for one in stores.people.all(db)}
        plates = {one.plate for one in stores.vehicles.all(db)}
        homes = load_households(db, [row.id for row in stores.households.all(db)])
    assert "Зразкова" not in names and not any("0000" in plate for plate in plates)
    if kind is FormKind.PEOPLE:
        assert sorted(len(home.people) for home in homes) == [1, 2]
        assert homes[0].address.line and homes[0].pets and homes[0].contacts[0].e164 == "+380500000000"
    if kind is FormKind.FLEET:
        assert len(plates) == 2


@pytest.mark.parametrize("form", [(FormKind.PEOPLE, "uk")], indirect=True)
def test_the_example_is_known_although_somebody_numbered_it(session: Session, form: Path) -> None:
    book = load_workbook(form)
    book.worksheets[0].cell(EXAMPLE, 1).value = 1
    book.save(form)
    report = imports.preview_import(session, filled(form, {1: 2, 3: "Гук", 5: "Юхимівна"})).report
    assert (report.rows_added, report.rows_skipped) == (1, 1)


@pytest.mark.parametrize("form", BOTH, indirect=True, ids=[f"{kind}-{language}" for kind, language in BOTH])
def test_columns_offer_their_words_and_hints(form: Path, request: pytest.FixtureRequest) -> None:
    kind = next(kind for kind in FormKind if f"{kind}-" in request.node.name)
    book = load_workbook(form)
    page, lists = book.worksheets[0], book["lists"]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    assert len(rules) == len(COLUMNS[kind]) and all(rule.prompt for rule in rules.values())
    assert lists.sheet_state == "hidden" and page.freeze_panes == "A5"
    offered = [column.choices for column in COLUMNS[kind] if column.choices]
    with speaking("uk" if "uk" in request.node.name else "en"):
        wanted = {choice: words_of(choice) for choice in offered}
    found = []
    for rule in rules.values():
        if rule.type == "list":
            first, last = (int(part.rpartition("$")[2]) for part in rule.formula1.split(":"))
            found.append([lists.cell(row, 1).value for row in range(first, last + 1)])
    assert found == [wanted[choice] for choice in offered]
    if Choices.SETTLEMENTS in offered:
        names = wanted[Choices.SETTLEMENTS]
        assert "Ківшарівка" in names and len(names) == len(set(names)) > 200


def test_the_terminal_writes_a_form(tmp_path: Path) -> None:
    assert cli.main(["--lang", "uk", "template", "people", str(tmp_path / "form.xlsx"), "--words", "en"]) == 0
    page = load_workbook(tmp_path / "form.xlsx").worksheets[0]
    assert page.cell(HEADER, 3).value == "Surname *" and page.cell(EXAMPLE, 1).value == "example"
