"""A copy in the place of the register: shown first, set aside first, whole or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from coordinator.copies import list_copies
from coordinator.domain.roles import Role
from coordinator.errors import UserError
from coordinator.keyring import Keyring
from coordinator.register import Access, create_register, open_register, unlock
from coordinator.services.backups import backup, copies_in
from coordinator.services.drafts import drafts, keep_drafts, new_draft_id
from coordinator.services.restore import NotRestored, difference, restore, restore_closed
from coordinator.services.salvaging import salvage
from coordinator.services.users import add_user, remove_user, set_role
from coordinator.session import Session
from db.connection import Database
from resources.messages import sentence
from tests.builders import add_household, add_settlement
from tests.conftest import PASSPHRASE

OLD = Path(__file__).parent.parent / "data" / "registers"
OPERATOR = "an operator's passphrase"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A closed register with two households, and a copy of it when it had one."""
    with create_register(tmp_path / "centre", PASSPHRASE, user="Олена") as session:
        add_settlement(session, "Подоли")
        add_household(session, "Приклад", "Подоли", people=3)
        backup(session)
        add_household(session, "Зразок", "Подоли", people=2)
        return session.folder


def opened(folder: Path, passphrase: str = PASSPHRASE) -> Session:
    return open_register(folder, passphrase)


def the_copy(folder: Path) -> Path:
    return next(copy.path for copy in list_copies(folder / "backups") if copy.why == "asked")


def key_of(folder: Path) -> bytes:
    with opened(folder) as session:
        return session.keyring.key


def owner_of(folder: Path, passphrase: str = PASSPHRASE) -> str:
    """The id of the user whose passphrase this is; the data are not touched."""
    return unlock(folder, passphrase)[1]


def households(session: Session) -> int:
    with session.reading() as db:
        return int(db.rows("SELECT count(*) FROM household")[0][0])


def damage(folder: Path) -> bytes:
    """Flip one bit in the middle of the data; returns the damaged file."""
    data = folder / "register.db"
    content = bytearray(data.read_bytes())
    content[len(content) // 2] ^= 1
    data.write_bytes(content)
    return bytes(content)


def test_fault_20_what_would_change_is_shown_first(register: Path) -> None:
    before = (register / "register.db").read_bytes()
    found = difference(register, key_of(register), the_copy(register))
    assert found.readable
    assert [(count.what, count.now, count.then) for count in found.counts] == [
        ("households", 2, 1), ("people", 5, 3), ("events", 0, 0), ("trips", 0, 0),
    ]  # fmt: skip
    assert found.actions == 1
    assert [(done.label, done.who) for done in found.last] == [("add_household", "Олена")]
    tables = {table.table: (table.lost, table.back, table.changed) for table in found.tables}
    assert tables["household"] == (1, 0, 0)
    assert tables["person"] == (2, 0, 0)
    assert (register / "register.db").read_bytes() == before


def test_fault_20_the_current_file_is_set_aside_first(register: Path) -> None:
    with opened(register) as session:
        restored = restore(session, the_copy(register))
    with restored:
        assert households(restored) == 1
        assert restored.user == "Олена"
        with restored.reading() as db:
            assert db.rows("SELECT label, done_by FROM action ORDER BY rowid DESC LIMIT 1") == [("restore", "Олена")]
    aside = next(copy for copy in list_copies(register / "backups") if copy.why == "before-restore")
    assert aside.households == 2
    with opened(register) as session, restore(session, aside.path) as back:
        assert households(back) == 2


def test_the_register_is_one_file_of_its_owner_after_a_restore(register: Path) -> None:
    restore_closed(register, key_of(register), the_copy(register), owner=owner_of(register))
    names = {entry.name for entry in register.iterdir()}
    assert names - {"window.lock"} == {"register.db", "keys.json", "backups"}
    assert (register / "register.db").stat().st_mode & 0o077 == 0
    assert not [entry for entry in (register / "backups").iterdir() if entry.name.startswith(".")]


def test_keys_users_and_roles_stay_as_they_are_now(register: Path) -> None:
    with opened(register) as session:
        other = add_user(session, "Ігор", Role.COORDINATOR, OPERATOR).value
        backup(session, "later")
        set_role(session, other, Role.OPERATOR)
        restored = restore(session, the_copy(register))
        restored.close()
    with opened(register, OPERATOR) as session:
        assert (session.user, session.role) == ("Ігор", Role.OPERATOR)
    with opened(register) as session:
        later = next(copy.path for copy in list_copies(register / "backups") if copy.why == "later")
        restore(session, later).close()
    with opened(register, OPERATOR) as session:
        assert session.role is Role.OPERATOR


def test_drafts_outlast_a_restore(register: Path) -> None:
    with opened(register) as session:
        keep_drafts(session, [(new_draft_id(), "take_call", {"surname": "Приклад"})], [])
        with restore(session, the_copy(register)) as restored:
            assert len(drafts(restored)) == 1


def test_only_a_coordinator_may_restore(register: Path) -> None:
    with opened(register) as session:
        operator = add_user(session, "Ігор", Role.OPERATOR, OPERATOR).value
        key = session.keyring.key
    with opened(register, OPERATOR) as session, pytest.raises(UserError) as caught:
        restore(session, the_copy(register))
    assert caught.value.code == "role.refused"
    with pytest.raises(UserError) as caught:
        restore_closed(register, key, the_copy(register), owner=operator)
    assert caught.value.code == "role.refused"


def test_a_register_that_somebody_else_has_open_is_not_restored(register: Path) -> None:
    with open_register(register, PASSPHRASE, access=Access.WINDOW), opened(register) as session:
        with pytest.raises(UserError) as caught:
            restore(session, the_copy(register))
        assert caught.value.code == "restore.others_open"
        assert households(session) == 2


def test_a_reader_without_a_mark_keeps_a_restore_out_too(impatient: None, register: Path) -> None:
    with open_register(register, PASSPHRASE, access=Access.READ) as reader, opened(register) as session:
        with pytest.raises(NotRestored) as caught:
            restore(session, the_copy(register))
        assert caught.value.code == "restore.others_unknown"
        with caught.value.session as again:
            assert households(again) == households(reader) == 2


def test_a_copy_of_another_register_is_refused(register: Path, tmp_path: Path) -> None:
    with create_register(tmp_path / "other", PASSPHRASE) as other:
        foreign = backup(other).copy.path
    for with_card in (True, False):
        if not with_card:
            (foreign / "copy.json").unlink()
        with opened(register) as session, pytest.raises(UserError) as caught:
            restore(session, foreign)
        assert caught.value.code == "backup.other_register"


@pytest.mark.parametrize("how", ["flipped", "truncated", "empty"])
def test_a_damaged_copy_is_refused(register: Path, how: str) -> None:
    copy = the_copy(register)
    if how == "flipped":
        damage(copy)
    else:
        os.truncate(copy / "register.db", 0 if how == "empty" else 20_000)
    with opened(register) as session:
        with pytest.raises(UserError) as caught:
            restore(session, copy)
        assert caught.value.code == "copy.damaged"
        assert households(session) == 2


def test_fault_11_a_damaged_register_is_restored_and_its_file_kept(register: Path) -> None:
    key, copy = key_of(register), the_copy(register)
    damaged = damage(register)
    aside = restore_closed(register, key, copy, owner=owner_of(register))
    assert (aside / "register.db").read_bytes() == damaged
    with opened(register) as session:
        assert households(session) == 1
        assert session.role is Role.COORDINATOR


@pytest.mark.parametrize("content", [b"", b"x" * 700, b"SQLite format 3\x00" + bytes(4096), bytes(8192)])
def test_fault_10_what_is_no_register_any_more_is_restored_and_kept(register: Path, content: bytes) -> None:
    key, copy = key_of(register), the_copy(register)
    (register / "register.db").write_bytes(content)
    found = difference(register, key, copy)
    assert not found.readable
    assert [(count.now, count.then) for count in found.counts][:2] == [(None, 1), (None, 3)]
    aside = restore_closed(register, key, copy, owner=owner_of(register))
    assert (aside / "register.db").read_bytes() == content
    with opened(register) as session:
        assert households(session) == 1


def test_fault_06_a_copy_of_an_earlier_schema_is_compared_restored_and_migrated(tmp_path: Path) -> None:
    folder, passphrase = tmp_path / "centre.register", "training only"
    old = OLD / "0001.register"
    shutil.copytree(old, folder)
    with open_register(folder, passphrase) as session:
        key = session.keyring.key
        before = households(session)
    copy = next(copy.path for copy in list_copies(folder / "backups") if copy.why == "before-migration")
    found = difference(folder, key, copy)
    assert found.readable and found.older_schema
    with open_register(folder, passphrase) as session, restore(session, copy) as restored:
        assert households(restored) == before
        assert restored.read_only is None


def test_the_key_is_asked_for_nobody_again(register: Path) -> None:
    with open_register(register, PASSPHRASE, access=Access.WINDOW) as session:
        restored = restore(session, the_copy(register))
    with restored:
        assert restored.is_window
        assert isinstance(restored.keyring, Keyring) and restored.keyring.key


def test_a_key_that_nobody_has_any_more_restores_and_salvages_nothing(register: Path) -> None:
    key, copy = key_of(register), the_copy(register)
    for work in (lambda: restore_closed(register, key, copy, owner="0" * 32), lambda: salvage(register, key, "0" * 32)):
        with pytest.raises(UserError) as caught:
            work()
        assert caught.value.code == "register.user_unknown"
    with opened(register) as session:
        assert households(session) == 2


def test_a_coordinator_who_was_removed_restores_and_salvages_nothing(register: Path) -> None:
    with opened(register) as session:
        key, gone = session.keyring.key, add_user(session, "Ігор", Role.COORDINATOR, OPERATOR).value
        before = (register / "keys.json").read_bytes()
        remove_user(session, gone)
    (register / "keys.json").write_bytes(before)
    assert owner_of(register, OPERATOR) == gone
    copy = the_copy(register)
    for work in (lambda: restore_closed(register, key, copy, owner=gone), lambda: salvage(register, key, gone)):
        with pytest.raises(UserError) as caught:
            work()
        assert caught.value.code == "register.user_removed"


def test_fault_08_a_register_of_a_newer_version_is_not_overwritten_unasked(register: Path) -> None:
    key, copy, owner = key_of(register), the_copy(register), owner_of(register)
    with Database(register / "register.db", key) as newer:
        newer.execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01')")
    assert difference(register, key, copy).newer_register
    with pytest.raises(UserError) as caught:
        restore_closed(register, key, copy, owner=owner)
    assert caught.value.code == "restore.newer"
    restore_closed(register, key, copy, owner=owner, over_newer=True)
    with opened(register) as session:
        assert households(session) == 1


def test_the_files_of_a_damaged_register_are_listed_among_its_copies(register: Path) -> None:
    key, copy, owner = key_of(register), the_copy(register), owner_of(register)
    damage(register)
    aside = restore_closed(register, key, copy, owner=owner)
    listed = next(info for info in copies_in(register) if info.path == aside)
    assert (listed.fault, listed.why) == ("copy.as_it_was", "set-aside")


def test_who_has_it_open_is_told_also_without_a_name(tmp_path: Path) -> None:
    with create_register(tmp_path / "nameless", PASSPHRASE) as session:
        copy, key, folder, owner = backup(session).copy.path, session.keyring.key, session.folder, session.user_id
        with pytest.raises(UserError) as caught:
            restore_closed(folder, key, copy, owner=owner)
    assert caught.value.code == "restore.others_unnamed"
    assert sentence(caught.value.code, caught.value.facts).startswith("This register is open in another program on ")
