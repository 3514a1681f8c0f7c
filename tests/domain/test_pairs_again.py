"""After one household of a list changed, its pairs are found again without comparing all others anew."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.duplicates import Record, find_pairs, pairs_again
from coordinator.domain.household import Address
from coordinator.domain.names import split_name
from coordinator.domain.person import Birth

NAMES = (
    "Коваль Іван Петрович", "Коваль І.П.", "Ковальь Іван Петрович", "Коваль Николай Петрович", "Гук Ольга Петрівна",
    "Гук Ольга", "Koval Ivan", "Рак Ольга Петрівна", "Гук О. П.", "",
)  # fmt: skip
births = st.sampled_from((Birth(on=date(1961, 5, 22)), Birth(on=date(1961, 5, 2)), Birth(year=1961), Birth()))
people = st.tuples(st.sampled_from(NAMES).map(split_name), births)
phones = st.sampled_from(("+380501234567", "+380671112233"))


@st.composite
def records(draw: st.DrawFn, key: str) -> Record:
    return Record(
        key,
        draw(st.sampled_from(("town", "town", "village", None))),
        draw(st.sampled_from((Address("Садова", "12"), Address("Лісова", "7"), Address()))),
        frozenset(draw(st.lists(phones, max_size=2))),
        tuple(draw(st.lists(people, max_size=3))),
    )


@given(st.data(), st.integers(0, 12), st.integers(1, 12))
def test_only_what_changed_is_compared_and_all_is_as_if_it_were_all(data: st.DataObject, others: int, own: int) -> None:
    rest = [data.draw(records(f"k{number}")) for number in range(others)]
    before = [data.draw(records(f"n{number}")) for number in range(own)]
    found = find_pairs(before, [*rest, *before])
    asked = list(before)
    for place in data.draw(st.lists(st.integers(0, own - 1), max_size=2, unique=True)):
        anew = data.draw(records(f"n{place}"))
        asked[place] = data.draw(st.sampled_from((anew, replace(before[place], phones=anew.phones), before[place])))
    turned = [(one, other) for one, other in zip(before, asked, strict=True) if one != other]
    gone, come = [one for one, _other in turned], [other for _one, other in turned]
    assert pairs_again(found, gone, come, asked, rest) == find_pairs(asked, [*rest, *asked])


@given(st.data(), st.integers(1, 8), st.integers(1, 8))
def test_who_begins_to_ask_and_who_asks_no_more(data: st.DataObject, others: int, own: int) -> None:
    rest = [data.draw(records(f"k{number}")) for number in range(others)]
    before = [data.draw(records(f"n{number}")) for number in range(own)]
    found = find_pairs(before, [*rest, *before])
    asks = data.draw(records(rest[0].key))
    left, asked = rest[1:], [asks, *before]
    assert pairs_again(found, [rest[0]], [asks], asked, left) == find_pairs(asked, [*left, *asked])
    only = before[1:]
    assert pairs_again(found, [before[0]], [], only, rest) == find_pairs(only, [*rest, *only])
    again = [*rest, before[0]]
    assert pairs_again(found, [before[0]], [before[0]], only, again) == find_pairs(only, [*again, *only])
