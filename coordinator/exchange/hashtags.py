"""HXL hashtags as headers of incoming lists: "#adm4+name", "#contact+phone", "#date+birth".

The tags are those of the HXL standard 1.1; it has none for a person's own data, so attributes decide before tags.
"""

from __future__ import annotations

from coordinator.exchange.incoming import ListKind

_ATTRIBUTES: tuple[tuple[str, frozenset[str]], ...] = (
    ("phone", frozenset({"phone", "mobile", "tel"})),
    ("surname", frozenset({"surname", "last", "lastname", "family"})),
    ("given", frozenset({"given", "first", "firstname"})),
    ("patronymic", frozenset({"patronymic", "middle"})),
    ("birth", frozenset({"birth", "dob", "birthdate"})),
    ("birth_year", frozenset({"birthyear"})),
    ("age", frozenset({"age"})),
    ("sex", frozenset({"sex", "gender"})),
    ("street", frozenset({"street"})),
    ("house", frozenset({"house", "building"})),
    ("flat", frozenset({"flat", "apartment"})),
    ("address", frozenset({"address"})),
    ("relation", frozenset({"relation", "relationship"})),
    ("household_no", frozenset({"hh", "household"})),
    ("children", frozenset({"children", "child", "infants"})),
    ("stretcher", frozenset({"stretcher", "bedridden"})),
    ("wheelchair", frozenset({"wheelchair"})),
    ("pets", frozenset({"pets", "animals"})),
    ("destination", frozenset({"destination", "dest"})),
    ("katottg", frozenset({"katottg"})),
)
"""Attributes that name a column under any tag, the narrower first."""

_PLACES = {"adm1": "region", "adm2": "region", "adm3": "hromada", "adm4": "settlement", "adm5": "settlement"}
_PEOPLE = frozenset({"affected", "inneed", "reached", "beneficiary", "respondee", "targeted"})
_GAZETTEER = {"adm1": "oblast", "adm2": "raion", "adm3": "hromada", "adm4": "name", "adm5": "name", "loc": "name"}


def is_hashtag(key: str) -> bool:
    """Whether a header key was written as a tag; the № of "№ з/п" has a blank after it."""
    return len(key) > 1 and key[0] == "#" and key[1].isalpha()


def tagged_column(key: str, kind: ListKind) -> str | None:
    """The column that a tag names; None for one that lists of this kind have no use for."""
    tag, *attributes = key[1:].split()
    said = frozenset(attributes)
    if kind is ListKind.GAZETTEER:
        return _of_place(tag, said)
    if kind is not ListKind.PEOPLE and kind is not ListKind.REQUESTS:
        return None
    if tag == "date":
        return _of_date(said)
    if tag in _PEOPLE and "hh" in said:
        return None  # so many households, not the number of one
    for column, words in _ATTRIBUTES:
        if said & words:
            return column
    if tag in _PLACES:
        return None if said & {"code", "pcode"} else _PLACES[tag]
    if tag in _PEOPLE or tag in ("contact", "person"):
        return "full_name" if said & {"name", "full"} else "people" if tag in _PEOPLE else None
    others = {"loc": "settlement", "need": "needs", "needs": "needs", "status": "decision", "description": "note"}
    return "note" if tag == "meta" and said & {"note", "notes", "comment"} else others.get(tag)


def _of_date(said: frozenset[str]) -> str:
    if said & {"birth", "dob"}:
        return "birth"
    if said & {"pickup", "wanted", "planned"}:
        return "wants_on"
    return "evacuation_date" if said & {"evacuated", "evacuation", "occurred"} else "requested_on"


def _of_place(tag: str, said: frozenset[str]) -> str | None:
    if tag == "geo":
        return "lat" if "lat" in said else "lon" if "lon" in said else None
    if tag == "population":
        return "population"
    if "katottg" in said:
        return "katottg"
    if "pcode" in said:
        return "pcode"
    if said & {"code"} or tag not in _GAZETTEER:
        return None
    return "name_en" if said & {"en"} and tag == "adm4" else _GAZETTEER[tag]
