"""People against people: a list of 20,000 checked against a register of 60,000, and how long the plain way would take.

    uv run python -m benchmarks.duplicates [--rows 20000] [--known 60000]

The peer is one fuzzy score over the whole name of everybody against everybody (rapidfuzz `process.cdist`, in C), the
usual first answer to duplicates. It is measured on a hundredth of the comparisons in the same run and multiplied by a
hundred. Invented people with a tenth entered twice, as the tests make them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from time import process_time
from typing import TypeVar

from rapidfuzz import fuzz, process

from coordinator.domain.people_pairs import PersonRecord, find_people_pairs
from tests.domain.labelled import labelled

T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--known", type=int, default=60_000)
    chosen = parser.parse_args()
    incoming, known = people(chosen.rows, chosen.known)
    pairs, ours = timed(lambda: find_people_pairs(incoming, known))
    one, other = names(incoming[::10]), names(known[::10])
    _, tenth = timed(lambda: process.cdist(one, other, scorer=fuzz.token_sort_ratio, score_cutoff=80))
    plain = tenth * len(incoming) * len(known) / (len(one) * len(other))
    print(f"{len(incoming)} rows against {len(known)} people: {ours:.1f} s, {len(pairs)} pairs")
    print(f"everybody against everybody with one score: {plain:.1f} s, {plain / ours:.1f} x")


def people(rows: int, known: int) -> tuple[list[PersonRecord], list[PersonRecord]]:
    """A list whose first part are known people entered anew, the rest are new, and the register."""
    made = labelled(1, people=known + rows, share=rows / 10 / (known + rows)).records
    everybody, again = list(made[: known + rows]), list(made[known + rows :])
    return [*again, *everybody[known : known + rows - len(again)]], everybody[:known]


def names(records: list[PersonRecord]) -> list[str]:
    return [record.name.full for record in records]


def timed(work: Callable[[], T]) -> tuple[T, float]:
    begun = process_time()
    made = work()
    return made, process_time() - begun


if __name__ == "__main__":
    main()
