"""Half-typed forms in the encrypted file: each user's own, no part of the register's history."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator.domain.roles import Role
from coordinator.errors import UserError
from coordinator.register import Access, open_register
from coordinator.services.drafts import Draft, drafts, keep_drafts, new_draft_id
from coordinator.services.history import next_undo
from coordinator.services.users import add_user
from coordinator.session import Session
from db import stores
from tests.conftest import PASSPHRASE

OTHER = "another long passphrase"
TYPED = {"phone": "050 123 45 67", "note": "Зозуля, двоє дітей", "people": 3}


@pytest.fixture
def draft_id(session: Session) -> str:
    made = new_draft_id()
    keep_drafts(session, [(made, "call", TYPED)], [])
    return made


@pytest.fixture
def other(session: Session) -> Iterator[Session]:
    """The same register, opened by an operator."""
    add_user(session, "Галина", Role.OPERATOR, OTHER)
    with open_register(session.folder, OTHER) as opened:
        yield opened


def kept(session: Session) -> list[Draft]:
    return drafts(session)


def test_a_draft_is_there_after_the_register_was_closed(session: Session, draft_id: str) -> None:
    session.close()
    with open_register(session.folder, PASSPHRASE) as again:
        (found,) = drafts(again)
    assert (found.id, found.kind, found.fields) == (draft_id, "call", TYPED)


def test_typing_on_changes_the_same_draft_and_saving_removes_it(session: Session, draft_id: str) -> None:
    keep_drafts(session, [(draft_id, "call", {**TYPED, "people": 4})], [])
    assert [one.fields["people"] for one in drafts(session)] == [4]
    keep_drafts(session, [], [draft_id])
    assert drafts(session) == []


def test_nobody_else_sees_a_draft_or_can_remove_it(session: Session, draft_id: str, other: Session) -> None:
    assert drafts(other) == []
    keep_drafts(other, [(new_draft_id(), "decide", {"note": "інше"})], [draft_id])
    assert [one.id for one in drafts(session)] == [draft_id]
    assert [one.kind for one in drafts(other)] == ["decide"]


def test_a_draft_is_no_action_and_wakes_no_view(session: Session, draft_id: str) -> None:
    heard: list[object] = []
    session.add_listener(heard.append)
    before = next_undo(session)
    keep_drafts(session, [(draft_id, "call", {"phone": "1"})], [])
    assert (heard, next_undo(session)) == ([], before)


def test_where_nothing_can_be_written_no_draft_is_kept_or_offered(session: Session, draft_id: str) -> None:
    with open_register(session.folder, PASSPHRASE, access=Access.READ) as looking:
        assert drafts(looking) == []
        with pytest.raises(UserError) as refused:
            keep_drafts(looking, [(new_draft_id(), "call", TYPED)], [])
    assert refused.value.code == "register.asked_read_only"


def test_several_drafts_are_written_together_or_not_at_all(session: Session, draft_id: str) -> None:
    with pytest.raises(TypeError):
        keep_drafts(session, [(new_draft_id(), "call", TYPED), (new_draft_id(), "call", {"bad": object()})], [draft_id])
    assert [one.id for one in drafts(session)] == [draft_id]


def test_fault_24_the_text_of_a_draft_lies_nowhere_outside_the_encrypted_file(session: Session, draft_id: str) -> None:
    session.close()
    for file in Path(session.folder).rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert "Зозуля".encode() not in content and b"050 123" not in content


def test_the_table_of_drafts_has_no_history(session: Session, draft_id: str) -> None:
    keep_drafts(session, [], [draft_id])
    with session.reading() as db:
        assert db.rows("SELECT count(*) FROM change_log WHERE \"table\" = 'draft'") == [(0,)]
        assert stores.drafts.count(db) == 0
