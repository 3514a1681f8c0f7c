"""The flat map: known places, the way back, and distances on the ground."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.mercator import LIMIT, is_place, kilometres, latitude, project


def test_the_middle_the_edges_and_kupiansk() -> None:
    assert project(0, 0) == pytest.approx((0.5, 0.5))
    assert project(LIMIT, -180) == pytest.approx((0, 0), abs=1e-9)
    x, y = project(49.7106, 37.6157)
    # The tile 10/618/348 of the usual scheme holds Kupiansk.
    assert (int(x * 1024), int(y * 1024)) == (618, 348)


@given(st.floats(-85, 85), st.floats(-180, 180))
def test_a_place_lies_in_the_square_and_comes_back(lat: float, lon: float) -> None:
    x, y = project(lat, lon)
    assert 0 <= x <= 1 and 0 <= y <= 1
    assert latitude(y) == pytest.approx(lat, abs=1e-6)


def test_a_degree_of_longitude_shortens_with_the_latitude() -> None:
    assert kilometres(1 / 360, 0.5) == pytest.approx(111.32, abs=0.01)
    assert kilometres(1 / 360, project(60, 0).y) == pytest.approx(111.32 / 2, abs=0.01)


@pytest.mark.parametrize("lat, lon", [(None, 37.0), (49.0, None), (91.0, 0.0), (0.0, 181.0), (float("nan"), 0.0)])
def test_what_is_no_place_is_not_drawn(lat: float | None, lon: float | None) -> None:
    assert not is_place(lat, lon)
