"""What holds for every list: the rows add up, a list says nothing new twice, and a statement can be read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordinator.domain.decision import Decision
from coordinator.domain.person import Birth, Need, PersonName, Relation, Sex
from coordinator.domain.phones import parse_phones
from coordinator.exchange.incoming import IncomingHousehold, IncomingList, IncomingPerson
from coordinator.exchange.report import RowStatus
from coordinator.exchange.statements import bare, from_lines, to_lines
from coordinator.services import imports
from coordinator.session import Session
from tests.services.lists import household, people_list

NAMES = st.builds(
    PersonName,
    st.sampled_from(["", "Коваленко", "Гук", "Рябоконь"]),
    st.sampled_from(["", "Олена", "О.", "Марко"]),
    st.sampled_from(["", "Іванівна", "І."]),
)
BIRTHS = st.one_of(
    st.just(Birth()),
    st.builds(Birth, on=st.dates(date(1930, 1, 1), date(2023, 8, 1))),
    st.builds(Birth, year=st.integers(1930, 2023), raw=st.sampled_from(["", "р.н."])),
    st.builds(Birth, age=st.integers(0, 99), age_on=st.just(date(2023, 8, 14))),
    st.builds(Birth, stated_child=st.booleans()),
)
PEOPLE = st.builds(
    IncomingPerson,
    st.just(0),
    NAMES,
    st.sampled_from(list(Sex)),
    BIRTHS,
    st.sampled_from(list(Relation)),
    st.frozensets(st.sampled_from(list(Need)), max_size=2),
    st.sampled_from(["", "візок"]),
)
HOUSEHOLDS = st.builds(
    lambda people, phone, **said: replace(household(*people), contacts=parse_phones(phone), **said),
    st.lists(PEOPLE, max_size=4),
    st.sampled_from(["", "0501112233", "0679998877, 0501112233 (сусід)", "не пам'ятає"]),
    settlement_text=st.sampled_from(["Ківшарівка", "Подоли", "", "Невідоме"]),
    address=st.sampled_from(
        [household(house=house).address for house in ("1", "2", "3")] + [household(street="").address]
    ),
    note=st.sampled_from(["", "вагаються", "відмова"]),
    decision=st.sampled_from([Decision.NOT_ASKED, Decision.UNDECIDED, Decision.PACKED]),
    pets=st.sampled_from(["", "кіт"]),
    part_stays=st.booleans(),
)
LISTS = st.builds(
    lambda blocks, skipped, rejected: people_list(*blocks, skipped=skipped, rejected=rejected),
    st.lists(HOUSEHOLDS, min_size=1, max_size=6),
    st.integers(0, 2),
    st.lists(st.just("???"), max_size=2),
)
on_one_register = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@on_one_register
@given(LISTS)
def test_the_rows_add_up_and_a_list_says_nothing_new_twice(session: Session, incoming: IncomingList) -> None:
    report = imports.apply_import(session, imports.preview_list(session, incoming)).value
    counted = report.rows_added + report.rows_updated + report.rows_unchanged + report.rows_skipped
    assert counted + len(report.rows_rejected) == report.rows_read
    saved_anew = replace(incoming, sha256=incoming.sha256 + " again")
    again = imports.preview_list(session, saved_anew).report
    assert {status for entry in again.entries for _row, status in entry.rows} <= {RowStatus.UNCHANGED}
    assert again.added.people == 0 and not again.writes


@settings(max_examples=80, deadline=None)
@given(HOUSEHOLDS)
def test_a_statement_is_read_back_as_it_was(said: IncomingHousehold) -> None:
    placed = people_list(said).households[0]
    read = from_lines(to_lines(placed).items())
    assert read is not None and bare(read) == bare(placed)
