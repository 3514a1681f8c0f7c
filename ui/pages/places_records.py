"""The lists of the page "Places", each declared once: coverage, streets, orders, curfews, settlements, names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from coordinator.domain.days import clock_text
from coordinator.domain.fleet import Curfew, OrderKind, ZoneOrder
from coordinator.queries import fleet as queries
from coordinator.queries.coverage import Coverage, coverage
from coordinator.queries.fleet import SettlementChoice
from coordinator.queries.imports import Unresolved, unresolved_settlements
from coordinator.queries.streets import StreetLine, all_streets
from coordinator.services import fleet as verbs
from coordinator.services.gazetteer import resolve_settlement
from coordinator.services.places import SettlementEdit, edit_settlement
from coordinator.session import Session
from coordinator.words import ORDER_KINDS
from resources.i18n import N_, _
from ui import texts
from ui.dialogs.record import Field, FieldKind
from ui.pages.look import LookList
from ui.pages.record_list import RecordList
from ui.tables.columns import Column


def _count(n: int) -> str:
    return texts.number(n) if n else ""


COVERAGE_COLUMNS: list[Column[Coverage]] = [
    Column("settlement", N_("Settlement"), lambda c: c.name or _("not known"), width=17, always=True,
           icon=lambda c: "" if c.id else "warning"),
    Column("hromada", N_("Hromada"), lambda c: c.hromada, width=15),
    Column("order", N_("Evacuation"), lambda c: _(ORDER_KINDS[c.order]) if c.order else "", width=12),
    Column("known", N_("Known"), lambda c: _count(c.known), sort=lambda c: c.known, width=8, right=True),
    Column("ready", N_("Ready"), lambda c: _count(c.ready), sort=lambda c: c.ready, width=8, right=True),
    Column("refused", N_("Refused"), lambda c: _count(c.refused), sort=lambda c: c.refused, width=8, right=True),
    Column("evacuated", N_("Evacuated"), lambda c: _count(c.evacuated), sort=lambda c: c.evacuated, width=10,
           right=True),
    Column("alone", N_("By themselves"), lambda c: _count(c.left_themselves), sort=lambda c: c.left_themselves,
           width=11, right=True),
    Column("remaining", N_("Still there"), lambda c: _count(c.remaining), sort=lambda c: c.remaining, width=10,
           right=True),
    Column("population", N_("Population"), lambda c: "–" if c.population is None else _count(c.population),
           sort=lambda c: c.population, width=11, right=True),
    Column("source", N_("Its source"), lambda c: c.population_source, width=20),
    Column("katottg", N_("KATOTTG"), lambda c: c.katottg, width=22, shown=False),
]  # fmt: skip

STREET_COLUMNS: list[Column[StreetLine]] = [
    Column("settlement", N_("Settlement"), lambda s: s.settlement, width=22, always=True),
    Column("hromada", N_("Hromada"), lambda s: s.hromada, width=18),
    Column("street", N_("Street"), lambda s: s.name, width=28, always=True),
    Column("households", N_("Households"), lambda s: _count(s.households), sort=lambda s: s.households, width=12,
           right=True),
    Column("beside", N_("Streets next to it"), lambda s: ", ".join(s.beside) or _("nobody has said"), width=50,
           mark=lambda s: "" if s.beside else "muted"),
]  # fmt: skip


def _candidates(unresolved: Unresolved) -> str:
    places = unresolved.resolution.candidates
    return "; ".join(f"{place.name} ({place.hromada})" if place.hromada else place.name for place in places)


ORDER_COLUMNS: list[Column[ZoneOrder]] = [
    Column("settlement", N_("Settlement"), lambda o: o.settlement, width=26, always=True),
    Column("kind", N_("Evacuation"), lambda o: _(ORDER_KINDS[o.kind]), width=22),
    Column("from", N_("From"), lambda o: texts.day_short(o.from_on), sort=lambda o: o.from_on, width=12),
    Column("until", N_("Until"), lambda o: texts.day_short(o.until_on) if o.until_on else _("further notice"),
           sort=lambda o: o.until_on or date.max, width=21),
    Column("source", N_("Source"), lambda o: o.source, width=40),
]  # fmt: skip

CURFEW_COLUMNS: list[Column[Curfew]] = [
    Column("hromada", N_("Hromada"), lambda c: c.hromada, width=26, always=True),
    Column("hours", N_("Curfew"), lambda c: f"{clock_text(c.starts)}–{clock_text(c.ends)}", width=14),
    Column("from", N_("From"), lambda c: texts.day_short(c.from_on), sort=lambda c: c.from_on, width=12),
    Column("until", N_("Until"), lambda c: texts.day_short(c.until_on) if c.until_on else _("further notice"),
           sort=lambda c: c.until_on or date.max, width=21),
    Column("source", N_("Source"), lambda c: c.source, width=40),
]  # fmt: skip


def _how_known(place: SettlementChoice) -> str:
    if place.lat is None:
        return _("not known")
    return _("estimated") if place.estimated else _("known")


PLACE_COLUMNS: list[Column[SettlementChoice]] = [
    Column("name", N_("Settlement"), lambda s: s.name, width=24, always=True),
    Column("hromada", N_("Hromada"), lambda s: s.hromada, width=22),
    Column("raion", N_("Raion"), lambda s: s.raion, width=20),
    Column("households", N_("Households"), lambda s: texts.number(s.households) if s.households else "",
           sort=lambda s: s.households, width=12, right=True),
    Column("place", N_("Coordinates"), lambda s: "" if s.lat is None else f"{s.lat:.4f}, {s.lon:.4f}", width=18),
    Column("estimated", N_("Known how"), lambda s: _how_known(s), width=18,
           mark=lambda s: "warning" if s.estimated or s.lat is None else ""),
    Column("katottg", N_("KATOTTG"), lambda s: s.katottg, width=22),
    Column("former", N_("Former names"), lambda s: ", ".join(s.former), width=24),
    Column("population", N_("Published population"), lambda s: "" if s.population is None else _count(s.population),
           sort=lambda s: s.population, width=17, right=True),
    Column("source", N_("Its source"), lambda s: s.population_source, width=18),
    Column("aliases", N_("Other names"), lambda s: ", ".join(s.aliases), width=40),
]  # fmt: skip


UNRESOLVED_COLUMNS: list[Column[Unresolved]] = [
    Column("text", N_("As it was written"), lambda u: u.text, width=30, always=True),
    Column("households", N_("Households"), lambda u: texts.number(u.households), sort=lambda u: u.households, width=12,
           right=True),
    Column("candidates", N_("It could be"), _candidates, width=70),
]  # fmt: skip


def curfew_form() -> list[Field]:
    return [
        Field("hromada", _("Hromada"), required=True),
        Field("starts", _("In the evening from"), FieldKind.TIME, required=True, hint="18:00"),
        Field("ends", _("until in the morning"), FieldKind.TIME, required=True, hint="06:00"),
        Field("from_on", _("First day"), FieldKind.DAY, required=True, hint="01.09.2023"),
        Field("until_on", _("Last day"), FieldKind.DAY, hint=_("until further notice")),
        Field("source", _("Source")),
    ]


def order_form() -> list[Field]:
    kinds = tuple((kind.value, _(words)) for kind, words in ORDER_KINDS.items())
    return [
        Field("settlement_id", _("Settlement"), FieldKind.SETTLEMENT, required=True),
        Field("kind", _("Evacuation"), FieldKind.CHOICE, choices=kinds),
        Field("from_on", _("First day"), FieldKind.DAY, required=True, hint="09.08.2023"),
        Field("until_on", _("Last day"), FieldKind.DAY, hint=_("until further notice")),
        Field("source", _("Source")),
    ]


def place_form() -> list[Field]:
    return [
        Field("name", _("Settlement"), required=True),
        Field("former", _("Former names"), hint=_("several with commas between")),
        Field("population", _("Published population"), FieldKind.INTEGER),
        Field("population_source", _("Its source"), hint=_("who published it, and when")),
        Field("lat", _("Latitude"), FieldKind.DECIMAL, hint="49.7112"),
        Field("lon", _("Longitude"), FieldKind.DECIMAL, hint="37.6130"),
    ]


def unresolved_form() -> list[Field]:
    return [Field("settlement_id", _("Settlement"), FieldKind.SETTLEMENT, required=True)]


def _save_order(session: Session, values: dict[str, Any]) -> Any:
    named = {"settlement": "", **values, "kind": OrderKind(values["kind"])}
    return verbs.save_zone_order(session, ZoneOrder(**named))


def _place_values(place: SettlementChoice) -> dict[str, Any]:
    return {
        "id": place.id, "name": place.name, "label": place.name, "former": ", ".join(place.former),
        "population": place.population, "population_source": place.population_source, "lat": place.lat,
        "lon": place.lon,
    }  # fmt: skip


def _save_place(session: Session, values: dict[str, Any]) -> Any:
    former = tuple(filter(None, (part.strip() for part in values["former"].split(","))))
    edit = SettlementEdit(
        values["id"], values["name"], former, values["population"], values["population_source"], values["lat"],
        values["lon"],
    )  # fmt: skip
    return edit_settlement(session, edit)


def _resolve(session: Session, values: dict[str, Any]) -> Any:
    return resolve_settlement(session, values["text"], values["settlement_id"])


def _id(record: Any) -> str:
    return str(record.id)


def _sums(shown: Sequence[Coverage]) -> str:
    """The columns together, and the rule in a sentence."""

    def total(name: str) -> str:
        return texts.number(sum(getattr(row, name) for row in shown))

    words = _(
        "Persons, each once. Known {known} = evacuated {evacuated} + by themselves {alone} + still there {remaining}; "
        "ready {ready}, refused {refused}."
    )
    return words.format(
        known=total("known"), evacuated=total("evacuated"), alone=total("left_themselves"),
        remaining=total("remaining"), ready=total("ready"), refused=total("refused"),
    )  # fmt: skip


def _street_count(shown: Sequence[StreetLine]) -> str:
    linked = sum(1 for street in shown if street.beside)
    words = _("Streets: {streets}; with the streets next to them named: {linked}.")
    return words.format(streets=texts.number(len(shown)), linked=texts.number(linked))


LOOKS: tuple[LookList[Any], ...] = (
    LookList(
        "coverage", N_("Coverage"), N_("Settlements appear here with their first household, or with an order."),
        "people",
        COVERAGE_COLUMNS, coverage, lambda row: row.id or f"text:{row.name}", _sums, N_("Street board"),
        lambda navigate, row: navigate("streets", settlement=row.id or None, name=row.name),
    ),
    LookList(
        "streets", N_("Streets"), N_("Streets appear here with the first address in them."), "streets",
        STREET_COLUMNS, lambda session, _day: all_streets(session), lambda row: row.id, _street_count,
        N_("Street board"),
        lambda navigate, row: navigate("streets", settlement=row.settlement_id, street=row.id.partition(":")[2]),
    ),
)  # fmt: skip

LISTS: tuple[RecordList[Any], ...] = (
    RecordList(
        "curfews",
        N_("Curfews"),
        N_("Where no curfew is recorded, trips are planned by daylight."),
        "clock",
        CURFEW_COLUMNS,
        queries.curfews,
        _id,
        curfew_form,
        asdict,
        lambda session, values: verbs.save_curfew(session, Curfew(**values)),
        {"id": None},
        verbs.remove_curfew,
    ),
    RecordList(
        "orders",
        N_("Evacuation orders"),
        N_("Orders are dated: each with its source."),
        "warning",
        ORDER_COLUMNS,
        queries.zone_orders,
        _id,
        order_form,
        asdict,
        _save_order,
        {"id": None, "kind": "mandatory"},
        verbs.remove_zone_order,
    ),
    RecordList(
        "settlements",
        N_("Settlements"),
        N_("The gazetteer is empty: import a list of settlements."),
        "place",
        PLACE_COLUMNS,
        queries.settlements,
        _id,
        place_form,
        _place_values,
        _save_place,
        None,
    ),
    RecordList(
        "unresolved",
        N_("Unknown names"),
        N_("Every settlement of the register is known to the gazetteer."),
        "place",
        UNRESOLVED_COLUMNS,
        unresolved_settlements,
        lambda unresolved: unresolved.text,
        unresolved_form,
        lambda unresolved: {"text": unresolved.text, "settlement_id": None},
        _resolve,
        None,
    ),
)
