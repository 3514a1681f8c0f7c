"""Opening where something is wrong around the file: power cuts, migrations, versions, locks, folders."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator.errors import UserError
from coordinator.queries.registry import registry
from coordinator.register import Access, open_register
from coordinator.services.backups import make_a_copy
from coordinator.session import Session
from db import schema
from resources.messages import sentence
from tests.builders import add_household
from tests.conftest import PASSPHRASE
from tests.data import PASSPHRASE as TRAINING
from tests.data import copied
from tests.faults.conftest import FAMILIES, Open
from tests.faults.small_disk import read_only_disk
from tests.faults.state import damage_of, state_of
from tests.services.lists import LIST_DAY

ROOT = Path(__file__).parents[2]
HOLDS_IT = """
import os, sys
from pathlib import Path
from coordinator.register import Access, open_register
from tests.builders import add_household
session = open_register(Path(sys.argv[1]), sys.argv[2], access=Access.WINDOW)
add_household(session, "Взірець", "Ківшарівка")
print("saved", flush=True)
sys.stdin.read()
"""


def power_cut(session: Session, folder: Path) -> Path:
    """The register as the disk has it at this moment; SQLite's shared memory is gone, as after a power cut."""
    return Path(shutil.copytree(session.folder, folder, ignore=shutil.ignore_patterns("*-shm")))


def test_fault_02_what_was_told_as_saved_is_there_after_a_power_cut(
    centre: Path, unlocked: Open, tmp_path: Path
) -> None:
    with unlocked(centre) as session:
        for number in range(5):
            add_household(session, f"Взірець{number}", "Ківшарівка")
            told = state_of(session)
            cut = power_cut(session, tmp_path / f"cut-{number}.register")
            with unlocked(cut) as after:
                assert after.notices == ()
                assert state_of(after) == told
                with after.reading() as db:
                    assert damage_of(db) == []


def test_fault_03_a_power_cut_then_three_wrong_passphrases_then_the_right_one(
    centre: Path, unlocked: Open, tmp_path: Path
) -> None:
    with unlocked(centre) as session:
        add_household(session, "Взірець", "Ківшарівка")
        cut = power_cut(session, tmp_path / "cut.register")
    before = (cut / "register.db").read_bytes(), (cut / "register.db-wal").read_bytes()
    codes = []
    for _ in range(3):
        with pytest.raises(UserError) as caught:
            open_register(cut, "wrong horse battery")
        codes.append(caught.value.code)
    assert codes == ["register.wrong_passphrase"] * 3
    assert ((cut / "register.db").read_bytes(), (cut / "register.db-wal").read_bytes()) == before
    # The delay runs from the last wrong try by the clock of the machine.
    (cut / "tries.json").unlink()
    with open_register(cut, PASSPHRASE) as after:
        assert len(registry(after, LIST_DAY)) == FAMILIES + 1


def migrations_that_fail(folder: Path) -> Path:
    """The scripts of the program and one more, which changes the file and then raises."""
    scripts = Path(shutil.copytree(schema.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__")))
    (scripts / "0999_that_fails.py").write_text(
        "def up(migrator, db):\n"
        "    db.execute_sql('CREATE TABLE half (x)')\n"
        "    db.execute_sql('DELETE FROM need')\n"
        "    raise RuntimeError('the script says no')\n"
    )
    return scripts


@pytest.mark.parametrize("access", [Access.WINDOW, Access.COMMAND])
def test_fault_07_a_migration_that_raises_is_rolled_back_and_the_register_opens_read_only(
    centre: Path, tmp_path: Path, access: Access
) -> None:
    with open_register(centre, PASSPHRASE) as session:
        before = state_of(session)
    scripts = migrations_that_fail(tmp_path / "scripts")
    with open_register(centre, PASSPHRASE, access=access, migrations=scripts) as session:
        assert session.read_only is not None and session.read_only.code == "register.migration_failed"
        told = sentence(session.read_only.code, session.read_only.facts)
        copy = str(session.read_only.facts["copy"])
        assert "the script says no" in told and copy in told
        assert (centre / "backups" / copy / "register.db").is_file()
        assert state_of(session) == before
        with pytest.raises(UserError) as caught:
            add_household(session, "Взірець")
        assert caught.value.code == "register.migration_failed"
    with open_register(centre, PASSPHRASE, access=Access.WINDOW) as session:
        assert session.read_only is None
        assert state_of(session) == before
        with session.reading() as db:
            assert damage_of(db) == [] and not db.table_exists("half")


def test_fault_06_and_07_an_old_file_stays_old_where_its_migration_raises(tmp_path: Path) -> None:
    folder = copied("0001.register", tmp_path)
    scripts = migrations_that_fail(tmp_path / "scripts")
    with open_register(folder, TRAINING, migrations=scripts) as session:
        assert session.read_only is not None
        with session.reading() as db:
            assert next(name[:4] for name in schema.pending(db)) == "0002"
            assert db.rows("SELECT count(*) FROM household")[0][0] > 20
    with open_register(folder, TRAINING) as session:
        assert session.read_only is None


def test_fault_08_a_newer_file_in_an_older_program_is_read_and_never_written(centre: Path, tmp_path: Path) -> None:
    scripts = Path(shutil.copytree(schema.FOLDER, tmp_path / "newer"))
    (scripts / "0998_of_the_future.py").write_text("def up(migrator, db):\n    pass\n")
    open_register(centre, PASSPHRASE, migrations=scripts).close()
    before = (centre / "register.db").read_bytes()
    with open_register(centre, PASSPHRASE, access=Access.WINDOW) as session:
        assert session.read_only is not None and session.read_only.code == "register.newer_read_only"
        assert len(registry(session, LIST_DAY)) == FAMILIES
        with pytest.raises(UserError) as caught:
            add_household(session, "Взірець")
        assert caught.value.code == "register.newer_read_only"
    assert (centre / "register.db").read_bytes() == before
    open_register(centre, PASSPHRASE, migrations=scripts).close()


@pytest.fixture
def holding(centre: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the register open in a window and has saved something."""
    command = [sys.executable, "-c", HOLDS_IT, str(centre), PASSPHRASE]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "saved\n"
    yield process
    ended(process, signal.SIGKILL)


def ended(process: subprocess.Popen[str], number: signal.Signals) -> None:
    process.send_signal(number)
    process.communicate(timeout=30)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_fault_14_and_15_a_second_instance_reads_and_takes_over_when_the_first_was_killed(
    centre: Path, holding: subprocess.Popen[str]
) -> None:
    with open_register(centre, PASSPHRASE, access=Access.WINDOW) as second:
        assert second.read_only is not None and second.read_only.code.startswith("register.held")
        assert second.read_only.facts["pid"] == holding.pid
        assert len(registry(second, LIST_DAY)) == FAMILIES + 1
    ended(holding, signal.SIGKILL)
    with open_register(centre, PASSPHRASE, access=Access.WINDOW) as second:
        assert second.read_only is None and second.notices == () and second.others() == []
        assert len(registry(second, LIST_DAY)) == FAMILIES + 1
        add_household(second, "Взірець")
    assert not list(centre.glob("open-*"))


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("access", [Access.READ, Access.COMMAND])
def test_fault_15_a_killed_window_is_not_taken_for_a_copy_without_its_log(
    centre: Path, holding: subprocess.Popen[str], access: Access
) -> None:
    with open_register(centre, PASSPHRASE, access=access):
        ended(holding, signal.SIGKILL)
    # Who closes last takes the log into the file and away.
    with open_register(centre, PASSPHRASE, access=Access.WINDOW) as session:
        assert session.notices == ()
        assert len(registry(session, LIST_DAY)) == FAMILIES + 1


def test_fault_17_a_read_only_folder_is_told_at_once_and_can_be_saved_elsewhere(
    centre: Path, unlocked: Open, tmp_path: Path
) -> None:
    with read_only_disk(centre):
        with unlocked(centre) as session:
            assert session.read_only is not None and session.read_only.code == "register.folder_read_only"
            assert str(centre) in sentence(session.read_only.code, session.read_only.facts)
            assert len(registry(session, LIST_DAY)) == FAMILIES
            with pytest.raises(UserError) as caught:
                add_household(session, "Взірець")
            assert caught.value.code == "register.folder_read_only"
            elsewhere = make_a_copy(session, tmp_path / "elsewhere").value.path
        with unlocked(elsewhere) as session:
            assert session.read_only is None
            assert len(registry(session, LIST_DAY)) == FAMILIES


def test_fault_17_a_read_only_folder_with_a_log_from_a_crash_is_read_or_told(
    centre: Path, unlocked: Open, tmp_path: Path
) -> None:
    with unlocked(centre) as session:
        add_household(session, "Взірець", "Ківшарівка")
        cut = power_cut(session, tmp_path / "cut.register")
    with read_only_disk(cut):
        try:
            with unlocked(cut) as session:
                assert len(registry(session, LIST_DAY)) == FAMILIES + 1
        except UserError as refused:
            assert refused.code != "register.damaged"
            assert sentence(refused.code, refused.facts) != refused.code


def test_fault_17_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        open_register(tmp_path / "stick" / "centre", PASSPHRASE)
    assert caught.value.code == "register.not_found"
    assert str(tmp_path / "stick") in sentence(caught.value.code, caught.value.facts)
