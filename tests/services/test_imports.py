"""Importing lists of people: counts, what an earlier list brought, and that nothing known is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from coordinator.domain.decision import Decision
from coordinator.domain.events import EventKind
from coordinator.domain.household import Household
from coordinator.domain.names import split_name
from coordinator.domain.person import Birth, Need
from coordinator.errors import Cancelled, UserError
from coordinator.exchange.incoming import IncomingList
from coordinator.exchange.report import ImportReport, RowStatus
from coordinator.queries.household import household_card, load_households
from coordinator.queries.imports import past_imports, unresolved_settlements
from coordinator.services import decisions, duplicates, history, households, imports
from coordinator.services.writing import MemberDraft
from coordinator.session import Session
from db import journal, stores
from tests.services.lists import LIST_DAY, household, people_list, person, requests

HEAD = person("Коваленко Олена Іванівна", date(1980, 5, 1))
CHILD = person("Коваленко Марко Петрович", date(2012, 3, 4))


@pytest.fixture
def session(seeded: Session) -> Session:
    return seeded


def bring(session: Session, incoming: IncomingList) -> ImportReport:
    return imports.apply_import(session, imports.preview_list(session, incoming)).value


def all_households(session: Session) -> list[Household]:
    with session.reading() as db:
        return load_households(db, [row.id for row in stores.households.all(db) if row.merged_into is None])


def only(session: Session) -> Household:
    (one,) = all_households(session)
    return one


def actions(session: Session) -> list[str]:
    with session.reading() as db:
        return [row.label for row in journal.actions(db)]


def test_counts_what_a_list_brings(session: Session) -> None:
    wheelchair = person("Гук Семен Юхимович", 1950, Need.WHEELCHAIR)
    report = bring(
        session,
        people_list(
            household(HEAD, CHILD, phone="050 111 22 33", note="речі зібрані", decision=Decision.PACKED),
            household(wheelchair, house="14"),
            skipped=2,
            rejected=["???"],
        ),
    )
    assert report.rows_read == 6 == 3 + 2 + 1
    assert (report.rows_added, report.rows_skipped, len(report.rows_rejected)) == (3, 2, 1)
    added = report.added
    assert (added.households, added.people, added.children, added.wheelchair) == (2, 3, 1, 1)
    first = all_households(session)[0]
    assert first.decision is Decision.PACKED and first.contacts[0].e164 == "+380501112233"
    assert household_card(session, first.id).settlement == "Ківшарівка"


def test_json_has_the_agreed_fields(session: Session) -> None:
    bring(session, people_list(household(HEAD, CHILD, phone="050 111 22 33")))
    report = bring(session, requests(household(person("Олена"), phone="0501112233")))
    said = report.to_json()
    assert set(said) == {
        "kind", "sheets", "rows_read", "rows_added", "rows_updated", "rows_unchanged", "rows_skipped",
        "rows_rejected", "households_added", "people_added", "children", "wheelchair", "stretcher",
        "vehicles_added", "warnings", "possible_duplicates", "rows_completed", "entries",
    }  # fmt: skip
    (double,) = said["possible_duplicates"]
    assert double["household"] == 2 and double["head"] == "Олена" and double["row"] == 6
    (candidate,) = double["candidates"]
    assert candidate["household"] == 1 and "phone" in candidate["reasons"]


def test_the_same_file_again_changes_nothing_and_says_so(session: Session) -> None:
    incoming = people_list(household(HEAD, CHILD), sha256="the file", skipped=1)
    bring(session, incoming)
    decisions.decide(session, only(session).id, Decision.REFUSED)
    before = actions(session)
    preview = imports.preview_list(session, incoming)
    report = imports.apply_import(session, preview).value
    assert preview.same_file and [remark.code for remark in report.warnings] == ["import.same_file"]
    assert (report.rows_unchanged, report.rows_added, report.rows_read) == (2, 0, 3)
    assert actions(session) == before


def test_a_list_saved_anew_is_recognised_row_by_row(session: Session) -> None:
    blocks = [household(HEAD, CHILD, phone="0501112233"), household(person("Гук Семен Юхимович", 1950), house="14")]
    bring(session, people_list(*blocks))
    before = actions(session)
    report = bring(session, people_list(*reversed(blocks)))
    assert report.rows_unchanged == 3 and not report.writes
    assert actions(session) == before


def test_two_blocks_with_one_address_stay_two(session: Session) -> None:
    blocks = [household(HEAD), household(person("Гук Семен Юхимович", 1950))]
    assert bring(session, people_list(*blocks)).added.households == 2
    report = bring(session, people_list(*blocks, household(person("Бойко Ганна Львівна"), house="3")))
    assert (report.rows_unchanged, report.added.households) == (2, 1)


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        (1980, date(1980, 5, 1), Birth(on=date(1980, 5, 1), raw="1980-05-01")),
        (date(1980, 5, 1), 1980, Birth(on=date(1980, 5, 1), raw="1980-05-01")),
        (date(1980, 5, 1), None, Birth(on=date(1980, 5, 1), raw="1980-05-01")),
        (date(1980, 5, 1), date(1981, 5, 1), Birth(on=date(1981, 5, 1), raw="1981-05-01")),
    ],
)
def test_the_more_precise_birth_stays(session: Session, first: object, then: object, kept: Birth) -> None:
    name = "Коваленко Олена Іванівна"
    bring(session, people_list(household(person(name, first))))  # type: ignore[arg-type]
    bring(session, people_list(household(person(name, then))))  # type: ignore[arg-type]
    assert only(session).people[0].birth == kept


@pytest.mark.parametrize(
    "names", [("Коваленко О.І.", "Коваленко Олена Іванівна"), ("Коваленко Олена Іванівна", "Коваленко О. І.")]
)
def test_initials_never_replace_a_name_and_a_name_completes_them(session: Session, names: tuple[str, str]) -> None:
    for name in names:
        bring(session, people_list(household(person(name, 1980))))
    assert only(session).people[0].name.full == "Коваленко Олена Іванівна"


def test_a_blank_wipes_nothing_and_news_complete(session: Session) -> None:
    bring(session, people_list(household(HEAD, phone="0501112233", note="вагаються")))
    other = person("Коваленко Олена Іванівна", None, Need.WHEELCHAIR)
    report = bring(session, people_list(household(other, CHILD, phone="0679998877")))
    one = only(session)
    assert [contact.e164 for contact in one.contacts] == ["+380501112233", "+380679998877"]
    assert one.note == "вагаються" and one.people[0].needs == {Need.WHEELCHAIR}
    assert [status for _row, status in report.entries[0].rows] == [RowStatus.UPDATED, RowStatus.ADDED]
    assert (report.rows_updated, report.rows_added, report.added.people, report.added.children) == (1, 1, 1, 1)


def test_a_changed_note_changes_the_decision_and_keeps_the_history(session: Session) -> None:
    bring(session, people_list(household(HEAD, note="вагаються", decision=Decision.UNDECIDED)))
    bring(session, people_list(household(HEAD, note="речі зібрані", decision=Decision.PACKED)))
    card = household_card(session, only(session).id)
    assert (card.household.decision, card.household.note) == (Decision.PACKED, "речі зібрані")
    assert [entry.kind for entry in card.decisions] == ["packed", "undecided"]


def test_a_word_that_a_list_only_repeats_does_not_undo_what_a_person_decided(session: Session) -> None:
    refuses = household(HEAD, note="відмова", decision=Decision.REFUSED)
    bring(session, people_list(refuses))
    decisions.decide(session, only(session).id, Decision.PACKED)
    report = bring(session, people_list(refuses, household(person("Гук Семен Юхимович"), house="14")))
    assert all_households(session)[0].decision is Decision.PACKED
    assert report.entries[0].status is RowStatus.UNCHANGED


def test_who_is_gone_stays_gone(session: Session) -> None:
    bring(session, people_list(household(HEAD, note="вагаються", decision=Decision.UNDECIDED)))
    decisions.record_departure(session, only(session).id, EventKind.BY_US, LIST_DAY)
    report = bring(session, people_list(household(HEAD, note="відмова", decision=Decision.REFUSED)))
    assert only(session).decision is Decision.EVACUATED
    assert "import.decision_kept" in {remark.code for remark in report.warnings}


def test_who_is_missing_stays_and_is_named(session: Session) -> None:
    second = household(person("Гук Семен Юхимович"), house="14")
    bring(session, people_list(household(HEAD, CHILD), second))
    report = bring(session, people_list(household(HEAD), household(person("Бойко Ганна Львівна"), house="3")))
    facts = {remark.code: remark.facts for remark in report.warnings}
    assert facts["import.members_gone"]["names"] == "Коваленко Марко Петрович"
    assert facts["import.household_gone"]["name"] == "Гук Семен Юхимович"
    assert [len(one.people) for one in all_households(session)] == [2, 1, 1]


def test_a_member_taken_off_by_hand_does_not_come_back(session: Session) -> None:
    bring(session, people_list(household(HEAD, CHILD)))
    households.remove_person(session, only(session).people[1].id)
    bring(session, people_list(household(HEAD, CHILD, note="дзвонити ввечері")))
    assert len(only(session).people) == 1


def test_members_of_a_count_do_not_double_named_ones(session: Session) -> None:
    count = [person("Олена"), person("", "дорослий"), person("", "дитина")]
    bring(session, requests(household(*count, phone="0501112233")))
    members = only(session).people
    draft = MemberDraft(split_name("Коваленко Марко Петрович"), birth=Birth(year=2012))
    households.edit_person(session, members[2].id, draft)
    report = bring(session, requests(household(*count, person("", "дитина"), phone="050-111-22-33", note="двоє дітей")))
    assert len(only(session).people) == 4
    assert (report.rows_updated, report.added.people, report.added.children) == (1, 1, 1)


def test_an_older_list_only_completes(session: Session) -> None:
    bring(session, people_list(household(HEAD, note="речі зібрані", decision=Decision.PACKED)))
    older = household(HEAD, phone="0501112233", note="вагаються", decision=Decision.UNDECIDED)
    report = bring(session, people_list(older, on=date(2023, 8, 7)))
    assert (only(session).decision, only(session).note) == (Decision.PACKED, "речі зібрані")
    assert only(session).contacts and "import.older_list" in {remark.code for remark in report.warnings}


def test_another_kind_of_list_is_asked_about_and_never_merged(session: Session) -> None:
    bring(session, people_list(household(HEAD, phone="0501112233")))
    report = bring(session, requests(household(person("Олена"), phone="8 050 111 22 33")))
    assert report.added.households == 1 and len(report.possible_duplicates) == 1
    with session.reading() as db:
        (pair,) = stores.pairs.all(db)
    duplicates.different(session, pair.id)
    again = bring(session, requests(household(person("Олена"), phone="8 050 111 22 33", note="передзвонити")))
    assert again.rows_updated == 1 and not again.possible_duplicates


def test_a_phone_that_makes_two_look_alike_is_asked_about(session: Session) -> None:
    guk = household(person("Гук Семен Юхимович"), house="14", phone="0631112233")
    bring(session, people_list(household(HEAD), guk))
    report = bring(session, people_list(household(HEAD, phone="0631112233"), guk))
    (entry,) = report.possible_duplicates
    assert {entry.number, entry.candidates[0].number} == {1, 2} and "phone" in entry.candidates[0].reasons


def test_a_merged_household_is_recognised_by_the_next_list_of_either_kind(session: Session) -> None:
    listed = household(HEAD, CHILD, phone="0501112233")
    asked = household(person("Олена"), person("", "дитина"), phone="0501112233")
    bring(session, people_list(listed))
    bring(session, requests(asked))
    with session.reading() as db:
        (pair,) = stores.pairs.all(db)
    duplicates.same(session, pair.id)
    for incoming in (people_list(listed), requests(asked), requests(replace(asked, note="чекають"))):
        report = bring(session, incoming)
        assert report.added.people == 0 and report.added.households == 0
    assert (len(only(session).people), only(session).note) == (2, "чекають")


def test_an_unknown_settlement_is_kept_warned_once_and_resolved_later(session: Session) -> None:
    blocks = [
        household(person(name), place="Вигадане Друге", house=str(house))
        for house, name in enumerate(("Гук А.", "Рак Б."))
    ]
    report = bring(session, people_list(*blocks))
    (warning,) = [remark for remark in report.warnings if remark.code == "import.settlement_unknown"]
    assert warning.facts["count"] == 2 and report.rows_added == 2
    assert [(one.text, one.households) for one in unresolved_settlements(session)] == [("Вигадане Друге", 2)]
    with session.reading() as db:
        place = next(row for row in stores.settlements.where(db, name="Подоли"))
    assert imports.resolve_settlement(session, "вигадане друге", place.id).value == 2
    assert {one.settlement_id for one in all_households(session)} == {place.id}
    later = bring(session, people_list(household(person("Бойко Г. Л."), place="Вигадане Друге", house="9")))
    assert not later.warnings and later.entries[0].place == "Подоли"


def test_namesakes_inside_the_raion_are_not_guessed(session: Session) -> None:
    report = bring(session, people_list(household(HEAD, place="Піщане")))
    assert {remark.code for remark in report.warnings} == {"import.settlement_ambiguous"}
    assert only(session).settlement_id is None and only(session).settlement_text == "Піщане"


def test_strict_refuses_the_whole_and_nothing_usable_is_said(session: Session) -> None:
    mixed = imports.preview_list(session, people_list(household(HEAD), rejected=["???"]))
    with pytest.raises(UserError, match=r"import\.strict"):
        imports.apply_import(session, mixed, strict=True)
    with pytest.raises(UserError, match=r"import\.nothing_usable"):
        bring(session, people_list(rejected=["???"]))
    assert not all_households(session)


@pytest.mark.parametrize("calls", range(6))
def test_cancel_leaves_the_register_as_it_was(session: Session, calls: int) -> None:
    preview = imports.preview_list(session, people_list(household(HEAD), household(CHILD, house="2")))
    heard: list[float] = []

    def stop(part: float, _label: str) -> bool:
        heard.append(part)
        return len(heard) <= calls

    with pytest.raises(Cancelled):
        imports.apply_import(session, preview, stop)
    assert not all_households(session) and "import" not in actions(session)
    assert heard == sorted(heard)


def test_a_register_that_changed_since_the_preview_is_compared_anew(session: Session) -> None:
    first, second = (people_list(household(HEAD, CHILD)) for _ in range(2))
    preview = imports.preview_list(session, second)
    bring(session, first)
    before = actions(session)
    report = imports.apply_import(session, preview).value
    assert report.rows_unchanged == 2 and len(all_households(session)) == 1
    assert actions(session) == before


def test_a_safety_copy_comes_first_and_one_undo_takes_the_import_back(session: Session) -> None:
    report = bring(session, people_list(household(HEAD, CHILD, phone="0501112233")))
    copies = (session.folder / "backups").glob("*.register")
    assert [copy.name.split("-", 3)[3] for copy in copies] == ["before-import.register"]
    (past,) = past_imports(session)
    assert past.action_id == report.action_id and past.totals["people"] == 2
    history.undo_action(session, report.action_id)
    assert not all_households(session) and not past_imports(session)


def test_each_row_keeps_where_it_came_from(session: Session) -> None:
    report = bring(session, people_list(household(HEAD, CHILD), skipped=1))
    with session.reading() as db:
        lines = stores.batch_lines.where(db, batch_id=report.batch_id)
    assert [(line.sheet, line.line, line.status) for line in lines] == [
        ("Аркуш", 6, "added"), ("Аркуш", 7, "added"), ("Аркуш", 8, "skipped")
    ]  # fmt: skip
    assert "Марко" in lines[1].raw and lines[0].household_id == only(session).id


def test_a_workbook_goes_all_the_way(session: Session, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Ківшарівка"
    for line in (
        ["станом на 14.08.2023"],
        ["№", "ПІБ", "Дата народження", "Адреса", "Телефон", "Примітка"],
        [1, "КОВАЛЕНКО ОЛЕНА ІВАНІВНА", date(1980, 5, 1), "вул. Садова, 12", 380501112233, "речі зібрані, готові"],
        [2, "Коваленко Марко Петрович", 2012, None, None, None],
        ["", "Всього: 2 особи"],
    ):
        sheet.append(line)
    path = tmp_path / "list.xlsx"
    book.save(path)
    heard: list[float] = []
    preview = imports.preview_import(session, path, progress=lambda part, _label: heard.append(part) is None)
    report = imports.apply_import(session, preview).value
    assert (report.rows_read, report.rows_added, report.rows_skipped) == (3, 2, 1)
    assert (report.added.households, report.added.children) == (1, 1) and heard == sorted(heard)
    assert only(session).decision is Decision.PACKED and only(session).people[0].name.surname == "Коваленко"
    assert imports.preview_import(session, path).same_file
