"""The log of the register: newest first, part by part, filtered and searched, each action in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.fleet import Driver
from coordinator.errors import UserError
from coordinator.queries.journal import LogKind, Wanted, action_detail, journal_authors, journal_page
from coordinator.services import decisions, exports, fleet, history, households, imports
from coordinator.session import Session
from tests.builders import DAY, add_household
from tests.services.lists import household, people_list, person


def labels(session: Session, wanted: Wanted | None = None) -> list[str]:
    return [entry.label for entry in journal_page(session, wanted or Wanted()).entries]


def bring(session: Session) -> str:
    families = people_list(household(person("Коваль Олена", 1950)), household(person("Гук Ганна", 1940), house="7"))
    return imports.apply_import(session, imports.preview_list(session, families)).value.action_id


def test_the_newest_stands_first_and_what_was_undone_is_marked(session: Session) -> None:
    household_id = add_household(session)
    households.edit_household(session, household_id, pets="коза")
    history.undo(session)
    page = journal_page(session, Wanted())
    assert [entry.label for entry in page.entries] == ["undo", "edit_household", "add_household", "create_register"]
    assert [entry.taken_back for entry in page.entries] == [False, True, False, False]
    history.redo(session)
    assert [entry.taken_back for entry in journal_page(session, Wanted()).entries][:3] == [False, True, False]


def test_a_long_log_is_read_part_by_part(session: Session) -> None:
    with session.act("fill") as act:
        rows = [(f"{n:05}", f"step {n}", "2023-08-15T06:00:00.000000Z", "Ірина", "") for n in range(1000)]
        act.db.connection().executemany(
            "INSERT INTO action (id, label, done_at, done_by, source) VALUES (?, ?, ?, ?, ?)", rows
        )
    seen: list[str] = []
    before: int | None = None
    while True:
        page = journal_page(session, Wanted(), before)
        seen += [entry.label for entry in page.entries]
        before = page.before
        if before is None:
            break
    assert seen == [f"step {n}" for n in reversed(range(1000))] + ["fill", "create_register"]
    some = Wanted(matches=lambda entry: entry.label.endswith(" 7"))
    assert labels(session, some) == ["step 7"]
    assert journal_authors(session)["Ірина"] == 1000
    assert len(journal_page(session, Wanted(authors=frozenset({"Ірина"}))).entries) == 300


def test_imports_exports_and_changes_are_told_apart(session: Session, tmp_path: Path) -> None:
    bring(session)
    add_household(session, "Сич", house="9")
    exports.export(session, exports.ExportKind.PEOPLE, tmp_path / "list.xlsx", DAY)
    assert labels(session, Wanted(LogKind.IMPORTS)) == ["import"]
    assert labels(session, Wanted(LogKind.CHANGES)) == ["add_household", "import"]
    assert labels(session, Wanted(LogKind.KEYS)) == ["create_register"]
    (out,) = journal_page(session, Wanted(LogKind.OUT)).entries
    assert (out.label, out.people, out.target, out.kinds) == ("export", 4, "list.xlsx", ("export:people",))


def test_an_action_tells_its_changes_by_household(session: Session) -> None:
    household_id = add_household(session)
    decisions.decide(session, household_id, Decision.UNDECIDED)
    detail = action_detail(session, journal_page(session, Wanted()).entries[0].action_id)
    assert detail.entry.facts == {"number": 1, "decision": "undecided"}
    assert {(change.household_id, change.number) for change in detail.changes} == {(household_id, 1)}
    changed = next(change for change in detail.changes if change.table == "household")
    assert changed.fields["decision"] == ("packed", "undecided")
    with pytest.raises(UserError, match=r"undo\.gone"):
        action_detail(session, "nothing")


def test_an_undo_names_all_that_it_kept_even_later(session: Session) -> None:
    action_id = bring(session)
    with session.reading() as db:
        ids = [row[0] for row in db.rows("SELECT id FROM household ORDER BY number")]
    for household_id in ids:
        households.edit_household(session, household_id, note="перевірено")
    undone = history.undo_action(session, action_id).value
    detail = action_detail(session, undone.action_id)
    assert [number for number, _id in detail.kept] == list(undone.households) == [1, 2]
    assert [one for _number, one in detail.kept] == ids


def test_one_undo_of_the_log_is_done_again(session: Session) -> None:
    add_household(session)
    undone = history.undo(session).value
    fleet.save_driver(session, Driver(None, "Петро Приклад", "0501234567"))
    assert history.next_redo(session) is None
    history.redo_action(session, undone.action_id)
    with session.reading() as db:
        assert db.rows("SELECT count(*) FROM household") == [(1,)]
    with pytest.raises(UserError, match=r"redo\.done"):
        history.redo_action(session, undone.action_id)


@pytest.mark.parametrize("label", ["add_user", "print", "create_register", "undo", "redo", "anonymise"])
def test_what_cannot_be_undone_says_why(session: Session, label: str) -> None:
    with session.act(label) as act:
        pass
    with pytest.raises(UserError) as caught:
        history.undo_action(session, act.id)
    assert caught.value.code == history.REFUSED[label]


def test_what_is_done_again_next_is_named_as_the_action_itself(session: Session) -> None:
    household_id = add_household(session)
    decisions.decide(session, household_id, Decision.UNDECIDED)
    before, _after = history.next_both(session)
    history.undo(session)
    _before, again = history.next_both(session)
    assert before is not None and again is not None
    assert (before.label, before.facts) == (again.label, again.facts)
    assert before.facts["number"] == 1
