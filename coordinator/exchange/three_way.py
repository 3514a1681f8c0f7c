"""A list of ours that comes back, compared in three ways: what it said when it left, what they made of it, what we did.

A value that they changed and we did not is taken; one that we changed and they did not is only told; one that both
changed otherwise stays as it is here, unless somebody takes theirs. Where both changed it alike nothing is to be
done. A blank never wipes a value; a member or a phone that is missing in the list stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from coordinator.domain.decision import GONE, Decision
from coordinator.domain.household import Household
from coordinator.domain.joining import missing_phones, replaced_text
from coordinator.domain.names import fold
from coordinator.exchange.incoming import IncomingHousehold
from coordinator.exchange.report import News, Side
from coordinator.exchange.returned import news_of
from coordinator.exchange.update_work import Choices, Update, Work


@dataclass(frozen=True, slots=True)
class Base:
    """A household as it stood in the list that left on `day`; `place`: its settlement as that list showed it.

    `whole`: every member was in the list.
    """

    household: Household
    place: str
    day: date
    whole: bool = True


@dataclass(slots=True)
class Sides:
    """The three sides of one household: `work.before` is ours, `theirs` only what they changed, `sent` what both had.

    `ours`: what we changed and they did not.
    """

    work: Work
    theirs: IncomingHousehold
    base: Base
    ours: list[News] = field(default_factory=list)

    @property
    def before(self) -> Household:
        return self.work.before

    @property
    def sent(self) -> Household:
        return self.base.household

    def takes(self, news: News, base: str, *, theirs: bool, ours: bool, completes: bool = False) -> bool:
        """Whether the list's value is written. `theirs`, `ours`: who changed it since it was `base`."""
        if not theirs:
            if ours:
                self.ours.append(replace(news, new=base, base=base, side=Side.OURS))
            return False
        if fold(news.old) == fold(news.new):
            return False
        if ours and not self.work.overrules(news, base):
            return False
        return self.work.takes(news, completes=completes)

    def takes_text(self, news: News, base: str) -> bool:
        """The same for a text; a blank says nothing."""
        theirs = bool(news.new) and fold(news.new) != fold(base)
        return self.takes(news, base, theirs=theirs, ours=fold(news.old) != fold(base), completes=not base)


def sides_of(before: Household, base: Base, incoming: IncomingHousehold, day: date, choices: Choices) -> Sides:
    work = Work(before, incoming, None, False, day, None, {}, choices)
    return Sides(work, news_of(incoming, base.household, base.place), base)


def compare_household(sides: Sides, place_id: str | None) -> tuple[bool, str]:
    """Compare what belongs to the household itself. `place_id`: the settlement that the list names, in the register.

    Returns whether the decision changes, and the code of the remark why theirs cannot be taken.
    """
    _place(sides, place_id)
    _address(sides)
    _texts(sides)
    _phones(sides)
    return _decision(sides)


def outcome(sides: Sides, decides: bool, kept_decision: str, **people: Any) -> Update:
    work = sides.work
    return Update(
        work.after, tuple(work.news), work.rows, decides, kept_decision, tuple(dict.fromkeys(work.kept)),
        tuple(work.declined), ours=tuple(sides.ours), **people,
    )  # fmt: skip


def _news(sides: Sides, name: str, old: str, new: str) -> News:
    return News(name, old, new, row=sides.work.first_row)


def _place(sides: Sides, place_id: str | None) -> None:
    before, sent, text = sides.before, sides.sent, sides.theirs.settlement_text
    bare = sides.base.place.partition(",")[0]
    theirs = bool(text) and fold(text) != fold(bare) and place_id is not None and place_id != sent.settlement_id
    ours = before.settlement_id != sent.settlement_id
    if theirs and place_id == before.settlement_id:
        return
    if sides.takes(_news(sides, "settlement", before.settlement_text, text), bare, theirs=theirs, ours=ours):
        sides.work.after = replace(sides.work.after, settlement_id=place_id, settlement_text=text)


def _address(sides: Sides) -> None:
    old, sent, new = sides.before.address, sides.sent.address, sides.theirs.address
    after = old
    if sides.takes_text(_news(sides, "address", old.line, new.line), sent.line):
        after = replace(new, landmark=old.landmark)
    rows = sides.work.incoming.own.rows if sides.work.incoming.own else ()
    landmark = next((row.landmark for row in rows if fold(row.landmark) not in ("", fold(sent.landmark))), "")
    if sides.takes_text(_news(sides, "landmark", old.landmark, landmark), sent.landmark):
        after = replace(after, landmark=landmark)
    sides.work.after = replace(sides.work.after, address=after)


def _texts(sides: Sides) -> None:
    for name in ("pets", "destination_wish", "note"):
        old, sent, new = (getattr(side, name) for side in (sides.before, sides.sent, sides.theirs))
        if name == "note" and new and fold(old) != fold(sent):
            new = replaced_text(old, sent, new)  # Whoever takes theirs keeps what was added here.
        if sides.takes_text(_news(sides, name, old, new), sent):
            changed: dict[str, Any] = {name: new}
            sides.work.after = replace(sides.work.after, **changed)
    luggage = sides.work.incoming.luggage
    old, sent = (_number(side.luggage) for side in (sides.before, sides.sent))
    if sides.takes_text(_news(sides, "luggage", old, _number(luggage)), sent):
        sides.work.after = replace(sides.work.after, luggage=luggage)
    stays = sides.theirs.part_stays and not sides.before.part_stays and not sides.sent.part_stays
    if stays and sides.work.takes(_news(sides, "part_stays", "", "+")):
        sides.work.after = replace(sides.work.after, part_stays=True)


def _phones(sides: Sides) -> None:
    before, sent = sides.before.contacts, sides.sent.contacts
    for contact in missing_phones([*sent, *before], sides.theirs.contacts):
        if sides.work.takes(_news(sides, "phone", "", contact.e164 or contact.raw), completes=True):
            sides.work.after = replace(sides.work.after, contacts=(*sides.work.after.contacts, contact))
    for contact in missing_phones(sent, before):
        news = _news(sides, "phone", contact.e164 or contact.raw, "")
        sides.takes(news, "", theirs=False, ours=True)


def _decision(sides: Sides) -> tuple[bool, str]:
    before, sent, theirs = sides.before, sides.sent, sides.theirs
    changed = theirs.decision is not Decision.NOT_ASKED
    ours = (before.decision, before.wants_on) != (sent.decision, sent.wants_on)
    if changed and (theirs.decision, theirs.wants_on or before.wants_on) == (before.decision, before.wants_on):
        return False, ""
    if changed and before.decision in GONE:
        return False, "import.decision_kept"
    news = _news(sides, "decision", before.decision, theirs.decision)
    if theirs.decision is before.decision:
        news = _news(sides, "wants_on", _day(before.wants_on), _day(theirs.wants_on))
    if not sides.takes(news, sent.decision, theirs=changed, ours=ours):
        return False, ""
    sides.work.after = replace(sides.work.after, decision=theirs.decision, wants_on=theirs.wants_on)
    return True, ""


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
