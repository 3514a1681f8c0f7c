"""Where each value of a household comes from: beside the value when one points at it, and all of them in a list."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.person import Person, Relation, Sex
from coordinator.domain.phones import show_phone
from coordinator.queries.household import HouseholdCard
from coordinator.queries.provenance import Cell, Origin
from resources.i18n import _
from ui import theme
from ui.action_words import field_name
from ui.origin_words import origin_words
from ui.widgets.household.escorts import person_name
from ui.widgets.household.members import MembersSection
from ui.widgets.household.phones import PhonesSection
from ui.widgets.household.place import PlaceSection
from ui.widgets.household.section import Editing, Section, empty_layout
from ui.widgets.household.things import ThingsSection

_HOUSEHOLD = (
    "settlement_text", "street", "house", "flat", "address_text", "landmark", "decision", "wants_on", "part_stays",
    "pets", "luggage", "destination_wish", "note", "requested_at",
)  # fmt: skip


class OriginsSection(Section):
    """Folded until somebody asks: a line for each value that is there, values of one origin together."""

    def __init__(self, editing: Editing) -> None:
        super().__init__(editing, "")
        self.button = QPushButton(_("Where each value comes from"))
        self.button.setCheckable(True)
        theme.dress(self.button, "link")
        self.button.toggled.connect(self._fold)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.unit(4))
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(self._lines)
        self._card: HouseholdCard | None = None

    def show_card(self, card: HouseholdCard) -> None:
        self._card = card
        self._fold(self.button.isChecked())

    def _fold(self, opened: bool) -> None:
        empty_layout(self._lines)
        if opened and self._card is not None:
            for words, names in gathered(self._card).items():
                self._lines.addWidget(_line("\n".join(names), words))


def _line(names: str, words: str) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for text, role in ((names, "plain"), (words, "small")):
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.dress(label, role)
        column.addWidget(label)
    return box


def gathered(card: HouseholdCard) -> dict[str, list[str]]:
    """The words of each origin -> the values that have it, in the order of the panel: those of a person in one."""
    found: dict[str, dict[str, list[str]]] = {}
    for person, name, origin in _named(card):
        found.setdefault(origin_words(origin), {}).setdefault(person, []).append(name)
    return {
        words: [
            _("{field}: {words}").format(field=person, words=", ".join(names)) if person else ", ".join(names)
            for person, names in of_whom.items()
        ]
        for words, of_whom in found.items()
    }


def _named(card: HouseholdCard) -> Iterator[tuple[str, str, Origin]]:
    """Whose value it is ("" of the household), what it is called, and where it comes from."""
    household, origins = card.household, card.origins
    for column in _HOUSEHOLD:
        origin = origins.get(("household", household.id, column))
        if origin is not None and _said(card, column):
            yield "", field_name("household", column), origin
    for contact, contact_id in zip(household.contacts, card.contact_ids, strict=False):
        origin = origins.get(("contact", contact_id, "raw"))
        if origin is not None:
            yield "", show_phone(contact.e164) if contact.e164 else contact.raw, origin
    for person in household.people:
        for column in _columns(person):
            origin = origins.get(("person", person.id, column))
            if origin is not None:
                yield person_name(person), field_name("person", column), origin


def _of_person(card: HouseholdCard, person: Person) -> Iterator[str]:
    """ "Birth date: week1.xlsx, …" for each value of a person."""
    for column in _columns(person):
        words = _origin(card, ("person", person.id, column))
        if words:
            yield _("{field}: {words}").format(field=field_name("person", column), words=words)


def _columns(person: Person) -> Iterator[str]:
    """Of what is known of a person, the columns that hold it."""
    name, birth = person.name, person.birth
    yield from [column for column in ("surname", "given", "patronymic") if getattr(name, column)][:1]
    told = (birth.on, "birth_on"), (birth.year, "birth_year"), (birth.age, "age"), (birth.raw, "birth_raw")
    yield from [column for value, column in told if value][:1]
    for value, column in ((person.sex, "sex"), (person.relation, "relation")):
        if value not in (Sex.UNKNOWN, Relation.UNKNOWN):
            yield column
    yield from [column for column in ("needs_raw", "note") if getattr(person, column)]


def _said(card: HouseholdCard, column: str) -> bool:
    """Whether the household has a value there that is worth a line."""
    household = card.household
    values = {
        "street": household.address.street, "house": household.address.house, "flat": household.address.flat,
        "address_text": household.address.text, "landmark": household.address.landmark,
    }  # fmt: skip
    return values.get(column, getattr(household, column, "")) not in ("", None, False)


def tell_origins(
    card: HouseholdCard, place: PlaceSection, phones: PhonesSection, things: ThingsSection, members: MembersSection
) -> None:
    """Give the fields of the panel their origin, for the pointer and for screen readers."""
    fields = {
        "street": place.street, "house": place.house, "flat": place.flat, "landmark": place.landmark,
        "pets": things.pets, "luggage": things.luggage, "destination_wish": things.wish, "note": things.note,
    }  # fmt: skip
    for column, field in fields.items():
        origin = _origin(card, ("household", card.household.id, column)) if _said(card, column) else ""
        field.tell_origin(origin)
    place.settlement.setToolTip(_origin(card, ("household", card.household.id, "settlement_text")))
    for row, contact_id in zip(phones.rows, card.contact_ids, strict=False):
        row.phone.tell_origin(_origin(card, ("contact", contact_id, "raw")))
    for person in card.household.people:
        members.rows[person.id].about.setToolTip("\n".join(_of_person(card, person)))


def _origin(card: HouseholdCard, cell: Cell) -> str:
    origin = card.origins.get(cell)
    return origin_words(origin) if origin is not None else ""
