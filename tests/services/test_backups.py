"""Copies: whole or not there, made when something changed, carried to a second place."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coordinator import copies
from coordinator.copies import list_copies
from coordinator.domain.roles import Role
from coordinator.errors import UserError
from coordinator.register import Access, create_register, open_register
from coordinator.services import backups
from coordinator.services.backups import (
    backup,
    backup_if_changed,
    backup_to,
    make_a_copy,
    second_folder,
    second_state,
)  # fmt: skip
from coordinator.services.users import add_user
from coordinator.session import Session, change_setting
from coordinator.settings import CENTRE_NAME, SECOND_PLACE, SPEED
from db import occupancy, stores
from db.connection import open_existing
from db.journal import recording
from db.rows import ActionRow, SettingRow
from resources.messages import sentence
from tests.builders import add_household, add_settlement
from tests.conftest import PASSPHRASE
from tests.full_disk import a_disk_with_room_for

NAME = "Приклад"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2023, 8, 15, 11, 3, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def centre(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    """A register with one household."""
    with create_register(tmp_path / "centre", PASSPHRASE, user="Олена", clock=clock) as session:
        add_settlement(session, "Подоли")
        add_household(session, NAME, "Подоли", people=3)
        yield session


@pytest.fixture
def stick(tmp_path: Path, centre: Session) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    change_setting(centre, SECOND_PLACE, str(place))
    return place


def test_a_copy_opens_like_any_register_and_says_what_it_holds(centre: Session, tmp_path: Path) -> None:
    made = backup(centre).copy
    assert made.path.name == "20230815-110300-000000-asked.register"
    assert (made.households, made.people, made.why, made.fault) == (1, 3, "asked", "")
    copy = made.path.rename(tmp_path / "other.register")
    with open_register(copy, PASSPHRASE) as session, session.reading() as db:
        assert db.rows("SELECT count(*) FROM person") == [(3,)]


def test_fault_13_the_header_of_a_copy_is_not_that_of_plain_sqlite(centre: Session) -> None:
    made = backup(centre).copy
    assert not (made.path / "register.db").read_bytes().startswith(b"SQLite format 3")


def test_a_copy_tells_nothing_in_the_open_and_is_for_its_owner_alone(centre: Session) -> None:
    made = backup(centre).copy
    for file in made.path.iterdir():
        content = file.read_bytes()
        assert NAME.encode() not in content
        assert "Олена".encode() not in content
        assert centre.keyring.key not in content and centre.keyring.key.hex().encode() not in content
        assert file.stat().st_mode & 0o077 == 0
    assert made.path.stat().st_mode & 0o077 == 0
    assert sorted(file.name for file in made.path.iterdir()) == ["copy.json", "keys.json", "register.db"]


def test_fault_18_a_copy_is_made_while_somebody_writes(centre: Session) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            add_household(centre, "Зразок", "Подоли")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backup(centre).copy for _ in range(5)]
    finally:
        stop.set()
        writer.join()
    held = [copy.households or 0 for copy in made]
    assert held == sorted(held)
    for copy in list_copies(centre.folder / "backups"):
        with open_register(copy.path, PASSPHRASE) as session, session.reading() as db:
            assert db.rows("SELECT count(*) FROM household") == [(copy.households,)]


def test_fault_18_half_made_copies_are_swept_and_never_listed(centre: Session) -> None:
    folder = centre.folder / "backups"
    left = folder / ".20230815-100000-000000-changed.register-00000000.part"
    left.mkdir(parents=True)
    (left / "register.db").write_bytes(b"half")
    (left / "making.lock").touch()
    assert list_copies(folder) == []
    made = backup(centre).copy
    assert list(folder.iterdir()) == [made.path]


def test_a_copy_under_way_is_not_swept(centre: Session) -> None:
    into = centre.folder / "backups"
    into.mkdir()
    with copies.filling(into / "20230815-100000-000000-changed.register") as draft:
        backup(centre)
        assert draft.is_dir()


def test_a_copy_is_made_only_if_something_changed(centre: Session, clock: Clock) -> None:
    assert backup_if_changed(centre, "start") is not None
    clock.now += timedelta(minutes=30)
    assert backup_if_changed(centre) is None
    add_household(centre, "Зразок", "Подоли")
    assert backup_if_changed(centre) is not None
    change_setting(centre, SPEED, 42.0)
    assert backup_if_changed(centre) is not None
    assert backup_if_changed(centre) is None


def test_a_changed_passphrase_asks_for_a_new_copy(centre: Session) -> None:
    backup_if_changed(centre, "start")
    centre.keyring.put(centre.user_id, "another horse battery")
    made = backup_if_changed(centre)
    assert made is not None
    assert (made.copy.path / "keys.json").read_bytes() == (centre.folder / "keys.json").read_bytes()


def test_old_copies_are_let_go_and_the_newest_stay(centre: Session, clock: Clock) -> None:
    for _ in range(10):
        clock.now += timedelta(minutes=1)
        last = centre.safe_copy("changed")
    assert [copy.path for copy in backups.list_copies(centre)] == [last]


def test_copies_of_earlier_versions_are_listed(centre: Session) -> None:
    made = backup(centre).copy
    (made.path / "copy.json").unlink()
    old = made.path.rename(made.path.with_name("20230101-080000-000000-before-import"))
    (found,) = backups.list_copies(centre)
    assert (found.path, found.why, found.households, found.fault) == (old, "before-import", None, "")
    assert found.made_at == datetime(2023, 1, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gone", "fault"), [("keys.json", "copy.no_keys"), ("register.db", "copy.no_data"), ("", "copy.changed")]
)
def test_a_copy_that_is_not_whole_is_told_as_such(centre: Session, gone: str, fault: str) -> None:
    made = backup(centre).copy
    if gone:
        (made.path / gone).unlink()
    else:
        os.truncate(made.path / "register.db", 8192)
    assert [copy.fault for copy in backups.list_copies(centre)] == [fault]


def test_fault_04_a_full_disk_is_told_in_megabytes_and_old_copies_stay(centre: Session) -> None:
    before = backup(centre).copy
    with a_disk_with_room_for(100_000), pytest.raises(UserError) as caught:
        backup(centre)
    assert caught.value.code in ("disk.full_backup", "backup.failed")
    assert list((centre.folder / "backups").iterdir()) == [before.path]


def test_fault_04_without_room_nothing_is_begun(centre: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        free = 300_000

    monkeypatch.setattr("shutil.disk_usage", lambda _path: Full)
    with pytest.raises(UserError) as caught:
        backup(centre)
    assert caught.value.code == "disk.full_backup"
    assert (caught.value.facts["free"], caught.value.facts["needed"]) == (0, 2)


def test_make_a_copy_goes_where_it_was_asked_and_is_logged(centre: Session, tmp_path: Path) -> None:
    made = make_a_copy(centre, tmp_path / "away").value
    assert made.path == tmp_path / "away.register"
    with open_register(made.path, PASSPHRASE) as copy:
        assert not copy.setting(CENTRE_NAME)
    with centre.reading() as db:
        assert db.rows("SELECT count(*) FROM action WHERE label = 'make_copy'") == [(1,)]


@pytest.mark.parametrize(
    ("target", "code"),
    [("centre", "copy.exists"), ("nowhere/away", "copy.no_folder"), ("centre.register/inside", "copy.inside")],
)
def test_make_a_copy_refuses_a_place_that_cannot_be(centre: Session, tmp_path: Path, target: str, code: str) -> None:
    with pytest.raises(UserError) as caught:
        make_a_copy(centre, tmp_path / target)
    assert caught.value.code in (code, "copy.inside")


def test_fault_17_a_session_that_only_reads_can_make_a_copy(centre: Session, tmp_path: Path) -> None:
    with open_register(centre.folder, PASSPHRASE, access=Access.READ) as reader:
        made = make_a_copy(reader, tmp_path / "away").value
    assert made.households == 1


def test_a_viewer_carries_no_copy_away(centre: Session, tmp_path: Path) -> None:
    add_user(centre, "Спостерігач", Role.VIEWER, "a viewer's passphrase")
    with open_register(centre.folder, "a viewer's passphrase") as viewer:
        for verb in (make_a_copy, backup_to):
            with pytest.raises(UserError) as caught:
                verb(viewer, tmp_path / "away")
            assert caught.value.code == "role.refused"
    assert not list(tmp_path.glob("away*"))


def test_a_copy_in_a_named_folder_is_logged_and_lets_none_of_it_go(
    centre: Session, clock: Clock, tmp_path: Path
) -> None:
    for _ in range(15):
        clock.now += timedelta(minutes=1)
        backup_to(centre, tmp_path / "stick")
    assert len(list_copies(tmp_path / "stick")) == 15
    with centre.reading() as db:
        assert db.rows("SELECT count(*) FROM action WHERE label = 'make_copy'") == [(15,)]


def test_a_copy_opens_to_be_looked_at_and_a_copied_register_to_be_worked_in(centre: Session, tmp_path: Path) -> None:
    kept, away = backup(centre).copy.path, make_a_copy(centre, tmp_path / "away").value.path
    named = backup_to(centre, tmp_path / "stick").value.path
    assert [copies.is_copy(path) for path in (kept, named, away, centre.folder)] == [True, True, False, False]
    (kept / copies.CARD).unlink()
    assert copies.is_copy(kept)
    with open_register(away, PASSPHRASE) as session:
        add_household(session, NAME)
    with open_register(kept, PASSPHRASE, access=Access.WINDOW) as session:
        assert session.read_only is not None and session.read_only.code == "register.is_copy"
        assert "restore it" in sentence(session.read_only.code)


def test_a_copy_that_was_worked_in_or_is_open_is_not_let_go(centre: Session, clock: Clock) -> None:
    first, second = centre.safe_copy("changed"), centre.safe_copy("changed")
    worked = open_existing(first / "register.db", centre.keyring.key)
    with recording(worked, ActionRow("0" * 32, "change_setting", {}, clock(), "")):
        stores.settings.add(worked, [SettingRow("some.name", "Інший")])
    assert copies.info_of(first).fault == copies.CHANGED
    worked.close()
    window = occupancy.take_window(second)
    assert window is not None
    clock.now += timedelta(minutes=1)
    centre.safe_copy("changed")
    window.release()
    assert first.is_dir() and second.is_dir()
    centre.safe_copy("changed")
    assert first.is_dir() and not second.exists()


def test_a_copy_that_went_bad_in_the_second_place_is_written_again(centre: Session, stick: Path, clock: Clock) -> None:
    made = backup(centre)
    there = second_folder(centre, stick) / made.copy.path.name
    (there / "register.db").write_bytes(b"")
    assert backup_if_changed(centre) is not None
    whole = [copy for copy in list_copies(second_folder(centre, stick)) if not copy.fault]
    assert len(whole) == 1 and there.is_dir()
    assert backup_if_changed(centre) is None

    data = bytearray((whole[0].path / "register.db").read_bytes())
    data[-5_000] ^= 1
    (whole[0].path / "register.db").write_bytes(data)
    assert backup_if_changed(centre) is None
    clock.now += timedelta(hours=25)
    again = backup_if_changed(centre)
    assert again is not None and again.second is not None and not again.second.overdue
    assert len(list_copies(second_folder(centre, stick))) == 3


def test_a_copy_never_brings_back_the_folder_of_an_erased_register(centre: Session, tmp_path: Path) -> None:
    gone = tmp_path / "gone.register"
    with pytest.raises(FileNotFoundError):
        copies.make_copy(centre.folder, centre.keyring.key, gone / "backups", "changed", centre.clock())
    assert not gone.exists()


def test_the_copies_of_both_places_are_listed(centre: Session, stick: Path) -> None:
    backup(centre)
    assert [copy.elsewhere for copy in (*backups.list_copies(centre), *backups.list_second(centre))] == [False, True]


def test_copies_are_carried_to_the_second_place(centre: Session, stick: Path) -> None:
    state = second_state(centre)
    assert state is not None and state.overdue and state.last is None
    made = backup(centre)
    assert made.second is not None and not made.second.overdue and made.second.fault == ""
    (there,) = list_copies(second_folder(centre, stick))
    assert (there.path.name, there.households) == (made.copy.path.name, 1)
    with open_register(there.path, PASSPHRASE):
        pass


def test_fault_19_a_second_place_that_is_gone_is_told_and_the_first_copy_made(
    centre: Session, stick: Path, clock: Clock
) -> None:
    backup(centre)
    stick.rename(stick.with_name("pulled out"))
    clock.now += timedelta(hours=25)
    made = backup(centre)
    assert made.fault is None
    assert made.second is not None
    assert (made.second.fault, made.second.overdue) == ("second.gone", True)
    assert not stick.exists()
    stick.with_name("pulled out").rename(stick)
    again = backup_if_changed(centre)
    assert again is not None and again.second is not None
    assert (again.second.fault, again.second.overdue) == ("", False)


def test_fault_19_where_the_first_place_fails_the_second_is_tried(centre: Session, stick: Path) -> None:
    (centre.folder / "backups").write_bytes(b"no folder")
    made = backup(centre)
    assert made.fault is not None
    assert made.copy.path.is_relative_to(stick)


def test_what_is_noted_of_the_second_place_names_nothing(centre: Session, stick: Path) -> None:
    backup(centre)
    said = json.loads((centre.folder / "backups" / "second.json").read_text())
    assert "stick" not in json.dumps(said)
    change_setting(centre, SECOND_PLACE, str(stick.parent))
    state = second_state(centre)
    assert state is not None and state.last is None


def test_two_registers_of_one_name_share_a_stick_in_peace(centre: Session, stick: Path, tmp_path: Path) -> None:
    mine = backup(centre, "changed").copy.path.name
    with create_register(tmp_path / "elsewhere" / "centre", PASSPHRASE, clock=centre.clock) as other:
        change_setting(other, SECOND_PLACE, str(stick))
        backup(other, "start")
        backup(other, "changed")
        folder = second_folder(other, stick)
    assert mine in {copy.path.name for copy in list_copies(folder)}
