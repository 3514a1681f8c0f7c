"""A register to plan in, for the tests of the schedule, its results and its papers."""

from __future__ import annotations

import pytest

from coordinator.session import Session
from tests.builders import add_hubs, add_settlement


@pytest.fixture
def centre(session: Session) -> Session:
    """A base, a transit centre and the village Подоли two and a half hours away; no fleet yet."""
    add_hubs(session)
    add_settlement(session, "Подоли")
    return session
