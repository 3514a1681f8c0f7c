"""The key file of a register comes back from a copy, for who knows a passphrase of then, and never over a good one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coordinator.copies import list_copies
from coordinator.domain.roles import Role
from coordinator.errors import UserError
from coordinator.register import create_register, open_register
from coordinator.services.backups import backup
from coordinator.services.keys_back import put_keys_back
from coordinator.services.users import add_user, remove_user
from db.layout import BACKUPS, DATA, KEYS
from tests.builders import add_household
from tests.conftest import PASSPHRASE

OPERATOR = "an operator's passphrase"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """With an operator and a copy; the operator left after the copy was made."""
    with create_register(tmp_path / "centre", PASSPHRASE, user="Олена") as session:
        add_household(session, "Приклад")
        who = add_user(session, "Остап", Role.OPERATOR, OPERATOR).value
        backup(session)
        remove_user(session, who)
        return session.folder


def the_copy(folder: Path) -> Path:
    return next(copy.path for copy in list_copies(folder / BACKUPS) if copy.why == "asked")


def refusal(folder: Path, copy: Path, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(UserError) as caught:
        put_keys_back(folder, copy, passphrase)
    return caught.value.code


@pytest.mark.parametrize("damaged", ["", "{", None])
def test_it_opens_again_and_who_left_meanwhile_stays_out(register: Path, damaged: str | None) -> None:
    if damaged is None:
        (register / KEYS).unlink()
    else:
        (register / KEYS).write_text(damaged)
    put_keys_back(register, the_copy(register), PASSPHRASE)
    with pytest.raises(UserError, match=r"register\.user_removed"), open_register(register, OPERATOR):
        pass
    with open_register(register, PASSPHRASE) as session:
        assert session.role is Role.COORDINATOR
    assert (register / "keys-unreadable.json").exists() == (damaged is not None)


def test_a_key_file_that_can_be_read_is_never_replaced(register: Path) -> None:
    before = (register / KEYS).read_bytes()
    assert refusal(register, the_copy(register)) == "keys.there"
    assert (register / KEYS).read_bytes() == before


def test_a_wrong_passphrase_a_copy_without_keys_and_one_of_another_register_change_nothing(
    register: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(the_copy(register), tmp_path / "bare"))
    (copy / KEYS).unlink()
    with create_register(tmp_path / "other", PASSPHRASE) as other:
        backup(other)
        foreign = the_copy(other.folder)
    (register / KEYS).unlink()
    assert refusal(register, copy) == "copy.no_keys"
    assert refusal(register, foreign) == "keys.of_other"
    assert refusal(register, the_copy(register), "not this one") == "register.wrong_passphrase"
    assert not (register / KEYS).exists()


def test_beside_damaged_data_it_comes_back_too(register: Path) -> None:
    (register / KEYS).unlink()
    data = bytearray((register / DATA).read_bytes())
    data[100] ^= 1
    (register / DATA).write_bytes(data)
    put_keys_back(register, the_copy(register), PASSPHRASE)
    assert (register / KEYS).read_bytes() == (the_copy(register) / KEYS).read_bytes()
