"""How many of the people entered twice are found, and how many of those proposed are entered twice.

`python -m pytest -n 0 -s tests/domain/test_labelled_duplicates.py` prints the figures;
`python -m tests.domain.labelled` prints those of six seeds, and the pairs themselves on request.
"""

from __future__ import annotations

import pytest

from coordinator.domain.person import Birth
from tests.domain.labelled import labelled, measured

SHIPPED, OTHER = 1, 2


@pytest.mark.parametrize("seed", [SHIPPED, OTHER])
def test_precision_and_recall_at_the_shipped_threshold(seed: int) -> None:
    figures = measured(labelled(seed))
    print(f"\nseed {seed}: {figures}")
    assert figures.precision >= 0.95
    assert figures.recall >= 0.9
    assert figures.certain and not figures.certain_wrong


def test_the_set_is_what_it_claims_to_be() -> None:
    made = labelled(SHIPPED, people=3000)
    by_key = {record.key: record for record in made.records}
    assert len(made.records) == 3300 and len(made.pairs) == 300 and len(made.apart) == 60
    for second, first in made.pairs:
        one, other = by_key[second], by_key[first]
        shares = bool(one.phones & other.phones) or one.address == other.address
        assert shares is (second not in made.apart)
        assert one != other
    first = [record for record in made.records if record.key.startswith("first")]
    homes = {(record.settlement_id, record.address, record.phones) for record in first}
    assert len(homes) < len(first) / 2, "families at one address, with one phone"
    assert sum(by_key[second].birth == Birth(year=by_key[second].birth.year) for second, _ in made.pairs) > 30


def test_one_seed_makes_one_set() -> None:
    assert labelled(5, people=500) == labelled(5, people=500) != labelled(6, people=500)
