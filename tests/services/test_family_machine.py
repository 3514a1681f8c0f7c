"""Whatever is decided, split, rejoined, merged, moved and deleted: nobody is lost, nobody is without a role.

Few walks in the normal run; many by hand: see CONTRIBUTING.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from coordinator.domain.decision import GONE, Decision, Said
from coordinator.domain.person import Birth, Need, PersonName, Relation
from coordinator.domain.splitting import SplitPlan, unguarded
from coordinator.errors import UserError
from coordinator.queries.counts import dashboard
from coordinator.queries.coverage import coverage
from coordinator.queries.household import load_households
from coordinator.queries.presence import Presence
from coordinator.queries.registry import registry
from coordinator.register import create_register, open_register
from coordinator.services import decisions, duplicates, history, households
from coordinator.services.rejoining import rejoin_household
from coordinator.services.splitting import split_household
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.session import Session
from db import stores
from db.loose import dangling
from tests.builders import add_pair, add_settlement
from tests.conftest import PASSPHRASE
from tests.services.test_undo_properties import content

TODAY = date(2023, 8, 20)
SYLLABLES = ("ба", "ке", "ди", "го", "лу", "мя", "ню", "пі", "фе", "щу")
WHICH = st.integers(0, 7)
REASON = st.sampled_from(("", "так сказали"))
WORDS = st.sampled_from([one for one in Decision if one is not Decision.EVACUATED])
ROLES = (Relation.SPOUSE, Relation.CHILD, Relation.PARENT, Relation.SIBLING, Relation.GRANDCHILD, Relation.OTHER)
_BEGUN: dict[str, Path] = {}


def clock() -> Callable[[], datetime]:
    """Noon of the day, and a second later each time."""
    seconds = count()
    return lambda: datetime(2023, 8, 20, 9, tzinfo=UTC) + timedelta(seconds=next(seconds))


def begun() -> Path:
    """A register with one settlement, made once: every walk begins with a copy."""
    if "folder" not in _BEGUN:
        folder = Path(tempfile.mkdtemp()) / "centre"
        with create_register(folder, PASSPHRASE, clock=clock()) as session:
            add_settlement(session, "Подоли")
            _BEGUN["folder"] = session.folder
    return _BEGUN["folder"]


class Families(RuleBasedStateMachine):
    """Two families to begin with; each step that a rule refuses changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        place = Path(self.open.enter_context(tempfile.TemporaryDirectory()))
        folder = shutil.copytree(begun(), place / "centre.register")
        self.session: Session = self.open.enter_context(open_register(folder, PASSPHRASE, clock=clock()))
        self.born = 0
        self.people = 0
        self.states: list[tuple[int, dict[str, list[Any]]]] = []
        self.undone: list[tuple[int, dict[str, list[Any]]]] = []

    @initialize()
    def two_families(self) -> None:
        self.add(4, 2, True)
        self.add(2, 1, False)
        self.states.clear()

    @precondition(lambda self: self.people < 18)
    @rule(size=st.integers(1, 4), children=st.integers(0, 3), care=st.booleans())
    def add(self, size: int, children: int, care: bool) -> None:
        """Adults first; a household of children alone is none that anybody enters here."""
        members = tuple(self._member(at, at >= max(1, size - children), care and at == 0) for at in range(size))
        draft = HouseholdDraft(settlement_text="Подоли", people=members, decision=Decision.PACKED)
        self._do(lambda: households.add_household(self.session, draft), size)

    @rule(which=WHICH, word=WORDS, days=st.integers(0, 5))
    def decide(self, which: int, word: Decision, days: int) -> None:
        said = Said(word, reason="так", on=TODAY - timedelta(days=days))
        self._do(lambda: decisions.record_decision(self.session, self._household(which), said))

    @rule(which=WHICH, word=st.none() | WORDS, days=st.integers(0, 5))
    def decide_person(self, which: int, word: Decision | None, days: int) -> None:
        said = Said(word, on=TODAY - timedelta(days=days)) if word else None
        self._do(lambda: decisions.decide_person(self.session, self._person(which), said))

    @rule(which=WHICH, leaves=st.sets(st.integers(0, 4), min_size=1), reason=REASON, word=st.none() | WORDS)
    def split(self, which: int, leaves: set[int], reason: str, word: Decision | None) -> None:
        household_id = self._household(which)
        members = self._members(household_id)
        said = Said(word, on=TODAY) if word else None
        plan = SplitPlan(
            frozenset(one for at, one in enumerate(members) if at in leaves), reasons=dict.fromkeys(members, reason),
            said_stay=said,
        )  # fmt: skip
        self._do(lambda: split_household(self.session, household_id, plan))

    @rule(which=WHICH)
    def rejoin(self, which: int) -> None:
        with self.session.reading() as db:
            parts = [row for row in stores.households.all(db) if row.split_from_id and not row.merged_into]
        if parts:
            part = sorted(parts, key=lambda row: row.number)[which % len(parts)].id
            self._do(lambda: rejoin_household(self.session, part))

    @rule(one=WHICH, other=WHICH)
    def merge(self, one: int, other: int) -> None:
        ids = sorted({self._household(one), self._household(other)})
        with self.session.reading() as db:
            known = stores.pairs.where(db, first_id=ids[0], second_id=ids[-1])
        if len(ids) == 2 and not known:
            self._do(lambda: add_pair(self.session, *ids))
            with self.session.reading() as db:
                (pair,) = stores.pairs.where(db, first_id=ids[0], second_id=ids[1])
            self._do(lambda: duplicates.same(self.session, pair.id))

    @rule(which=WHICH, into=WHICH, role=st.sampled_from(ROLES), reason=REASON)
    def move(self, which: int, into: int, role: Relation, reason: str) -> None:
        person, household = self._person(which), self._household(into)
        self._do(lambda: households.move_person(self.session, person, household, role, reason))

    @rule(which=WHICH)
    def change_head(self, which: int) -> None:
        self._do(lambda: households.set_head(self.session, self._person(which)))

    @rule(which=WHICH, reason=REASON)
    def delete_person(self, which: int, reason: str) -> None:
        if self.people > 1:
            self._do(lambda: households.remove_person(self.session, self._person(which), reason), -1)

    @rule(which=WHICH, reason=REASON)
    def delete_household(self, which: int, reason: str) -> None:
        household_id = self._household(which)
        going = len(self._members(household_id))
        if self.people > going:
            self._do(lambda: households.remove_household(self.session, household_id, reason), -going)

    @precondition(lambda self: self.states)
    @rule()
    def undo(self) -> None:
        self.undone.append(self._now())
        history.undo(self.session)
        self._must_be(self.states.pop())

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        self.states.append(self._now())
        history.redo(self.session)
        self._must_be(self.undone.pop())

    @invariant()
    def nobody_is_without_a_household_or_a_role(self) -> None:
        with self.session.reading() as db:
            rows = {row.id: row for row in stores.households.all(db)}
            people = stores.people.all(db)
            assert not dangling(db) and not db.rows("PRAGMA foreign_key_check")
        assert len(people) == self.people
        homes: dict[str, list[Any]] = {}
        for person in people:
            assert rows[person.household_id].merged_into is None
            assert person.relation, person
            homes.setdefault(person.household_id, []).append(person)
        for household_id, row in rows.items():
            members = homes.get(household_id, [])
            heads = [person.id for person in members if person.relation == Relation.HEAD]
            assert heads == ([row.head_id] if members else []), (row.number, heads)
            assert len({person.position for person in members}) == len(members)
            assert row.split_from_id != row.id

    @invariant()
    def no_child_is_without_an_adult_unless_recorded(self) -> None:
        with self.session.reading() as db:
            ids = {person.id for person in stores.people.all(db)}
            for household in load_households(db, [row.id for row in self._live()]):
                assert unguarded(household.people, ids, TODAY) == []

    @invariant()
    def every_count_is_right(self) -> None:
        rows = registry(self.session, TODAY)
        assert sum(row.people for row in rows) == self.people
        seen = dashboard(self.session, TODAY)
        assert seen.people_there == sum(row.at_home for row in rows)
        places = coverage(self.session, TODAY)
        assert sum(place.known for place in places) == self.people
        assert sum(place.remaining for place in places) == seen.people_there
        assert sum(place.ready for place in places) == sum(row.going for row in rows) == seen.ready_people
        assert sum(place.refused for place in places) == sum(row.refusing for row in rows)

    @invariant()
    def gone_is_a_household_of_whom_nobody_is_at_home(self) -> None:
        with self.session.reading() as db:
            for household in load_households(db, [row.id for row in self._live()]):
                presence = Presence.on(db, [person.id for person in household.people], TODAY)
                if household.people:
                    assert (household.decision in GONE) == (not presence.of(household)), household.number

    def teardown(self) -> None:
        self.open.close()

    def _do(self, step: Callable[[], object], more: int = 0) -> None:
        """A step that is allowed adds a state to go back to; one that is refused changes nothing."""
        before = self._now()
        try:
            step()
        except UserError:
            assert content(self.session) == before[1]
            return
        self.people += more
        if content(self.session) != before[1]:
            self.states.append(before)
            self.undone.clear()

    def _now(self) -> tuple[int, dict[str, list[Any]]]:
        return self.people, content(self.session)

    def _must_be(self, state: tuple[int, dict[str, list[Any]]]) -> None:
        self.people, rows = state
        now = content(self.session)
        differing = [name for name in rows if rows[name] != now[name]]
        assert not differing, differing

    def _member(self, at: int, child: bool, care: bool) -> MemberDraft:
        """Nobody is like anybody else, so that merging unites nobody."""
        self.born += 1
        number = self.born
        tens, ones = SYLLABLES[number // 10 % 10], SYLLABLES[number % 10]
        year = 2008 + number % 14 if child else 1930 + number % 60
        born_on = date(year, 1 + number % 12, 1 + number % 28)
        role = Relation.CHILD if child else (Relation.HEAD if at == 0 else Relation.SPOUSE)
        return MemberDraft(
            PersonName((tens + ones * 2).capitalize(), (ones + tens * 2).capitalize()), birth=Birth(on=born_on),
            relation=role, needs=frozenset({Need.STRETCHER} if care else ()),
        )  # fmt: skip

    def _live(self) -> list[Any]:
        with self.session.reading() as db:
            rows = [row for row in stores.households.all(db) if row.merged_into is None]
        return sorted(rows, key=lambda row: row.number)

    def _household(self, which: int) -> str:
        rows = self._live()
        return str(rows[which % len(rows)].id)

    def _members(self, household_id: str) -> list[str]:
        with self.session.reading() as db:
            rows = stores.people.where(db, household_id=household_id)
        return [row.id for row in sorted(rows, key=lambda row: row.position)]

    def _person(self, which: int) -> str:
        with self.session.reading() as db:
            rows = sorted(stores.people.all(db), key=lambda row: row.surname)
        return rows[which % len(rows)].id


FEW = settings(max_examples=4, stateful_step_count=16, deadline=None)

TestFamilies = Families.TestCase
TestFamilies.settings = settings() if settings.get_current_profile_name() == "many" else FEW
