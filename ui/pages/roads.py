"""The tab of roads: close and open again, import a table of travel times, write one to be filled in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from coordinator.domain.roads import Road
from coordinator.services.import_roads import RoadFile, preview_roads, read_road_file
from coordinator.services.road_book import write_road_book
from coordinator.services.roads import SavedRoad, close_road, open_road
from resources.i18n import _
from ui import ask, theme
from ui.dialogs.record import RecordDialog
from ui.dialogs.road_import import RoadImportDialog
from ui.pages.base import Page, PageContext
from ui.pages.record_list import RecordList
from ui.pages.records import RecordsView
from ui.pages.roads_records import in_force
from ui.rights import allowed, needs
from ui.road_words import trips_sentence
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice_bar import Kind


class RoadsView(RecordsView):
    """Two clicks close a road that is listed: the row, and the button. Trips that use it are named at once."""

    def __init__(self, context: PageContext, records: RecordList[Any], page: Page) -> None:
        self.toggle, self.take_in = QPushButton(_("Close now")), QPushButton(_("Import travel times…"))
        self.give_out = QPushButton(_("Table to fill in…"))
        super().__init__(context, records, page)
        self._add.setText(_("Close or measure a road…"))
        for button, verb in (
            (self.toggle, self.close_or_open),
            (self.take_in, self.choose),
            (self.give_out, self.write),
        ):
            button.clicked.connect(verb)
        needs(self.toggle)
        needs(self.take_in)

    def add(self) -> None:
        if allowed(self):
            values = {**(self.records.new or {}), "from_on": self.context.session.today()}
            self._open(self._add.text().rstrip("…"), values)

    def close_or_open(self) -> None:
        road = self._record()
        if road is None or not allowed(self):
            return
        if road.closed:
            self.context.tasks.run_verb(open_road, self.context.session, road.id, done=lambda _none: self._opened(road))
            return
        today = self.context.session.today()
        closed = replace(road, id=None, minutes=None, km=None, from_on=today, until_on=None, source="", vehicle_id="")
        self.context.tasks.run_verb(close_road, self.context.session, closed, done=self._told)

    def choose(self) -> None:
        if allowed(self):
            patterns = _("Workbooks ({patterns})").format(patterns="*.xlsx *.xls *.xlsb *.xlsm *.ods *.csv")
            ask.file_to_open(self, _("Travel times"), patterns, then=self.look_at)

    def look_at(self, path: Path) -> None:
        """Show what a table of travel times would change; nothing is written yet."""
        self.context.tasks.run_work(read_road_file, path, label=_("Reading the workbook"), done=self._compare)

    def _compare(self, file: RoadFile) -> None:
        self.context.tasks.run_query(
            preview_roads, self.context.session, file,
            done=lambda preview: ask.show(RoadImportDialog(self.context, preview, self)),
        )  # fmt: skip

    def write(self) -> None:
        patterns = _("Workbooks ({patterns})").format(patterns="*.xlsx")
        ask.file_to_save(self, _("Table to fill in"), patterns, name=_("travel-times.xlsx"), then=self._write)

    def _write(self, path: Path) -> None:
        self.context.tasks.run_query(
            write_road_book, self.context.session, path,
            done=lambda _rows: self.context.show_notice(_("Saved: {path}").format(path=path), Kind.SUCCESS),
        )  # fmt: skip

    def _save(self, dialog: RecordDialog, values: dict[str, Any]) -> None:
        def done(saved: SavedRoad) -> None:
            dialog.accept()
            self._told(saved)

        self.context.tasks.run_verb(self.records.save, self.context.session, values, done=done, failed=dialog.refuse)

    def _told(self, saved: SavedRoad) -> None:
        if saved.trips:
            go = lambda: self.context.navigate("schedule", trip=saved.trips[0].trip_id)  # noqa: E731
            self.context.show_notice(trips_sentence(saved.trips), Kind.WARNING, step=_("Schedule"), then=go)
        else:
            self.context.show_notice(_("Saved. No trip of today or later drives a closed road."), Kind.SUCCESS)

    def _opened(self, road: Road) -> None:
        self.context.show_notice(_("Opened again from today on. Plan anew where trips went another way."), Kind.SUCCESS)

    def _enable(self) -> None:
        super()._enable()
        road = self._record()
        self.toggle.setEnabled(road is not None)
        self.toggle.setText(_("Open again") if road is not None and road.closed else _("Close now"))
        self.toggle.setToolTip("" if road is not None else _("Choose a row first"))
        if road is not None and road.closed and not in_force(road, self.context.session.today()):
            self.toggle.setEnabled(False)
            self.toggle.setToolTip(_("This closure does not hold today. Change its days instead."))

    def _when_empty(self) -> EmptyState:
        step = _("Close or measure a road…")
        return EmptyState("place", _("No roads recorded yet"), _(self.records.hint), step=step, then=self.add)

    def _lay_out(self) -> None:
        super()._lay_out()
        row = QHBoxLayout()
        for button in (self.toggle, self.take_in, self.give_out):
            row.addWidget(button)
        row.addStretch(1)
        row.setSpacing(theme.unit(8))
        column: Any = self.layout()
        column.insertLayout(1, row)
