"""A full disk: rolled back, told with the free and the needed megabytes, and it goes on when there is room again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from coordinator.errors import UserError
from coordinator.queries.registry import registry
from coordinator.register import Access, create_register, open_register
from coordinator.services import gazetteer, imports, users
from coordinator.services.exports import ExportKind, export
from coordinator.session import Session
from resources.messages import sentence
from tests.builders import add_household
from tests.conftest import PASSPHRASE
from tests.faults.small_disk import SmallDisk, small_disk
from tests.faults.state import damage_of, state_of
from tests.faults.workbooks import people_list
from tests.full_disk import a_disk_with_room_for
from tests.services.lists import LIST_DAY

DAY = date(2023, 8, 15)
MEGABYTES = 24


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk", MEGABYTES) as mounted:
        yield mounted


@pytest.fixture
def centre(disk: SmallDisk) -> Iterator[Session]:
    """A register on the small disk."""
    with create_register(disk.path / "centre", PASSPHRASE) as session:
        gazetteer.seed(session)
        for number in range(3):
            add_household(session, f"Зразок{number}", "Ківшарівка", 3)
        yield session


def told(verb: Callable[[], object]) -> UserError:
    """What a verb on a full disk says: with the free and the needed megabytes in the sentence."""
    with pytest.raises(UserError) as caught:
        verb()
    error = caught.value
    assert error.code.startswith(("disk.full_", "export.disk_full")), (error.code, error.facts)
    text = sentence(error.code, error.facts)
    assert f"{error.facts['free']} MB" in text and f"{error.facts['needed']} MB" in text and "–" not in text
    assert int(str(error.facts["needed"])) > int(str(error.facts["free"]))
    return error


def until_full(session: Session) -> None:
    for number in range(100_000):
        add_household(session, f"Взірець{number}", "Ківшарівка", 9, note="приклад " * 300)


def assert_whole(session: Session) -> None:
    with session.reading() as db:
        assert damage_of(db) == []


def test_fault_04_an_edit_on_a_full_disk_is_rolled_back_and_told_in_megabytes(disk: SmallDisk, centre: Session) -> None:
    disk.fill(leave=200_000)
    told(lambda: until_full(centre))
    before = state_of(centre)
    told(lambda: add_household(centre, "Взірець", "Ківшарівка", 9, note="приклад " * 3000))
    assert state_of(centre) == before
    assert_whole(centre)
    disk.free_up()
    add_household(centre, "Останній", "Ківшарівка")
    assert state_of(centre).rows["household"] == before.rows["household"] + 1


def test_fault_04_what_was_saved_before_the_disk_was_full_is_there_after_opening_again(
    disk: SmallDisk, centre: Session
) -> None:
    disk.fill(leave=150_000)
    told(lambda: until_full(centre))
    before = state_of(centre)
    centre.close()
    disk.free_up()
    with open_register(centre.folder, PASSPHRASE) as again:
        assert state_of(again) == before
        assert_whole(again)


@pytest.mark.parametrize("leave", [0, 700_000])
def test_fault_04_an_import_on_a_full_disk_is_all_or_nothing(disk: SmallDisk, centre: Session, leave: int) -> None:
    book = people_list(disk.path.parent / "list.xlsx", 0, families=400)
    preview = imports.preview_import(centre, book, LIST_DAY)
    before = state_of(centre)
    disk.fill(leave)
    told(lambda: imports.apply_import(centre, preview))
    assert state_of(centre) == before
    assert_whole(centre)
    disk.free_up()
    imports.apply_import(centre, preview)
    assert state_of(centre).rows["household"] == before.rows["household"] + 400


def test_fault_04_an_import_that_fills_the_disk_while_it_writes_is_rolled_back(
    disk: SmallDisk, centre: Session
) -> None:
    book = people_list(disk.path.parent / "list.xlsx", 0, families=400)
    preview = imports.preview_import(centre, book, LIST_DAY)
    before = state_of(centre)

    def full_once_it_writes(_part: float, label: str) -> bool:
        if label == "import.writing":
            disk.fill()
        return True

    told(lambda: imports.apply_import(centre, preview, full_once_it_writes))
    assert state_of(centre) == before
    assert_whole(centre)
    # The safety copy was made while there was room.
    assert [copy.name for copy in (centre.folder / "backups").glob("[!.]*before-import*")]


def test_fault_04_a_copy_without_room_is_told_and_leaves_nothing(disk: SmallDisk, centre: Session) -> None:
    disk.fill(leave=500_000)
    told(lambda: centre.safe_copy("test"))
    assert not [entry for entry in (centre.folder / "backups").rglob("*") if entry.is_file()]
    disk.free_up()
    assert centre.safe_copy("test").is_dir()


@pytest.mark.parametrize("kind", [ExportKind.PEOPLE, ExportKind.DAILY_SUMMARY])
def test_fault_04_an_export_without_room_leaves_the_old_workbook(
    disk: SmallDisk, centre: Session, kind: ExportKind
) -> None:
    target = disk.path / "list.xlsx"
    export(centre, kind, target, DAY)
    old = target.read_bytes()
    entries = state_of(centre).rows["printed"]
    disk.fill()
    told(lambda: export(centre, kind, target, DAY))
    assert target.read_bytes() == old
    assert sorted(entry.name for entry in disk.path.iterdir()) == ["ballast", "centre.register", "list.xlsx"]
    assert state_of(centre).rows["printed"] == entries


def test_fault_04_and_05_a_passphrase_that_could_not_be_saved_is_not_changed(tmp_path: Path) -> None:
    """There is room for a key file and none for the entry in the history."""
    with create_register(tmp_path / "centre", PASSPHRASE) as session:
        add_household(session, "Зразок")
        keys = (session.folder / "keys.json").read_bytes()
        with (
            a_disk_with_room_for((session.folder / "register.db-wal").stat().st_size),
            pytest.raises(UserError) as caught,
        ):
            users.change_passphrase(session, PASSPHRASE, "changed horse battery")
        assert caught.value.code in ("disk.full_room", "disk.failed")
        assert (session.folder / "keys.json").read_bytes() == keys
        users.change_passphrase(session, PASSPHRASE, "changed horse battery")
        assert (session.folder / "keys.json").read_bytes() != keys
        assert not list(session.folder.glob(".keys*"))


def test_fault_04_a_register_is_not_made_on_a_full_disk(disk: SmallDisk) -> None:
    disk.fill(leave=60_000)
    with pytest.raises(UserError) as caught:
        create_register(disk.path / "new", PASSPHRASE)
    assert caught.value.code == "disk.full"
    assert [entry.name for entry in disk.path.iterdir()] == ["ballast"]


def test_fault_04_a_limit_on_file_sizes_is_as_good_as_a_full_disk(tmp_path: Path) -> None:
    """Where nothing can be mounted: the log cannot grow, the edit is rolled back, the file stays whole."""
    with create_register(tmp_path / "centre", PASSPHRASE) as session:
        add_household(session, "Зразок")
        before = state_of(session)
        with a_disk_with_room_for(90_000), pytest.raises(UserError) as caught:
            add_household(session, "Взірець", people=9, note="приклад " * 30_000)
        assert caught.value.code in ("disk.full_room", "disk.failed")
        assert state_of(session) == before
        assert_whole(session)
        add_household(session, "Останній")
        assert len(registry(session, DAY)) == 2


@pytest.mark.parametrize("access", [Access.WINDOW, Access.COMMAND])
def test_fault_04_on_a_full_disk_the_register_can_be_looked_at(
    disk: SmallDisk, centre: Session, access: Access
) -> None:
    centre.close()
    disk.fill()
    with open_register(centre.folder, PASSPHRASE, access=access) as looking:
        assert looking.read_only is not None and looking.read_only.code == "register.disk_full"
        assert len(registry(looking, DAY)) == 3
        with pytest.raises(UserError) as caught:
            add_household(looking, "Зразок")
        assert caught.value.code == "register.disk_full"
    disk.free_up()
    with open_register(centre.folder, PASSPHRASE) as session:
        assert len(registry(session, DAY)) == 3
