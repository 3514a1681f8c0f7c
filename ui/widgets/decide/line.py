"""How a household came to where it stands: the entries of its history as signs and words, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from coordinator.domain.decision import Decision, obstacles
from coordinator.queries.household import HouseholdCard
from coordinator.services.own_decisions import FOLLOWS
from coordinator.standing_notes import worded
from resources.i18n import _, ngettext
from ui import texts
from ui.signs import DECISION_SIGNS
from ui.widgets.household.escorts import person_name


@dataclass(frozen=True, slots=True)
class Entry:
    """`sign`: icon and role of the theme; `title` what was decided and by which members; `told` the words with it."""

    sign: tuple[str, str]
    title: str
    told: str
    when: str

    @property
    def spoken(self) -> str:
        """All of it in one line, for a screen reader."""
        return ". ".join(part for part in (self.title, self.told, self.when) if part)


def entries_of(card: HouseholdCard) -> list[Entry]:
    """The line of a household; what several members said in one breath is one entry."""
    names = {person.id: person.name.given or person_name(person) for person in card.household.people}
    together = groupby(card.family.line, key=_said_as_one)
    return [_entry(list(rows), names) for _key, rows in together]


def _said_as_one(row: Any) -> tuple[object, ...]:
    return row.decided_at, row.person_id is None, row.kind, row.wants_on, row.reason, row.note


def _entry(rows: Sequence[Any], names: Mapping[str, str]) -> Entry:
    row = rows[0]
    who = ", ".join(names.get(one.person_id, _("somebody who is no longer listed")) for one in rows if one.person_id)
    if row.kind == FOLLOWS:
        sign, words = ("people", "muted"), _("As the household")
    else:
        decision = Decision(row.kind)
        sign, words = DECISION_SIGNS[decision], texts.label(decision)
    if row.wants_on:
        words = _("{decision}, {day}").format(decision=words, day=texts.day_short(row.wants_on))
    title = f"{words} · {who}" if who else words
    when = f"{texts.moment(row.decided_at)} · {row.decided_by}" if row.decided_by else texts.moment(row.decided_at)
    return Entry(sign, title, ". ".join(_told(row)), when)


def _told(row: Any) -> Iterable[str]:
    held = ", ".join(texts.label(one) for one in obstacles(row.holds_back))
    stay = row.children_stay
    for words in (
        worded(row.reason),
        _("form signed") if row.form_signed else "",
        ngettext("{n} child stays", "{n} children stay", stay).format(n=stay) if stay else "",
        _("held back by: {what}").format(what=held) if held else "",
        _("what would change it: {words}").format(words=row.would_change) if row.would_change else "",
        worded(row.note),
    ):
        if words:
            yield words
