"""The map of the working date: where people remain, what was hit, and where the day's trips go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from coordinator.errors import UserError
from coordinator.exchange.mbtiles import MapFile, open_map
from coordinator.outcome import Change, Touched
from coordinator.queries.count_memory import CountMemory
from coordinator.queries.day_map import DayMap, MapPlace, day_map
from resources.i18n import _
from ui import actions, ask, texts, theme
from ui.charts.calm import Calm
from ui.pages.base import Page, PageContext
from ui.pages.map_columns import MAP_COLUMNS
from ui.tables.columns import TableData, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.chips import FlowLayout
from ui.widgets.empty_state import EmptyState
from ui.widgets.map import words
from ui.widgets.map.legend import MapLegend
from ui.widgets.map.tiles import Tiles
from ui.widgets.map.view import STEP, MapView

FIRST_SPLIT = (720, 500)


class MapPage(Page):
    """The table beside the map says the same in words; the chosen settlement is one in both."""

    name = "map"
    depends_on = (
        Touched.HOUSEHOLDS | Touched.DECISIONS | Touched.SCHEDULE | Touched.EVENTS | Touched.PLACES | Touched.SHELLING
        | Touched.FLEET | Touched.SETTINGS
    )  # fmt: skip

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._calm = Calm(self, self._read)
        self._shown: DayMap | None = None
        self.tiles = Tiles(context.tasks, self)
        self.map, self.legend = MapView(self.tiles), MapLegend()
        self.rows: TableModel[MapPlace] = TableModel(MAP_COLUMNS)
        self.table = TableView(self.rows, _("Settlements on the map"))
        self.about, self.place, self.sources = QLabel(), QLabel(), QLabel()
        self.streets, self.households = QPushButton(_("Street board")), QPushButton(_("Households"))
        self.file, self.no_file = QPushButton(_("Map file…")), QPushButton(_("Without the map file"))
        self._lay_out()
        self._connect()
        self._say_place()
        self._open_file(context.preferences.map_file)

    def title(self) -> str:
        return _("Map")

    def refresh(self, change: Change | None) -> None:
        self._calm.ask()

    def state(self) -> dict[str, Any]:
        camera = self.map.camera
        return {"chosen": self.table.current_id(), "seen": (*camera.centre, camera.scale)}

    def restore(self, state: Mapping[str, Any]) -> None:
        self.map.look_at(*state["seen"])
        self.map.choose(state.get("chosen", ""))

    def chosen(self) -> MapPlace | None:
        row = self.rows.row_of(self.table.current_id())
        return None if row is None else self.rows.record(row)

    def _read(self) -> None:
        self.context.tasks.run_query(
            _load, self.context.counts, self.context.day, self.rows.sort_key, done=self._show, key=(self, "map")
        )

    def _show(self, read: tuple[DayMap, TableData[MapPlace]]) -> None:
        shown, rows = read
        self._shown = shown
        self.rows.set_rows(rows)
        self.map.show_map(shown)
        self.legend.show_hours(shown.hit_hours)
        self.about.setText(_about(shown))
        self._say_place()

    def _choose(self, key: str) -> None:
        """On the map; the table follows."""
        self.table.select_id(key)
        self._say_place()

    def _row_chosen(self, key: str) -> None:
        """In the table; the map follows."""
        self.map.choose(key)
        self._say_place()

    def _say_place(self) -> None:
        place = self.chosen()
        self.place.setText(words.in_full(place) if place else _("Choose a settlement on the map or in the table."))
        for button in (self.streets, self.households):
            button.setEnabled(place is not None and place.known > 0)
            button.setToolTip("" if button.isEnabled() else _("Choose a settlement with households first"))

    def _open_streets(self) -> None:
        place = self.chosen()
        if place is not None and place.known:
            self.context.navigate("streets", settlement=place.id or None, name=place.name)

    def _open_households(self) -> None:
        place = self.chosen()
        if place is not None:
            self.context.navigate("registry", settlement=place.name)

    def _choose_file(self) -> None:
        patterns = _("Map files (*.mbtiles)")
        ask.file_to_open(self, _("A map file of this computer"), patterns, then=lambda path: self._open_file(str(path)))

    def _open_file(self, path: str) -> None:
        if not path:
            self._use_file(None)
            return
        self.context.tasks.run_work(open_map, Path(path), done=self._use_file, failed=self._refuse_file)

    def _use_file(self, file: MapFile | None) -> None:
        self.context.preferences.map_file = str(file.path) if file else ""
        self.tiles.use(file)
        self.no_file.setVisible(file is not None)
        self.sources.setText("" if file is None else " · ".join(filter(None, (file.path.name, file.attribution))))
        self.sources.setVisible(file is not None)

    def _refuse_file(self, error: UserError) -> None:
        """The map goes on without it."""
        self._use_file(None)
        self.context.show_notice(texts.error_text(error), "warning")

    def _connect(self) -> None:
        self.map.chosen.connect(self._choose)
        self.map.opened.connect(lambda _key: self._open_streets())
        self.table.current_changed.connect(self._row_chosen)
        self.table.opened.connect(lambda _key: self._open_streets())
        self.streets.clicked.connect(self._open_streets)
        self.households.clicked.connect(self._open_households)
        self.file.clicked.connect(self._choose_file)
        self.no_file.clicked.connect(lambda: self._use_file(None))
        self.tiles.failed.connect(self._refuse_file)

    def _lay_out(self) -> None:
        for label in (self.about, self.place):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.dress(self.about, "muted")
        theme.dress(self.sources, "small")
        self.table.set_empty(EmptyState("place", _("Nothing on the map yet"), _(
            "Settlements stand here with their first household, or when a gazetteer is imported."),
            step=_("Import a list"), then=lambda: self.context.navigate("import")))  # fmt: skip
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self._left())
        split.addWidget(self._right())
        split.setSizes([theme.unit(part) for part in FIRST_SPLIT])
        split.setStretchFactor(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(14)] * 4)
        column.setSpacing(theme.unit(8))
        column.addWidget(self.about)
        column.addWidget(split, 1)

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(6))
        column.addWidget(self.map, 1)
        column.addWidget(self.sources)
        column.addWidget(self.legend)
        return left

    def _right(self) -> QWidget:
        right, buttons = QWidget(), QWidget()
        flow = FlowLayout(buttons, gap=6)
        nearer, farther, every = QPushButton("+"), QPushButton("−"), QPushButton(_("Show all"))
        for button, action, name in (
            (nearer, lambda: self.map.zoom(STEP), "map.nearer"),
            (farther, lambda: self.map.zoom(1 / STEP), "map.farther"),
            (every, self.map.show_all, "map.all"),
        ):  # fmt: skip
            button.setToolTip(actions.tooltip(name))
            button.setAccessibleName(_(actions.ACTIONS[name].text))
            button.clicked.connect(action)
        for button in (nearer, farther, every, self.streets, self.households, self.file, self.no_file):
            flow.addWidget(button)
        column = QVBoxLayout(right)
        column.setContentsMargins(theme.unit(8), 0, 0, 0)
        column.addWidget(buttons)
        column.addWidget(self.place)
        column.addWidget(self.table, 1)
        return right


def _load(memory: CountMemory, day: date, sorted_by: str) -> tuple[DayMap, TableData[MapPlace]]:
    shown = day_map(memory.session, day, memory)
    counted = [place for place in shown.places if place.known or place.order or place.hits]
    return shown, prepare(MAP_COLUMNS, counted, lambda place: place.key, sort_by=sorted_by)


def _about(shown: DayMap) -> str:
    """How many remain, and who is not on the map."""
    there = sum(place.remaining for place in shown.places)
    text = _("As of {time}. Still there: {people}; the larger a circle, the more of them.").format(
        time=texts.clock(shown.as_of), people=texts.people(there)
    )
    lost = shown.unplaced
    if lost:
        names = ", ".join(place.name or _("Settlement not known") for place in lost[:4]) + (
            "…" if len(lost) > 4 else ""
        )
        text += " " + _("Not on the map, for want of coordinates: {people} in {places}.").format(
            people=texts.people(sum(place.remaining for place in lost)), places=names
        )
    missing = sum(trip.missing for trip in shown.trips)
    if missing:
        text += " " + _("Stops of the day that the lines leave out for the same reason: {n}.").format(n=missing)
    return text
