"""Confirmations, refusal records, passenger lists, the wall, and the log of copies: by the rules of DOMAIN."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coordinator.domain.decision import Decision, Said
from coordinator.domain.events import EventKind
from coordinator.domain.fleet import OrderKind, ZoneOrder
from coordinator.domain.papers import CopyEnd
from coordinator.domain.person import Need
from coordinator.domain.trip import StopResult
from coordinator.errors import UserError
from coordinator.queries.confirmations import Standing, check_confirmation, confirmations_of
from coordinator.queries.day_papers import checkpoint_paper, wall_paper
from coordinator.queries.papers import call_list
from coordinator.queries.print_log import print_log
from coordinator.queries.refusals import refusal_paper
from coordinator.services import decisions, fleet, history
from coordinator.services.confirmations import issue_confirmation, withdraw_confirmation
from coordinator.services.decisions import record_departure
from coordinator.services.duplicates import same
from coordinator.services.paper_copies import end_copies
from coordinator.services.papers import issue_pickup_lists, log_print
from coordinator.session import Session
from db import stores
from tests.builders import (
    DAY,
    add_household,
    add_pair,
    add_vehicle,
    decide,
    on_trip,
    record,
    settlement_id,
)


def refusal(work: object, *given: object) -> str:
    with pytest.raises(UserError) as caught:
        work(*given)  # type: ignore[operator]
    return caught.value.code


class TestConfirmations:
    def test_only_those_whom_we_evacuated_and_a_number_that_can_be_checked(self, centre: Session) -> None:
        family = add_household(centre, people=3, children=1)
        assert refusal(issue_confirmation, centre, family) == "confirmation.nobody"
        decide(centre, family, Decision.LEFT_THEMSELVES)
        assert refusal(issue_confirmation, centre, family) == "confirmation.nobody"
        other = add_household(centre, "Гай", people=2)
        record_departure(centre, other, EventKind.BY_US, DAY)

        paper = issue_confirmation(centre, other).value

        assert [(one.name, one.on) for one in paper.people] == [("Гай Олена", DAY), ("Гай Марко", DAY)]
        shown = f" {paper.code[:4].lower()}-{paper.code[4:]} "
        found = check_confirmation(centre, paper.number, shown)
        assert found.standing is Standing.VALID and found.line is not None and found.line.paper == paper
        cyrillic = paper.code.translate(str.maketrans("ABCEHKMPTXY", "АВСЕНКМРТХУ"))
        assert check_confirmation(centre, paper.number, cyrillic).standing is Standing.VALID
        assert check_confirmation(centre, paper.number, "AAAA-AAAA").line is None
        assert check_confirmation(centre, paper.number, "AAAA-AAAA").standing is Standing.FORGED
        assert check_confirmation(centre, 99, paper.code).standing is Standing.UNKNOWN

    def test_a_new_version_replaces_and_a_withdrawn_one_says_why(self, centre: Session) -> None:
        family = add_household(centre)
        record_departure(centre, family, EventKind.BY_US, DAY)
        first, second = (issue_confirmation(centre, family).value for _time in range(2))
        assert (second.version, second.replaces, second.number) == (2, first.number, first.number + 1)
        assert check_confirmation(centre, first.number, first.code).standing is Standing.REPLACED

        newest, oldest = confirmations_of(centre, family)
        assert refusal(withdraw_confirmation, centre, newest.id, " ") == "confirmation.needs_reason"
        withdraw_confirmation(centre, newest.id, "помилка в прізвищі")
        assert refusal(withdraw_confirmation, centre, oldest.id, "ще раз") == "confirmation.ended"

        found = check_confirmation(centre, second.number, second.code)
        assert found.standing is Standing.WITHDRAWN and found.line is not None
        assert found.line.reason == "помилка в прізвищі"
        history.undo(centre)
        assert check_confirmation(centre, second.number, second.code).standing is Standing.VALID
        third = issue_confirmation(centre, family).value
        assert (third.version, third.replaces) == (3, second.number)

    def test_it_is_found_under_the_record_that_the_household_was_merged_into(self, centre: Session) -> None:
        kept, gone = add_household(centre), add_household(centre)
        record_departure(centre, gone, EventKind.BY_US, DAY)
        paper = issue_confirmation(centre, gone).value
        same(centre, add_pair(centre, kept, gone))
        (line,) = confirmations_of(centre, kept)
        assert line.paper.number == paper.number


class TestRefusals:
    @staticmethod
    def order(session: Session, kind: OrderKind) -> None:
        place = settlement_id(session, "Подоли") or ""
        today = session.today()
        fleet.save_zone_order(session, ZoneOrder(None, place, "Подоли", kind, today - timedelta(days=2), None, "№ 1"))

    def test_adults_sign_with_the_reason_and_the_children_who_stay(self, centre: Session) -> None:
        family = add_household(centre, people=3, children=1)
        assert refusal(refusal_paper, centre, family) == "refusal.nobody"
        decide(centre, family, Decision.REFUSED)
        assert refusal(refusal_paper, centre, family) == "refusal.no_order"
        self.order(centre, OrderKind.MANDATORY)

        paper = refusal_paper(centre, family)

        assert [adult.name for adult in paper.adults] == ["Коваль Олена", "Коваль Марко"]
        assert paper.children == (("Коваль Софія", DAY.year - 10),)
        assert (paper.ordered_on, paper.order_source) == (centre.today() - timedelta(days=2), "№ 1")

    def test_never_for_a_child_under_a_forced_order(self, centre: Session) -> None:
        family, alone, child = (
            add_household(centre, people=2, children=1), add_household(centre, people=1),
            add_household(centre, people=1, children=1),
        )  # fmt: skip
        self.order(centre, OrderKind.FORCED)
        decide(centre, alone, Decision.REFUSED)
        for one in (child, family):
            kept_at_home(centre, one)
        assert refusal(refusal_paper, centre, family) == "refusal.children_forced"
        assert refusal(refusal_paper, centre, child) == "refusal.nobody"
        assert len(refusal_paper(centre, alone).adults) == 1


def kept_at_home(session: Session, household_id: str) -> None:
    """A refusal that keeps children, which is recorded with a reason only."""
    decisions.record_decision(session, household_id, Said(Decision.REFUSED), despite="мати не віддає")


def test_a_checkpoint_gets_those_on_board_and_no_more(centre: Session) -> None:
    stays, goes, open_yet = (add_household(centre, name, people=2) for name in ("Гай", "Коваль", "Мороз"))
    on_trip(centre, add_vehicle(centre), stays, goes, open_yet)
    record(centre, stays, StopResult.NOT_HOME)
    record(centre, goes, StopResult.BOARDED)

    (paper,) = checkpoint_paper(centre, DAY).lists

    assert [one.name for one in paper.passengers] == ["Коваль Олена", "Коваль Марко", "Мороз Олена", "Мороз Марко"]
    assert {(one.born, one.start) for one in paper.passengers} == {(DAY.year - 40, "Подоли")}
    assert paper.to == "Транзитний центр"


def test_the_wall_names_nobody(centre: Session) -> None:
    family = add_household(centre, people=3, children=1, phone="050 123 45 67", needs=(Need.WHEELCHAIR,))
    waiting = add_household(centre, "Гай")
    on_trip(centre, add_vehicle(centre, wheelchair=1), family)

    paper = wall_paper(centre, DAY)

    (trip,) = paper.trips
    assert (trip.settlements, trip.stops, trip.people, trip.children) == (("Подоли",), 1, 3, 1)
    assert trip.places.wheelchair == 1 and paper.waiting == (1, 2)
    said = repr(paper)
    assert all(word not in said for word in ("Коваль", "Гай", "050", "Садова", "Водій")) and waiting


def test_copies_come_back_one_by_one(centre: Session) -> None:
    on_trip(centre, add_vehicle(centre), add_household(centre))
    issue_pickup_lists(centre, DAY, target="printer", copies=("", "міст"))
    issue_pickup_lists(centre, DAY)
    log_print(centre, "call-list", call_list(centre, DAY), day=DAY)
    assert [(one.kind, one.copy, one.to) for one in print_log(centre, DAY)] == [
        ("call-list", 1, ""), ("pickup-list", 3, ""), ("pickup-list", 1, ""), ("pickup-list", 2, "міст"),
    ]  # fmt: skip
    *_others, first, second = print_log(centre, DAY)

    assert end_copies(centre, [(second.printed_id, 2)], CopyEnd.DESTROYED).value == 1
    assert [one.copy for one in print_log(centre, DAY, only_out=True) if one.list] == [3, 1]
    assert refusal(end_copies, centre, [(first.printed_id, 3)], CopyEnd.RETURNED) == "print.copy_gone"
    end_copies(centre, [(first.printed_id, 1)], CopyEnd.RETURNED)
    with centre.reading() as db:
        row = stores.printed.get(db, first.printed_id)
    assert row is not None and row.returned_at is not None
    history.undo(centre)
    assert sum(one.out for one in print_log(centre, DAY)) == 3
