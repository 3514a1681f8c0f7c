"""Saved views: kept, shared, counted as the registry counts, and each change undone by its name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordinator.domain.decision import Decision
from coordinator.domain.filtering import Condition
from coordinator.domain.person import Need
from coordinator.errors import UserError
from coordinator.outcome import Change, Touched
from coordinator.queries.registry import registry
from coordinator.queries.registry_filter import RegistryFilter, one_of
from coordinator.queries.registry_memory import RegistryMemory
from coordinator.queries.saved_views import Look, ViewCount, counted_views, saved_views
from coordinator.services import decisions, history, households
from coordinator.services import saved_views as verbs
from coordinator.session import Session
from tests import builders
from tests.builders import DAY

STRETCHER = Look("", RegistryFilter({"needs": one_of("stretcher"), "scheduled": one_of("")}, frozenset({"there"})))


def names(session: Session) -> list[str]:
    return [view.name for view in saved_views(session)]


def refusal(verb: object, *args: object) -> str:
    with pytest.raises(UserError) as caught:
        verb(*args)  # type: ignore[operator]
    return caught.value.code


def test_a_view_counts_who_lies_down_and_is_on_no_list(session: Session) -> None:
    builders.add_settlement(session, "Подоли")
    builders.add_hubs(session)
    waiting = builders.add_household(session, "Коваль", people=3, needs=(Need.STRETCHER,))
    planned = builders.add_household(session, "Щербак", needs=(Need.STRETCHER,))
    builders.add_household(session, "Мороз")
    left = builders.add_household(session, "Ткач", needs=(Need.STRETCHER,))
    decisions.decide(session, left, Decision.LEFT_THEMSELVES, on=DAY)
    builders.on_trip(session, builders.add_vehicle(session, stretcher=2), planned)
    verbs.save_view(session, "Ноші, не в графіку", STRETCHER)
    assert [count for _view, count in counted_views(session, DAY)] == [ViewCount(1, 3)]
    households.remove_household(session, waiting)
    assert [count for _view, count in counted_views(session, DAY)] == [ViewCount(0, 0)]


def test_every_change_is_undone_by_its_name(session: Session) -> None:
    first = verbs.save_view(session, " Ноші,  не в графіку ", STRETCHER).value
    second = verbs.save_view(session, "Зібрані", Look("миру"), pinned=True).value
    assert names(session) == ["Ноші, не в графіку", "Зібрані"]
    before = saved_views(session)
    changes = (
        (lambda: verbs.rename_view(session, first, "Лежачі"), "rename_view", "Ноші, не в графіку"),
        (lambda: verbs.pin_view(session, first, True), "pin_view", "Ноші, не в графіку"),
        (lambda: verbs.pin_view(session, second, False), "unpin_view", "Зібрані"),
        (lambda: verbs.move_view(session, second, -1), "move_view", "Зібрані"),
        (lambda: verbs.change_view(session, second, STRETCHER), "change_view", "Зібрані"),
        (lambda: verbs.remove_view(session, first), "remove_view", "Ноші, не в графіку"),
    )
    for change, label, name in changes:
        change()
        assert saved_views(session) != before
        undone = history.undo(session).value
        assert (undone.label, undone.facts.get("old", undone.facts["name"])) == (label, name)
        assert saved_views(session) == before


def test_a_name_is_needed_and_taken_once(session: Session) -> None:
    verbs.save_view(session, "Ноші", STRETCHER)
    other = verbs.save_view(session, "Зібрані", STRETCHER).value
    assert refusal(verbs.save_view, session, "  ", STRETCHER) == "view.no_name"
    assert refusal(verbs.save_view, session, "НОШІ", STRETCHER) == "view.name_taken"
    assert refusal(verbs.rename_view, session, other, "ноші") == "view.name_taken"
    assert refusal(verbs.save_view, session, "а" * 61, STRETCHER) == "view.long_name"
    verbs.remove_view(session, other)
    assert refusal(verbs.pin_view, session, other, True) == "view.gone"
    assert refusal(verbs.move_view, session, other, 1) == "view.gone"


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-4, 4)), max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
def test_moving_only_changes_the_order(session: Session, moves: list[tuple[int, int]]) -> None:
    for view in saved_views(session):
        verbs.remove_view(session, view.id)
    order = [verbs.save_view(session, f"Вибірка {n}", Look(str(n))).value for n in range(4)]
    for at, step in moves:
        moved = order[at]
        order.remove(moved)
        order.insert(max(0, min(3, at + step)), moved)
        verbs.move_view(session, moved, step)
        assert [view.id for view in saved_views(session)] == order


def test_what_is_kept_comes_back_whole(session: Session) -> None:
    chosen = RegistryFilter(
        {
            "decided": Condition(least=-6, most=0),
            "again": Condition(most=date(2023, 8, 20)),
            "people": Condition(least=3),
        }
    )
    look = Look("миру", chosen, (("settlement", False), ("house", True)), {"hidden": ["note"], "order": ["number"]})
    verbs.save_view(session, "Вибірка", look)
    assert saved_views(session)[0].look == look


def test_the_memory_reads_only_what_a_change_touched(session: Session) -> None:
    ids = [builders.add_household(session, f"Коваль{n}") for n in range(3)]
    memory = RegistryMemory(session)
    before = memory.rows(DAY)
    session.add_listener(memory.hear)
    households.edit_household(session, ids[1], note="корова")
    new = builders.add_household(session, "Щербак")
    households.remove_household(session, ids[0])
    after = memory.rows(DAY)
    assert after == registry(session, DAY)
    assert {row.id for row in after} == {ids[1], ids[2], new}
    assert next(row for row in after if row.id == ids[2]) is before[2]
    memory.hear(Change(Touched.PLACES))
    assert next(row for row in memory.rows(DAY) if row.id == ids[2]) is not before[2]
    assert [row.note for row in memory.some(DAY, [ids[1], ids[0]])] == ["корова"]
