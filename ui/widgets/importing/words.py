"""What the columns of lists, the ways of telling households apart, and the reasons of a guess are called."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from coordinator.domain.decision import Decision
from coordinator.domain.person import Need, Relation, Sex
from coordinator.exchange.coded import NO, YES
from coordinator.exchange.how_read import UNUSED, Division, Why
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.survey import SheetSurvey, Survey
from resources.i18n import N_, _, ngettext
from ui import texts

COLUMNS: Mapping[str, str] = {
    "number": N_("running number"),
    "member_no": N_("number of the person"),
    "household_no": N_("number of the household"),
    "full_name": N_("full name"),
    "surname": N_("surname"),
    "given": N_("given name"),
    "patronymic": N_("patronymic"),
    "birth": N_("birth date"),
    "birth_year": N_("year of birth"),
    "age": N_("age"),
    "sex": N_("sex"),
    "relation": N_("relation"),
    "phone": N_("phone"),
    "settlement": N_("settlement"),
    "hromada": N_("hromada"),
    "region": N_("raion or oblast"),
    "address": N_("address"),
    "street": N_("street"),
    "house": N_("house"),
    "flat": N_("flat"),
    "landmark": N_("landmark"),
    "registered_address": N_("registered address"),
    "birthplace": N_("place of birth"),
    "needs": N_("needs"),
    "disability": N_("disability, yes or no"),
    "wheelchair": N_("wheelchair, yes or number"),
    "stretcher": N_("lying, yes or number"),
    "pregnant": N_("pregnant, yes or no"),
    "pram": N_("pram"),
    "people": N_("number of people"),
    "adults": N_("number of adults"),
    "children": N_("number of children"),
    "children_ages": N_("ages of the children"),
    "escort": N_("escort"),
    "decision": N_("decision"),
    "wants_on": N_("wished day"),
    "requested_on": N_("day of the request"),
    "request_time": N_("time of the request"),
    "evacuation_date": N_("day of the evacuation"),
    "carrier": N_("carrier"),
    "destination": N_("where to"),
    "pets": N_("pets"),
    "luggage": N_("luggage"),
    "documents": N_("documents (not read)"),
    "note": N_("note"),
    "katottg": N_("KATOTTG code"),
    "plate": N_("plate"),
    "model": N_("model"),
    "seats": N_("seats"),
    "armoured": N_("armoured"),
    "licence": N_("licence category"),
    "organisation": N_("organisation"),
    "driver": N_("driver"),
    "driver_phone": N_("driver's phone"),
    "hours": N_("working hours"),
    "available_from": N_("available from"),
    "available_until": N_("available until"),
    "pcode": N_("P-code"),
    "name": N_("name"),
    "name_en": N_("English name"),
    "aliases": N_("other names"),
    "kind": N_("kind"),
    "raion": N_("raion"),
    "oblast": N_("oblast"),
    "lat": N_("latitude"),
    "lon": N_("longitude"),
    "population": N_("population"),
    "role": N_("role"),
}

DIVISIONS: Mapping[Division, str] = {
    Division.ADDRESS: N_("by address"),
    Division.NUMBER: N_("by number"),
    Division.MERGED: N_("by merged cells"),
    Division.CONTACT: N_("by phone"),
    Division.EACH: N_("each row by itself"),
}

WHYS: Mapping[Why, str] = {
    Why.HEADER: N_("by the header"),
    Why.CONTENTS: N_("guessed from the cells"),
    Why.REMEMBERED: N_("as in the last list"),
    Why.SAID: N_("chosen by hand"),
    Why.UNKNOWN: N_("not recognised"),
}

_CODED: Mapping[str, type[StrEnum]] = {"sex": Sex, "relation": Relation, "decision": Decision}


def column_word(key: str | None) -> str:
    """ "phone", "not used"; a question mark where nobody knows."""
    if key is None:
        return _("not recognised")
    return _("not used") if key == UNUSED else _(COLUMNS.get(key, key))


def meaning_word(column: str, meaning: str | None) -> str:
    """What a word of a coded column was said to mean, in words; "" where nothing was said."""
    if meaning is None:
        return ""
    if column == "needs":
        return ", ".join(texts.label(Need(code)) for code in meaning.split(",") if code) or _("no need")
    if column in _CODED:
        return texts.label(_CODED[column](meaning))
    return _("yes") if meaning == YES else _("no")


def meaning_choices(column: str) -> list[tuple[str, str]]:
    """(code, words) of all that a word in this column may mean."""
    if column == "needs":
        return [(need.value, texts.label(need)) for need in Need]
    if column in _CODED:
        return [(str(code.value), texts.label(code)) for code in _CODED[column]]
    return [(YES, _("yes")), (NO, _("no"))]


def counted_line(survey: Survey) -> str:
    """ "190 households, 398 people"; of other lists their rows."""
    if survey.kind is None:
        return _("No list was recognised yet")
    count = survey.households
    if count is None:
        return "…"
    if survey.kind is ListKind.FLEET:
        return texts.vehicles(count)
    if survey.kind is ListKind.GAZETTEER:
        return ngettext("{n} settlement", "{n} settlements", count).format(n=texts.number(count))
    households = texts.households(count)
    people = survey.people
    return households if people is None else f"{households}, {texts.people(people)}"


def names_line(sheet: SheetSurvey) -> str:
    """In which columns the names stand: one, two or three."""
    found = {key: sheet.column(key) for key in ("full_name", "surname", "given", "patronymic")}
    whole = found["full_name"]
    if whole is not None:
        return _("Names stand in one column: {column}").format(column=whole.letter)
    letters = [column.letter for column in found.values() if column is not None]
    if not letters:
        return _("No column holds the names")
    text = ngettext("Names stand in {n} column: {columns}", "Names stand in {n} columns: {columns}", len(letters))
    return text.format(n=len(letters), columns=", ".join(letters))
