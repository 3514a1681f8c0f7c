import pytest

from resources.build_names import FOLDER, POOLS, lines


@pytest.mark.parametrize("pool", POOLS)
def test_the_shipped_names_are_those_of_the_package(pool):
    assert (FOLDER / f"{pool}.tsv").read_text(encoding="utf-8").splitlines() == list(lines(pool))
