"""Shelling: recorded, corrected, withdrawn; whose door it was near; streets next to each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from coordinator.domain.addresses import street_key
from coordinator.domain.shelling import Incident, Nearness, Severity, houses_named
from coordinator.errors import UserError
from coordinator.queries.incidents import incidents, shelled_since
from coordinator.queries.streets import streets
from coordinator.services import history
from coordinator.services.incidents import correct_incident, link_streets, record_incident, withdraw_incident
from coordinator.session import Session
from tests.builders import add_household, add_settlement

NIGHT = datetime(2023, 8, 14, 19, 40, tzinfo=UTC)
"""22:40 in Kyiv."""


@pytest.fixture
def village(session: Session) -> str:
    """Podoly with Sadova (written in three ways), Myru and Nova street."""
    place = add_settlement(session, "Подоли")
    for street, house in (("вул. Садова", "1"), ("вул. Садова", "12"), ("Садова", "3"), ("вул. Миру", "5")):
        add_household(session, street=street, house=house)
    add_household(session, street="вул. Нова", house="7")
    session.clock = lambda: datetime(2023, 8, 15, 5, 0, tzinfo=UTC)
    return place


def near(session: Session, place: str, street: str, house: str = "") -> list[Nearness]:
    with session.reading() as db:
        shelled = shelled_since(db, NIGHT - timedelta(days=3), session.clock())
    return [hit.nearness for hit in shelled.near(place, street_key(street), house)]


def test_a_street_is_known_however_it_was_typed_and_its_neighbours_only_once_they_are_linked(
    session: Session, village: str
) -> None:
    record_incident(session, Incident(None, village, "ул. Садовая", NIGHT, Severity.DESTROYED, 2, "12, 14а"))
    (line,) = incidents(session)
    assert (line.incident.street, line.settlement, line.hits) == ("вул. Садова", "Подоли", 2)
    assert near(session, village, "Садова", "12") == [Nearness.HOUSE]
    assert near(session, village, "вул. Садова", "1") == [Nearness.STREET]
    assert near(session, village, "вул. Миру") == near(session, village, "вул. Нова") == [Nearness.ELSEWHERE]
    link_streets(session, village, "вул. Садова", frozenset({street_key("вул. Миру")}))
    link_streets(session, village, "вул. Нова", frozenset({street_key("вул. Миру")}))
    assert near(session, village, "Миру") == [Nearness.NEXT]
    assert near(session, village, "Нова") == []
    assert {street.name: len(street.beside) for street in streets(session, village)} == {
        "вул. Миру": 2, "вул. Нова": 1, "вул. Садова": 1,
    }  # fmt: skip


def test_an_incident_is_corrected_withdrawn_and_each_of_it_undone(session: Session, village: str) -> None:
    incident_id = record_incident(session, Incident(None, village, "", NIGHT)).value
    assert near(session, village, "Миру") == [Nearness.SETTLEMENT]
    (before,) = incidents(session)
    correct_incident(session, Incident(incident_id, village, "Миру", NIGHT, Severity.NEAR, 0))
    (now,) = incidents(session)
    assert (now.incident.street, now.hits, now.recorded_at) == ("вул. Миру", 1, before.recorded_at)
    withdraw_incident(session, incident_id)
    assert incidents(session) == []
    history.undo(session)
    assert incidents(session) == [now]
    history.undo(session)
    assert incidents(session) == [before]


def test_what_cannot_be_is_refused_and_nothing_is_kept(session: Session, village: str) -> None:
    later = session.clock() + timedelta(minutes=1)
    for incident, code in (
        (Incident(None, village, "Садова", later), "incident.future"),
        (Incident(None, "nowhere", "Садова", NIGHT), "place.gone"),
        (Incident(None, village, "Садова", NIGHT, houses_hit=-1), "incident.houses"),
    ):
        with pytest.raises(UserError) as error:
            record_incident(session, incident)
        assert error.value.code == code
    assert incidents(session) == []


@pytest.mark.parametrize(
    ("text", "houses"),
    [
        ("12, 14а; 16", {"12", "14а", "16"}),
        ("буд. 3 та 5 А", {"3", "5а"}),
        ("16-20", {"16", "18", "20"}),
        ("7–8", {"7", "8"}),
        ("12-а", {"12а"}),
        ("9999999-1", {"99999991"}),
        ("", set()),
    ],
)
def test_houses_are_read_as_people_write_them(text: str, houses: set[str]) -> None:
    assert houses_named(text) == houses
