"""The people of a household: who they are, what they need, and who travels with each child."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout

from coordinator.domain.person import Age, AgeGroup, Need, Person, Relation, Sex, age_on
from coordinator.queries.household import HouseholdCard
from coordinator.services.households import remove_person, set_escort, set_head
from resources.i18n import _, ngettext
from ui import texts, theme
from ui.rights import needs
from ui.widgets.chips import Badge, FlowLayout
from ui.widgets.household.escorts import EscortField, adults_of, person_name
from ui.widgets.household.section import Editing, Section, small_button
from ui.widgets.notice_bar import Kind

EditPerson = Callable[[Person | None], object]
"""Opens the dialog for a member; None for a new one."""


class MembersSection(Section):
    def __init__(self, editing: Editing, edit: EditPerson) -> None:
        super().__init__(editing, _("People"))
        self._edit = edit
        self.rows: dict[str, MemberRow] = {}
        needs(self.add_button("plus", _("Add a person"), lambda: edit(None)))

    def show_card(self, card: HouseholdCard) -> None:
        people = card.household.people
        known = {person.id for person in people}
        for person_id in [one for one in self.rows if one not in known]:
            row = self.rows.pop(person_id)
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        adults = adults_of(people, self.editing.day)
        for place, person in enumerate(people):
            row = self.rows.get(person.id)
            if row is None:
                row = self.rows[person.id] = self._new_row(person)
            if self.body.indexOf(row) != place:
                self.body.insertWidget(place, row)
            others = [adult for adult in adults if adult.id != person.id]
            row.show_person(person, self.editing.day, others, is_head=person.id == card.household.head_id)
        self.heading.setText(self._heading(people))

    def _heading(self, people: tuple[Person, ...]) -> str:
        children = [age for age in (age_on(one.birth, self.editing.day) for one in people) if age.is_child]
        words = [_("People"), str(len(people))]
        if children:
            words.append(texts.children(len(children)))
        unsure = sum(age.uncertain for age in children)
        if unsure:
            words.append(ngettext("{n} age uncertain", "{n} ages uncertain", unsure).format(n=unsure))
        return " · ".join(words)

    def _new_row(self, person: Person) -> MemberRow:
        row = MemberRow(person_name(person))
        row.name.clicked.connect(lambda: self._edit(row.person))
        row.named.connect(lambda adult, basis: self._save_escort(row.person, adult, basis, ""))
        row.unaccompanied.connect(lambda reason: self._save_escort(row.person, None, "", reason))
        row.menu_button.clicked.connect(lambda: self._show_menu(row))
        return row

    def _save_escort(self, child: Person, adult: str | None, basis: str, reason: str) -> None:
        self.editing.save(set_escort, child.id, adult, basis=basis, reason=reason)

    def _show_menu(self, row: MemberRow) -> None:
        menu = QMenu(row)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        person = row.person
        menu.addAction(theme.icon("edit"), _("Edit…"), lambda: self._edit(person))
        head = menu.addAction(theme.icon("people"), _("Make head of the household"))
        head.setEnabled(not row.is_head)
        head.triggered.connect(lambda: self.editing.save(set_head, person.id))
        menu.addAction(theme.icon("delete"), _("Take off this household"), lambda: self._remove(person))
        menu.popup(row.menu_button.mapToGlobal(row.menu_button.rect().bottomLeft()))

    def _remove(self, person: Person) -> None:
        said = _("{name} was taken off the household. Ctrl+Z brings the entry back.").format(name=person_name(person))
        self.editing.save(
            remove_person, person.id, done=lambda _nothing: self.editing.context.show_notice(said, Kind.SUCCESS)
        )


class MemberRow(QFrame):
    """One person. The name is a button that opens the dialog; a child has a field for the escort."""

    named = Signal(str, str)
    unaccompanied = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.person = Person("", "", 0)
        self.is_head = False
        self.name = NameButton(name)
        self.menu_button: QToolButton = small_button("more", _("More about {name}").format(name=name), lambda: None)
        needs(self.menu_button)
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        theme.dress(self.about, "small")
        self._flow = FlowLayout(gap=4)
        self._badges: list[tuple[str, str]] = []
        self.escort: EscortField | None = None
        top = QHBoxLayout()
        top.setSpacing(theme.unit(4))
        top.addWidget(self.name)
        top.addStretch(1)
        top.addWidget(self.menu_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.unit(4))
        column.setSpacing(theme.unit(1))
        column.addLayout(top)
        column.addWidget(self.about)
        column.addLayout(self._flow)

    def show_person(self, person: Person, day: date, adults: list[Person], *, is_head: bool) -> None:
        self.is_head = is_head
        age = age_on(person.birth, day)
        name = person_name(person)
        self.name.say(name)
        self._show_badges(person, age)
        self.person = person
        about = about_person(person, age, is_head=is_head)
        self.about.setText(about)
        self.about.setVisible(bool(about))
        child = age_words(age) if age.is_child else ""
        spoken = (name, child, about, texts.needs_line(person.needs), _("Edit"))
        self.name.setAccessibleName(", ".join(part for part in spoken if part))
        self._show_escort(person, adults, is_child=age.is_child)

    def _show_escort(self, person: Person, adults: list[Person], *, is_child: bool) -> None:
        if is_child and self.escort is None:
            self.escort = EscortField(person_name(person))
            self.escort.named.connect(self.named)
            self.escort.unaccompanied.connect(self.unaccompanied)
            self.layout().addWidget(self.escort)
        if self.escort is None:
            return
        self.escort.setVisible(is_child)
        if is_child:
            self.escort.show_child(person, adults)
        self._embolden(is_child and self.escort.is_alone())

    def _embolden(self, alone: bool) -> None:
        weight = "font-weight: 700" if alone else ""
        if weight != self.name.styleSheet():
            self.name.setStyleSheet(weight)
            self.name.say(person_name(self.person))

    def _show_badges(self, person: Person, age: Age) -> None:
        badges = [(age_words(age), "info")] if age.is_child else []
        for need in (one for one in Need if one in person.needs):
            badges.append((texts.label(need), "warning" if need in (Need.STRETCHER, Need.WHEELCHAIR) else ""))
        if badges != self._badges:
            self._badges = badges
            self._flow.empty()
            for words, kind in badges:
                self._flow.addWidget(Badge(words, kind))


class NameButton(QPushButton):
    """A name that opens the dialog; one that is too long for the panel is shortened, never cut off."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        theme.dress(self, "link")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._name = name

    def say(self, name: str) -> None:
        self._name = name
        self.setToolTip(name)
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        air = hint.width() - self.fontMetrics().horizontalAdvance(self.text())
        return QSize(self.fontMetrics().horizontalAdvance(self._name) + air + theme.unit(8), hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.unit(60), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.contentsRect().width() - theme.unit(6)
        shown = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, max(room, theme.unit(40)))
        if shown != self.text():
            self.setText(shown)


def age_words(age: Age) -> str:
    """ "34", "child, 7", "child, 18? uncertain" (only the year is known), "child", "adult"."""
    years = "" if age.years is None else str(age.years)
    if not age.is_child:
        return years or (_("adult") if age.group is AgeGroup.ADULT else texts.label(age.group))
    if age.uncertain:
        return _("child, {years}? uncertain").format(years=years) if years else _("child, uncertain")
    return _("child, {years}").format(years=years) if years else _("child")


def about_person(person: Person, age: Age, *, is_head: bool) -> str:
    """Age of an adult, relation, sex, documents and remark in one small line."""
    relation = Relation.HEAD if is_head else person.relation
    parts = [] if age.is_child else [age_words(age)]
    if relation is not Relation.UNKNOWN:
        parts.append(texts.label(relation))
    if person.sex is not Sex.UNKNOWN:
        parts.append(texts.label(person.sex))
    if person.documents:
        parts.append(_("documents: {kinds}").format(kinds=person.documents))
    if person.needs_raw and not person.needs:
        parts.append(_("needs, as written: {text}").format(text=person.needs_raw))
    if person.note:
        parts.append(person.note)
    return " · ".join(parts)
