"""`python -m tests.faults --rounds 100`: kill a register's program again and again and look at what is left.

Also what the tests start, with few rounds: one process without threads that has everything imported and forks a
child for each round.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

# Forking is only safe without threads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tests import forking
from tests.faults.killing import Means, live, measure
from tests.faults.scenarios import Scenario
from tests.faults.works import SCENARIOS, SELF_TESTS

MEANS = (Means.MOMENT, Means.CALL, Means.STATEMENT, Means.WRITE)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--rounds", type=int, default=100, help="rounds of each work (100)")
    parser.add_argument("--seed", type=int, help="repeat a run: all deaths but those at a random moment come again")
    parser.add_argument("--only", nargs="*", choices=[*SCENARIOS, *SELF_TESTS], help="only these works")
    parser.add_argument("--within", type=Path, help="work in this folder, on a certain disk say")
    args = parser.parse_args(argv)
    forking.let_keys_cost_little()
    seed = secrets.randbelow(1_000_000) if args.seed is None else args.seed
    print(f"seed {seed}", flush=True)
    works = SCENARIOS | SELF_TESTS
    failed = sum(_run(works[name], args.rounds, seed, args.within) for name in args.only or SCENARIOS)
    return 1 if failed else 0


def _run(scenario: Scenario, rounds: int, seed: int, within: Path | None) -> int:
    """The rounds of one work; returns how many failed. The folders of a round that failed are kept."""
    random = Random(f"{seed} {scenario.name}")
    room = Path(tempfile.mkdtemp(prefix=f"faults-{scenario.name}-", dir=within))
    base, deaths, failed, began = room / "base", Counter[str](), 0, time.monotonic()
    base.mkdir()
    scenario.prepare(base / "centre.register")
    measured = measure(scenario.work, *(_copy(base, room / name) / "centre.register" for name in ("seen", "timed")))
    for number in range(rounds):
        means = MEANS[number % len(MEANS)]
        death = measured.death(random, means)
        folder = _copy(base, room / f"round-{number}")
        try:
            lived = live(scenario.work, folder / "centre.register", death)
            scenario.check(folder / "centre.register", lived, measured)
        except Exception as fault:
            failed += 1
            print(f"FAILED {scenario.name} round {number} {death}: {fault!r}\n  kept: {folder}", flush=True)
        else:
            deaths[means.value if not lived.finished else "lived"] += 1
            shutil.rmtree(folder)
    _tell(scenario.name, rounds, failed, deaths, time.monotonic() - began)
    if not failed:
        shutil.rmtree(room)
    return failed


def _copy(base: Path, target: Path) -> Path:
    return Path(shutil.copytree(base, target))


def _tell(name: str, rounds: int, failed: int, deaths: Counter[str], seconds: float) -> None:
    died = ", ".join(f"{means} {number}" for means, number in sorted(deaths.items()))
    print(f"{name}: {rounds} rounds, {failed} failed ({died}), {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
