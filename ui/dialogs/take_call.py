"""Taking a call: phone first, then what is told, in the order in which it is told. Ctrl+Enter saves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.decision import Decision
from coordinator.domain.names import clean
from coordinator.errors import UserError
from coordinator.services.calls import Taken, take_call
from coordinator.services.requests import record_request
from resources.i18n import _
from ui import actions, ask, texts, theme
from ui.dialogs.call_draft import Call, household_draft
from ui.dialogs.call_phone import PhoneQuestion
from ui.drafts import Reopening, reopens
from ui.pages.base import PageContext
from ui.signs import DECISION_SIGNS
from ui.widgets import typed_values
from ui.widgets.chips import FlowLayout
from ui.widgets.day_field import DayField
from ui.widgets.settlement_field import Chosen, Places, SettlementField, load_places

OFFERED = (
    Decision.WANTS_PICKUP, Decision.PACKED, Decision.PREPARING, Decision.UNDECIDED, Decision.NOT_ASKED,
    Decision.REFUSED,
)  # fmt: skip
MOST_PEOPLE = 60


class TakeCallDialog(QDialog):
    """`saved(Taken)` for a new household, `known(id)` when the phone led to one that is there already."""

    saved = Signal(object)
    known = Signal(str)
    draft_kind = "call"
    under_way = False

    def __init__(self, context: PageContext, places: Places, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(_("Take a call"))
        self.phone = PhoneQuestion(context, places)
        self.settlement = SettlementField(_("first letters are enough"))
        self.settlement.use(places)
        self.street, self.house, self.flat = _line(_("Street")), _line(_("House")), _line(_("Flat"))
        self.landmark, self.contact = _line(_("Landmark")), _line(_("Who is calling"))
        self.contact.setPlaceholderText(_("surname, name – or only a name"))
        self.people, self.children = _count(_("People in all"), 1), _count(_("of them children"))
        self.wheelchair, self.stretcher = _count(_("in a wheelchair")), _count(_("lying, on a stretcher"))
        self.steps = _count(_("walking badly"))
        self.pets = _line(_("Pets"))
        self.organisation, self.reference = _line(_("Request of an organisation")), _line(_("Their number"))
        self.organisation.setPlaceholderText(_("empty: the family itself"))
        self.decision = _decisions()
        self.day = DayField(_("On or before"), context.day, empty=_("as soon as possible"))
        self.note = QPlainTextEdit()
        self.note.setAccessibleName(_("Note"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(self.note.fontMetrics().lineSpacing() * 2 + theme.unit(16))
        self.remark, self.fault = QLabel(), QLabel()
        self._lay_out()
        self._connect()
        actions.make(self, "form.save", self.save)
        self._start = self.call()
        names = ("settlement", "street", "house", "flat", "landmark", "contact", "people", "children", "wheelchair",
                 "stretcher", "steps", "pets", "decision", "day", "note", "organisation", "reference")  # fmt: skip
        self._fields: dict[str, QWidget] = {"phone": self.phone.edit} | {name: getattr(self, name) for name in names}
        self._blank = typed_values.read(self._fields)
        self.phone.edit.setFocus()

    def call(self) -> Call:
        """What stands in the form now."""
        chosen = self.settlement.value()
        return Call(
            clean(self.phone.edit.text()), chosen.id, chosen.text,
            *(clean(line.text()) for line in (self.street, self.house, self.flat, self.landmark, self.contact)),
            *(box.value() for box in (self.people, self.children, self.wheelchair, self.stretcher, self.steps)),
            clean(self.pets.text()), Decision(self.decision.currentData()), self.day.day(),
            self.note.toPlainText().strip(), clean(self.organisation.text()), clean(self.reference.text()),
        )  # fmt: skip

    def state(self) -> dict[str, Any]:
        """A half-typed call, for a window that is made anew; nothing where nothing was typed."""
        call = self.call()
        return {} if call == self._start else asdict(call)

    def restore(self, state: Mapping[str, Any]) -> None:
        call = Call(**{part.name: state[part.name] for part in fields(Call) if part.name in state})
        self.phone.edit.setText(call.phone)
        self.settlement.set_value(call.settlement_id, call.settlement_text)
        if call.settlement_text and not call.settlement_id:
            self._remark(self.phone.places.resolve(call.settlement_text).remark)
        for name in ("street", "house", "flat", "landmark", "contact", "pets", "organisation", "reference"):
            getattr(self, name).setText(getattr(call, name))
        for name in ("people", "children", "wheelchair", "stretcher", "steps"):
            getattr(self, name).setValue(getattr(call, name))
        self.decision.setCurrentIndex(max(0, self.decision.findData(call.decision.value)))
        self.day.set_day(call.wants_on)
        self.note.setPlainText(call.note)

    def draft(self) -> dict[str, Any]:
        """What stands in the fields, also a day that cannot be read; nothing where nothing was typed."""
        values = typed_values.read(self._fields)
        return {} if values == self._blank else values

    def take_draft(self, fields: Mapping[str, Any]) -> None:
        typed_values.write(self._fields, fields)
        typed = fields["settlement"]
        if typed["text"] and not typed["id"]:
            self._remark(self.phone.places.resolve(typed["text"]).remark)

    def save(self) -> None:
        if not self.day.valid():
            self.day.setFocus()
            return
        call = self.call()
        if call == self._start:
            self._tell(_("Nothing is filled in yet. Begin with the phone."))
            self.phone.edit.setFocus()
            return
        self._save.setEnabled(False)
        self.under_way = True
        session, now = self._context.session, self._context.session.clock()
        work = partial(take_call, session, household_draft(call, now), call.request(now))
        self._context.tasks.run_verb(work, done=self._done, failed=self._refused)

    def reject(self) -> None:
        """Escape asks only where something was typed."""
        if self.call() == self._start:
            super().reject()
        else:
            ask.confirm(
                self, _("Close this call without saving it?"), yes=_("Throw away"), danger=True,
                detail=_("What was typed is not in the register yet."), then=super().reject,
            )  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field, as Tab does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _done(self, taken: Taken) -> None:
        self.saved.emit(taken)
        self.accept()

    def _refused(self, error: UserError) -> None:
        self._save.setEnabled(True)
        self.under_way = False
        self._tell(texts.error_text(error))

    def _tell(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.show()

    def _open_known(self, household_id: str) -> None:
        """That household and no second record; what an organisation asked for is entered there."""
        call, session = self.call(), self._context.session
        if not (call.organisation or call.reference):
            self._leave_to(household_id)
            return
        work = partial(record_request, session, household_id, call.request(session.clock()))
        self._context.tasks.run_verb(work, done=lambda _n: self._leave_to(household_id), failed=self._refused)

    def _leave_to(self, household_id: str) -> None:
        self.known.emit(household_id)
        super().reject()

    def _children_changed(self, children: int) -> None:
        """More children come with the one who calls; fewer people can be put in afterwards."""
        if children and children >= self.people.value():
            self.people.setValue(children + 1)

    def _fit_people(self) -> None:
        """Never fewer people than children or than places asked for."""
        least = max(self.children.value(), self.wheelchair.value() + self.stretcher.value())
        if self.people.value() < least:
            self.people.setValue(least)

    def _settled(self, chosen: Chosen) -> None:
        self._remark(chosen.remark, self.phone.places.hromada(chosen.id))

    def _remark(self, remark: str, hromada: str = "") -> None:
        """What to do about the settlement, or else where it lies."""
        self.remark.setText(remark or hromada)
        self.remark.setVisible(bool(remark or hromada))
        theme.dress(self.remark, "badge" if remark else "small", "warning" if remark else "")

    def _show_day(self) -> None:
        wants = self.decision.currentData() == Decision.WANTS_PICKUP.value
        self._form.setRowVisible(self.day, wants)

    def _connect(self) -> None:
        self.phone.open_wanted.connect(self._open_known)
        self.phone.go_on.connect(lambda: self.settlement.setFocus(Qt.FocusReason.TabFocusReason))
        self.settlement.settled.connect(self._settled)
        self.settlement.weighed.connect(lambda chosen: self._remark(chosen.remark))
        self.decision.currentIndexChanged.connect(lambda _index: self._show_day())
        self.children.valueChanged.connect(self._children_changed)
        for box in (self.people, self.wheelchair, self.stretcher):
            box.valueChanged.connect(lambda _value: self._fit_people())

    def _lay_out(self) -> None:
        self._form = form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(_("Phone"), self.phone)
        self.remark.setWordWrap(True)
        self.remark.hide()
        form.addRow(_("Settlement"), _under(self.settlement, self.remark))
        form.addRow(_("Street"), _across((self.street, 4), (_("House"), 0), (self.house, 1), (_("Flat"), 0),
                                         (self.flat, 1)))  # fmt: skip
        form.addRow(_("Landmark"), self.landmark)
        form.addRow(_("Who is calling"), self.contact)
        form.addRow(_("People in all"), _across((self.people, 0), (_("of them children"), 0), (self.children, 0)))
        form.addRow(_("Among them"), _wrapped((self.wheelchair, _("in a wheelchair")), (self.stretcher, _("lying")),
                                              (self.steps, _("walking badly"))))  # fmt: skip
        form.addRow(_("Pets"), self.pets)
        form.addRow(_("Decision"), self.decision)
        form.addRow(_("On or before"), self.day)
        form.addRow(_("Note"), self.note)
        form.addRow(_("Request of"), _across((self.organisation, 3), (_("their number"), 0), (self.reference, 1)))
        self.fault.setWordWrap(True)
        self.fault.setStyleSheet(f"color: {theme.color('danger').name()}")
        self.fault.hide()
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(10))
        column.addWidget(area := _scrolled(form), 1)
        column.addWidget(self.fault)
        column.addLayout(self._buttons())
        room = self.screen().availableGeometry().height() - theme.unit(60)
        width = max(theme.unit(680), area.widget().minimumSizeHint().width() + theme.unit(50))
        self.resize(width, min(form.sizeHint().height() + theme.unit(130), room))

    def _buttons(self) -> QHBoxLayout:
        self._save = QPushButton(_("Save the call"))
        theme.dress(self._save, "primary")
        self._save.setToolTip(actions.tooltip("form.save"))
        cancel = QPushButton(_("Cancel"))
        for button in (self._save, cancel):
            button.setAutoDefault(False)
        self._save.clicked.connect(self.save)
        cancel.clicked.connect(self.reject)
        hint = QLabel(_("Enter goes on, {key} saves. Leave out what is not known.").format(
            key=actions.key_text("form.save")))  # fmt: skip
        hint.setWordWrap(True)
        theme.dress(hint, "small")
        row = QHBoxLayout()
        row.addWidget(hint, 1)
        row.addWidget(cancel)
        row.addWidget(self._save)
        return row


@reopens("call")
def reopen(again: Reopening) -> None:
    """In the registry, once the places are read: a settlement is known by its name then."""
    page = again.page("registry")

    def ready(_places: Places) -> None:
        if page.take_call():
            again.opened(next(one for one in page.findChildren(TakeCallDialog) if one.isVisible()))

    again.context.tasks.run_query(load_places, again.context.session, done=ready)


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    return line


def _count(name: str, value: int = 0) -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, MOST_PEOPLE)
    box.setValue(value)
    box.setAccessibleName(name)
    box.setFixedWidth(theme.unit(72))
    return box


def _decisions() -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(_("Decision"))
    for decision in OFFERED:
        icon, role = DECISION_SIGNS[decision]
        box.addItem(theme.icon(icon, role), texts.label(decision), decision.value)
    return box


def _across(*parts: tuple[QWidget | str, int]) -> QWidget:
    """Fields and their captions in one line; a caption belongs to the field beside it."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.unit(6))
    for part, stretch in parts:
        row.addWidget(QLabel(part) if isinstance(part, str) else part, stretch)
    if not any(stretch for _part, stretch in parts):
        row.addStretch(1)
    return box


def _wrapped(*parts: tuple[QWidget, str]) -> QWidget:
    """Fields with the words after each; what does not fit goes to the next line."""
    box = QWidget()
    flow = FlowLayout(box, gap=14)
    for field, words in parts:
        flow.addWidget(_across((field, 0), (words, 0)))
    return box


def _under(*parts: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.unit(2))
    for part in parts:
        column.addWidget(part)
    return box


def _scrolled(form: QFormLayout) -> QScrollArea:
    """With large text or a small screen the form scrolls and its buttons stay in sight."""
    form.setContentsMargins(0, 0, theme.unit(8), 0)
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.addLayout(form)
    column.addStretch(1)
    area = QScrollArea()
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
