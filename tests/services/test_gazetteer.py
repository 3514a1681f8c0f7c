"""The places a register starts with, and the import of a gazetteer or of a fleet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from coordinator.domain.phones import parse_phones
from coordinator.errors import UserError
from coordinator.exchange.incoming import (
    IncomingList,
    IncomingSettlement,
    IncomingVehicle,
    ListKind,
    SheetSummary,
)
from coordinator.exchange.report import ImportReport
from coordinator.queries.imports import load_places
from coordinator.queries.registry import registry
from coordinator.queries.registry_filter import RegistryFilter, wanted
from coordinator.services import gazetteer, imports
from coordinator.session import Session
from db import journal, stores
from db.rows import SettlementRow
from tests.builders import DAY, add_household

CENTRE = IncomingSettlement(
    "places", 2, "UA99010010010000001", "Вигадане", hromada="Вигаданська", lat=49.5, lon=37.5, aliases=("Выдуманное",)
)
VILLAGE = IncomingSettlement("places", 3, "UA99010010020000002", "Дальнє", hromada="Вигаданська")


def bring(session: Session, incoming: IncomingList) -> ImportReport:
    return imports.apply_import(session, imports.preview_list(session, incoming)).value


def listed(kind: ListKind, *rows: IncomingSettlement | IncomingVehicle) -> IncomingList:
    return IncomingList(
        kind=kind,
        file_name="list.xlsx",
        sha256="",
        list_on=None,
        sheets=(SheetSummary("list", len(rows), True, 1),),
        rows_read=len(rows),
        settlements=tuple(row for row in rows if isinstance(row, IncomingSettlement)),
        vehicles=tuple(row for row in rows if isinstance(row, IncomingVehicle)),
    )


def settlement(session: Session, name: str) -> SettlementRow:
    with session.reading() as db:
        return next(row for row in stores.settlements.where(db, name=name))


def test_a_seeded_register_knows_its_places_and_where_trips_start_and_end(session: Session) -> None:
    count = gazetteer.seed(session).value
    with session.reading() as db:
        assert stores.settlements.count(db) == count > 1000
        assert [row.label for row in journal.actions(db)] == ["seed", "create_register"]
        hubs = {row.kind: row for row in stores.destinations.all(db)}
        places = load_places(db)
    assert set(hubs) == {"base", "transit"}
    assert hubs["base"].settlement_id == settlement(session, "Харків").id and hubs["base"].lat
    assert {places.resolve(text).place for text in ("Ковшаровка", "Ківшарівка")} == {
        places.gazetteer.get(settlement(session, "Ківшарівка").id)
    }
    assert all(place.lat is not None for place in places.gazetteer)


def test_a_place_without_coordinates_takes_its_centre_and_says_so(session: Session) -> None:
    gazetteer.seed(session)
    town, part = settlement(session, "Куп’янськ"), settlement(session, "Заоскілля")
    assert not town.estimated and part.estimated
    assert (part.parent_id, part.lat, part.lon, part.katottg) == (town.id, town.lat, town.lon, None)


def test_seeding_twice_adds_nothing(session: Session) -> None:
    gazetteer.seed(session)
    assert gazetteer.seed(session).value == 0
    with session.reading() as db:
        assert stores.destinations.count(db) == 2


def test_a_gazetteer_is_added_updated_and_left_alone(session: Session) -> None:
    first = bring(session, listed(ListKind.GAZETTEER, CENTRE, VILLAGE))
    assert (first.rows_added, first.rows_read) == (2, 2)
    village = settlement(session, "Дальнє")
    assert (village.lat, village.lon, village.estimated) == (49.5, 37.5, True)
    assert (village.pcode, village.hromada) == ("UA9901001002", "Вигаданська")
    with session.reading() as db:
        place = load_places(db).resolve("Выдуманное").place
    assert place is not None and place.katottg == CENTRE.katottg
    again = bring(session, listed(ListKind.GAZETTEER, CENTRE, VILLAGE))
    assert again.rows_unchanged == 2 and not again.writes


def test_coordinates_replace_an_estimate_and_move_those_that_hang_on_it(session: Session) -> None:
    bring(session, listed(ListKind.GAZETTEER, CENTRE, VILLAGE))
    renamed = IncomingSettlement("places", 2, CENTRE.katottg, "Нове", lat=49.0, lon=37.0, population=120)
    report = bring(session, listed(ListKind.GAZETTEER, renamed))
    assert {news.field for news in report.entries[0].news} == {
        "name", "lat", "lon", "population", "population_source", "alias",
    }  # fmt: skip
    village = settlement(session, "Дальнє")
    assert (village.lat, village.estimated) == (49.0, True)
    with session.reading() as db:
        assert load_places(db).resolve("Вигадане").status == "found"
    own = IncomingSettlement("places", 3, VILLAGE.katottg, "Дальнє", lat=48.0, lon=36.0)
    bring(session, listed(ListKind.GAZETTEER, own))
    assert settlement(session, "Дальнє")[10:13] == (48.0, 36.0, False)


def test_a_renamed_settlement_is_found_by_its_new_name_and_another_population_has_another_source(
    session: Session,
) -> None:
    bring(session, listed(ListKind.GAZETTEER, CENTRE))
    with session.act("edit_settlement") as act:
        known = stores.settlements.where(act.db, katottg=CENTRE.katottg)[0].id
        stores.settlements.change(act.db, known, population=900, population_source="перепис 2001")
    add_household(session, settlement="Вигадане")
    for place in (replace(CENTRE, population=900), replace(CENTRE, name="Нове", population=120)):
        bring(session, listed(ListKind.GAZETTEER, place))
        row = settlement(session, place.name)
        assert row.population_source == ("перепис 2001" if row.population == 900 else "list.xlsx")
    assert [row.head for row in wanted(registry(session, DAY), "нове", RegistryFilter(), DAY)] == ["Коваль Олена"]


def test_a_csv_gazetteer_goes_all_the_way(session: Session, tmp_path: Path) -> None:
    gazetteer.seed(session)
    path = tmp_path / "places.csv"
    path.write_text(
        "katottg,name_uk,name_en,type,hromada,raion,oblast,lat,lon,population_prewar,alt_names_cyrillic\n"
        "UA63080090020061282,Ківшарівка,Kivsharivka,settlement,Куп’янська,Куп’янський,Харківська,49.6,37.7,18000,Ковшаровка|Кивш\n",
        encoding="utf-8",
    )
    report = imports.apply_import(session, imports.preview_import(session, path)).value
    assert (report.kind, report.rows_updated) == ("gazetteer", 1)
    place = settlement(session, "Ківшарівка")
    assert (place.lat, place.population, place.estimated) == (49.6, 18000, False)


def vehicle(plate: str = "AX 1234 KM", row: int = 2, **values: object) -> IncomingVehicle:
    said: dict[str, object] = {
        "model": "VW Crafter", "seats": 8, "wheelchair": 1, "licence": "B", "driver": "Стець Захар",
        "driver_phone": parse_phones("0501112233")[0], "available_from": time(6), "available_until": time(17, 30),
    }  # fmt: skip
    return IncomingVehicle("fleet", row, plate, **(said | values))  # type: ignore[arg-type]


def test_a_fleet_is_added_and_recognised_by_its_plates(session: Session) -> None:
    report = bring(session, listed(ListKind.FLEET, vehicle(), vehicle("AX5678KM", 3, driver="Бойко Яків")))
    assert (report.added.vehicles, report.rows_added) == (2, 2) and not report.warnings
    with session.reading() as db:
        one, two = sorted(stores.vehicles.all(db), key=lambda row: row.plate)
        drivers = {row.id: row for row in stores.drivers.all(db)}
    assert (one.seats, one.wheelchair, one.available_from, one.available_until) == (8, 1, 360, 1050)
    assert drivers[one.driver_id or ""].phone == "+380501112233" and one.driver_id != two.driver_id
    cyrillic = bring(
        session, listed(ListKind.FLEET, vehicle("АХ1234КМ"), vehicle("ax-5678-km", 3, driver="Бойко Яків"))
    )
    assert cyrillic.rows_unchanged == 2 and not cyrillic.writes


def test_a_vehicle_changes_and_a_blank_wipes_nothing(session: Session) -> None:
    bring(session, listed(ListKind.FLEET, vehicle()))
    blank = vehicle(model="", seats=0, wheelchair=0, licence="", driver="", driver_phone=None, available_from=None)
    assert not bring(session, listed(ListKind.FLEET, blank)).writes
    fewer = bring(session, listed(ListKind.FLEET, vehicle(seats=7, wheelchair=0, stretcher=1)))
    assert fewer.rows_updated == 1 and not fewer.warnings
    gone = bring(session, listed(ListKind.FLEET, vehicle(seats=7, stretcher=0), vehicle("AX9", 3, stretcher=2)))
    assert [remark.code for remark in gone.warnings] == ["import.fewer_places"]


def test_seats_above_the_licence_warn_and_never_reject(session: Session) -> None:
    report = bring(session, listed(ListKind.FLEET, vehicle(seats=16)))
    (warning,) = report.warnings
    assert (warning.code, warning.facts["most"], report.added.vehicles) == ("import.licence_seats", 8, 1)


def test_a_driver_keeps_one_record_and_gets_a_new_phone(session: Session) -> None:
    bring(session, listed(ListKind.FLEET, vehicle()))
    other = parse_phones("0679998877")[0]
    report = bring(session, listed(ListKind.FLEET, vehicle(driver_phone=other)))
    with session.reading() as db:
        (driver,) = stores.drivers.all(db)
    assert (driver.phone, report.rows_updated) == ("+380679998877", 1)


def test_an_unknown_settlement_cannot_be_chosen(session: Session) -> None:
    with pytest.raises(UserError, match=r"place\.gone"):
        imports.resolve_settlement(session, "Дальнє", "nowhere")
    with pytest.raises(UserError, match=r"place\.text_missing"):
        imports.resolve_settlement(session, " ", "nowhere")


def test_the_list_says_when_it_was(session: Session) -> None:
    preview = imports.preview_list(session, listed(ListKind.FLEET, vehicle()), date(2023, 8, 14))
    assert preview.day == date(2023, 8, 14)


def test_what_changes_of_a_vehicle_is_told_in_names(session: Session) -> None:
    bring(session, listed(ListKind.FLEET, vehicle(seats=8, driver="Рубець Артем")))
    (entry,) = bring(session, listed(ListKind.FLEET, vehicle(seats=9, driver="Шульга Олег"))).entries
    told = [(news.field, news.old, news.new) for news in entry.news]
    assert told == [("seats", "8", "9"), ("driver", "Рубець Артем", "Шульга Олег")]
