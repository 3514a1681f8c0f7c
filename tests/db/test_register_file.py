"""The register's file: encrypted, keyed by slots, refused when it is not ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coordinator.errors import UserError
from coordinator.register import create_register, open_register
from coordinator.session import change_setting
from coordinator.settings import CENTRE_NAME, SPEED
from tests.conftest import PASSPHRASE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A register that was made and closed."""
    with create_register(tmp_path / "centre", PASSPHRASE) as session:
        change_setting(session, CENTRE_NAME, "Штаб Куп’янськ")
        return session.folder


def refusal(folder: Path, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(UserError) as caught:
        open_register(folder, passphrase)
    return caught.value.code


def test_what_was_written_is_there_after_opening_again(folder: Path) -> None:
    with open_register(folder, PASSPHRASE) as session:
        assert session.setting(CENTRE_NAME) == "Штаб Куп’янськ"


def test_no_byte_of_the_data_is_readable_on_disk(folder: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert not content.startswith(b"SQLite format 3")
            assert "Штаб".encode() not in content
            assert PASSPHRASE.encode() not in content


def test_a_wrong_passphrase_is_told_and_the_right_one_opens_after_it(folder: Path) -> None:
    assert [refusal(folder, "wrong horse battery") for _ in range(3)] == ["register.wrong_passphrase"] * 3
    with open_register(folder, PASSPHRASE) as session:
        assert session.setting(CENTRE_NAME)


def test_the_same_passphrase_in_another_unicode_form_opens(tmp_path: Path) -> None:
    with create_register(tmp_path / "centre", "парольний їжак"):
        pass
    with open_register(tmp_path / "centre", "парольний їжак"):
        pass


@pytest.mark.parametrize("passphrase", ["", "   ", "short"])
def test_a_register_without_a_real_passphrase_is_impossible(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(UserError) as caught:
        create_register(tmp_path / "centre", passphrase)
    assert caught.value.code == "register.short_passphrase"
    assert not (tmp_path / "centre.register").exists()


def test_an_existing_path_is_refused_and_left_alone(folder: Path) -> None:
    before = (folder / "keys.json").read_bytes()
    with pytest.raises(UserError) as caught:
        create_register(folder, PASSPHRASE)
    assert caught.value.code == "register.exists"
    assert (folder / "keys.json").read_bytes() == before


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "register.damaged"),
        (b"x" * 300, "register.damaged"),
        (b"SQLite format 3\x00" + bytes(4096), "register.plaintext"),
        (b"\x00" * 8192, "register.damaged"),
    ],
    ids=["0 bytes", "truncated", "plain text", "foreign"],
)
def test_a_file_that_is_no_register_is_refused_and_kept(folder: Path, content: bytes, code: str) -> None:
    data = folder / "register.db"
    for beside in folder.glob("register.db*"):
        beside.unlink()
    data.write_bytes(content)
    assert refusal(folder) == code
    assert data.read_bytes() == content


def test_a_copy_without_its_key_file_is_told(folder: Path) -> None:
    (folder / "keys.json").unlink()
    assert refusal(folder) == "register.no_keys"


def test_a_key_file_of_a_newer_program_is_refused(folder: Path) -> None:
    keys = json.loads((folder / "keys.json").read_text())
    (folder / "keys.json").write_text(json.dumps({**keys, "format": 99}))
    assert refusal(folder) == "register.newer"


def test_a_register_with_a_migration_we_do_not_know_is_refused(folder: Path) -> None:
    with open_register(folder, PASSPHRASE) as session:
        session._writer.execute_sql(
            "INSERT INTO schema_migration (name, applied) VALUES ('9999_of_the_future', '2030-01-01')"
        )
    assert refusal(folder) == "register.newer"


def test_a_safe_copy_opens_by_itself_and_old_ones_are_let_go(folder: Path) -> None:
    with open_register(folder, PASSPHRASE) as session:
        change_setting(session, SPEED, 42.0)
        copies = [session.safe_copy("test") for _ in range(22)]
    kept = [copy for copy in copies if copy.exists()]
    assert kept == copies[-20:]
    copy = kept[-1].rename(folder.parent / "copy.register")
    with open_register(copy, PASSPHRASE) as session:
        assert session.setting(SPEED) == 42.0
