"""Talks and their next try, whom to call in which order, numbers that are wrong, and requests that come twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coordinator.domain.decision import Decision, Said
from coordinator.domain.outreach import Channel, Pauses, Result, next_try
from coordinator.domain.shelling import Incident
from coordinator.errors import UserError
from coordinator.queries.calls import call_card, call_queue, overdue
from coordinator.register import create_register
from coordinator.services.attempts import Talk, add_number, record_talk
from coordinator.services.history import undo
from coordinator.services.incidents import record_incident
from coordinator.services.requests import Request, record_request
from coordinator.session import Session
from tests.builders import DAY, add_household, add_settlement, decide, decision_of, settlement_id
from tests.conftest import PASSPHRASE

NOON = datetime(2023, 8, 15, 9, 0, tzinfo=UTC)
PHONE, OTHER = "+380507000001", "+380507000002"


class Clock:
    now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def centre(tmp_path: Path, clock: Clock):  # type: ignore[no-untyped-def]
    with create_register(tmp_path / "centre", PASSPHRASE, user="Олена", clock=clock) as session:
        add_settlement(session, "Подоли")
        yield session


def call(result: Result, **more: object) -> Talk:
    return Talk(Channel.CALL, result, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("result", "after", "by"),
    [
        (Result.NO_ANSWER, timedelta(hours=4), ""),
        (Result.NOT_IN_REACH, timedelta(hours=4), ""),
        (Result.LEFT_WORD, timedelta(hours=24), ""),
        (Result.REFUSED, timedelta(days=3), ""),
        (Result.TALKED, timedelta(days=2), ""),
        (Result.WRONG_NUMBER, timedelta(), ""),
    ],
)
def test_each_outcome_says_when_and_by_whom_to_try_again(result: Result, after: timedelta, by: str) -> None:
    again = next_try(result, NOON, "Олена", Pauses(), decision=Decision.UNDECIDED)
    assert (again.at, again.by) == (NOON + after, by)


def test_no_rule_rings_anybody_up_at_night() -> None:
    late, morning = datetime(2023, 8, 15, 15, 30, tzinfo=UTC), datetime(2023, 8, 16, 6, 0, tzinfo=UTC)
    assert next_try(Result.NO_ANSWER, late, "", Pauses()).at == next_try(
        Result.NO_ANSWER, late + timedelta(hours=6), "", Pauses()).at == morning  # fmt: skip


def test_call_later_is_for_the_same_person_at_the_time_agreed(centre: Session) -> None:
    family, evening = add_household(centre, decision=Decision.UNDECIDED), NOON + timedelta(hours=7)
    with pytest.raises(UserError, match=r"talk\.when_missing"):
        record_talk(centre, family, call(Result.CALL_LATER))
    with pytest.raises(UserError, match=r"talk\.past"):
        record_talk(centre, family, call(Result.CALL_LATER, agreed=NOON))
    again = record_talk(centre, family, call(Result.CALL_LATER, agreed=evening, phone=PHONE)).value
    assert (again.at, again.by) == (evening, "Олена")
    card = call_card(centre, family, DAY)
    assert card.card.household.again_at == evening and card.card.household.spoke_by == "Олена"
    assert [(talk.outcome, talk.phone) for talk in card.talks] == [("call_later", PHONE)]


def test_no_call_back_is_lost_and_the_agreed_ones_come_first(centre: Session, clock: Clock) -> None:
    first, mine, others, quiet = (add_household(centre, house=str(n), decision=Decision.NOT_ASKED) for n in range(4))
    record_talk(centre, mine, call(Result.CALL_LATER, agreed=NOON + timedelta(hours=1)))
    record_talk(centre, others, call(Result.NO_ANSWER))
    assert {row.id for row in call_queue(centre, DAY, "Олена")} == {first, quiet}
    assert overdue(centre, DAY) == []
    clock.now = NOON + timedelta(hours=5)
    queue = [row.id for row in call_queue(centre, DAY, "Олена")]
    assert queue[:2] == [mine, others] and set(queue[2:]) == {first, quiet}
    assert [row.id for row in call_queue(centre, DAY, "Інша")][:2] == [others, mine]
    clock.now = NOON + timedelta(days=200)
    assert [row.id for row in overdue(centre, clock.now.date())] == [mine, others], "however old"


def test_consent_on_the_phone_is_one_action_and_leaves_nothing_to_ask(centre: Session) -> None:
    family = add_household(centre, decision=Decision.NOT_ASKED)
    again = record_talk(centre, family, call(Result.TALKED, said=Said(Decision.PACKED))).value
    assert again.at is None and decision_of(centre, family) is Decision.PACKED
    undo(centre)
    card = call_card(centre, family, DAY)
    assert card.talks == () and card.card.household.decision is Decision.NOT_ASKED


def test_who_refused_rests_and_is_called_again_when_shelling_is_near(centre: Session, clock: Clock) -> None:
    family = add_household(centre, decision=Decision.UNDECIDED)
    record_talk(centre, family, call(Result.REFUSED, note="будинок не лишимо"))
    assert decision_of(centre, family) is Decision.REFUSED
    clock.now = NOON + timedelta(hours=20)
    assert call_queue(centre, DAY) == []
    place = settlement_id(centre, "Подоли")
    assert place is not None
    record_incident(centre, Incident(None, place, "Садова", clock.now - timedelta(hours=1), houses_hit=2))
    (row,) = call_queue(centre, DAY)
    assert row.id == family and row.shelled


def test_a_wrong_number_is_not_dialled_again_and_another_is_asked_for_at_once(centre: Session) -> None:
    family = add_household(centre, phone=f"{PHONE}, {OTHER}", decision=Decision.NOT_ASKED)
    assert call_card(centre, family, DAY).number.e164 == PHONE  # type: ignore[union-attr]
    record_talk(centre, family, call(Result.WRONG_NUMBER, phone=PHONE))
    assert call_card(centre, family, DAY).number.e164 == OTHER  # type: ignore[union-attr]
    record_talk(centre, family, call(Result.WRONG_NUMBER, phone=OTHER))
    assert call_card(centre, family, DAY).number is None
    assert [row.id for row in call_queue(centre, DAY)] == [family], "another number has to be found"
    with pytest.raises(UserError, match=r"phone\.unreadable"):
        add_number(centre, family, "сусідка")
    assert add_number(centre, family, "066 700 00 03 (сусідка)").value == 1
    number = call_card(centre, family, DAY).number
    assert number is not None and (number.e164, number.note) == ("+380667000003", "сусідка")


def test_only_a_call_can_reach_a_wrong_number(centre: Session) -> None:
    with pytest.raises(UserError, match=r"talk\.not_by_phone"):
        record_talk(centre, add_household(centre), Talk(Channel.VISIT, Result.WRONG_NUMBER))


def test_the_same_reference_of_an_organisation_is_one_request(centre: Session) -> None:
    family, other = add_household(centre), add_household(centre, house="2")
    ask = Request("Гаряча лінія", "А-17", "hotline", NOON - timedelta(days=2))
    assert record_request(centre, family, ask).value == 1
    with pytest.raises(UserError, match=r"request\.twice") as refused:
        record_request(centre, other, Request("гаряча лінія", "А-17"))
    assert refused.value.facts["household_id"] == family
    assert record_request(centre, other, Request("Інша", "А-17")).value == 2
    card = call_card(centre, family, DAY)
    assert [row.number for row in card.card.requests] == [1]
    assert card.card.household.requested_at == NOON - timedelta(days=2)


def test_a_try_in_vain_moves_no_call_that_was_agreed_on(centre: Session, clock: Clock) -> None:
    family, evening = add_household(centre, decision=Decision.NOT_ASKED), NOON + timedelta(hours=9)
    record_talk(centre, family, call(Result.CALL_LATER, agreed=evening))
    for result in (Result.NO_ANSWER, Result.LEFT_WORD):
        again = record_talk(centre, family, call(result)).value
        assert (again.at, again.by) == (evening, "Олена")


def test_who_has_left_is_called_back_too_and_no_word_on_the_phone_takes_the_departure_back(
    centre: Session, clock: Clock
) -> None:
    family = add_household(centre, decision=Decision.UNDECIDED)
    decide(centre, family, Decision.LEFT_THEMSELVES)
    record_talk(centre, family, call(Result.CALL_LATER, agreed=NOON + timedelta(hours=2)))
    with pytest.raises(UserError, match=r"talk\.gone_household"):
        record_talk(centre, family, call(Result.TALKED, said=Said(Decision.PACKED)))
    clock.now = NOON + timedelta(hours=3)
    assert [row.id for row in overdue(centre, DAY)] == [family]
    record_talk(centre, family, call(Result.REFUSED, note="не хочуть говорити"))
    assert decision_of(centre, family) is Decision.LEFT_THEMSELVES


def test_a_refusal_with_another_decision_is_none(centre: Session) -> None:
    with pytest.raises(UserError, match=r"talk\.decision_missing"):
        record_talk(centre, add_household(centre), call(Result.REFUSED, said=Said(Decision.UNDECIDED)))


def test_the_number_of_a_request_that_was_undone_is_not_given_again(centre: Session) -> None:
    family = add_household(centre)
    assert record_request(centre, family, Request("Гаряча лінія")).value == 1
    undo(centre)
    assert record_request(centre, family, Request("Гаряча лінія")).value == 2
