"""kill -9 at random moments and chosen places: a few rounds here, `python -m tests.faults --rounds 100` by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.works import SCENARIOS

ROUNDS = 10
ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork: this system has none")


def rounds(work: str, within: Path) -> subprocess.CompletedProcess[str]:
    """Runs the rounds in one process of its own, which has no threads and may fork."""
    command = [sys.executable, "-m", "tests.faults", "--rounds", str(ROUNDS), "--only", work, "--within", str(within)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)


def outlives_kills(work: str, within: Path) -> None:
    done = rounds(work, within)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert f"{work}: {ROUNDS} rounds, 0 failed" in done.stdout
    assert list(within.iterdir()) == []


def test_fault_01_an_import_killed_at_any_moment_is_all_or_nothing(tmp_path: Path) -> None:
    outlives_kills("import", tmp_path)


def test_fault_02_an_edit_that_was_acknowledged_outlives_a_kill(tmp_path: Path) -> None:
    outlives_kills("edit", tmp_path)


def test_fault_05_a_kill_while_keys_change_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    outlives_kills("keys", tmp_path)


def test_fault_06_a_kill_in_a_migration_leaves_the_old_schema_and_a_copy(tmp_path: Path) -> None:
    outlives_kills("migration", tmp_path)


def test_fault_18_a_kill_while_copying_leaves_whole_copies_or_none(tmp_path: Path) -> None:
    outlives_kills("backup", tmp_path)


def test_fault_20_a_kill_while_restoring_leaves_the_register_or_the_copy(tmp_path: Path) -> None:
    outlives_kills("restore", tmp_path)


def test_fault_27_a_kill_while_a_recovery_code_is_made_leaves_one_that_was_shown(tmp_path: Path) -> None:
    outlives_kills("code", tmp_path)


def test_removing_personal_data_outlives_a_kill(tmp_path: Path) -> None:
    outlives_kills("anonymise", tmp_path)


def test_erasing_outlives_a_kill(tmp_path: Path) -> None:
    outlives_kills("erase", tmp_path)


def test_a_word_that_is_said_too_early_is_noticed(tmp_path: Path) -> None:
    done = rounds("too-early", tmp_path)
    assert done.returncode == 1
    assert "FAILED too-early" in done.stdout and "kept:" in done.stdout


def test_every_work_of_the_long_run_is_run_here() -> None:
    here = Path(__file__).read_text("utf-8")
    assert all(f'outlives_kills("{work}"' in here for work in SCENARIOS)
