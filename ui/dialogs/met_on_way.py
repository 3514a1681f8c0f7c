"""People met on the way: searched first, since they may be known already; only then a new household with counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.decision import Decision
from coordinator.domain.names import clean
from coordinator.domain.phones import parse_phones
from coordinator.errors import UserError
from coordinator.queries.board import BoardTrip
from coordinator.queries.household import HouseholdCard, household_card
from coordinator.queries.known import Known, find_known
from coordinator.services.met import Joined, add_met, join_trip
from resources.i18n import _
from ui import actions, texts, theme
from ui.dialogs.call_draft import Call, household_draft
from ui.pages.base import PageContext
from ui.widgets import typed_values
from ui.widgets.household.escorts import person_name
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule import words
from ui.widgets.schedule.people_boxes import PeopleBoxes
from ui.widgets.schedule.strips import Strip
from ui.widgets.settlement_field import Places, SettlementField, load_places

CALM_MS = 150
MOST_PEOPLE = 60
LEAST_LETTERS = 2
_KNOWN = Qt.ItemDataRole.UserRole


class MetOnWayDialog(QDialog):
    """`joined(Joined)` when they are on board. `look_for`: what is searched to begin with."""

    joined = Signal(object)
    draft_kind = "met"
    under_way = False

    def __init__(self, context: PageContext, day: date, trip: BoardTrip, parent: QWidget, look_for: str = "") -> None:
        super().__init__(parent)
        self._context, self._day, self._trip = context, day, trip
        self._searched = False
        self.setWindowTitle(_("People met on the way"))
        self.setMinimumWidth(theme.unit(700))
        self.search = _Search()
        self.found = QListWidget()
        self.found.setAccessibleName(_("Households that fit"))
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.people = PeopleBoxes(_("Who came along"))
        self.join = QPushButton(_("They came along"))
        self.told = Strip(Kind.INFO)
        self.contact, self.phone = _line(_("Who")), _line(_("Phone"))
        self.contact.setPlaceholderText(_("surname, name – or leave it empty"))
        self.settlement = SettlementField(_("where they come from"))
        self.count, self.children = _spin(_("People in all"), 1), _spin(_("of them children"), 0)
        self.wheelchair, self.stretcher = _spin(_("in a wheelchair"), 0), _spin(_("lying, on a stretcher"), 0)
        self.add = QPushButton(_("A new household came along"))
        self._wait = QTimer(self, interval=CALM_MS, singleShot=True)
        self._lay_out()
        self._connect()
        self._enable()
        names = ("search", "contact", "phone", "settlement", "count", "children", "wheelchair", "stretcher")
        self._fields: dict[str, QWidget] = {name: getattr(self, name) for name in names}
        self._blank = typed_values.read(self._fields)
        context.tasks.run_query(load_places, context.session, done=self._use)
        self.search.setText(look_for)
        self.search.setFocus()

    def draft(self) -> dict[str, Any]:
        typed = typed_values.read(self._fields)
        if typed == self._blank:
            return {}
        return {"day": self._day.isoformat(), "trip_id": self._trip.trip_id, "typed": typed}

    def take_draft(self, fields: Mapping[str, Any]) -> None:
        typed_values.write(self._fields, fields["typed"])
        for line in (self.contact, self.phone):
            line.setModified(bool(line.text()))

    def call(self) -> Call:
        """The new household as it is typed."""
        chosen = self.settlement.value()
        return Call(
            phone=clean(self.phone.text()), settlement_id=chosen.id, settlement_text=chosen.text,
            contact=clean(self.contact.text()), people=self.count.value(), children=self.children.value(),
            wheelchair=self.wheelchair.value(), stretcher=self.stretcher.value(), decision=Decision.NOT_ASKED,
        )  # fmt: skip

    def take_along(self) -> None:
        """The chosen household of the register came along."""
        known = self._chosen()
        if known is None or not self.join.isEnabled():
            return
        part = None if self.people.everybody() else self.people.chosen()
        work = partial(join_trip, self._context.session, self._trip.trip_id, known.household_id, part)
        self.under_way = True
        self._context.tasks.run_verb(work, done=self._done, failed=self._refused)

    def add_new(self) -> None:
        if self.add.isEnabled():
            draft = household_draft(self.call(), self._context.session.clock())
            self.under_way = True
            work = partial(add_met, self._context.session, self._trip.trip_id, draft)
            self._context.tasks.run_verb(work, done=self._done, failed=self._refused)

    def _done(self, joined: Joined) -> None:
        self.joined.emit(joined)
        self.accept()

    def _refused(self, error: UserError) -> None:
        self.under_way = False
        self.told.say(texts.error_text(error), Kind.WARNING)

    def _use(self, places: Places) -> None:
        self.settlement.use(places)

    def _ask(self) -> None:
        text = clean(self.search.text())
        if len(text) < LEAST_LETTERS:
            self.found.clear()
            return
        self._context.tasks.run_query(
            find_known, self._context.session, text, self._day, done=lambda found: self._show(text, found),
            key=(self, "known"),
        )  # fmt: skip

    def _show(self, text: str, found: list[Known]) -> None:
        if text != clean(self.search.text()):
            return
        self._searched = True
        self.found.clear()
        for known in found:
            item = QListWidgetItem(theme.icon("registry", "muted"), known_words(known, self._trip), self.found)
            item.setToolTip(item.text())
            item.setData(_KNOWN, known)
        if found:
            self.found.setCurrentRow(0)
            self.told.say("", Kind.INFO)
        else:
            self.told.say(_("Nobody in the register fits. Enter them below as a new household."), Kind.INFO)
            self._carry_over(text)
        self._enable()

    def _carry_over(self, text: str) -> None:
        """What was searched for is what is known of them."""
        is_phone = any(contact.e164 for contact in parse_phones(text))
        target = self.phone if is_phone else self.contact
        if not target.isModified():
            target.setText(text)

    def _choose(self) -> None:
        known = self._chosen()
        self.people.show_people(())
        self._enable()
        if known is not None:
            self._context.tasks.run_query(
                household_card, self._context.session, known.household_id, done=self._show_people, key=(self, "card")
            )

    def _show_people(self, card: HouseholdCard) -> None:
        known = self._chosen()
        if known is not None and known.household_id == card.household.id:
            self.people.show_people((person.id, person_name(person), True) for person in card.household.people)

    def _chosen(self) -> Known | None:
        item = self.found.currentItem()
        return item.data(_KNOWN) if item is not None else None

    def _enable(self) -> None:
        known = self._chosen()
        here = known is not None and known.trip_id == self._trip.trip_id
        why = "" if known is not None else _("Search, then choose a household")
        if here:
            why = _("They stand on this list: enter the result of their stop")
        self.join.setEnabled(not why)
        self.join.setToolTip(why or _("Enter"))
        why = "" if self._searched else _("Search first: they may be in the register already")
        self.add.setEnabled(not why)
        self.add.setToolTip(why or actions.tooltip("form.save", _("A new household came along")))
        if here:
            self.told.say(_("They stand on this list: enter the result of their stop."), Kind.WARNING)

    def _fit_counts(self) -> None:
        least = max(self.children.value(), self.wheelchair.value() + self.stretcher.value(), 1)
        self.count.setValue(max(self.count.value(), least))

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._wait.start())
        self._wait.timeout.connect(self._ask)
        self.search.entered.connect(self.take_along)
        self.search.went_down.connect(lambda: self.found.setFocus(Qt.FocusReason.OtherFocusReason))
        self.found.currentRowChanged.connect(lambda _row: self._choose())
        self.found.itemActivated.connect(lambda _item: self.take_along())
        self.join.clicked.connect(self.take_along)
        self.add.clicked.connect(self.add_new)
        for box in (self.children, self.wheelchair, self.stretcher):
            box.valueChanged.connect(lambda _n: self._fit_counts())
        actions.make(self, "form.save", self.add_new, text=_("A new household came along"))

    def _lay_out(self) -> None:
        heading = QLabel(_("Met on the way of {trip}").format(trip=words.trip(self._trip)))
        theme.dress(heading, "heading")
        theme.dress(self.join, "primary")
        self.found.setMinimumHeight(theme.unit(170))
        first, second, close = QHBoxLayout(), QHBoxLayout(), QPushButton(_("Close"))
        close.clicked.connect(self.reject)
        first.addWidget(self.people, 1)
        first.addWidget(self.join)
        for widget in (self.count, QLabel(_("of them children")), self.children, QLabel(_("in a wheelchair")),
                       self.wheelchair, QLabel(_("lying")), self.stretcher):  # fmt: skip
            second.addWidget(widget)
        second.addStretch(1)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(_("People in all"), second)
        form.addRow(_("Who"), self.contact)
        form.addRow(_("Settlement"), self.settlement)
        form.addRow(_("Phone"), self.phone)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(close)
        last.addWidget(self.add)
        for button in (self.join, self.add, close):
            button.setAutoDefault(False)
        new = QLabel(_("None of these: a new household"))
        theme.dress(new, "strong")
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, theme.unit(4), 0)
        inside.setSpacing(theme.unit(8))
        inside.addWidget(self.found, 1)
        inside.addLayout(first)
        for part in (self.told, new):
            inside.addWidget(part)
        inside.addLayout(form)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(8))
        for part in (heading, self.search):
            column.addWidget(part)
        column.addWidget(_scrolled(body), 1)
        column.addLayout(last)
        room = self.screen().availableGeometry().height() - theme.unit(60)
        self.resize(self.minimumWidth(), min(body.sizeHint().height() + theme.unit(240), room))


class _Search(QLineEdit):
    entered = Signal()
    went_down = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(_("Search first: surname, phone or settlement"))
        self.setAccessibleName(_("Search first: surname, phone or settlement"))
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)


def known_words(known: Known, trip: BoardTrip) -> str:
    """A household that fits, and what taking it along would mean."""
    where = ", ".join(part for part in (known.settlement, known.address) if part)
    first = (f"{known.number}  {words.head(known.head)}", where, ", ".join(known.phones))
    parts = [texts.people(known.people)]
    if known.trip_id == trip.trip_id:
        parts.append(_("stands on this list"))
    elif known.on_list:
        parts.append(_("stands on list {list}: that stop comes free").format(list=known.on_list))
    elif not known.at_home:
        parts.append(_("has left already"))
    else:
        parts.append(texts.label(known.decision))
    return "\n".join(" · ".join(part for part in line if part) for line in (first, parts))


def _scrolled(body: QWidget) -> QScrollArea:
    """A large family has many boxes: what finds no room scrolls, and search and buttons stay in sight."""
    area = QScrollArea()
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    return line


def _spin(name: str, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, MOST_PEOPLE)
    box.setValue(value)
    box.setAccessibleName(name)
    box.setFixedWidth(theme.unit(64))
    theme.inset(box)
    return box
