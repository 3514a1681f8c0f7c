"""Files that are cut, flipped, empty, somebody else's or half copied: told, kept, never taken for a new register."""

from __future__ import annotations

import shutil
import struct
import zipfile
from pathlib import Path
from random import Random

import pytest

from coordinator.errors import UserError
from coordinator.queries.registry import registry
from coordinator.register import create_register, open_register
from coordinator.session import Session
from resources.messages import sentence
from tests.builders import add_household
from tests.conftest import PASSPHRASE
from tests.faults.conftest import FAMILIES, Open
from tests.faults.state import damage_of, state_of
from tests.services.lists import LIST_DAY

PLAINTEXT = b"SQLite format 3\x00"
PAGE = 4096
FLIPS = 150


def refusal(folder: Path, passphrase: str = PASSPHRASE) -> UserError:
    with pytest.raises(UserError) as caught, open_register(folder, passphrase):
        pass
    return caught.value


def read_calmly(open_it: Open, folder: Path) -> int | None:
    """How many families can be read, or None where the register refuses with a sentence; nothing else may come."""
    try:
        with open_it(folder) as session:
            return len(registry(session, LIST_DAY))
    except UserError as refused:
        assert sentence(refused.code, refused.facts) != refused.code
        return None


def files_of(folder: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.is_file()}


@pytest.mark.parametrize("size", [0, 1, 100, 511, 512, PAGE - 1, PAGE, 3 * PAGE, 50 * PAGE + 7])
def test_fault_10_a_truncated_file_is_damaged_and_never_a_new_register(centre: Path, unlocked: Open, size: int) -> None:
    data = centre / "register.db"
    whole = data.read_bytes()
    data.write_bytes(whole[:size])
    families = read_calmly(unlocked, centre)
    assert families in (None, FAMILIES)
    if size < PAGE:
        assert families is None
    assert data.read_bytes() == whole[:size]


def test_fault_10_an_empty_file_is_told_as_damaged_with_its_path(centre: Path) -> None:
    (centre / "register.db").write_bytes(b"")
    told = refusal(centre)
    assert told.code == "register.damaged"
    assert str(centre) in sentence(told.code, told.facts)


def test_fault_11_one_bit_flipped_anywhere_is_refused_or_read_and_the_file_is_kept(
    centre: Path, unlocked: Open
) -> None:
    data = centre / "register.db"
    whole = data.read_bytes()
    random = Random(11)
    offsets = [0, 15, 16, 17, 99, PAGE - 1, len(whole) - 1, *(random.randrange(len(whole)) for _ in range(FLIPS))]
    outcomes = set()
    for offset in offsets:
        flipped = bytearray(whole)
        flipped[offset] ^= 1 << random.randrange(8)
        data.write_bytes(flipped)
        outcomes.add(read_calmly(unlocked, centre))
        assert data.read_bytes() == bytes(flipped), f"offset {offset}"
    # Each page is signed: a family is never read wrongly, it is read or refused.
    assert outcomes == {None, FAMILIES}


def test_fault_11_what_can_be_read_is_read_and_what_cannot_is_told(centre: Path, unlocked: Open) -> None:
    data = centre / "register.db"
    whole = data.read_bytes()
    seen = set()
    for page in range(1, len(whole) // PAGE):
        flipped = bytearray(whole)
        flipped[page * PAGE + 40] ^= 4
        data.write_bytes(flipped)
        seen.add((read_calmly(unlocked, centre), _is_damaged(unlocked, centre)))
    # Pages of the families refuse them, pages of other tables do not keep the families from being read.
    assert seen >= {(None, True), (FAMILIES, True)}


def _is_damaged(open_it: Open, folder: Path) -> bool:
    try:
        with open_it(folder) as session, session.reading() as db:
            return bool(damage_of(db))
    except UserError as refused:
        return refused.code == "register.damaged"


def test_fault_11_a_flipped_bit_in_the_log_after_a_crash_gives_an_earlier_whole_state(
    centre: Path, unlocked: Open, tmp_path: Path
) -> None:
    crashed, states = _crashed_after_edits(centre, unlocked, tmp_path)
    log = crashed / "register.db-wal"
    whole = log.read_bytes()
    random = Random(12)
    for _ in range(20):
        folder = Path(shutil.copytree(crashed, tmp_path / "flipped.register"))
        flipped = bytearray(whole)
        flipped[random.randrange(len(whole))] ^= 16
        (folder / "register.db-wal").write_bytes(flipped)
        with unlocked(folder) as session:
            assert state_of(session) in states
            with session.reading() as db:
                assert damage_of(db) == []
        shutil.rmtree(folder)


def _crashed_after_edits(centre: Path, open_it: Open, tmp_path: Path) -> tuple[Path, list[object]]:
    """The folder as a power cut leaves it: the log has edits that are not in the data file yet."""
    with open_it(centre) as session:
        states: list[object] = [state_of(session)]
        for number in range(3):
            add_household(session, f"Взірець{number}", "Ківшарівка")
            states.append(state_of(session))
        crashed = tmp_path / "crashed.register"
        shutil.copytree(centre, crashed)
    return crashed, states


FOREIGN = {
    "plain SQLite": PLAINTEXT + bytes(PAGE * 4),
    "zeros": bytes(PAGE * 3),
    "text": "Список на евакуацію\n".encode() * 400,
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 32,
    "old Excel": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(8192),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_fault_12_a_file_of_another_program_is_refused_and_kept(centre: Path, name: str) -> None:
    (centre / "register.db").write_bytes(FOREIGN[name])
    before = files_of(centre)
    told = refusal(centre)
    assert told.code == ("register.plaintext" if name == "plain SQLite" else "register.damaged")
    assert str(centre) in sentence(told.code, told.facts)
    assert files_of(centre).items() >= before.items()


def test_fault_12_a_zip_in_place_of_the_data_is_refused_and_kept(centre: Path) -> None:
    with zipfile.ZipFile(centre / "register.db", "w") as archive:
        archive.writestr("people.csv", "Зразок;Олена\n" * 1000)
    before = (centre / "register.db").read_bytes()
    assert refusal(centre).code == "register.damaged"
    assert (centre / "register.db").read_bytes() == before


def test_fault_12_a_folder_in_place_of_the_data_is_refused(centre: Path) -> None:
    (centre / "register.db").unlink()
    (centre / "register.db").mkdir()
    assert refusal(centre).code == "register.damaged"


def test_fault_12_a_file_in_place_of_the_register_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "centre.register"
    path.write_bytes(PLAINTEXT)
    assert refusal(path).code == "register.not_found"
    assert path.read_bytes() == PLAINTEXT


def test_fault_12_the_keys_of_another_register_do_not_open_this_one(centre: Path, tmp_path: Path) -> None:
    with create_register(tmp_path / "other", "another passphrase") as other:
        shutil.copyfile(other.folder / "keys.json", centre / "keys.json")
    before = (centre / "register.db").read_bytes()
    assert refusal(centre, "another passphrase").code == "register.damaged"
    assert (centre / "register.db").read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"format": "x", "slots": 1}', b"\xff\x00", b"null"])
def test_fault_12_a_key_file_of_anything_else_is_told_as_damaged(centre: Path, content: bytes) -> None:
    (centre / "keys.json").write_bytes(content)
    assert refusal(centre).code == "register.keys_damaged"
    assert (centre / "keys.json").read_bytes() == content


def test_fault_12_a_key_file_without_slots_is_told(centre: Path) -> None:
    (centre / "keys.json").write_bytes(b'{"format": 1, "slots": []}')
    assert refusal(centre).code in ("register.wrong_passphrase", "register.keys_damaged")


def test_fault_13_no_byte_of_the_register_is_plain_after_making_and_editing(centre: Path, unlocked: Open) -> None:
    with unlocked(centre) as session:
        add_household(session, "Взірцевий", "Ківшарівка")
        _assert_not_plain(centre)
    _assert_not_plain(centre)


def _assert_not_plain(folder: Path) -> None:
    for name, content in files_of(folder).items():
        assert not content.startswith(PLAINTEXT), name
        assert "Взірцевий".encode() not in content, name
    log = files_of(folder).get("register.db-wal", b"")
    assert not log or struct.unpack(">I", log[:4])[0] in (0x377F0682, 0x377F0683)


def crashed_copy(session: Session, folder: Path, *, without: str = "") -> Path:
    """The folder copied while the register is open, as somebody does with a file manager, `without` a file."""
    return Path(shutil.copytree(session.folder, folder, ignore=shutil.ignore_patterns(without)))


def test_fault_09_a_folder_copied_without_its_log_is_told(centre: Path, unlocked: Open, tmp_path: Path) -> None:
    with unlocked(centre) as session:
        add_household(session, "Взірець", "Ківшарівка")
        copy = crashed_copy(session, tmp_path / "copy.register", without="register.db-wal")
    with unlocked(copy) as session:
        assert [code for code, _facts in session.notices] == ["register.copied_without_wal"]
        assert len(registry(session, LIST_DAY)) == FAMILIES
    with unlocked(copy) as session:
        assert session.notices == ()


def test_fault_09_a_folder_copied_whole_while_open_has_everything(centre: Path, unlocked: Open, tmp_path: Path) -> None:
    with unlocked(centre) as session:
        add_household(session, "Взірець", "Ківшарівка")
        copy = crashed_copy(session, tmp_path / "copy.register")
    with unlocked(copy) as session:
        assert session.notices == ()
        assert len(registry(session, LIST_DAY)) == FAMILIES + 1


@pytest.mark.parametrize("missing", ["keys.json", "register.db"])
def test_fault_09_an_incomplete_copy_is_told_by_what_is_missing(centre: Path, missing: str) -> None:
    (centre / missing).unlink()
    told = refusal(centre)
    assert told.code in ("register.no_keys", "register.no_data")
    assert missing in sentence(told.code, told.facts)
    assert not (centre / missing).exists()
