"""The street board: a settlement by street and house, where each household stands and what was hit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.outcome import Change, Touched
from coordinator.queries.household import HouseholdCard, household_card
from coordinator.queries.street_board import (
    Board,
    BoardPlace,
    StreetBoards,
    board_places,
    street_board,
    street_boards,
)
from coordinator.queries.streets import KnownStreet
from coordinator.services.papers import STREET_BOARD
from resources.i18n import _
from ui import actions, ask, texts, theme
from ui.dialogs.decide import DecideDialog
from ui.dialogs.incident import report
from ui.dialogs.link_streets import LinkStreetsDialog
from ui.pages.base import Page, PageContext
from ui.pages.schedule_papers import Papers
from ui.paper.street_board import street_board_document
from ui.rights import allowed, needs
from ui.widgets.chips import FlowLayout
from ui.widgets.empty_state import EmptyState
from ui.widgets.settlement_field import Places, load_places
from ui.widgets.street_field import StreetField
from ui.widgets.streets.legend import BoardLegend
from ui.widgets.streets.view import BoardView

PLACES = Touched.HOUSEHOLDS | Touched.PLACES


class StreetsPage(Page):
    name = "streets"
    depends_on = PLACES | Touched.DECISIONS | Touched.SCHEDULE | Touched.EVENTS | Touched.SHELLING

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.places = Places(())
        self._found: list[BoardPlace] = []
        self._wanted: Mapping[str, Any] = {}
        self._papers = Papers(context, self)
        self.settlement, self.street = QComboBox(), StreetField(_("Go to a street"))
        self.board, self.legend = BoardView(context.session.today), BoardLegend()
        self.words = QLabel()
        self.link, self.report = QPushButton(_("Neighbouring streets…")), QPushButton(_("Record shelling…"))
        self.paper = QPushButton(theme.icon("print"), _("Print on A3…"))
        self._lay_out()
        self._connect()
        self._make_actions()

    def title(self) -> str:
        return _("Street board")

    def refresh(self, change: Change | None) -> None:
        touched = Touched.EVERYTHING if change is None else change.touched
        if touched & Touched.PLACES:
            self.context.tasks.run_query(load_places, self.context.session, done=self._use, key=(self, "gazetteer"))
        if touched & PLACES:
            self.context.tasks.run_query(board_places, self.context.session, done=self._offer, key=(self, "places"))
        else:
            self._read()

    def state(self) -> dict[str, Any]:
        place = self.place()
        return {"place": [place.id, place.name] if place else None, "household": self.board.household_id()}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._wanted = dict(state)

    def show_target(self, **what: Any) -> None:
        """navigate("streets", settlement=id, household=id) or street=key; name=… where no settlement is known."""
        self._wanted = {"place": [what.get("settlement"), what.get("name", "")], **what}
        self._offer(self._found)

    def come_into_view(self) -> None:
        """The keys of this page work at once."""
        super().come_into_view()
        self.board.setFocus()

    def focus_search(self) -> bool:
        self.street.setFocus()
        self.street.selectAll()
        return True

    def place(self) -> BoardPlace | None:
        """The settlement that is shown."""
        at = self.settlement.currentIndex()
        return self._found[at] if 0 <= at < len(self._found) else None

    def record_shelling(self) -> bool:
        """In the street and at the house that is current."""
        place, current = self.place(), self.board.current()
        if place is not None and allowed(self):
            street, house = (current[0].name, current[1].house) if current else ("", "")
            report(self.context, self, self.places, place.id or "", street, house)
        return place is not None

    def link_streets(self) -> None:
        place, current = self.place(), self.board.current()
        if place is None or current is None or not allowed(self):
            return
        street = current[0]
        if place.id is None or not street.key:
            self.context.show_notice(_("Streets are linked once the settlement and the street are known."))
            return
        ask.show(LinkStreetsDialog(self.context, place.id, street.key, street.name, self))

    def decide(self) -> None:
        household_id = self.board.household_id()
        if household_id and allowed(self):
            self.context.tasks.run_query(
                household_card, self.context.session, household_id, done=self._decide, key=(self, "card")
            )

    def print_board(self) -> None:
        place, day = self.place(), self.context.day

        def read(paper: StreetBoards) -> None:
            name = _("street-board-{day}.pdf").format(day=day.isoformat())
            self._papers.preview(STREET_BOARD, street_board_document, paper, name, day, paper.people)

        if place is not None:
            self.context.tasks.run_query(street_boards, self.context.session, day, [place], done=read)

    def _decide(self, card: HouseholdCard) -> None:
        ask.show(DecideDialog(self.context, card, self))

    def _use(self, places: Places) -> None:
        self.places = places

    def _offer(self, found: Sequence[BoardPlace]) -> None:
        """The settlement that was shown stays, or the one that was asked for is chosen; at first the largest."""
        before = self.place()
        key = self._wanted.get("place") or ([before.id, before.name] if before else None)
        self._found = list(found)
        chosen = next((at for at, one in enumerate(self._found) if key and _same(one, key)), None)
        if chosen is None and self._found:
            chosen = max(range(len(self._found)), key=lambda at: self._found[at].households)
        self.settlement.blockSignals(True)
        self.settlement.clear()
        self.settlement.addItems([_place_words(one) for one in self._found])
        self.settlement.setCurrentIndex(-1 if chosen is None else chosen)
        self.settlement.blockSignals(False)
        self._read()

    def _read(self) -> None:
        place = self.place()
        if place is None:
            self._show(None)
            return
        self.context.tasks.run_query(
            street_board, self.context.session, place, self.context.day, done=self._show, key=(self, "board")
        )

    def _show(self, board: Board | None) -> None:
        self.board.show_board(board)
        self.legend.show_board(board)
        streets = board.streets if board else ()
        self.street.use([KnownStreet(one.key, one.name, len(one.houses)) for one in streets if one.key])
        wanted, self._wanted = self._wanted, {}
        self.board.choose_street(wanted.get("street", ""))
        self.board.choose(wanted.get("household", ""))
        for button in (self.link, self.report, self.paper):
            button.setEnabled(board is not None)
        self._say()

    def _say(self) -> None:
        self.words.setText(self.board.in_words())

    def _go_to_street(self) -> None:
        known = self.street.known()
        if known is not None:
            self.board.choose_street(known.key)
            self.board.setFocus()

    def _open(self, household_id: str) -> None:
        self.context.navigate("registry", household=household_id)

    def _connect(self) -> None:
        self.settlement.currentIndexChanged.connect(lambda _at: self._read())
        self.street.returnPressed.connect(self._go_to_street)
        self.street.completer().activated.connect(lambda _text: self._go_to_street())
        self.board.current_changed.connect(self._say)
        self.board.opened.connect(self._open)
        self.link.clicked.connect(self.link_streets)
        self.report.clicked.connect(self.record_shelling)
        self.paper.clicked.connect(self.print_board)

    def _make_actions(self) -> None:
        actions.make(self, "streets.link", self.link_streets)
        actions.make(self, "household.decide", self.decide)
        actions.make(self, "household.open", lambda: self._open(self.board.household_id()))
        actions.make(self, "print", self.print_board)

    def _lay_out(self) -> None:
        self.settlement.setAccessibleName(_("Settlement"))
        self.settlement.setMinimumWidth(theme.unit(330))
        theme.dress(self.report, "primary")
        for button, name in ((self.link, "streets.link"), (self.report, "incident.record"), (self.paper, "print")):
            button.setToolTip(actions.tooltip(name))
        for button in (self.link, self.report):
            needs(button)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        hint = _("Households stand here by street and house as soon as their addresses are known.")
        step, then = _("Import a list"), lambda: self.context.navigate("import")
        empty = EmptyState("streets", _("No streets yet"), hint, step=step, then=then)
        self.board.set_empty(empty)
        self.street.setMinimumWidth(theme.unit(200))
        row = QWidget()
        flow = FlowLayout(row, gap=8)
        for part in (self.settlement, self.street, self.report, self.link, self.paper):
            flow.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(14)] * 4)
        column.setSpacing(theme.unit(8))
        column.addWidget(row)
        column.addWidget(self.legend)
        column.addWidget(self.board, 1)
        column.addWidget(self.words)


def _same(place: BoardPlace, key: Sequence[Any]) -> bool:
    return place.id == key[0] if key[0] else (place.id is None and place.name == key[1])


def _place_words(place: BoardPlace) -> str:
    name = place.name or _("Settlement not known")
    if place.hromada:
        name = f"{name}, {place.hromada}"
    return _("{settlement} · {households}").format(settlement=name, households=texts.households(place.households))
