"""Key slots: each opens the one key, none says whose it is, and the file changes whole or not at all."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from db import keys
from db.errors import StorageError
from tests.conftest import SHIPPED_COST

OLENA, MARKO = "0190-olena", "0190-marko"
CODE = "7K2M9QZX3H8B5T1V6C4D0RNW"


@pytest.fixture(scope="module")
def key() -> bytes:
    return keys.new_key()


@pytest.fixture(scope="module")
def slots(key: bytes) -> list[keys.Slot]:
    """Two users and a recovery code. Made once: each takes the time that Argon2id is meant to take."""
    return [
        keys.make_slot(key, "correct horse battery", OLENA),
        keys.make_slot(key, "another horse battery", MARKO),
        keys.make_slot(key, CODE, "", keys.RECOVERY),
    ]


def test_every_passphrase_opens_the_same_key_and_says_whose_it_is(key: bytes, slots: list[keys.Slot]) -> None:
    for passphrase, owner in (("correct horse battery", OLENA), ("another horse battery", MARKO)):
        opened = keys.unwrap(slots, passphrase)
        assert opened is not None
        assert (opened[0], opened[1].owner) == (key, owner)


def test_a_wrong_passphrase_opens_nothing(slots: list[keys.Slot]) -> None:
    assert keys.unwrap(slots, "correct horse batterie") is None


def test_the_recovery_code_is_no_passphrase_and_a_passphrase_no_code(key: bytes, slots: list[keys.Slot]) -> None:
    assert keys.unwrap(slots, CODE) is None
    assert keys.unwrap(slots, "correct horse battery", keys.RECOVERY) is None
    opened = keys.unwrap(slots, CODE, keys.RECOVERY)
    assert opened is not None and opened[0] == key


def test_fault_26_without_their_slot_a_user_is_out_and_all_others_still_open(
    key: bytes, slots: list[keys.Slot]
) -> None:
    left = [slot for slot in slots if slot.owner != MARKO]
    assert keys.unwrap(left, "another horse battery") is None
    opened = keys.unwrap(left, "correct horse battery")
    assert opened is not None and opened[0] == key


def test_a_slot_cannot_be_passed_off_as_another(slots: list[keys.Slot]) -> None:
    stolen = replace(slots[0], id=slots[1].id)
    assert keys.unwrap([stolen], "correct horse battery") is None


def test_a_slot_of_the_first_schema_without_a_user_is_known_by_its_own_id(key: bytes) -> None:
    slot = keys.make_slot(key, "correct horse battery", "")
    assert slot.owner == slot.id


@pytest.mark.parametrize("passphrase", ["", " ", "\u00a0\t"])
def test_fault_13_an_empty_passphrase_wraps_no_key(key: bytes, passphrase: str) -> None:
    with pytest.raises(StorageError) as caught:
        keys.make_slot(key, passphrase, OLENA)
    assert caught.value.code == "register.empty_passphrase"


def test_the_key_file_is_the_owners_alone_and_holds_neither_key_nor_code(
    tmp_path: Path, key: bytes, slots: list[keys.Slot]
) -> None:
    path = tmp_path / "keys.json"
    keys.save_slots(path, slots)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text("utf-8")
    assert key.hex() not in text
    assert CODE not in text and "horse" not in text
    assert keys.load_slots(path) == slots


def test_fault_05_a_change_that_is_cut_off_leaves_the_old_slots_whole(
    tmp_path: Path, slots: list[keys.Slot], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keys.json"
    keys.save_slots(path, slots)

    def cut(*_paths: object) -> None:
        raise OSError("power is gone")

    monkeypatch.setattr(os, "replace", cut)
    with pytest.raises(OSError, match="power is gone"):
        keys.save_slots(path, slots[:1])
    assert keys.load_slots(path) == slots
    assert [file.name for file in tmp_path.iterdir()] == ["keys.json"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("lanes", 0), ("lanes", 1_000_000), ("iterations", 10**9), ("memory_kib", 4), ("memory_kib", 2**40),
        ("iterations", True), ("salt", "AAAA"), ("nonce", "не base64"), ("wrapped", ""), ("user", None), ("kind", 5),
    ],
)  # fmt: skip
def test_values_that_no_slot_can_have_are_told_as_damage_and_never_computed(
    tmp_path: Path, slots: list[keys.Slot], field: str, value: object
) -> None:
    path = tmp_path / "keys.json"
    path.write_text(json.dumps({"format": 1, "slots": [{**slots[0].to_json(), field: value}]}), "utf-8")
    with pytest.raises(StorageError) as caught:
        keys.load_slots(path)
    assert caught.value.code == "register.keys_damaged"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "register.keys_damaged"), ("{", "register.keys_damaged"), ("[]", "register.keys_damaged"),
        ('{"format": 1}', "register.keys_damaged"), ('{"format": 2, "slots": []}', "register.newer"),
    ],
)  # fmt: skip
def test_a_key_file_that_cannot_be_used_is_told(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(content)
    with pytest.raises(StorageError) as caught:
        keys.load_slots(path)
    assert caught.value.code == code


def test_a_missing_key_file_is_told_with_its_folder(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        keys.load_slots(tmp_path / "keys.json")
    assert (caught.value.code, caught.value.facts) == ("register.no_keys", {"path": str(tmp_path)})


def test_the_shipped_cost_is_the_second_option_of_rfc_9106() -> None:
    assert SHIPPED_COST == (3, 4, 64 * 1024)
