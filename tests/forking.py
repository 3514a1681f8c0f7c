"""For a process that forks others: what each of them would do or read anew is done before."""

from __future__ import annotations

import gc

from coordinator.domain.dictionary import initials_of
from coordinator.domain.spellings import Pool, is_given_name, name_forms
from db import keys

POOLS: tuple[Pool, ...] = ("first", "patronymic", "last")


def let_keys_cost_little() -> None:
    """What a key costs is no part of what is tested: with 64 MB for each try a round of keys would take ten seconds."""
    keys.COST = keys.Cost(iterations=1, lanes=1, memory_kib=64)


def read_dictionaries() -> None:
    """Of names: half a second for each process that imports people."""
    is_given_name("")
    initials_of(frozenset())
    for pool in POOLS:
        name_forms("приклад", pool)
    gc.freeze()
