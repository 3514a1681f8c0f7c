"""The columns of what counts and names nobody: the daily summary with its HXL row, and coverage by settlement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.exchange.out_columns import OutColumn, out
from coordinator.exchange.writing import CellKind
from resources.i18n import N_


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One settlement of the daily summary. Persons, never names; None: not known."""

    day: date
    hromada: str
    pcode: str
    settlement: str
    katottg: str
    people: int
    women: int
    men: int
    children: int
    seniors: int
    disabled: int
    alone: int
    alone_children: int
    total: int
    total_children: int
    refused: int
    remaining: int
    remaining_source: str


def summary_list() -> list[OutColumn[SummaryLine]]:
    """Columns and hashtags of the daily summary to the oblast (HXL standard 1.1, hxlstandard.org)."""
    whole = CellKind.INTEGER
    return [
        out("day", N_("Date"), 12, lambda x: x.day, CellKind.DATE, tag="#date+occurred"),
        out("hromada", N_("Hromada"), 20, lambda x: x.hromada, tag="#adm3+name+i_uk"),
        out("pcode", N_("P-code"), 14, lambda x: x.pcode, tag="#adm3+code+v_pcode"),
        out("settlement", N_("Settlement"), 22, lambda x: x.settlement, tag="#adm4+name+i_uk"),
        out("katottg", N_("KATOTTG"), 22, lambda x: x.katottg, tag="#adm4+code+v_katottg"),
        out("people", N_("Evacuated that day"), 11, lambda x: x.people, whole, tag="#reached+ind+evacuated"),
        out("women", N_("Women"), 9, lambda x: x.women, whole, tag="#reached+ind+f+evacuated"),
        out("men", N_("Men"), 9, lambda x: x.men, whole, tag="#reached+ind+m+evacuated"),
        out("children", N_("Children 0–17"), 10, lambda x: x.children, whole, tag="#reached+ind+children+evacuated"),
        out("seniors", N_("60 and older"), 10, lambda x: x.seniors, whole, tag="#reached+ind+elderly+evacuated"),
        out(
            "disabled", N_("With a disability"), 11, lambda x: x.disabled, whole, tag="#reached+ind+disabled+evacuated"
        ),
        out("alone", N_("Left by themselves"), 11, lambda x: x.alone, whole, tag="#affected+ind+displaced+self"),
        out(
            "alone_children",
            N_("of them children"),
            10,
            lambda x: x.alone_children,
            whole,
            tag="#affected+ind+children+displaced+self",
        ),
        out(
            "total",
            N_("Evacuated since the first day"),
            12,
            lambda x: x.total,
            whole,
            tag="#reached+ind+evacuated+total",
        ),
        out(
            "total_children",
            N_("of them children"),
            10,
            lambda x: x.total_children,
            whole,
            tag="#reached+ind+children+evacuated+total",
        ),
        out("refused", N_("Households that refused"), 12, lambda x: x.refused, whole, tag="#affected+hh+ind+refused"),
        out("remaining", N_("People remaining"), 11, lambda x: x.remaining, whole, tag="#affected+ind+remaining"),
        out("source", N_("Source of “remaining”"), 26, lambda x: x.remaining_source, tag="#meta+source"),
    ]


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One settlement on a day. Persons, except `households`; `population` as somebody published it, None: not known.

    `known` = `evacuated` + `alone` (by themselves) + `remaining`; some of those are `ready` or have `refused`.
    `order`: what is ordered there, in words.
    """

    settlement: str
    hromada: str
    pcode: str
    katottg: str
    households: int = 0
    known: int = 0
    ready: int = 0
    refused: int = 0
    evacuated: int = 0
    alone: int = 0
    remaining: int = 0
    population: int | None = None
    source: str = ""
    order: str = ""


def coverage_list() -> list[OutColumn[CoverageLine]]:
    whole = CellKind.INTEGER
    return [
        out("hromada", N_("Hromada"), 20, lambda x: x.hromada),
        out("pcode", N_("P-code"), 14, lambda x: x.pcode),
        out("settlement", N_("Settlement"), 22, lambda x: x.settlement),
        out("katottg", N_("KATOTTG"), 22, lambda x: x.katottg),
        out("households", N_("Households"), 11, lambda x: x.households, whole),
        out("known", N_("People known"), 10, lambda x: x.known, whole),
        out("ready", N_("Ready to go"), 10, lambda x: x.ready, whole),
        out("refused", N_("Refused, people"), 10, lambda x: x.refused, whole),
        out("evacuated", N_("Evacuated"), 11, lambda x: x.evacuated, whole),
        out("alone", N_("Left by themselves"), 11, lambda x: x.alone, whole),
        out("remaining", N_("People remaining"), 11, lambda x: x.remaining, whole),
        out("population", N_("Published population"), 12, lambda x: x.population, whole),
        out("source", N_("Source of the population"), 26, lambda x: x.source),
        out("order", N_("Evacuation order"), 18, lambda x: x.order),
    ]
