"""The register's file: encrypted, keyed by slots, refused when it is not ours."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from peewee import OperationalError

from coordinator.errors import UserError
from coordinator.register import create_register, open_register
from coordinator.session import change_setting
from coordinator.settings import CENTRE_NAME, SPEED
from db import stores
from db.errors import StorageError
from db.keys import new_key
from db.snapshot import copy_verified
from tests.conftest import PASSPHRASE
from tests.full_disk import a_disk_with_room_for


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
    assert [refusal(folder, "wrong horse battery") for _ in range(2)] == ["register.wrong_passphrase"] * 2
    with open_register(folder, PASSPHRASE) as session:
        assert session.setting(CENTRE_NAME)


def test_the_same_passphrase_in_another_unicode_form_opens(tmp_path: Path) -> None:
    with create_register(tmp_path / "centre", "парольний їжак \u0439"):
        pass
    with open_register(tmp_path / "centre", "парольний їжак \u0438\u0306"):
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


def test_fault_08_a_register_of_a_newer_program_is_only_read(folder: Path) -> None:
    with open_register(folder, PASSPHRASE) as session:
        session._writer.execute_sql(
            "INSERT INTO schema_migration (name, applied) VALUES ('9999_of_the_future', '2030-01-01')"
        )
    with open_register(folder, PASSPHRASE) as session:
        assert session.setting(SPEED) == SPEED.default
        with pytest.raises(UserError) as caught:
            change_setting(session, SPEED, 42.0)
    assert caught.value.code == "register.newer_read_only"


@pytest.mark.parametrize(
    "values",
    [
        {"iterations": 0}, {"iterations": "3"}, {"iterations": 10**9}, {"lanes": 0}, {"lanes": True},
        {"memory_kib": 1e10}, {"memory_kib": 10**10}, {"memory_kib": 1}, {"nonce": "AA=="}, {"salt": ""},
        {"salt": "?"}, {"wrapped": "AAAA"}, {"wrapped": 7}, {"user": None}, {"id": 5},
    ],
    ids=str,
)  # fmt: skip
def test_a_key_file_with_impossible_values_is_damaged(folder: Path, values: dict[str, object]) -> None:
    keys = json.loads((folder / "keys.json").read_text())
    keys["slots"][0] |= values
    (folder / "keys.json").write_text(json.dumps(keys))
    assert refusal(folder) == "register.keys_damaged"


def test_a_closed_register_stays_closed_and_forgets_its_key(tmp_path: Path) -> None:
    session = create_register(tmp_path / "centre", PASSPHRASE)
    session.close()
    session.close()

    def read() -> None:
        with session.reading() as db:
            stores.settings.all(db)

    for use in (read, session.moved, lambda: session.setting(SPEED), lambda: change_setting(session, SPEED, 42.0)):
        with pytest.raises(UserError) as caught:
            use()
        assert caught.value.code == "register.closed"
    assert session.keyring.key == b""
    assert not any(database.connect_params["passphrase"] for database in (session._writer, session._views))


def test_a_register_that_could_not_be_made_leaves_nothing(tmp_path: Path) -> None:
    with a_disk_with_room_for(20_000), pytest.raises(UserError) as caught:
        create_register(tmp_path / "centre", PASSPHRASE)
    assert caught.value.code.startswith("disk.")
    assert list(tmp_path.iterdir()) == []
    with create_register(tmp_path / "centre", PASSPHRASE) as session:
        assert session.folder == tmp_path / "centre.register"


def test_one_block_of_reading_sees_one_moment(tmp_path: Path) -> None:
    with create_register(tmp_path / "centre", PASSPHRASE) as session:
        with session.reading():
            before = session.setting(SPEED)
            with ThreadPoolExecutor(1) as pool:
                pool.submit(change_setting, session, SPEED, 42.0).result()
            assert session.setting(SPEED) == before != 42.0
        assert session.setting(SPEED) == 42.0
        with session.reading() as db:
            connection = db.connection()
        assert not connection.in_transaction


def test_the_reading_connection_cannot_write(tmp_path: Path) -> None:
    with (
        create_register(tmp_path / "centre", PASSPHRASE) as session,
        session.reading() as db,
        pytest.raises(OperationalError, match="readonly"),
    ):
        db.execute_sql("CREATE TABLE more (x)")


def test_what_is_saved_is_on_the_disk(tmp_path: Path) -> None:
    full = 2
    with create_register(tmp_path / "centre", PASSPHRASE) as session:
        assert session._writer.rows("PRAGMA synchronous") == [(full,)]


def test_a_copy_that_does_not_open_with_its_key_is_no_copy(tmp_path: Path) -> None:
    with create_register(tmp_path / "centre", PASSPHRASE) as session, pytest.raises(StorageError):
        copy_verified(session._writer, new_key(), tmp_path / "copies" / "register.db")
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_safe_copy_opens_by_itself_and_old_ones_are_let_go(folder: Path) -> None:
    with open_register(folder, PASSPHRASE) as session:
        change_setting(session, SPEED, 42.0)
        copies = [session.safe_copy("before-import") for _ in range(12)]
    kept = [copy for copy in copies if copy.exists()]
    assert kept == copies[-10:]
    copy = kept[-1].rename(folder.parent / "copy.register")
    with open_register(copy, PASSPHRASE) as session:
        assert session.setting(SPEED) == 42.0


def test_only_its_owner_may_look_into_a_register(folder: Path) -> None:
    assert folder.stat().st_mode & 0o077 == 0
