"""What one sheet gave: a collector that the readers of lists fill, and what they share about families."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from coordinator.domain.household import Address, Contact
from coordinator.domain.memory import forgettable, remembered
from coordinator.domain.names import clean, fold, plain_name, split_name, titled
from coordinator.domain.person import Birth, Need, PersonName, Relation, Sex
from coordinator.domain.phones import parse_phones
from coordinator.exchange.addresses import is_ditto, read_address, read_house, read_shown_address, read_street
from coordinator.exchange.coded import asks_for_group, mark_of, needs_of, sex_of
from coordinator.exchange.incoming import Beside, IncomingHousehold, IncomingSettlement, IncomingVehicle, Remark
from coordinator.exchange.layout import Table, is_blank, meaningful
from coordinator.exchange.reading import CellValue
from coordinator.exchange.values import plain_birth, read_age, read_birth, short_year, shown
from coordinator.exchange.wording import names_no_need, read_needs, read_note, read_relation, read_sex

forgettable(read_needs, read_note, read_relation, read_sex)

KEPT_AS_NOTE = ("luggage", "children_ages", "pram", "escort")
"""Columns without a field of their own: "header: text" goes to the note."""

NEED_FLAGS = {
    "wheelchair": Need.WHEELCHAIR,
    "stretcher": Need.STRETCHER,
    "pregnant": Need.PREGNANT,
    "disability": Need.DISABILITY,
}
"""Columns that say yes or no about one need."""


SAID_ONCE = frozenset({"import.birth_order", "import.settlement_from_above"})
"""Warnings that only the first row that they are true of gets."""

_NEED_COLUMNS = frozenset({"needs", *NEED_FLAGS})


@dataclass(slots=True)
class Harvest:
    """The yield of one sheet. rows_read = rows of households, vehicles and settlements + skipped + rejected."""

    rows_read: int = 0
    households: list[IncomingHousehold] = field(default_factory=list)
    vehicles: list[IncomingVehicle] = field(default_factory=list)
    settlements: list[IncomingSettlement] = field(default_factory=list)
    skipped: list[Remark] = field(default_factory=list)
    rejected: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)

    def warn_again(self, remarks: Iterable[Remark]) -> None:
        """The warnings of a household that is taken over as it was read before."""
        for remark in remarks:
            if remark.code in SAID_ONCE:
                self.warn_once(remark)
            else:
                self.warnings.append(remark)

    def warn_once(self, remark: Remark) -> None:
        """For what would otherwise be said of every row."""
        if all(other.code != remark.code for other in self.warnings):
            self.warnings.append(remark)


def joined(texts: Iterable[str], separator: str = "; ") -> str:
    """The texts that are there, each once."""
    return separator.join(dict.fromkeys(filter(None, texts)))


class NameRead(NamedTuple):
    """A name, or what stood in its place: "дитина 5 років" names nobody but says a child and an age.

    `several`: the text looks as if it named more people than one.
    """

    name: PersonName = PersonName()
    note: str = ""
    relation: Relation = Relation.UNKNOWN
    child: bool | None = None
    age: int | None = None
    several: bool = False


_CHILD = re.compile(
    r"^(?:дитина|дитя|діти|дівчинка|хлопчик|ребенок|дети|девочка|мальчик|child|kid|baby|"
    r"немовля|младенец|новонароджен\w*|новорожд\w*)\b"
)
_KIN = re.compile(
    r"^(?:дружина|чоловік|жена|муж|син|сини|донька|дочка|сын|дочь|мати|мама|батько|тато|мать|"
    r"отец|баба|бабуся|дід|дідусь|бабушка|дедушка|онук|онука|внук|внучка"
    r"|брат|сестра|теща|тесть|свекруха|свекор|невістка|зять|wife|husband|son|daughter|mother|"
    r"father|adult|дорослий|доросла|взрослый|взрослая)"
    r"(?: (?:\d+|#|р|рок\w*|рік|год\w*|лет|міс\w*|[,(). -])+)*$"
)
_DIGIT = re.compile(r"\d")
_BETWEEN = re.compile(r"[,;/\n+]|\s(?:та|і|й|и|and)\s")
_WORD = re.compile(r"[^\W\d_]+")
_SEVERAL = re.compile(r"^(?:діти|дети|children|онуки|внуки|сини|доньки)\b.*\w[,;/\n+]|\+\s*\d")
_ONE_NAME = 3
"""Words of a name: surname, given name, patronymic."""
_AGE_IN_NAME = re.compile(r"(\d{1,2})\s*(р(?:ок\w*|ік)?|год\w*|лет|г|years?|y|міс\w*|мес\w*|m)\b")


NO_REMARK = NameRead()
"""Beside a name that stands alone in its cell."""


def plain_name_in(table: Table, row: int) -> PersonName | None:
    """The name of a row where one cell says nothing else, in the usual way; nearly all do."""
    text = table.filled[row].get("full_name")
    return plain_name(text) if type(text) is str else None


def read_name(table: Table, row: int) -> NameRead:
    """The name of a row, from one column or three."""
    cells = table.filled[row]
    if "full_name" in cells:
        text = cells["full_name"]
        name = plain_name(text) if type(text) is str else None
        read = NameRead(name) if name else _one_cell(shown(text))
        return read._replace(several=True) if name is None and _names_several(text) else read
    parts = [shown(cells.get(key)) for key in ("surname", "given", "patronymic")]
    surname, given, patronymic = parts
    filled = [part for part in parts if part]
    if not filled:
        return NameRead()
    if len(filled) == 1 and " " in filled[0]:
        return _one_cell(filled[0])
    if not given and " " in patronymic:
        given, _, patronymic = patronymic.partition(" ")
    if not patronymic and given.count(" ") == 1:
        given, _, patronymic = given.partition(" ")
    return NameRead(PersonName(_spelled(surname), _spelled(given), _spelled(patronymic)))


def name_apart(table: Table, row: int) -> PersonName | None:
    """The name word for word where surname, name and patronymic have columns of their own; None without these."""
    cells = table.filled[row]
    parts = [_spelled(shown(cells.get(key))) for key in ("surname", "given", "patronymic")]
    return PersonName(*parts) if "full_name" not in cells and any(parts) else None


def _titled_words(text: str) -> str:
    return " ".join(titled(word) for word in text.split())


_spelled = remembered(_titled_words, 16384)


def _names_several(value: CellValue) -> bool:
    """ "Сова Ян Ілліч, Сова Ія Янівна", "Сова Ян +2", "діти: Ія, Лев"; not "Сова, Ян Ілліч" nor "Сова Ян (син Лев)"."""
    text = str(value)
    text = re.sub(r"\([^)]*\)?", " ", text) if "(" in text else text
    if not _BETWEEN.search(text):
        return False
    parts = [_WORD.findall(part) for part in _BETWEEN.split(text)]
    named = sum(any(word[0].isupper() and len(word) > 1 for word in words) for words in parts)
    return _SEVERAL.search(fold(text)) is not None or (named > 1 and sum(map(len, parts)) > _ONE_NAME)


def _one_cell(text: str) -> NameRead:
    if text.count(" ") > 1 and not _DIGIT.search(text):
        return NameRead(split_name(text))
    folded = fold(text)
    child = _CHILD.match(folded) is not None
    if not child and not _KIN.match(folded):
        return NameRead(split_name(text))
    found = _AGE_IN_NAME.search(folded)
    age = None
    if found:
        age = 0 if found[2].startswith(("м", "m")) else int(found[1])
    return NameRead(PersonName(), clean(text), read_relation(text), True if child else None, age)


_NO_BIRTH = Birth()


def read_births(table: Table, row: int, list_on: date, month_first: bool | None, harvest: Harvest) -> Birth:
    """The birth column, else the age column; warns about what cannot be read and keeps its text."""
    cells = table.filled[row]
    told = cells.get("birth")
    if told is not None and (plain := plain_birth(told, list_on)):
        return plain
    kept = _NO_BIRTH
    for key in ("birth", "birth_year", "age"):
        value = cells.get(key)
        if value is None:
            continue
        if key == "birth_year" and (year := short_year(value, list_on)):
            return Birth(year=year)
        if key != "age":
            read = read_birth(value, list_on, table.sheet.epoch_1904, bool(month_first))
        else:
            read = read_age(value, list_on)
        if read.problem == "import.birth_order":
            if month_first is None:
                harvest.warn_once(table.remark(read.problem, row, key, value))
        elif read.problem:
            harvest.warnings.append(table.remark(read.problem, row, key, value))
        if read.birth.on or read.birth != Birth(raw=read.birth.raw):
            return read.birth
        kept = read.birth if read.birth.raw else kept
    return kept


def read_sexes(table: Table, row: int, harvest: Harvest) -> Sex:
    """The sex of a row; a word that is none is warned about."""
    sex = sex_of(table, table.text(row, "sex"))
    if sex is None:
        harvest.warnings.append(table.remark("import.sex_unknown", row, "sex"))
    return sex or Sex.UNKNOWN


def read_person_needs(table: Table, row: int, harvest: Harvest) -> tuple[frozenset[Need], str]:
    """Needs of a person's row from the text column and the yes-or-no columns, and their text."""
    if table.filled[row].keys().isdisjoint(_NEED_COLUMNS):
        return frozenset(), ""
    found: set[Need] = set()
    texts: list[str] = []
    for column in table.columns.get("needs", ()):
        value = table.sheet.at(row, column)
        if meaningful(value):
            found |= needs_of(table, shown(value), asks_for_group(table, column))
            texts.append("" if names_no_need(shown(value)) else shown(value))
    for key, need in NEED_FLAGS.items():
        value = table.own(row, key) if key in table.columns else None
        if not meaningful(value):
            continue
        said = mark_of(table, key, value)
        if said is None:
            words = read_needs(shown(value), key == "disability")
            texts.append(shown(value))
            if not words and names_no_need(shown(value)):
                continue
            if not words:
                header = table.header(key)
                harvest.warnings.append(table.remark("import.mark_unknown", row, key, value, header=header))
            found |= words | {need}
        elif said:
            found.add(need)
    return frozenset(found), joined(texts)


def read_contacts(table: Table, row: int, harvest: Harvest, note: str = "") -> list[Contact]:
    """All phones of a row; `note` says whose a phone is that says nothing itself. Unreadable ones are warned about."""
    found: list[Contact] = []
    own = table.own(row, "phone")
    if own is None and row not in table.under:
        return found
    for value in table.cells(row, "phone"):
        if is_ditto(value):
            continue
        for contact in parse_phones(value):
            if not contact.e164 and own is not None:
                harvest.warnings.append(table.remark("import.phone_unreadable", row, "phone", contact.raw))
            named = note and not contact.note and own is not None
            found.append(Contact(contact.raw, contact.e164, note) if named else contact)
    return found


_ADDRESS_PARTS = frozenset({"street", "house", "flat", "landmark"})


def read_address_cells(table: Table, row: int) -> tuple[Address, str]:
    """Address of a row from one column or from street, house and flat; the settlement where the text names it."""
    value = table.cell(row, "address")
    read = read_shown_address("" if is_ditto(value) or not meaningful(value) else shown(value))
    if table.columns.keys().isdisjoint(_ADDRESS_PARTS):
        return read.address, read.settlement
    street, house, flat = (
        "" if is_ditto(table.cell(row, key)) else shaped(table.cell(row, key))
        for key, shaped in (("street", read_street), ("house", read_house), ("flat", read_house))
    )
    if street and not house:
        inner = read_address(street).address
        street, house, flat = inner.street, inner.house, flat or inner.flat
    found = read.address
    landmark = joined((found.landmark, table.text(row, "landmark")))
    address = Address(street or found.street, house or found.house, flat or found.flat, found.text, landmark)
    return address, read.settlement


def whole_number(value: CellValue) -> int | None:
    """12, 12.0 and "12" as a number of a household or a person; None for anything else."""
    text = shown(value)
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else None


def _with_hromada(settlement: str, hromada: str) -> str:
    if not settlement or not any(char.isalpha() for char in hromada) or "громад" in fold(settlement):
        return settlement
    known = re.search(r"громад|\b[ом]?тг\b|общин|hromada", fold(hromada))
    return f"{settlement}, {hromada}" if known else f"{settlement}, {hromada} громада"


with_hromada = remembered(_with_hromada, 4096)
"""A settlement with its hromada, which decides between namesakes: "Садове, Куп’янська громада"."""


def merge_contacts(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Each phone once, the first spelling of it."""
    contacts = tuple(contacts)
    if len(contacts) < 2:
        return contacts
    kept: dict[str, Contact] = {}
    for contact in contacts:
        kept.setdefault(contact.e164 or contact.raw, contact)
    return tuple(kept.values())


def first_cell(table: Table, row: int) -> tuple[str, CellValue]:
    """Column key and value of the first filled cell of a row; for a remark about the whole row."""
    cells = table.sheet.rows[row] if row < len(table.sheet.rows) else []
    column = next((place for place, value in enumerate(cells) if not is_blank(value)), 0)
    key = next((key for key, places in table.columns.items() if column in places), "")
    return key, table.sheet.at(row, column)


def reject(table: Table, row: int, code: str, harvest: Harvest) -> None:
    """Sets a row aside, naming its first filled cell."""
    key, value = first_cell(table, row)
    harvest.rejected.append(table.remark(code, row, key, value))


def kept_texts(table: Table, row: int, keys: Iterable[str] = KEPT_AS_NOTE) -> list[str]:
    """ "header: text" of the columns that have no field."""
    cells = table.filled[row]
    return [f"{table.header(key)}: {shown(cells[key])}" for key in keys if key in cells and meaningful(cells[key])]
