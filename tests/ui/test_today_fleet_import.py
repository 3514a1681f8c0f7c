"""The dashboard, the lists of fleet and places, and the import, each in the real window on a real register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from coordinator.domain.events import EventKind
from coordinator.domain.fleet import DestinationKind
from coordinator.queries.fleet import curfews, destinations, vehicles
from coordinator.queries.registry import registry
from coordinator.services import decisions
from coordinator.services.gazetteer import seed
from coordinator.session import Session
from coordinator.settings import COORDINATOR_PHONE
from tests.builders import DAY, add_household, add_settlement
from tests.stories import workbooks
from ui import ask
from ui.crash import CrashDesk
from ui.desk import Desk
from ui.dialogs.record import RecordDialog
from ui.main_window import MainWindow
from ui.pages.fleet import FleetPage
from ui.pages.import_ import ImportPage
from ui.pages.import_rows import Mark
from ui.pages.places import PlacesPage
from ui.pages.today import TodayPage
from ui.preferences import Preferences

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
PAGES = {"today": TodayPage, "fleet": FleetPage, "places": PlacesPage, "import": ImportPage}
WAIT = 20_000


@pytest.fixture
def desk(qtbot: QtBot, session: Session, crashes: CrashDesk) -> Iterator[Desk]:
    """The three pages on an empty register, at the working date 15.08.2023."""
    window = MainWindow(lambda: PAGES, Preferences(language="en"), crashes)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.open(session)
    qtbot.waitUntil(lambda: window.desk is not None, timeout=WAIT)
    assert window.desk is not None and window.register is not None
    window.register.working_date.choose(DAY)
    yield window.desk
    window.close()


def dialog(qtbot: QtBot) -> RecordDialog:
    def found() -> list[RecordDialog]:
        return [top for top in QApplication.topLevelWidgets() if isinstance(top, RecordDialog) and top.isVisible()]

    qtbot.waitUntil(lambda: len(found()) == 1, timeout=WAIT)
    return found()[0]


def type_in(form: RecordDialog, **values: str) -> None:
    for key, value in values.items():
        editor = form.editors[key]
        assert isinstance(editor, QLineEdit)
        editor.setText(value)


def test_the_dashboard_moves_by_itself_after_an_event(desk: Desk, session: Session, qtbot: QtBot) -> None:
    household_id = add_household(session, people=3, children=1)
    desk.go("today")
    page = desk.pages["today"]
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: page.figures["there"].text() == "3", timeout=WAIT)
    decisions.record_departure(session, household_id, EventKind.BY_US, DAY)
    said = "By us 3 people in 10 days, 1 of them children; by all known 3."
    qtbot.waitUntil(lambda: page.sentence.text() == said)
    qtbot.waitUntil(lambda: page.figures["there"].text() == "0")


def test_an_empty_register_says_that_nobody_is_known_to_have_left(desk: Desk, qtbot: QtBot) -> None:
    desk.go("today")
    page = desk.pages["today"]
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: page.sentence.text().startswith("Nobody"), timeout=WAIT)


def test_a_vehicle_is_added_by_hand_and_a_mistake_is_told_in_the_form(
    desk: Desk, session: Session, qtbot: QtBot
) -> None:
    desk.go("fleet", list="vehicles")
    page = desk.pages["fleet"]
    assert isinstance(page, FleetPage)
    page.lists[0].add()
    form = dialog(qtbot)
    type_in(form, plate="AX0001TT", seats="many", available_from="06:00", driver="Водій Перший", phone="0502220001")
    form.submit()
    assert "whole number" in form.told()
    type_in(form, seats="8", available_until="05:00")
    form.submit()
    qtbot.waitUntil(lambda: "before the beginning" in form.told(), timeout=WAIT)
    type_in(form, available_until="18:00")
    with qtbot.waitSignal(form.accepted, timeout=WAIT):
        form.submit()
    (vehicle,) = vehicles(session)
    assert (vehicle.plate, vehicle.seats, vehicle.available_from, vehicle.driver) == (
        "AX0001TT", 8, 360, "Водій Перший",
    )  # fmt: skip
    qtbot.waitUntil(lambda: page.lists[0].rows.rowCount() == 1, timeout=WAIT)


def test_a_curfew_is_added_changed_and_removed(desk: Desk, session: Session, qtbot: QtBot) -> None:
    desk.go("places", list="curfews")
    page = desk.pages["places"]
    assert isinstance(page, PlacesPage)
    view = next(view for view in page.lists if view.records.name == "curfews")
    view.add()
    form = dialog(qtbot)
    type_in(form, hromada="Куп’янська", starts="18:00", ends="6", from_on="01.09.2023")
    with qtbot.waitSignal(form.accepted, timeout=WAIT):
        form.submit()
    (curfew,) = curfews(session)
    assert (curfew.starts, curfew.ends, curfew.from_on, curfew.until_on) == (1080, 360, date(2023, 9, 1), None)
    qtbot.waitUntil(lambda: view.rows.rowCount() == 1, timeout=WAIT)
    view.table.take_focus()
    view.remove()
    qtbot.waitUntil(lambda: view.rows.rowCount() == 0, timeout=WAIT)


def test_a_destination_keeps_its_kind(desk: Desk, session: Session, qtbot: QtBot) -> None:
    desk.go("fleet", list="destinations")
    page = desk.pages["fleet"]
    assert isinstance(page, FleetPage)
    view = next(view for view in page.lists if view.records.name == "destinations")
    view.add()
    form = dialog(qtbot)
    type_in(form, name="Гуртожиток", lat="49,99", lon="36.23", free_places="40")
    with qtbot.waitSignal(form.accepted, timeout=WAIT):
        form.submit()
    (place,) = destinations(session)
    assert (place.kind, place.lat, place.free_places) == (DestinationKind.COLLECTION, 49.99, 40)


def looked_at(desk: Desk, path: Path, qtbot: QtBot) -> ImportPage:
    page = desk.pages["import"]
    assert isinstance(page, ImportPage)
    desk.go("import")
    with ask.answers([path]):
        page.choose()
    qtbot.waitUntil(lambda: page.preview.isVisible(), timeout=WAIT)
    return page


def test_a_workbook_is_seen_before_it_is_written_and_can_be_taken_back(
    desk: Desk, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    seed(session)
    page = looked_at(desk, workbooks.people_list(tmp_path), qtbot)
    assert registry(session, DAY) == []
    page.preview.show_only(Mark.NO_DATA)
    assert page.preview.table.rows.rowCount() == 2
    page.preview.show_only(Mark.NEW)
    assert page.preview.table.rows.rowCount() == 4
    page.import_now()
    qtbot.waitUntil(lambda: page.past.rows.rowCount() == 1, timeout=WAIT)
    assert len(registry(session, DAY)) == 4
    page.past.take_focus()
    with ask.answers([True]):
        page.start.undo.click()
    qtbot.waitUntil(lambda: page.past.rows.rowCount() == 0, timeout=WAIT)
    assert registry(session, DAY) == []


def test_a_preview_does_not_outlive_the_reading_of_another_file(
    desk: Desk, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    page = looked_at(desk, workbooks.people_list(tmp_path), qtbot)
    page.read(tmp_path / "missing.xlsx")
    assert not page.preview.isVisible()
    qtbot.waitUntil(lambda: any("missing.xlsx" in text for text in desk.notices.texts()), timeout=WAIT)
    assert not page.preview.isVisible()
    page.import_now()
    assert registry(session, DAY) == []


def test_a_file_that_is_no_list_is_told_in_the_notice_bar(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = desk.pages["import"]
    assert isinstance(page, ImportPage)
    desk.go("import")
    page.read(tmp_path / "missing.xlsx")
    qtbot.waitUntil(lambda: any("missing.xlsx" in text for text in desk.notices.texts()), timeout=WAIT)
    assert not page.preview.isVisible()


def test_the_coordinators_phone_is_set_and_a_mistake_is_told(desk: Desk, session: Session, qtbot: QtBot) -> None:
    desk.go("fleet", list="settings")
    page = desk.pages["fleet"]
    assert isinstance(page, FleetPage)
    view = next(view for view in page.lists if view.records.name == "settings")
    qtbot.waitUntil(lambda: view.rows.rowCount() > 0, timeout=WAIT)
    view.table.select_id(COORDINATOR_PHONE.key)
    view.edit()
    form = dialog(qtbot)
    type_in(form, value="no phone")
    form.submit()
    qtbot.waitUntil(lambda: "phone number" in form.told(), timeout=WAIT)
    type_in(form, value="0671112233")
    with qtbot.waitSignal(form.accepted, timeout=WAIT):
        form.submit()
    assert session.setting(COORDINATOR_PHONE) == "067 111 22 33"


def test_a_name_that_no_gazetteer_knows_is_resolved_for_all_its_households(
    desk: Desk, session: Session, qtbot: QtBot
) -> None:
    seed(session)
    for _household in range(2):
        add_household(session, settlement="Хутір Далекий")
    desk.go("places", list="unresolved")
    page = desk.pages["places"]
    assert isinstance(page, PlacesPage)
    view = next(view for view in page.lists if view.records.name == "unresolved")
    qtbot.waitUntil(lambda: view.rows.rowCount() == 1, timeout=WAIT)
    qtbot.waitUntil(lambda: len(page.places) > 0, timeout=WAIT)
    view.table.take_focus()
    view.edit()
    form = dialog(qtbot)
    field = form.editors["settlement_id"]
    assert isinstance(field, QLineEdit)
    field.setText("Ківшарівка")
    with qtbot.waitSignal(form.accepted, timeout=WAIT):
        form.submit()
    assert {row.settlement for row in registry(session, DAY)} == {"Ківшарівка"}


def test_coverage_adds_up_leads_on_and_a_settlement_gets_its_population(
    desk: Desk, session: Session, qtbot: QtBot
) -> None:
    place = add_settlement(session, "Подоли")
    add_household(session, people=3)
    desk.go("places")
    page = desk.pages["places"]
    assert isinstance(page, PlacesPage)
    looking = page.looking[0]
    qtbot.waitUntil(lambda: looking.rows.rowCount() == 1, timeout=WAIT)
    assert looking.about.text() == (
        "Persons, each once. Known 3 = evacuated 0 + by themselves 0 + still there 3; ready 3, refused 0."
    )
    desk.go("places", list="settlements")
    view = next(view for view in page.lists if view.name == "settlements")
    qtbot.waitUntil(lambda: view.rows.rowCount() == 1, timeout=WAIT)
    view.table.select_id(place)
    view.edit()
    form = dialog(qtbot)
    type_in(form, former="Підгора, Стара Слобода", population="640", population_source="перепис 2001 року")
    with qtbot.waitSignal(form.accepted, timeout=WAIT):
        form.submit()
    desk.go("places", list="coverage")
    column = [column.key for column in looking.rows.columns].index("population")
    qtbot.waitUntil(lambda: looking.rows.text(0, column) == "640", timeout=WAIT)
