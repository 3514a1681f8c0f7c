"""A person of a household: name, sex, birth in any form, relation, needs, documents, remark."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.names import clean
from coordinator.domain.person import OLDEST, Birth, Need, Person, PersonName, Relation, Sex, age_on
from coordinator.errors import UserError
from coordinator.exchange.values import read_birth
from coordinator.queries.household import HouseholdCard, household_card
from coordinator.services.households import add_person, edit_person
from coordinator.services.writing import MemberDraft
from resources.i18n import _
from ui import actions, ask, texts, theme
from ui.drafts import Reopening, reopens
from ui.pages.base import PageContext
from ui.widgets import typed_values
from ui.widgets.household.members import age_words


class EditPersonDialog(QDialog):
    """`person` None adds one. What was typed is lost neither by Escape (it asks) nor by a refusal of the register."""

    draft_kind = "person"
    under_way = False

    def __init__(self, context: PageContext, household_id: str, person: Person | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._household_id, self._person = context, household_id, person
        old = person or Person("", household_id, 0)
        self.setWindowTitle(_("Person") if person else _("New person"))
        self.surname, self.given = _line(_("Surname"), old.name.surname), _line(_("Name"), old.name.given)
        self.patronymic = _line(_("Patronymic"), old.name.patronymic)
        self.birth = _line(_("Born, or age"), birth_text(old.birth))
        self.birth.setPlaceholderText(_("15.08.1960, 1960 or an age: 63"))
        self.age = QLabel()
        theme.dress(self.age, "muted")
        self.stated = _choice(_("Only known"), [("", "–"), ("child", _("a child")), ("adult", _("an adult"))])
        self.stated.setCurrentIndex({None: 0, True: 1, False: 2}[old.birth.stated_child])
        self.sex = _choice(_("Sex"), [(sex.value, texts.label(sex)) for sex in Sex], old.sex.value)
        self.relation = _choice(
            _("Relation to the head"), [(one.value, texts.label(one)) for one in Relation], old.relation.value
        )
        self.needs = {need: QCheckBox(texts.label(need)) for need in Need}
        for need, box in self.needs.items():
            box.setChecked(need in old.needs)
        self.documents = _line(_("Documents in hand"), old.documents)
        self.documents.setPlaceholderText(_("kinds only, never the numbers"))
        self.note = _line(_("Remark"), old.note)
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        self.fault.setStyleSheet(f"color: {theme.color('danger').name()}")
        self.fault.hide()
        self._lay_out()
        self.birth.textChanged.connect(self._look_at_birth)
        self._look_at_birth()
        actions.make(self, "form.save", self.save)
        self._start = self.member()
        names = ("surname", "given", "patronymic", "birth", "stated", "sex", "relation", "documents", "note")
        self._fields: dict[str, QWidget] = {name: getattr(self, name) for name in names}
        self._fields |= {need.value: box for need, box in self.needs.items()}
        self._blank = typed_values.read(self._fields)
        self.surname.setFocus()

    def draft(self) -> dict[str, Any]:
        """What differs from what the register has; nothing where nothing was typed."""
        typed = {name: value for name, value in typed_values.read(self._fields).items() if value != self._blank[name]}
        person_id = self._person.id if self._person else ""
        return {"household": self._household_id, "person_id": person_id, "typed": typed} if typed else {}

    def take_draft(self, fields: Mapping[str, Any]) -> None:
        typed_values.write(self._fields, fields["typed"])

    def member(self) -> MemberDraft:
        """What stands in the dialog now."""
        name = PersonName(clean(self.surname.text()), clean(self.given.text()), clean(self.patronymic.text()))
        return MemberDraft(
            name, Sex(self.sex.currentData()), self._birth(), Relation(self.relation.currentData()),
            frozenset(need for need, box in self.needs.items() if box.isChecked()),
            self._person.needs_raw if self._person else "", clean(self.documents.text()), clean(self.note.text()),
        )  # fmt: skip

    def save(self) -> None:
        tasks, session, draft = self._context.tasks, self._context.session, self.member()
        if self._person is not None:
            work = partial(edit_person, session, self._person.id, draft)
        else:
            work = partial(add_person, session, self._household_id, draft)
        self.under_way = True
        tasks.run_verb(work, done=lambda _value: self.accept(), failed=self._refused)

    def reject(self) -> None:
        if self.member() == self._start:
            super().reject()
        else:
            ask.confirm(self, _("Close without saving what you typed?"), yes=_("Throw away"), danger=True,
                        then=super().reject)  # fmt: skip

    def _birth(self) -> Birth:
        text = clean(self.birth.text())
        if self._person is not None and text == birth_text(self._person.birth):
            old = self._person.birth
            return Birth(old.on, old.year, old.age, old.age_on, self._stated(), old.raw)
        day = self._context.day
        aged = text.isdecimal() and int(text) <= OLDEST
        read = Birth(age=int(text), age_on=day) if aged else read_birth(text, day).birth
        return Birth(read.on, read.year, read.age, read.age_on, self._stated(), read.raw)

    def _stated(self) -> bool | None:
        return {"child": True, "adult": False}.get(self.stated.currentData())

    def _look_at_birth(self) -> None:
        text = clean(self.birth.text())
        birth = self._birth()
        unread = bool(text) and birth.on is None and birth.year is None and birth.age is None
        theme.mark_fault(self.birth, unread)
        if unread:
            self.age.setText(_("Cannot be read: it is kept as typed, the age stays unknown."))
        else:
            words = age_words(age_on(birth, self._context.day))
            self.age.setText(_("On the working date: {age}").format(age=words) if text else "")
        self._form.setRowVisible(self.stated, not text or unread)

    def _refused(self, error: UserError) -> None:
        self.under_way = False
        self.fault.setText(texts.error_text(error))
        self.fault.show()

    def _lay_out(self) -> None:
        self._form = form = QFormLayout()
        for field in (self.surname, self.given, self.patronymic, self.birth):
            form.addRow(field.accessibleName(), field)
        form.addRow("", self.age)
        for field in (self.stated, self.sex, self.relation):
            form.addRow(field.accessibleName(), field)
        grid = QGridLayout()
        for place, box in enumerate(self.needs.values()):
            grid.addWidget(box, place // 2, place % 2)
        form.addRow(_("Needs"), grid)
        for field in (self.documents, self.note):
            form.addRow(field.accessibleName(), field)
        buttons = QDialogButtonBox()
        save = buttons.addButton(_("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        theme.dress(save, "primary")
        save.setDefault(True)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(10))
        column.addStrut(theme.unit(500))
        column.addLayout(form)
        column.addWidget(self.fault)
        column.addWidget(buttons)


@reopens("person")
def reopen(again: Reopening) -> None:
    """Over the registry at that household."""
    wanted = again.fields["person_id"]

    def found(card: HouseholdCard) -> None:
        person = next((one for one in card.household.people if one.id == wanted), None)
        if wanted and person is None:
            again.gone()
            return
        page = again.page("registry")
        page.show_target(household=card.household.id)
        ask.show(dialog := EditPersonDialog(again.context, card.household.id, person, page.panel))
        again.opened(dialog)

    context = again.context
    context.tasks.run_query(household_card, context.session, again.fields["household"], done=found, failed=again.gone)


def birth_text(birth: Birth) -> str:
    """What is known of a birth as one would type it."""
    if birth.on is not None:
        return texts.day_short(birth.on)
    if birth.year is not None:
        return str(birth.year)
    return str(birth.age) if birth.age is not None else birth.raw


def _line(name: str, text: str) -> QLineEdit:
    line = QLineEdit(text)
    line.setAccessibleName(name)
    return line


def _choice(name: str, options: list[tuple[str, str]], current: str = "") -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for code, words in options:
        box.addItem(words, code)
    box.setCurrentIndex(max(0, box.findData(current)))
    return box
