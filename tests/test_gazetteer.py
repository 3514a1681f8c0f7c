"""The shipped gazetteer: whole, sane, and enough for the lists of the raion."""

from __future__ import annotations

from collections import Counter

import pytest
from translitua import UkrainianKMU, translit

from coordinator.domain.places import Gazetteer
from coordinator.queries.imports import load_places
from coordinator.register import create_register
from coordinator.services.gazetteer import seed
from resources.gazetteer import load_hromadas, load_shipped
from tests.conftest import PASSPHRASE

ROWS = load_shipped()
COLUMNS = (
    "katottg pcode name_uk name_en kind hromada hromada_code raion oblast lat lon population aliases parent estimated"
)


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """As a new register has it."""
    with create_register(tmp_path_factory.mktemp("gazetteer") / "centre", PASSPHRASE) as session:
        seed(session)
        with session.reading() as db:
            return load_places(db).gazetteer


def test_columns_codes_and_names() -> None:
    assert " ".join(ROWS[0]) == COLUMNS
    codes = [row["katottg"] for row in ROWS if row["katottg"]]
    assert len(codes) == len(set(codes))
    for row in ROWS:
        assert row["name_en"] == translit(row["name_uk"], UkrainianKMU)
        if row["parent"]:
            assert row["parent"] in codes and not row["katottg"]
        else:
            assert len(row["katottg"]) == 19 and row["katottg"].startswith(row["pcode"]) and len(row["pcode"]) == 12


def test_the_raion_is_complete() -> None:
    raion = [row for row in ROWS if row["katottg"].startswith("UA6308")]
    assert len(raion) == 269
    assert sum(count > 1 for count in Counter(row["name_uk"] for row in raion).values()) == 19
    known = {row["katottg"]: row["name_uk"] for row in raion}
    assert known["UA63080090010026457"] == "Куп’янськ"
    assert known["UA63080090020061282"] == "Ківшарівка"


def test_every_place_can_be_put_on_a_map(gazetteer: Gazetteer) -> None:
    assert all(place.lat is not None and place.lon is not None for place in gazetteer)
    for place in gazetteer:
        if place.home:
            assert 49.2 < (place.lat or 0) < 50.5 and 36.9 < (place.lon or 0) < 38.4


def test_coordinates_are_either_known_or_estimated() -> None:
    for row in ROWS:
        assert bool(row["lat"] and row["lon"]) != (row["estimated"] == "1")


def test_every_hromada_of_the_raion_has_a_centre() -> None:
    raion = [row for row in load_hromadas() if row["code"].startswith("UA6308")]
    assert len(raion) == 8
    assert all(row["lat"] and row["lon"] and row["source"] for row in raion)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ковшаровка", "UA63080090020061282"),
        ("Купянск-Узловой", "UA63080090030044417"),
        ("Куп`янськ-Вузловий", "UA63080090030044417"),
        ("Купенко", "UA63080090010026457"),
        ("Петропавловка", "UA63080130010073205"),
        ("Куриловка", "UA63080110010029117"),
        ("Двуречная", "UA63080050010081319"),
        ("Ольховатка", "UA63080030010070693"),
        ("Московка", "UA63080070200098756"),
        ("Безмятежное", "UA63080150040018096"),
        ("Харьков", "UA63120270010096107"),
        ("Днепр", "UA12020010010037010"),
        ("м. Полтава", "UA53080370010073240"),
        ("Павлоград", "UA12120070010055676"),
        ("Лозовая", "UA63100050010081626"),
        ("Балаклея", "UA63040010010039074"),
    ],
)
def test_former_and_russian_names(gazetteer: Gazetteer, text: str, code: str) -> None:
    answer = gazetteer.resolve(text)
    assert answer.place and answer.place.katottg == code


def test_russian_spellings_by_rule(gazetteer: Gazetteer) -> None:
    """Names that no source lists in Russian."""
    for text, name in (
        ("Кругляковка", "Кругляківка"),
        ("Кисловка", "Кислівка"),
        ("Колесниковка", "Колісниківка"),
        ("Табаевка", "Табаївка"),
        ("Новоосиново", "Новоосинове"),
        ("Вишневка", "Вишнівка"),
    ):
        answer = gazetteer.resolve(text)
        assert {place.name for place in ([answer.place] if answer.place else answer.candidates)} == {name}


def test_every_settlement_of_the_raion_finds_itself_or_its_namesakes(gazetteer: Gazetteer) -> None:
    for place in gazetteer:
        if place.home:
            answer = gazetteer.resolve(place.name, place.hromada)
            assert answer.place == place or place in answer.candidates, place.name
