"""Verbs on calls, visits and messages: what came of one, with the decision that was told and the date of the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from coordinator.domain.decision import GONE, Again, Decision, Said
from coordinator.domain.names import clean
from coordinator.domain.outreach import OF_CALLS, SPOKEN, Channel, Pauses, Result, keep_agreed, next_try
from coordinator.domain.phones import parse_phones
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.services.decisions import enter_said
from coordinator.services.standing import live
from coordinator.services.writing import refresh_keys
from coordinator.session import Act, Session
from coordinator.settings import LEFT_WORD_HOURS, NO_ANSWER_HOURS, REFUSED_DAYS, TALKED_DAYS
from db import stores
from db.ids import new_id
from db.rows import AttemptRow, ContactRow, HouseholdRow


@dataclass(frozen=True, slots=True)
class Talk:
    """A call, visit or message. `phone`: the number that was dialled. `agreed`: when to ask again, as agreed on.

    `said`: what they decided. `despite`: why a refusal that keeps children stands. `person_id`: who was spoken with.
    """

    channel: Channel
    result: Result
    phone: str = ""
    note: str = ""
    agreed: datetime | None = None
    said: Said | None = None
    despite: str = ""
    person_id: str | None = None


def pauses_of(session: Session) -> Pauses:
    """How long this register waits before the next try."""
    hours = timedelta(hours=session.setting(NO_ANSWER_HOURS))
    return Pauses(
        hours,
        hours,
        timedelta(hours=session.setting(LEFT_WORD_HOURS)),
        timedelta(days=session.setting(REFUSED_DAYS)),
        timedelta(days=session.setting(TALKED_DAYS)),
    )


def record_talk(session: Session, household_id: str, talk: Talk) -> Outcome[Again]:
    """Write what came of a call, visit or message, and set the next try by the rule of its outcome; returns that.

    UserError "talk.when_missing" (call later without its time), "talk.past", "talk.not_by_phone",
    "talk.decision_missing" (refused with another decision), "talk.gone_household", "household.gone", and those of
    `record_decision`.
    """
    pauses, talk = pauses_of(session), _with_refusal(talk)
    with session.act("record_talk") as act:
        _check(talk, act.now)
        row = live(act, household_id)
        act.describe(number=row.number, outcome=talk.result.value)
        talk = _of_the_gone(row, talk)
        before = Again(row.again_at, row.again_by)
        if talk.said is not None:
            enter_said(act, row, talk.said, despite=talk.despite)
            row = live(act, household_id)
        decision = Decision(row.decision)
        again = next_try(talk.result, act.now, act.user, pauses, agreed=talk.agreed, decision=decision)
        if talk.result not in SPOKEN and talk.agreed is None:
            again = keep_agreed(before, again, act.now)
        _write(act, row, talk, again)
    return act.outcome(again)


def _with_refusal(talk: Talk) -> Talk:
    """Refused is a decision too, where none is told with it. UserError "talk.decision_missing"."""
    if talk.result is Result.REFUSED and talk.said is not None and not talk.said.refuses:
        raise UserError("talk.decision_missing")
    if talk.result is not Result.REFUSED or talk.said is not None:
        return talk
    return replace(talk, said=Said(Decision.REFUSED, reason=talk.note))


def _of_the_gone(row: HouseholdRow, talk: Talk) -> Talk:
    """Who has left is not made to stay by what was said on the telephone: that would take the departure back.

    UserError "talk.gone_household", but for a return; a refusal to talk is only noted.
    """
    if Decision(row.decision) not in GONE or talk.said is None or talk.said.decision in GONE | {Decision.RETURNED}:
        return talk
    if talk.result is Result.REFUSED:
        return replace(talk, said=None)
    raise UserError("talk.gone_household", number=row.number)


def _check(talk: Talk, now: datetime) -> None:
    if talk.result is Result.CALL_LATER and talk.agreed is None:
        raise UserError("talk.when_missing")
    if talk.agreed is not None and talk.agreed <= now:
        raise UserError("talk.past", when=talk.agreed)
    if talk.result in OF_CALLS and talk.channel is not Channel.CALL:
        raise UserError("talk.not_by_phone")


def _write(act: Act, row: HouseholdRow, talk: Talk, again: Again) -> None:
    entry = AttemptRow(
        new_id(), row.id, talk.person_id, talk.channel.value, talk.result.value, talk.phone, act.now, act.user,
        clean(talk.note), again.at, again.by,
    )  # fmt: skip
    stores.attempts.add(act.db, [entry])
    values: dict[str, object] = {"again_at": again.at, "again_by": again.by}
    if talk.result in SPOKEN:
        values |= {"spoke_at": act.now, "spoke_by": act.user}
    stores.households.change(act.db, row.id, **values)
    act.touch(Touched.DECISIONS | Touched.HOUSEHOLDS, row.id)


def correct_talk(session: Session, talk_id: str, note: str) -> Outcome[None]:
    """Change the note of a talk; what came of it and the next date stand. UserError "talk.gone"."""
    with session.act("correct_talk") as act:
        talk = stores.attempts.get(act.db, talk_id)
        if talk is None:
            raise UserError("talk.gone")
        act.describe(number=live(act, talk.household_id).number)
        stores.attempts.change(act.db, talk_id, note=clean(note))
        act.touch(Touched.DECISIONS, talk.household_id)
    return act.outcome(None)


def add_number(session: Session, household_id: str, text: str) -> Outcome[int]:
    """One more number of a household, found while calling; returns how many were read. UserError "phone.unreadable"."""
    found = parse_phones(text)
    if not found or not any(one.e164 for one in found):
        raise UserError("phone.unreadable", value=text)
    with session.act("add_number") as act:
        row = live(act, household_id)
        act.describe(number=row.number)
        held = stores.contacts.where(act.db, household_id=household_id)
        known = {one.e164 for one in held}
        position = max((one.position for one in held), default=0)
        fresh = [one for one in found if one.e164 not in known]
        stores.contacts.add(
            act.db,
            [
                ContactRow(new_id(), household_id, position + at, one.raw, one.e164, one.note)
                for at, one in enumerate(fresh, start=1)
            ],
        )
        refresh_keys(act.db, [household_id])
        act.touch(Touched.HOUSEHOLDS, household_id)
    return act.outcome(len(fresh))
