"""Erasing a register: the keys go first, and what broke off is finished by erasing again."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator import copies
from coordinator.domain.roles import Role
from coordinator.errors import UserError
from coordinator.register import Access, create_register, open_register
from coordinator.services import backups, erasing, users
from coordinator.services.old_copies import old_copies, worked_in
from coordinator.session import Session, change_setting
from coordinator.settings import SECOND_PLACE
from db import keys, stores
from db.connection import open_existing
from db.errors import StorageError
from db.journal import recording
from db.rows import ActionRow, SettingRow
from resources.messages import sentence
from tests import builders
from tests.conftest import PASSPHRASE
from ui import privacy_words


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def centre(tmp_path: Path, stick: Path) -> Iterator[Session]:
    """A register with copies inside it and on a stick, where the copy of another register lies too."""
    with create_register(tmp_path / "kupiansk", PASSPHRASE) as session:
        builders.add_household(session, "Немирович")
        change_setting(session, SECOND_PLACE, str(stick))
        session.safe_copy("test")
        session.safe_copy("test", stick / "copies")
        with create_register(tmp_path / "other", PASSPHRASE) as other:
            other.safe_copy("test", stick)
        yield session


def refusal(session: Session, name: str = "kupiansk") -> str:
    with pytest.raises(UserError) as caught:
        erasing.erase(session, name)
    return caught.value.code


def key_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*.json") if "keys" in path.name]


def test_nothing_of_an_erased_register_is_left_and_others_are_not_touched(centre: Session, stick: Path) -> None:
    folder = centre.folder
    assert [copy.elsewhere for copy in old_copies(centre)].count(True) == 1
    assert erasing.erase(centre, " kupiansk ") == erasing.Erased(1)
    assert not folder.exists()
    (other,) = key_files(stick)
    with open_register(other.parent, PASSPHRASE):
        pass


def test_the_name_has_to_be_typed(centre: Session) -> None:
    assert refusal(centre, "kupiansk.register") == refusal(centre, "") == "erase.name"
    assert len(builders.person_ids(centre, builders.add_household(centre))) == 2


def test_only_a_coordinator_may_erase(centre: Session) -> None:
    users.add_user(centre, "Operator", Role.OPERATOR, "another passphrase")
    with open_register(centre.folder, "another passphrase") as session:
        assert refusal(session) == "role.refused"
    assert centre.folder.exists()


def test_a_register_that_somebody_has_open_is_not_erased(centre: Session) -> None:
    with open_register(centre.folder, PASSPHRASE) as session:
        assert refusal(session) == "erase.open_unnamed"
    assert key_files(centre.folder)


KILLED = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    from coordinator.register import open_register
    from coordinator.services import erasing
    session = open_register(Path(sys.argv[1]), sys.argv[2])
    function, left = sys.argv[3], int(sys.argv[4])
    def stop(frame, event, arg):
        global left
        if frame.f_globals.get("__name__") in ("coordinator.services.erasing", "db.files"):
            left -= event == "line"
            if left == 0 or frame.f_code.co_name == function:
                os.kill(os.getpid(), signal.SIGKILL)
        return stop
    sys.settrace(stop)
    erasing.erase(session, session.name)
    """
)


def erase_and_kill(folder: Path, *, function: str = "", lines: int = 10**6) -> None:
    """Erase in a process of its own, which is killed when this function begins or after so many lines."""
    command = [sys.executable, "-c", KILLED, str(folder), PASSPHRASE, function, str(lines)]
    done = subprocess.run(command, cwd=Path.cwd(), check=False, capture_output=True)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr


def test_a_crash_in_the_middle_leaves_it_unreadable_and_erasing_again_finishes(centre: Session, stick: Path) -> None:
    folder = centre.folder
    centre.close()
    erase_and_kill(folder, function="_remove_all")
    assert (folder / "register.db").exists()
    places = [path.parent for path in (*key_files(folder), *key_files(stick / "copies"))]
    assert len(places) == 3
    for place in places:
        assert PASSPHRASE.encode() not in (place / "keys.json").read_bytes()
        with pytest.raises(StorageError, match="keys_damaged"):
            keys.load_slots(place / "keys.json")
    assert erasing.half_erased(folder)
    with pytest.raises(UserError, match=r"erase\.name"):
        erasing.finish_erasing(folder, "another")
    assert erasing.finish_erasing(folder, "kupiansk") == erasing.Erased(1)
    assert not folder.exists()


def test_a_register_that_is_whole_is_never_erased_without_its_key(centre: Session) -> None:
    (centre.folder / erasing.NOTE).write_text('{"copies": []}')
    assert not erasing.half_erased(centre.folder)
    with pytest.raises(UserError, match=r"erase\.not_begun"):
        erasing.finish_erasing(centre.folder, "kupiansk")
    assert (centre.folder / "register.db").exists()


def test_killed_while_erasing_it_opens_whole_or_never(tmp_path: Path) -> None:
    """kill -9 at different moments: what still opens is whole, what does not is finished by erasing again."""
    ended = set()
    for lines in (20, 60, 100, 140, 10_000):
        with create_register(tmp_path / f"centre{lines}", PASSPHRASE) as session:
            session.safe_copy("test")
            folder = session.folder
        erase_and_kill(folder, lines=lines)
        if not folder.exists():
            ended.add("gone")
        elif erasing.half_erased(folder):
            erasing.finish_erasing(folder, folder.name.removesuffix(".register"))
            assert not folder.exists()
            ended.add("finished")
        else:
            with open_register(folder, PASSPHRASE) as session:
                assert session.setting(SECOND_PLACE) == ""
            ended.add("whole")
    assert ended == {"gone", "finished", "whole"}


def carried(centre: Session, stick: Path) -> Path:
    """The copy of the register in its folder in the second place."""
    backups.backup(centre)
    return next(backups.second_folder(centre, stick).iterdir())


def test_a_register_in_the_second_place_that_was_worked_in_stays_and_is_named(centre: Session, stick: Path) -> None:
    north = backups.make_a_copy(centre, stick / "north").value.path
    with open_register(north, PASSPHRASE, access=Access.WINDOW) as other:
        builders.add_household(other, "Лишетут")
    assert worked_in(centre) == (north,)
    assert erasing.erase(centre, "kupiansk").others == (north,)
    open_register(north, PASSPHRASE).close()


@pytest.mark.parametrize("damage", ["flipped", "no data", "no card"])
def test_the_keys_of_a_copy_that_cannot_be_opened_go_too(centre: Session, stick: Path, damage: str) -> None:
    copy = carried(centre, stick)
    if damage == "flipped":
        data = bytearray((copy / "register.db").read_bytes())
        data[300:400] = bytes(100)
        (copy / "register.db").write_bytes(data)
    else:
        (copy / "register.db").unlink()
    if damage == "no card":
        (copy / "copy.json").unlink()
    assert erasing.erase(centre, "kupiansk").copies == 2
    assert not copy.exists()


def test_a_key_file_that_cannot_be_written_is_told_and_the_others_go(
    centre: Session, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick that was switched to read-only: neither its key file can be written nor anything removed."""
    copy, folder = carried(centre, stick), centre.folder
    overwrite, removed = erasing._overwrite, erasing._removed

    def refuse(path: Path) -> None:
        if path.is_relative_to(copy):
            raise OSError(30, "Read-only file system", str(path))
        overwrite(path)

    monkeypatch.setattr(erasing, "_overwrite", refuse)
    monkeypatch.setattr(erasing, "_removed", lambda path: [path] if path == copy else removed(path))
    erased = erasing.erase(centre, "kupiansk")
    assert (erased.keyed, erased.left) == ((copy,), ())
    said = "\n".join(privacy_words.erased(erased))
    assert f"{copy} still holds keys" in said and "Nobody can open it" not in said
    assert not key_files(folder) and erasing.half_erased(folder)


def test_nothing_is_erased_while_a_copy_is_being_made(centre: Session, stick: Path) -> None:
    carried(centre, stick)
    for into in (centre.folder / "backups", backups.second_folder(centre, stick)):
        with copies.filling(into / "20230815-100000-000000-changed.register"):
            assert refusal(centre) == "erase.copying"
    with centre.reading() as db:
        assert db.rows("SELECT count(*) FROM household") == [(1,)]


def test_a_reader_without_a_mark_keeps_an_erasing_out(impatient: None, centre: Session) -> None:
    folder = centre.folder
    with open_register(folder, PASSPHRASE, access=Access.READ):
        assert refusal(centre) == "erase.open_unknown"
    open_register(folder, PASSPHRASE).close()


def test_a_copy_inside_that_was_worked_in_is_named_and_nothing_is_erased(centre: Session) -> None:
    inside = next(path for path in (centre.folder / "backups").iterdir())
    worked = open_existing(inside / "register.db", centre.keyring.key)
    with recording(worked, ActionRow("0" * 32, "change_setting", {}, centre.clock(), "")):
        stores.settings.add(worked, [SettingRow("centre.name", "Інший")])
    worked.close()
    assert refusal(centre) == "erase.inside"
    assert key_files(centre.folder)


def test_a_holder_without_a_name_is_told_without_gaps(centre: Session) -> None:
    with open_register(centre.folder, PASSPHRASE), pytest.raises(UserError) as caught:
        erasing.erase(centre, "kupiansk")
    assert caught.value.code == "erase.open_unnamed"
    assert sentence(caught.value.code, caught.value.facts).startswith("The register is open in another program on ")
