"""One writing window, others beside it; what a dead process leaves is taken over."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coordinator.errors import UserError
from coordinator.register import Access, open_register
from coordinator.session import Session, change_setting
from coordinator.settings import SPEED
from db import medium, occupancy
from tests.conftest import PASSPHRASE

NOW = datetime(2023, 8, 15, 11, 3, tzinfo=UTC)
KEY = bytes(32)


def write(session: Session) -> str:
    """Change a setting; the code of the refusal, or ""."""
    try:
        change_setting(session, SPEED, 42.0)
    except UserError as refusal:
        return refusal.code
    return ""


@pytest.fixture
def folder(session: Session) -> Path:
    """A closed register."""
    session.close()
    return session.folder


def test_fault_14_a_second_window_reads_and_is_told_who_holds_the_file(folder: Path) -> None:
    with open_register(folder, PASSPHRASE, access=Access.WINDOW) as first:
        with open_register(folder, PASSPHRASE, access=Access.WINDOW) as second:
            assert second.read_only is not None
            assert second.read_only.code == "register.held_unnamed"
            assert second.read_only.facts["kind"] == "window"
            assert write(second) == "register.held_unnamed"
        assert write(first) == ""
    with open_register(folder, PASSPHRASE, access=Access.WINDOW) as third:
        assert third.read_only is None


def test_a_command_writes_beside_a_window_which_hears_of_it(folder: Path) -> None:
    with open_register(folder, PASSPHRASE, access=Access.WINDOW) as window:
        assert not window.moved()
        with open_register(folder, PASSPHRASE) as command:
            assert write(command) == ""
        assert window.moved()
        assert not window.moved()
        assert window.setting(SPEED) == 42.0


def test_a_reader_follows_the_writer_and_leaves_no_read_open(folder: Path) -> None:
    with open_register(folder, PASSPHRASE) as writer, open_register(folder, PASSPHRASE, access=Access.READ) as reader:
        assert reader.setting(SPEED) == SPEED.default
        write(writer)
        assert reader.moved()
        assert reader.setting(SPEED) == 42.0
        with writer.reading() as db:
            busy, *_pages = db.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0]
        assert not busy


def test_a_closed_register_leaves_nothing_beside_it(folder: Path) -> None:
    with open_register(folder, PASSPHRASE, access=Access.WINDOW):
        assert list(folder.glob("open-*.json"))
    left = {path.name for path in folder.iterdir()} - {occupancy.WINDOW_LOCK, "backups"}
    assert left == {"keys.json", "register.db"}


def test_fault_09_a_folder_copied_without_its_log_is_told(folder: Path, tmp_path: Path) -> None:
    with open_register(folder, PASSPHRASE, access=Access.WINDOW) as session:
        write(session)
        copy = tmp_path / "copied.register"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    with open_register(copy, PASSPHRASE) as opened:
        assert [code for code, _facts in opened.notices] == ["register.copied_without_wal"]
    with open_register(copy, PASSPHRASE) as again:
        assert again.notices == ()


def test_a_whole_copy_of_an_open_folder_is_read_with_its_log(folder: Path, tmp_path: Path) -> None:
    with open_register(folder, PASSPHRASE, access=Access.WINDOW) as session:
        write(session)
        copy = tmp_path / "copied.register"
        shutil.copytree(folder, copy)
    with open_register(copy, PASSPHRASE) as opened:
        assert opened.notices == ()
        assert opened.setting(SPEED) == 42.0


def test_fault_15_the_mark_of_a_dead_process_is_swept_away(tmp_path: Path) -> None:
    mark = tmp_path / "open-00.json"
    mark.write_text(json.dumps({"kind": "window", "host": "x", "pid": 1, "since": NOW.isoformat(), "user": ""}))
    assert occupancy.sweep(tmp_path)
    assert not list(tmp_path.glob("open-*"))
    assert not occupancy.sweep(tmp_path)


def test_a_mark_says_who_it_is_only_to_who_has_the_key(tmp_path: Path) -> None:
    mark = occupancy.arrive(tmp_path, KEY, "window", "Оксана", NOW)
    assert [holder.user for holder in occupancy.holders(tmp_path, KEY)] == ["Оксана"]
    assert [holder.user for holder in occupancy.holders(tmp_path, bytes(31) + b"1")] == [""]
    assert "Оксана" not in mark.file.read_text()
    assert not occupancy.sweep(tmp_path)
    mark.leave()
    assert not list(tmp_path.iterdir())


def test_fault_17_a_network_drive_is_known_by_its_mount() -> None:
    mounts = "/dev/sda1 / ext4 rw 0 0\nnas:/share /mnt/nas nfs4 rw 0 0\n//srv/x /mnt/two\\040words cifs rw 0 0\n"
    assert medium.file_system_of(Path("/home/a"), mounts) == "ext4"
    assert medium.file_system_of(Path("/mnt/nas/kupiansk.register"), mounts) == "nfs4"
    assert medium.file_system_of(Path("/mnt/two words/a"), mounts) == "cifs"
    assert medium.file_system_of(Path("/mnt/nasty"), mounts) == "ext4"
