"""Joining any two households loses nobody and nothing, and undoing it gives both back, row for row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordinator.domain.decision import GONE, Decision
from coordinator.domain.household import Address, Household
from coordinator.domain.names import fold
from coordinator.domain.person import Birth, Need, PersonName, Relation
from coordinator.domain.phones import parse_phones
from coordinator.domain.taking import FIELDS, PERSON, Take
from coordinator.queries.household import load_households
from coordinator.register import create_register
from coordinator.services import duplicates, history
from coordinator.services.households import add_household
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.session import Session
from db import tables
from tests.builders import add_pair
from tests.conftest import PASSPHRASE

TEXTS = st.sampled_from(["", "кіт", "собака", "двері зелені"])
MEMBERS = st.builds(
    MemberDraft,
    st.sampled_from([
        PersonName(), PersonName("Коваль", "Олена", "Іванівна"), PersonName("Коваль", "О."),
        PersonName("Коваль", "Марко"),
        PersonName("Гук", "Семен"),
    ]),
    birth=st.sampled_from([Birth(), Birth(year=1980), Birth(stated_child=True), Birth(age=40)]),
    relation=st.sampled_from([Relation.UNKNOWN, Relation.SPOUSE, Relation.CHILD]),
    needs=st.frozensets(st.sampled_from([Need.WHEELCHAIR, Need.STEPS]), max_size=2),
    note=TEXTS,
)  # fmt: skip
DRAFTS = st.builds(
    lambda people, phones, street, decision, **said: HouseholdDraft(
        people=tuple(people), contacts=parse_phones(", ".join(phones)), address=Address(street, "1" if street else ""),
        decision=decision, **said,
    ),
    st.lists(MEMBERS, max_size=3),
    st.lists(st.sampled_from(["0501112233", "0679998877"]), unique=True, max_size=2),
    st.sampled_from(["", "Садова", "Миру"]),
    st.sampled_from([one for one in Decision if one not in GONE and one is not Decision.RETURNED]),
    note=TEXTS,
    pets=TEXTS,
    luggage=st.sampled_from([None, 1, 3]),
    settlement_text=st.sampled_from(["", "Подоли"]),
)  # fmt: skip


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """One register for all examples: each joins two households of its own."""
    folder: Path = tmp_path_factory.mktemp("joined")
    with create_register(folder / "centre", PASSPHRASE) as session:
        yield session


def content(session: Session) -> list[list[tuple[object, ...]]]:
    """Every row of every journalled table but the imports and prints, which joining leaves alone."""
    with session.reading() as db:
        names = [model._meta.table_name for model in tables.JOURNALLED]
        return [sorted(db.rows(f'SELECT * FROM "{name}"'), key=str) for name in names]


def loaded(session: Session, *ids: str) -> list[Household]:
    with session.reading() as db:
        return load_households(db, list(ids))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(older=DRAFTS, newer=DRAFTS, fields=st.sets(st.sampled_from(FIELDS)), people=st.booleans())
def test_joined_households_keep_everybody_and_come_apart_exactly(
    centre: Session, older: HouseholdDraft, newer: HouseholdDraft, fields: set[str], people: bool
) -> None:
    first, second = add_household(centre, older).value, add_household(centre, newer).value
    one, other = loaded(centre, first, second)
    pair = add_pair(centre, first, second)
    before = content(centre)
    take = {Take(field) for field in fields} | {Take(PERSON, person.id) for person in other.people if people}
    assert duplicates.same(centre, pair, take).value == first
    joined, empty = loaded(centre, first, second)
    assert not empty.people and {person.household_id for person in joined.people} == (
        {first} if joined.people else set()
    )
    assert max(len(one.people), len(other.people)) <= len(joined.people) <= len(one.people) + len(other.people)
    assert {c.e164 for c in (*one.contacts, *other.contacts)} == {c.e164 for c in joined.contacts}
    assert (joined.head_id in {person.id for person in joined.people}) == bool(joined.people)
    said = {fold(replace(person.name, patronymic="").full) for person in joined.people}
    for person in (*one.people, *other.people):
        full = person.name.given and not person.name.given.endswith(".")
        assert not full or fold(replace(person.name, patronymic="").full) in said
    for field in ("note", "pets", "luggage"):
        value = getattr(other, field) if field in fields else None
        assert getattr(joined, field) == value if value else getattr(joined, field) or not getattr(one, field)
    history.undo(centre)
    assert content(centre) == before
