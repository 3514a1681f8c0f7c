"""The forms that we give to whoever asks "which list do you want from us?": what each column is, and an example.

The example row is marked as one in its first column, and known by its invented name or plate as well: it is never
brought in (see `rows.is_example`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from coordinator.domain.names import sort_key
from coordinator.domain.places import is_home
from coordinator.exchange.harvest import with_hromada
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.writing import CellKind
from coordinator.words import DECISIONS, RELATIONS, SEXES
from resources.gazetteer import load_shipped
from resources.i18n import N_, _

VERSION = 1
"""Of the forms: it stands in each, so that a list on an older one can be told."""


class FormKind(StrEnum):
    """A form for each kind of list that can be brought in."""

    PEOPLE = "people"
    REQUESTS = "requests"
    FLEET = "fleet"
    SETTLEMENTS = "settlements"


READ_AS: Mapping[FormKind, ListKind] = {
    FormKind.PEOPLE: ListKind.PEOPLE,
    FormKind.REQUESTS: ListKind.REQUESTS,
    FormKind.FLEET: ListKind.FLEET,
    FormKind.SETTLEMENTS: ListKind.GAZETTEER,
}
TITLES: Mapping[FormKind, str] = {
    FormKind.PEOPLE: N_("List of people to be evacuated"),
    FormKind.REQUESTS: N_("Requests by telephone"),
    FormKind.FLEET: N_("Vehicles and drivers"),
    FormKind.SETTLEMENTS: N_("List of settlements"),
}


class Choices(StrEnum):
    """Words to choose from in a column."""

    SEXES = "sexes"
    RELATIONS = "relations"
    DECISIONS = "decisions"
    YES_NO = "yes_no"
    SETTLEMENTS = "settlements"
    CATEGORIES = "categories"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """`title`, `hint` and a text `example` are English and translated when written; `needed`: without it a row is
    worth little."""

    title: str
    hint: str
    example: object = ""
    width: float = 14
    kind: CellKind = CellKind.TEXT
    choices: Choices | None = None
    needed: bool = False


_NUMBER = FormColumn(
    N_("No."), N_("A running number. The row that says “example” here is not read."), N_("example"), 10
)
_SETTLEMENT = FormColumn(
    N_("Settlement"), N_("City, settlement or village. Where a name repeats, choose the one with its hromada."),
    "Ківшарівка", 26, choices=Choices.SETTLEMENTS, needed=True,
)  # fmt: skip
_ADDRESS = FormColumn(
    N_("Address"), N_("Street, house and flat, as a driver finds them."), "вул. Зразкова, 1, кв. 2", 30, needed=True
)
_LANDMARK = FormColumn(N_("Landmark"), N_("What helps to find the door in the dark."), N_("behind the school"), 24)
_PHONE = FormColumn(
    N_("Phone"), N_("One or several, with a comma between them; whose it is in brackets."), "050 000 00 00", 26,
    needed=True,
)  # fmt: skip
_PETS = FormColumn(N_("Pets"), N_("Which, how many, with or without a carrier."), N_("a cat in a carrier"), 20)
_WHERE = FormColumn(N_("Where to"), N_("Where they want to be taken, if they know it."), N_("relatives in Kharkiv"), 24)
_NOTE = FormColumn(N_("Note"), N_("Anything else that matters. No diagnoses and no numbers of documents."), "", 40)

_PEOPLE = (
    _NUMBER,
    FormColumn(
        N_("No. of the family"), N_("The same number in each row of a family that travels together."), 1, 9,
        CellKind.INTEGER,
    ),
    FormColumn(N_("Surname"), N_("As in the passport."), "Зразкова", 20, needed=True),
    FormColumn(N_("Given name"), N_("As in the passport."), "Марія", 16, needed=True),
    FormColumn(N_("Patronymic"), N_("Blank where there is none."), "Прикладівна", 20),
    FormColumn(
        N_("Date of birth"), N_("The day, or only the year where the day is not known."), date(1958, 3, 25), 14,
        CellKind.DATE, needed=True,
    ),
    FormColumn(N_("Sex"), N_("Choose from the list."), N_("Female"), 12, choices=Choices.SEXES),
    FormColumn(
        N_("Relation to the head"), N_("Choose from the list; one of a family is its head."),
        N_("Head of the household"), 22, choices=Choices.RELATIONS,
    ),
    FormColumn(
        N_("Needs"), N_("In words: walks with a stick, wheelchair, lies down, oxygen, sees or hears badly, escort."),
        N_("Wheelchair"), 28,
    ),
    _SETTLEMENT, _ADDRESS, _LANDMARK, _PHONE,
    FormColumn(N_("Decision"), N_("Choose from the list."), N_("Packed, ready"), 24, choices=Choices.DECISIONS),
    FormColumn(
        N_("Wants pickup on"), N_("The day from which they can be taken."), date(2023, 8, 16), 14, CellKind.DATE
    ),
    _PETS, _WHERE, _NOTE,
)  # fmt: skip
_REQUESTS = (
    _NUMBER,
    FormColumn(N_("Date of request"), N_("The day of the call."), date(2023, 8, 15), 14, CellKind.DATE),
    FormColumn(
        N_("Surname, name, patronymic"), N_("Who called, or whom to ask for."), "Зразкова Марія Прикладівна", 32,
        needed=True,
    ),
    _PHONE, _SETTLEMENT, _ADDRESS, _LANDMARK,
    FormColumn(
        N_("Number of people"), N_("All who want to go, children too."), 3, 10, CellKind.INTEGER, needed=True
    ),
    FormColumn(N_("of them children"), N_("Under 18."), 1, 10, CellKind.INTEGER),
    FormColumn(N_("Lying"), N_("How many cannot sit."), 0, 9, CellKind.INTEGER),
    FormColumn(N_("Wheelchair"), N_("How many use a wheelchair."), 1, 10, CellKind.INTEGER),
    _PETS,
    FormColumn(
        N_("Wants pickup on"), N_("The day from which they can be taken."), date(2023, 8, 16), 14, CellKind.DATE
    ),
    _WHERE, _NOTE,
)  # fmt: skip
_FLEET = (
    _NUMBER,
    FormColumn(N_("Plate"), N_("With its letters and digits, blanks do not matter."), "AX 0000 XX", 14, needed=True),
    FormColumn(N_("Make and model"), N_("For example Mercedes Sprinter."), "Mercedes Sprinter", 26),
    FormColumn(N_("Passenger seats"), N_("Without the driver."), 8, 10, CellKind.INTEGER, needed=True),
    FormColumn(N_("Wheelchair places"), N_("For people who stay in their wheelchair."), 1, 10, CellKind.INTEGER),
    FormColumn(N_("Stretcher places"), N_("For people who lie."), 0, 10, CellKind.INTEGER),
    FormColumn(N_("Armoured"), N_("Choose from the list."), N_("no"), 10, choices=Choices.YES_NO),
    FormColumn(
        N_("Licence category"), N_("The driver's: B up to 8 passengers, D1 up to 16, D more."), "B", 10,
        choices=Choices.CATEGORIES,
    ),
    FormColumn(N_("Organisation"), N_("Whose vehicle it is."), N_("Volunteer group “Example”"), 24),
    FormColumn(N_("Driver"), N_("Surname and name."), "Зразок Іван", 26),
    FormColumn(N_("Driver's phone"), N_("One number."), "050 000 00 00", 18),
    FormColumn(N_("Available from"), N_("The hour from which it can drive."), time(6, 0), 11, CellKind.TIME),
    FormColumn(N_("Available until"), N_("The hour by which it must be back."), time(18, 0), 11, CellKind.TIME),
    _NOTE,
)  # fmt: skip
_SETTLEMENTS = (
    _NUMBER,
    FormColumn(N_("KATOTTG"), N_("The code of 19 characters."), "UA63080090020061282", 24, needed=True),
    FormColumn(N_("Settlement name"), N_("As it is called today."), "Ківшарівка", 24, needed=True),
    FormColumn(N_("English name"), N_("By the official romanisation."), "Kivsharivka", 22),
    FormColumn(N_("Type"), N_("City, settlement or village."), N_("settlement"), 16),
    FormColumn(N_("Hromada"), N_("Without the word “hromada”."), "Куп'янська", 20),
    FormColumn(N_("Raion"), N_("Without the word “raion”."), "Куп'янський", 20),
    FormColumn(N_("Oblast"), N_("Without the word “oblast”."), "Харківська", 18),
    FormColumn(N_("Latitude"), N_("Degrees, WGS 84."), 49.62, 12, CellKind.NUMBER),
    FormColumn(N_("Longitude"), N_("Degrees, WGS 84."), 37.69, 12, CellKind.NUMBER),
    FormColumn(N_("Population"), N_("As published; name the source when you send it."), 18000, 12, CellKind.INTEGER),
    FormColumn(N_("Other names"), N_("Former and Russian names, with commas between them."), "Ковшаровка", 30),
)  # fmt: skip
COLUMNS: Mapping[FormKind, Sequence[FormColumn]] = {
    FormKind.PEOPLE: _PEOPLE,
    FormKind.REQUESTS: _REQUESTS,
    FormKind.FLEET: _FLEET,
    FormKind.SETTLEMENTS: _SETTLEMENTS,
}


def words_of(choices: Choices) -> list[str]:
    """What may be chosen, in the language of the moment; settlements are those of the gazetteer's home raion."""
    match choices:
        case Choices.SEXES:
            return [_(text) for text in SEXES.values()]
        case Choices.RELATIONS:
            return [_(text) for text in RELATIONS.values()]
        case Choices.DECISIONS:
            return [_(text) for text in DECISIONS.values()]
        case Choices.YES_NO:
            return [_("yes"), _("no")]
        case Choices.CATEGORIES:
            return ["B", "D1", "D"]
        case Choices.SETTLEMENTS:
            return home_settlements()


def home_settlements() -> list[str]:
    """Names of the home raion by alphabet, namesakes with their hromada."""
    home = [row for row in load_shipped() if is_home(row["katottg"]) and not row["parent"]]
    counts = Counter(row["name_uk"] for row in home)
    names = (
        with_hromada(row["name_uk"], row["hromada"]) if counts[row["name_uk"]] > 1 else row["name_uk"] for row in home
    )
    return sorted(set(names), key=sort_key)
