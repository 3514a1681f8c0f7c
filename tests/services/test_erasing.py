"""Erasing a register: the keys go first, and what broke off is finished by erasing again."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator.domain.roles import Role
from coordinator.errors import UserError
from coordinator.register import create_register, open_register
from coordinator.services import erasing, users
from coordinator.services.old_copies import copies_elsewhere
from coordinator.session import Session, change_setting
from coordinator.settings import SECOND_PLACE
from db import keys
from db.errors import StorageError
from tests import builders
from tests.conftest import PASSPHRASE


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
    assert len(copies_elsewhere(centre)) == 1
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
        assert refusal(session) == "erase.open_elsewhere"
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
