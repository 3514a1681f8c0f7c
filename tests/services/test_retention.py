"""Removing personal data after delivery: what goes, what stays, and that no count moves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordinator.domain.decision import Decision, Said
from coordinator.domain.events import EventKind
from coordinator.domain.household import Address
from coordinator.domain.person import AgeGroup, Birth, Need, PersonName, Relation, Sex, age_on
from coordinator.domain.phones import parse_phones
from coordinator.domain.published import Published, Told
from coordinator.domain.retention import age_alone
from coordinator.domain.roles import Role
from coordinator.domain.shelling import Incident
from coordinator.errors import Cancelled, UserError
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.keeping import ToKeep
from coordinator.queries.counts import dashboard, events_of
from coordinator.queries.household import household_card
from coordinator.queries.published import all_published
from coordinator.queries.registry_filter import RegistryFilter, one_of
from coordinator.queries.retention import is_pending, preview
from coordinator.queries.saved_views import Look
from coordinator.queries.saved_views import saved_views as saved_views_of
from coordinator.queries.senders import meaning_lines
from coordinator.queries.summary import daily_summary
from coordinator.records import contact_rows
from coordinator.register import Access, create_register, open_register
from coordinator.services import backups, history, households, old_copies, retention, saved_views
from coordinator.services.decisions import decide, record_decision, record_departure
from coordinator.services.duplicates import same
from coordinator.services.incidents import record_incident, withdraw_incident
from coordinator.services.published import remove_published, save_published
from coordinator.services.reports import freeze_report
from coordinator.services.restore import restore_closed
from coordinator.services.senders import Meaning, give_meanings, keep_reading
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.session import Session, change_setting
from coordinator.settings import SECOND_PLACE
from db import connection, import_queries, stores
from db.ids import new_id
from db.rows import BatchLineRow, BatchRow, CrewWordRow, DraftRow, StopRow, TripRow
from tests import builders
from tests.conftest import PASSPHRASE
from tests.decrypted import decrypted

LEFT_ON = date(2023, 8, 15)
NOW = datetime(2023, 10, 20, 9, tzinfo=UTC)
TERM = 30
SECRET = (
    "Немирович", "Горпина", "Калістратівна", "Перепелятник", "вул. Джерельна", "Джерельна", "біля криниці",
    "0671234509", "671234509", "+380671234509", "інсулін на льоду", "паспорт КА 555", "кобила Зірка",
    "до сестри в Лозову", "14.02.1951", "1951-02-14", "опікунка", "не чує дзвінка", "ключ у сусідки",
)  # fmt: skip


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Session]:
    with create_register(tmp_path / "centre", PASSPHRASE, clock=lambda: NOW) as opened:
        builders.add_settlement(opened, "Подоли")
        yield opened


def family(session: Session, surname: str = "Немирович") -> str:
    """A household that says all that a household can say."""
    head = MemberDraft(
        PersonName(surname, "Горпина", "Калістратівна"), Sex.FEMALE,
        Birth(on=date(1951, 2, 14), raw="14.02.1951"), Relation.HEAD, frozenset({Need.WHEELCHAIR, Need.COLD_MEDICINE}),
        needs_raw="інсулін на льоду", documents="паспорт КА 555", note="не чує дзвінка",
    )  # fmt: skip
    child = MemberDraft(PersonName("Перепелятник", "Горпина"), birth=Birth(year=2012), relation=Relation.GRANDCHILD)
    draft = HouseholdDraft(
        settlement_id=builders.settlement_id(session, "Подоли"), settlement_text="вул. Джерельна, Подоли",
        address=Address("вул. Джерельна", "7", "3", "Джерельна 7", "біля криниці"), people=(head, child),
        contacts=parse_phones("067 123 45 09 (опікунка)"), decision=Decision.PACKED, pets="кобила Зірка",
        luggage=4, destination_wish="до сестри в Лозову", note="ключ у сусідки",
    )  # fmt: skip
    return households.add_household(session, draft).value


def gone(session: Session, household_id: str, on: date = LEFT_ON) -> None:
    record_departure(session, household_id, EventKind.BY_US, on)


def remove(session: Session, *, days: int = TERM, names: bool = True) -> retention.Removed:
    retention.set_term(session, days, names)
    return retention.anonymise(session, preview(session).ids).value


def refusal(session: Session, *household_ids: str) -> str:
    with pytest.raises(UserError) as caught:
        retention.anonymise(session, household_ids)
    return caught.value.code


def found_in_file(session: Session) -> list[str]:
    content = decrypted(session.folder, session.keyring.key)
    return [text for text in SECRET if text.encode() in content or text.casefold().encode() in content]


def leave_traces(session: Session, household_id: str) -> None:
    """Old values in the journal, in removed members, in a list, in a half-typed form, on a call."""
    first, _second = builders.person_ids(session, household_id)
    households.edit_household(session, household_id, note="ключ у сусідки зліва")
    households.set_address(session, household_id, Address("вул. Джерельна", "9", landmark="біля криниці"))
    added = households.add_person(session, household_id, MemberDraft(PersonName("Немирович", "Хвеська"))).value
    households.remove_person(session, added)
    households.set_contacts(session, household_id, parse_phones("0671234509 (опікунка), 0671234509"))
    unsaid = Said(Decision.REFUSED, reason="ключ у сусідки", note="не чує дзвінка", would_change="кобила Зірка")
    record_decision(session, household_id, unsaid, members={first: replace(unsaid, reason="біля криниці")})
    place = builders.settlement_id(session, "Подоли")
    shelling = Incident(None, str(place), "вул. Миру", NOW, note="Немирович сама, ключ 067 123-45-09")
    withdraw_incident(session, record_incident(session, shelling).value)
    record_incident(session, shelling)
    told = Published(None, LEFT_ON, "Куп'янська РВА", {Told.DAY_PEOPLE: 7}, note="Немирович казала: 067 123 45 09")
    save_published(session, replace(told, id=save_published(session, told).value, note="ще Перепелятник"))
    remove_published(session, save_published(session, replace(told, source="РВА, Немирович")).value)
    save_published(session, replace(told, source="ОВА (Перепелятник)", note=""))
    freeze_report(session, LEFT_ON, "РВА, Немирович 0671234509")
    vehicle = builders.add_vehicle(session)
    with session.act("trip") as act:
        trip = TripRow(new_id(), LEFT_ON, 1, vehicle, status="arrived", crew="опікунка, 0671234509")
        stores.trips.add(act.db, [trip])
        stores.stops.add(act.db, [StopRow(new_id(), trip.id, LEFT_ON, 1, household_id, 540, 550, "boarded")])
        words = [CrewWordRow(new_id(), trip.id, "word", NOW, note="Немирович, ключ у сусідки") for _twice in range(2)]
        stores.crew_words.add(act.db, words)
    with session.act("undo") as act:
        stores.crew_words.remove(act.db, [words[0].id])
        stores.trips.change(act.db, trip.id, crew="опікунка")
    give_meanings(session, [Meaning("needs", "Немирович лежить", "stretcher"), Meaning("needs", "кат. А", "escort")])
    wrong_row = ((0, "1"), (1, "Немирович Горпина"))
    kept = ToKeep(ListKind.PEOPLE, "1|немирович горпина", wrong_row, {"немирович горпина": "full_name"}, {})
    keep_reading(session, "Подолівська громада", [kept])
    wanted = Look("067 123 45 09", RegistryFilter({"head": one_of("Немирович Горпина Калістратівна")}))
    view = saved_views.save_view(session, "Перепелятник", wanted).value
    saved_views.rename_view(session, view, "Немирович")
    with session.act("import", file="list.xlsx", remark="сусідка:\nНемирович") as act:
        batch = BatchRow(new_id(), "list.xlsx", "00", "people", LEFT_ON, NOW, "")
        stores.batches.add(act.db, [batch])
        lines = [("added", household_id), ("rejected", None)]
        stores.batch_lines.add(
            act.db,
            [
                BatchLineRow(new_id(), batch.id, "1", at, status, of, '["Немирович", "067 123-45-09"]')
                for at, (status, of) in enumerate(lines)
            ],
        )
        stores.drafts.add(act.db, [DraftRow(new_id(), "", "call", {"of": first, "note": "ключ у сусідки"}, NOW)])


def test_what_was_removed_is_on_no_page_of_the_file(centre: Session) -> None:
    household = family(centre)
    leave_traces(centre, household)
    gone(centre, household)
    assert set(found_in_file(centre)) >= {"Немирович", "ключ у сусідки", "інсулін на льоду"}
    assert remove(centre) == retention.Removed(1, 2, overwritten=True)
    assert found_in_file(centre) == []
    assert [line.said for line in meaning_lines(centre)] == ["кат а"]
    with centre.reading() as db:
        assert {one.source: (one.figures, one.note) for one in all_published(db)} == {
            "Куп'янська РВА": ({Told.DAY_PEOPLE: 7}, ""), "ОВА": ({Told.DAY_PEOPLE: 7}, ""),
        }  # fmt: skip
        (report,) = stores.reports.all(db)
        assert report.sent_to == "" and report.content
    card = household_card(centre, household)
    assert [person.name.full for person in card.household.people] == ["", ""]
    assert card.household.contacts == () and card.household.address == Address()
    assert card.settlement == "Подоли"
    assert card.history[0].label == "anonymise"
    (view,) = saved_views_of(centre)
    assert view.look.search == "" and view.look.filter.columns["head"].only == frozenset({""})


def test_the_place_in_the_journal_never_comes_twice(centre: Session) -> None:
    household = family(centre)
    gone(centre, household)
    retention.set_term(centre, TERM, names=True)
    with centre.act("edit_household") as act:
        phones = parse_phones("0671234501, 0671234502, 0671234503, 0671234504, 0671234505, 0671234506")
        stores.contacts.add(act.db, contact_rows(household, phones))
    with centre.reading() as db:
        before = import_queries.journal_mark(db)
    remove(centre)
    with centre.reading() as db:
        assert import_queries.journal_mark(db) > before


def test_the_event_stays_in_every_count(centre: Session) -> None:
    household = family(centre)
    gone(centre, household)
    before = figures(centre)
    remove(centre)
    assert figures(centre) == before
    (line,) = daily_summary(centre, LEFT_ON)
    assert (line.people, line.women, line.children, line.seniors, line.disabled) == (2, 1, 1, 1, 1)
    assert line.settlement == "Подоли"


def figures(session: Session) -> object:
    """All that is counted, on the days around, as one value."""
    days = [LEFT_ON + timedelta(days=n) for n in (-1, 0, 1, 9, 400, 1500)]
    with session.reading() as db:
        events = sorted(map(repr, events_of(db)))
    boards = [replace(dashboard(session, day), as_of=NOW) for day in days]
    return events, boards, [[asdict(line) for line in daily_summary(session, day)] for day in days]


def test_who_is_there_came_back_or_left_lately_is_not_touched(centre: Session) -> None:
    waiting, returned, lately, part = (family(centre, f"Немирович{n}") for n in range(4))
    gone(centre, returned)
    decide(centre, returned, Decision.RETURNED, on=LEFT_ON + timedelta(days=2))
    gone(centre, lately, NOW.date() - timedelta(days=TERM - 1))
    gone(centre, part)
    households.add_person(centre, part, MemberDraft(PersonName("Немирович", "Хвеська")))
    retention.set_term(centre, TERM, True)
    assert preview(centre).households == ()
    assert refusal(centre, waiting, returned, lately, part) == "retention.nothing"
    assert household_card(centre, waiting).household.contacts


def test_the_preview_says_who_and_until_when(centre: Session) -> None:
    household = family(centre)
    gone(centre, household)
    assert preview(centre).households == () and preview(centre).term == 0
    assert refusal(centre, household) == "retention.never"
    retention.set_term(centre, TERM, True)
    shown = preview(centre)
    assert shown.until == NOW.date() - timedelta(days=TERM)
    (one,) = shown.households
    assert (one.people, one.settlement, one.delivered_on) == (2, "Подоли", LEFT_ON)
    remove(centre)
    assert preview(centre).households == ()


def test_names_can_stay_while_the_rest_goes(centre: Session) -> None:
    household = family(centre)
    gone(centre, household)
    remove(centre, names=False)
    card = household_card(centre, household).household
    assert card.people[0].name.full == "Немирович Горпина Калістратівна"
    assert card.people[0].birth.on == date(1951, 2, 14)
    assert "вул. Джерельна" not in found_in_file(centre) and "Немирович" in found_in_file(centre)
    retention.set_term(centre, TERM, True)
    assert len(preview(centre).households) == 1
    remove(centre)
    assert found_in_file(centre) == []


def test_what_was_merged_into_a_household_goes_with_it(centre: Session) -> None:
    older, newer = family(centre), family(centre)
    pair = builders.add_pair(centre, older, newer)
    same(centre, pair)
    gone(centre, older)
    remove(centre)
    assert found_in_file(centre) == []


def test_undo_of_older_work_brings_nothing_back(centre: Session) -> None:
    household = family(centre)
    leave_traces(centre, household)
    gone(centre, household)
    remove(centre)
    target = history.next_undo(centre)
    assert target is None or target.label not in ("anonymise", "overwrite")
    for _again in range(12):
        try:
            history.undo(centre)
        except UserError as refused:
            assert refused.code in ("undo.nothing", "undo.clash")
            break
    assert found_in_file(centre) == []


def test_an_open_reader_is_told_and_the_rest_is_done_later(impatient: None, centre: Session) -> None:
    gone(centre, family(centre))
    other = connection.open_existing(centre.folder / "register.db", centre.keyring.key, read_only=True)
    try:
        with other.one_moment():
            other.rows("SELECT count(*) FROM household")
            other.execute_sql("PRAGMA busy_timeout = 100")
            assert not remove(centre).overwritten
            with centre.reading() as db:
                assert is_pending(db)
            assert preview(centre).pending
    finally:
        other.close()
    assert retention.finish(centre)
    assert not preview(centre).pending
    assert found_in_file(centre) == []


def test_stopped_before_it_is_done_nothing_is_removed(centre: Session) -> None:
    household = family(centre)
    gone(centre, household)
    retention.set_term(centre, TERM, True)
    before = household_card(centre, household).household
    with pytest.raises(Cancelled):
        retention.anonymise(centre, [household], lambda part, _what: part < 0.8)
    assert household_card(centre, household).household == before
    assert not preview(centre).pending


def test_only_a_coordinator_may(centre: Session) -> None:
    household = family(centre)
    gone(centre, household)
    retention.set_term(centre, TERM, True)
    centre.who = replace(centre.who, role=Role.OPERATOR)
    assert refusal(centre, household) == "role.refused"
    with pytest.raises(UserError, match=r"role\.refused"):
        retention.set_term(centre, 1, True)
    assert household_card(centre, household).household.contacts


def test_old_copies_are_named_and_go_once_a_new_one_is_there(centre: Session, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    change_setting(centre, SECOND_PLACE, str(stick))
    gone(centre, family(centre))
    for why, into in (("one", None), ("two", None), ("three", stick)):
        centre.safe_copy(why, into)
    remove(centre)
    before = old_copies.old_copies(centre)
    assert sorted(copy.elsewhere for copy in before) == [False, False, True]
    assert old_copies.let_go(centre) == old_copies.LetGo(3)
    after = old_copies.old_copies(centre)
    assert sorted(copy.elsewhere for copy in after) == [False, True]
    for copy in after:
        content = decrypted(copy.folder, centre.keyring.key)
        assert not [text for text in SECRET if text.encode() in content]


def test_a_register_copied_to_be_worked_in_is_never_let_go_and_is_told(centre: Session, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    change_setting(centre, SECOND_PLACE, str(tmp_path / "stick"))
    north = backups.make_a_copy(centre, tmp_path / "stick" / "north").value.path
    with open_register(north, PASSPHRASE, access=Access.WINDOW) as other:
        builders.add_household(other, "Лишетут")
        assert old_copies.let_go(centre).left == (north,)
    assert north.is_dir()


def test_the_files_of_a_damaged_register_are_old_copies_and_go_with_them(centre: Session) -> None:
    folder, key, owner = centre.folder, centre.keyring.key, centre.user_id
    copy = centre.safe_copy("test")
    centre.close()
    data = bytearray((folder / "register.db").read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "register.db").write_bytes(data)
    aside = restore_closed(folder, key, copy, owner=owner)
    with open_register(folder, PASSPHRASE) as session:
        assert aside in {old.folder for old in old_copies.old_copies(session)}
        old_copies.let_go(session)
    assert not aside.exists()


def test_the_history_says_of_each_half_of_the_term_that_it_changed(centre: Session) -> None:
    retention.set_term(centre, 30, False)
    retention.set_term(centre, 30, True)
    with centre.reading() as db:
        rows = db.rows("SELECT facts FROM action WHERE label = 'change_setting' ORDER BY rowid DESC LIMIT 3")
    keys = [json.loads(facts)["key"] for (facts,) in rows]
    assert keys == ["retention.names", "retention.names", "retention.days"]


days_of_birth = st.dates(date(1920, 1, 1), date(2023, 8, 14))
births = st.one_of(
    st.builds(Birth, on=days_of_birth),
    st.builds(Birth, year=st.integers(1920, 2024)),
    st.builds(Birth, age=st.integers(0, 100), age_on=st.dates(date(2023, 1, 1), date(2023, 8, 15))),
    st.builds(Birth, stated_child=st.booleans()),
    st.just(Birth()),
)
event_days = st.lists(st.dates(date(2022, 3, 1), date(2031, 1, 1)), min_size=1, max_size=5)


@given(births, event_days)
def test_the_age_alone_puts_a_person_into_the_same_group_on_each_day(birth: Birth, days: list[date]) -> None:
    after = age_alone(birth, days)
    assert after.on is None and after.year is None
    groups = [(age_on(birth, day).group, age_on(after, day).group) for day in days]
    assert all(old is new for old, new in groups), groups
    if any(old is not AgeGroup.UNKNOWN for old, _new in groups):
        assert (after.age, after.stated_child) != (None, None)


members = st.builds(
    MemberDraft,
    name=st.just(PersonName("Немирович", "Горпина")),
    sex=st.sampled_from(Sex),
    birth=births,
    needs=st.frozensets(st.sampled_from(Need), max_size=3),
)
moves = st.lists(st.tuples(st.sampled_from(("us", "other", "alone", "back")), st.integers(0, 60)), max_size=3)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.lists(members, min_size=1, max_size=3), moves), min_size=1, max_size=5), st.booleans())
def test_no_count_moves_whoever_was_in_the_register(
    tmp_path_factory: pytest.TempPathFactory,
    everybody: list[tuple[list[MemberDraft], list[tuple[str, int]]]],
    names: bool,
) -> None:
    folder = tmp_path_factory.mktemp("counted") / "centre"
    with create_register(folder, PASSPHRASE, clock=lambda: NOW) as session:
        places = [builders.add_settlement(session, "Подоли"), None]
        for number, (people, done) in enumerate(everybody):
            draft = HouseholdDraft(places[number % 2], "Хутір", people=tuple(people))
            household = households.add_household(session, draft).value
            for what, day in sorted(done, key=lambda move: move[1]):
                _move(session, household, what, LEFT_ON + timedelta(days=day))
        before = figures(session)
        retention.set_term(session, 5, names)
        if preview(session).households:
            retention.anonymise(session, preview(session).ids)
        assert figures(session) == before
        assert preview(session).households == ()


def _move(session: Session, household: str, what: str, on: date) -> None:
    try:
        if what == "back":
            decide(session, household, Decision.RETURNED, on=on)
        elif what == "alone":
            decide(session, household, Decision.LEFT_THEMSELVES, on=on)
        else:
            kind = EventKind.BY_US if what == "us" else EventKind.OTHER_ORGANISATION
            record_departure(session, household, kind, on, "ДСНС")
    except UserError:
        return
