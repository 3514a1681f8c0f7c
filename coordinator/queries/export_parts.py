"""By which parts an export can be narrowed, counted where it was read and not in the window's thread."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from coordinator.domain.decision import Decision
from coordinator.domain.names import sort_key
from coordinator.exchange.wanted import ExportKind, Part, in_hromada
from coordinator.queries.export_content import Gathered, gather
from coordinator.session import Session

Offered = Mapping[Part, tuple[tuple[str, int], ...]]
"""Part -> (name or code, how many people or lines), in the order in which they are offered."""


class ToChoose(NamedTuple):
    """What was read for an export, and by what it can be narrowed."""

    gathered: Gathered
    offered: Offered


def gather_to_choose(session: Session, kind: ExportKind, day: date) -> ToChoose:
    """As `gather`, for a window where somebody chooses."""
    gathered = gather(session, kind, day)
    return ToChoose(gathered, offered_of(gathered))


def offered_of(gathered: Gathered) -> Offered:
    """People in lists of people, lines in those that count. Settlements of one name are told apart by hromada."""
    lines: Counter[tuple[str, str]] = Counter()
    for located in gathered.households:
        lines[located.settlement, located.hromada] += len(located.household.people)
    lines.update((line.settlement, line.hromada) for line in gathered.summary)
    lines.update((line.settlement, line.hromada) for line in gathered.coverage)
    namesakes: defaultdict[str, set[str]] = defaultdict(set)
    for settlement, hromada in lines:
        namesakes[settlement].add(hromada)
    places: Counter[str] = Counter()
    hromadas: Counter[str] = Counter()
    for (settlement, hromada), n in lines.items():
        places[settlement if len(namesakes[settlement]) == 1 else in_hromada(settlement, hromada)] += n
        hromadas[hromada] += n
    said = Counter(one.household.stands(person) for one in gathered.households for person in one.household.people)
    return {
        Part.SETTLEMENTS: _by_alphabet(places),
        Part.HROMADAS: _by_alphabet(hromadas),
        Part.DECISIONS: tuple((one.value, said[one]) for one in Decision if said[one]),
        Part.TRIPS: _by_alphabet(Counter({paper.number: paper.totals.people for paper in gathered.trips})),
    }


def _by_alphabet(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda entry: sort_key(entry[0])))
