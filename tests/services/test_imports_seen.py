"""Between the preview of a list and its import somebody else writes: nothing is replaced that nobody has seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from coordinator.domain.decision import Decision, Said
from coordinator.errors import UserError
from coordinator.exchange.incoming import IncomingHousehold
from coordinator.exchange.report import RowStatus
from coordinator.services import decisions, imports
from coordinator.services.import_seen import look_again
from coordinator.session import Session
from db import stores
from db.rows import HouseholdRow
from tests.exchange.told import state, told
from tests.services.lists import household, person, requests

OLENA = "Коваленко Олена Іванівна"


def asked(wish: str = "", note: str = "думають", decision: Decision = Decision.UNDECIDED) -> IncomingHousehold:
    return replace(
        household(person(OLENA, 1980), phone="0501112233", note=note, decision=decision), destination_wish=wish
    )


def known(session: Session, one: IncomingHousehold) -> str:
    """The household that last week's list of requests brought."""
    week_ago = session.today() - timedelta(days=7)
    imports.apply_import(session, imports.preview_list(session, requests(one, on=week_ago)))
    return row_of(session).id


def row_of(session: Session) -> HouseholdRow:
    with session.reading() as db:
        (row,) = stores.households.all(db)
    return row


def wish(session: Session, text: str) -> None:
    with session.act("edit_household") as act:
        stores.households.change(act.db, row_of(session).id, destination_wish=text)


def test_a_word_given_since_the_preview_is_not_replaced_by_the_list(session: Session) -> None:
    family = known(session, asked())
    refuses = asked(note="відмова", decision=Decision.REFUSED)
    preview = imports.preview_list(session, requests(refuses, on=session.today()))
    decisions.record_decision(session, family, Said(Decision.WANTS_PICKUP, wants_on=session.today()))
    before = state(session)
    with pytest.raises(UserError) as refused:
        imports.apply_import(session, preview)
    assert "Nothing was imported" in told(refused.value) and f"1, {OLENA}" in told(refused.value)
    assert state(session) == before and row_of(session).decision == Decision.WANTS_PICKUP
    anew, _choices = look_again(session, preview, {})
    imports.apply_import(session, anew)
    assert row_of(session).decision == Decision.REFUSED


def test_a_choice_between_two_values_holds_for_these_two_only(session: Session) -> None:
    known(session, asked("Дніпро"))
    wish(session, "Полтава")
    preview = imports.preview_list(session, requests(asked("Львів"), on=session.today()))
    (kept,) = preview.report.entries[0].kept
    theirs = {kept.choice("Аркуш"): True}
    wish(session, "лікарня, Харків")
    with pytest.raises(UserError, match=r"import\.changed_since"):
        imports.apply_import(session, preview, choices=theirs)
    anew, choices = look_again(session, preview, theirs)
    assert choices == {} and [one.old for one in anew.report.entries[0].kept] == ["лікарня, Харків"]
    imports.apply_import(session, anew, choices=choices)
    assert row_of(session).destination_wish == "лікарня, Харків"


def test_what_the_list_leaves_alone_or_adds_to_may_change_meanwhile(session: Session) -> None:
    known(session, asked())
    preview = imports.preview_list(session, requests(asked(note="зібрали речі"), on=session.today()))
    with session.act("edit_household") as act:
        stores.households.change(act.db, row_of(session).id, note="думають; злий пес", luggage=4)
    report = imports.apply_import(session, preview).value
    assert report.entries[0].status is RowStatus.UPDATED
    assert (row_of(session).note, row_of(session).luggage) == ("зібрали речі; злий пес", 4)
