"""How a house and a street of the board are said: for the line below it, for screen readers, for paper."""

from __future__ import annotations

from datetime import date

from coordinator.domain.shelling import Nearness
from coordinator.queries.street_board import BoardHouse, BoardStreet
from coordinator.words import day_near
from resources.i18n import _, ngettext
from ui import texts


def house(one: BoardHouse) -> str:
    """ "12а, кв. 4"; the number of the household where no house is known."""
    flat = _("flat {number}").format(number=one.flat) if one.flat else ""
    return ", ".join(part for part in (one.house, flat) if part) or _("№ {number}").format(number=one.number)


def people(one: BoardHouse) -> str:
    """ "4 (2)": people and the children among them."""
    return f"{one.people} ({one.children})" if one.children else str(one.people)


def street(one: BoardStreet) -> str:
    return one.name or _("Street not known")


def summary(one: BoardStreet) -> str:
    """ "12 households, 31 people still there" """
    there = ngettext("{n} person still there", "{n} people still there", one.there).format(n=texts.number(one.there))
    return ", ".join((texts.households(len(one.houses)), there))


def hits(one: BoardStreet, today: date) -> str:
    """ "2 hits, the last yesterday"; "" where nothing was hit lately."""
    if not one.hits or one.hit_on is None:
        return ""
    text = ngettext("{n} hit, {when}", "{n} hits, the last {when}", one.hits)
    return text.format(n=one.hits, when=day_near(one.hit_on, today))


def beside(one: BoardStreet) -> str:
    return _("next to: {streets}").format(streets=", ".join(one.beside)) if one.beside else ""


def in_full(where: BoardStreet, one: BoardHouse, today: date) -> str:
    """Everything that a cell says by sign and colour, in words."""
    parts = [
        f"{street(where)}, {house(one)}",
        _("№ {number} {name}").format(number=one.number, name=one.head or _("No name")),
        texts.people(one.people) + (f", {texts.children(one.children)}" if one.children else ""),
        _stands(one),
        _("a part of the family stays behind") if one.behind else "",
        _("on a trip of the day") if one.planned else "",
        _("their house was hit") if one.hit is Nearness.HOUSE else "",
        _("the street was hit: {hits}").format(hits=hits(where, today)) if one.hit is Nearness.STREET else "",
    ]
    return " · ".join(part for part in parts if part)


def _stands(one: BoardHouse) -> str:
    word = texts.label(one.decision)
    return f"{word} {texts.day_short(one.wants_on)}" if one.wants_on else word
