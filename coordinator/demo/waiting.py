"""The households that are still there, with every kind of decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain

from coordinator.demo.names import IN_RUSSIAN
from coordinator.demo.people import WAITING, Families
from coordinator.demo.trips import at, moment_of
from coordinator.domain.decision import Decision, is_ready
from coordinator.domain.person import Birth, Need, PersonName, Relation
from coordinator.services.writing import HouseholdDraft, MemberDraft, write_households
from coordinator.session import Act
from db import stores
from db.ids import new_id
from db.rows import PairRow

MOST_READY = 300
"""Households ready for today at most, however large the register: what a centre can pick up in a day."""

_ANY_DAY = None
_CARDS: tuple[tuple[Decision, int | None, int], ...] = (
    (Decision.PACKED, _ANY_DAY, 16), (Decision.WANTS_PICKUP, _ANY_DAY, 4), (Decision.WANTS_PICKUP, 0, 8),
    (Decision.WANTS_PICKUP, -1, 5), (Decision.WANTS_PICKUP, 2, 5), (Decision.WANTS_PICKUP, 5, 3),
    (Decision.UNDECIDED, None, 17), (Decision.PREPARING, None, 8), (Decision.REFUSED, None, 11),
    (Decision.NOT_ASKED, None, 15), (Decision.UNREACHABLE, None, 6), (Decision.RETURNED, None, 2),
)  # fmt: skip
"""Decision, the day they want to go (days from today), and how often in a hundred households."""

_NOTES = {
    Decision.PACKED: ("речі зібрані, готові", "зібрані, чекають дзвінка"),
    Decision.WANTS_PICKUP: ("", "", "просять зранку", "на другому поверсі, без ліфта"),
    Decision.UNDECIDED: ("вагаються", "вагаються, передзвонити ввечері", "чекають на сина"),
    Decision.PREPARING: ("збирають речі", "шукають, кому лишити корову"),
    Decision.UNREACHABLE: ("телефон не відповідає",),
    Decision.RETURNED: ("повернулися доглядати господарство",),
}
_REFUSALS = ("не хоче кидати господарство", "доглядає лежачу матір", "немає де жити", "звик до обстрілів")
_YOUNG = frozenset({Relation.CHILD, Relation.GRANDCHILD})
_OFTEN_APART = 0.2
_DAYS = 9


@dataclass(frozen=True, slots=True)
class Entered:
    """A household that was entered, with its id and how many days ago."""

    id: str
    draft: HouseholdDraft
    days_ago: int


class Waiting:
    """Writes the households that have not left with us. They draw from the same families as the past days."""

    def __init__(self, act: Act, families: Families) -> None:
        self._act, self._families = act, families
        self._random = families.random
        self._today = families.today
        self._ready = 0

    def write(self, households: int) -> list[Entered]:
        """That many households; two of them may be the same families as two others."""
        drafts = list(self._drafts(max(1, households - 2)))
        doubled = self._double(drafts)[: households - len(drafts)]
        entered = self._enter(drafts, _DAYS)
        # The second record of a family is the newer one.
        twins = self._enter([self._twin(draft) for draft in doubled], 0)
        ids = {id(one.draft): one.id for one in entered}
        self._write_pairs((ids[id(draft)], twin.id) for draft, twin in zip(doubled, twins, strict=True))
        return entered + twins

    def _drafts(self, households: int) -> Iterator[HouseholdDraft]:
        special = [
            self._with_need(self._families.family("S"), Need.STRETCHER),
            self._with_need(self._families.family("SS"), Need.WHEELCHAIR),
            self._families.family("AAPcccc"),
            self._families.family("c"),
        ]
        cards = [(decision, days) for decision, days, times in _CARDS for _ in range(times)]
        stream = chain(special if households > 20 * len(special) else [], self._families.stream(WAITING))
        for number in range(households):
            if number % len(cards) == 0:
                self._random.shuffle(cards)
            decision, days = cards[number % len(cards)]
            if number < len(special):
                decision, days = Decision.PACKED, None
            yield self._decided(next(stream), decision, days)

    def _with_need(self, draft: HouseholdDraft, need: Need) -> HouseholdDraft:
        first = replace(draft.people[0], needs=frozenset({need}))
        return replace(draft, people=(first, *draft.people[1:]))

    def _decided(self, draft: HouseholdDraft, decision: Decision, days: int | None) -> HouseholdDraft:
        wants_on = None if days is None else self._today + timedelta(days=days)
        if is_ready(decision, wants_on, self._today):
            self._ready += 1
            if self._ready > MOST_READY:
                decision, wants_on = Decision.WANTS_PICKUP, self._today + timedelta(days=self._random.randint(1, 20))
        refused = decision is Decision.REFUSED
        note = self._random.choice(_NOTES.get(decision, ("",)))
        apart = decision in _NOTES and len(draft.people) > 2 and self._random.random() < _OFTEN_APART
        return replace(
            draft,
            decision=decision,
            wants_on=wants_on,
            refusal_reason=self._random.choice(_REFUSALS) if refused else "",
            part_stays=apart,
            note="; ".join(part for part in (note, "чоловік залишається з матір'ю" if apart else "") if part),
            source="training",
        )

    def _double(self, drafts: Sequence[HouseholdDraft]) -> list[HouseholdDraft]:
        """Two whom the hotline wrote down again: one that is ready, and one that is not."""
        known = [
            draft
            for draft in drafts
            if draft.contacts and len(draft.people) > 1 and draft.people[0].name.given in IN_RUSSIAN
        ]
        ready = [draft for draft in known if is_ready(draft.decision, draft.wants_on, self._today)]
        others = [draft for draft in known if draft not in ready]
        return ready[:1] + others[:1]

    def _twin(self, draft: HouseholdDraft) -> HouseholdDraft:
        head = draft.people[0]
        name = PersonName(head.name.surname, IN_RUSSIAN[head.name.given])
        grown = MemberDraft(name, head.sex, Birth(stated_child=False))
        counted = (MemberDraft(birth=Birth(stated_child=p.relation in _YOUNG)) for p in draft.people[1:])
        return HouseholdDraft(
            settlement_id=draft.settlement_id,
            settlement_text=draft.settlement_text,
            address=replace(draft.address, flat="", text="", landmark=""),
            people=(grown, *counted),
            contacts=draft.contacts[:1],
            decision=Decision.WANTS_PICKUP,
            wants_on=self._today,
            note="дзвінок на гарячу лінію",
            source="training",
        )

    def _enter(self, drafts: Iterable[HouseholdDraft], most_days: int) -> list[Entered]:
        """Entered over so many last days, as they came."""
        came: dict[int, list[HouseholdDraft]] = {}
        for draft in drafts:
            came.setdefault(self._random.randint(0, most_days), []).append(draft)
        found: list[Entered] = []
        for days_ago in sorted(came, reverse=True):
            moment = moment_of(self._act, self._today - timedelta(days=days_ago), self._random.randint(8, 20) * 60)
            dated = [self._dated(draft, days_ago) for draft in came[days_ago]]
            ids = write_households(at(self._act, moment), dated)
            found += [Entered(key, draft, days_ago) for key, draft in zip(ids, came[days_ago], strict=True)]
        return found

    def _dated(self, draft: HouseholdDraft, days_ago: int) -> HouseholdDraft:
        asked = moment_of(self._act, self._today - timedelta(days=days_ago + 1), self._random.randint(480, 1200))
        return replace(draft, requested_at=asked if draft.decision is not Decision.NOT_ASKED else None)

    def _write_pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        rows = [PairRow(new_id(), first, second, ["phone", "address", "head_name"]) for first, second in pairs]
        stores.pairs.add(self._act.db, rows)
