"""Persons in the groups they stand in: counted once from a ledger, and following what changes in it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Set
from typing import NamedTuple, Protocol, TypeVar

from coordinator.domain.figures import ByAge, Persons
from coordinator.domain.ledger import Fact
from coordinator.domain.person import AgeGroup
from coordinator.domain.shelves import Shelves

Groups = tuple[Hashable, ...]
LARGE = 2000
_Where = tuple[Hashable, int]
NOBODY: ByAge[Persons] = ByAge(Persons(), Persons(), Persons())


class Stands(NamedTuple):
    """By which age a person counts, and in which groups."""

    age: AgeGroup
    groups: Groups


T = TypeVar("T")
K = TypeVar("K")
M = TypeVar("M", covariant=True)


class Source(Protocol[M]):
    """Something that knows of people, and what has changed."""

    def followed(self, key: Hashable, count: Callable[[], T], follow: Callable[[T, Set[str]], T], /) -> T: ...

    def persons(self) -> Iterable[str]: ...

    def of(self, person: str, /) -> M: ...


Place = Callable[[Sequence[Fact]], Stands | None]
"""(the facts of a person, in order) -> where they stand; None: they do not count."""


class Grouped(NamedTuple):
    """`of`: everybody who counts. `groups`: those that have anybody. Neither is changed once it is made."""

    of: Shelves[Stands]
    groups: Mapping[Hashable, ByAge[Persons]]


def grouped(source: Source[K], key: Hashable, place: Callable[[K], Stands | None]) -> Grouped:
    """Everybody by `place`, which is given what the source knows of a person; `key` names what is counted so."""
    return source.followed(key, lambda: _count(source, place), lambda before, who: _follow(source, place, before, who))


def _count(source: Source[K], place: Callable[[K], Stands | None]) -> Grouped:
    of: dict[str, Stands] = {}
    pools: dict[Hashable, tuple[set[str], set[str], set[str]]] = {}
    for person in source.persons():
        stands = place(source.of(person))
        if stands is None:
            continue
        of[person] = stands
        at = _pool(stands.age)
        for group in stands.groups:
            if group not in pools:
                pools[group] = (set(), set(), set())
            pools[group][at].add(person)
    return Grouped(Shelves(of.items()), {group: ByAge(*map(_figure, found)) for group, found in pools.items()})


def _follow(source: Source[K], place: Callable[[K], Stands | None], before: Grouped, people: Set[str]) -> Grouped:
    moved = {person: now for person in people if (now := place(source.of(person))) != before.of.get(person)}
    if not moved:
        return before
    out: dict[_Where, set[str]] = {}
    come: dict[_Where, set[str]] = {}
    for person, now in moved.items():
        _note(out, before.of.get(person), person)
        _note(come, now, person)
    of = before.of.but({person: now for person, now in moved.items() if now is not None}, moved)
    groups = dict(before.groups)
    for group in {group for group, _at in (*out, *come)}:
        split = _moved(groups.get(group, NOBODY), group, out, come)
        if split.value:
            groups[group] = split
        else:
            del groups[group]
    return Grouped(of, groups)


def _moved(
    before: ByAge[Persons], group: Hashable, out: Mapping[_Where, set[str]], come: Mapping[_Where, set[str]]
) -> ByAge[Persons]:
    """A group without those who went out of it, with those who came."""
    pools = list(before.parts)
    for at, figure in enumerate(pools):
        gone, new = out.get((group, at)), come.get((group, at))
        if gone or new:
            pool = figure.pool
            if isinstance(pool, Shelves):
                pools[at] = Persons(pool.but(dict.fromkeys(new or (), True), gone or ()))
            else:
                pools[at] = _figure((figure.ids - (gone or set())) | (new or set()))
    return ByAge(*pools)


def _figure(ids: Set[str]) -> Persons:
    """Many of them on shelves: the next figure shares these."""
    return Persons(ids if len(ids) < LARGE else Shelves((one, True) for one in ids))


def _note(found: dict[_Where, set[str]], stands: Stands | None, person: str) -> None:
    if stands is not None:
        for group in stands.groups:
            found.setdefault((group, _pool(stands.age)), set()).add(person)


def _pool(age: AgeGroup) -> int:
    """The place of an age among adults, children and unknown."""
    return 1 if age is AgeGroup.CHILD else 2 if age is AgeGroup.UNKNOWN else 0
