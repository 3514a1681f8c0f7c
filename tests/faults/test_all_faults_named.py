"""Every fault of 1 to 28 and 31 to 78 has a test that carries its number, and what a test cannot stand for is said."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FAULTS = (*range(1, 29), *range(31, 79))
_NUMBER = re.compile(r"(?:fault|and|to)_(\d\d)(?=_|$)")

NOT_BY_A_TEST = {
    2: "A real power cut: the kernel and the disk's own cache are not in a test; docs/DURABILITY.md traces the order.",
    3: "As 2.",
    17: "A stick that is really pulled out: a folder that is gone and a disk mounted read-only stand for it.",
    21: "A clock that jumps while the program runs: clocks are given to it, the machine's own is not set.",
    23: "A lid that is really closed: the signal of the system is sent on a bus of the test's own.",
    25: "A laptop that is really seized: memory, swap, the hibernation file and what the disk keeps of deleted blocks.",
    61: "A workbook that Excel really holds open on Windows: a read that the system refuses stands for it.",
}
"""Faults whose tests show less than the fault itself. README says so under "What tests cannot show"."""


@cache
def numbered_tests() -> dict[int, list[str]]:
    """Names of test functions by the numbers in them; "fault_14_and_15" counts for both."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for name in _functions(path):
            if "fault_" in name:
                for number in _NUMBER.findall(name):
                    found[int(number)].append(f"{path.relative_to(ROOT)}::{name}")
    return dict(found)


def _functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_has_a_test_that_names_it(fault: int) -> None:
    assert numbered_tests().get(fault)


def test_the_numbers_in_names_are_those_of_faults() -> None:
    assert set(numbered_tests()) <= set(FAULTS) | set(range(31, 81))


def test_contributing_names_a_test_for_every_fault() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    listed = {int(number): row for number, row in re.findall(r"^\| (\d+) \|(.*)$", text, re.MULTILINE)}
    assert set(listed) >= set(FAULTS)
    for fault in FAULTS:
        for file in re.findall(r"`(tests/[\w/]+\.py)`", listed[fault]):
            assert any(name.startswith(f"{file}::") for name in numbered_tests()[fault]), (fault, file)


def test_what_a_test_cannot_stand_for_is_a_fault_with_a_sentence() -> None:
    assert set(NOT_BY_A_TEST) <= set(FAULTS)
    assert all(sentence.endswith(".") for sentence in NOT_BY_A_TEST.values())
