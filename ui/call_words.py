"""What to say to a household on the telephone, from where it stands and what holds it back. Needs no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from coordinator.domain.decision import Again, Decision, Obstacle
from coordinator.domain.household import Household
from coordinator.domain.person import Need, age_on
from coordinator.domain.priority import Factor
from coordinator.queries.calls import CallCard
from coordinator.queries.household import RequestRow
from resources.i18n import N_, _, ngettext
from ui import texts

_BY_DECISION: Mapping[Decision, str] = {
    Decision.NOT_ASKED: N_("Say who is calling. Ask who lives there, how old they are, and who cannot walk."),
    Decision.UNDECIDED: N_("Ask what has changed since the last talk, and what would make it possible to leave."),
    Decision.PREPARING: N_("Ask what is still missing, and by which day they will be ready."),
    Decision.PACKED: N_("Ask whether all are still there and ready; say that a day and an hour will be told."),
    Decision.WANTS_PICKUP: N_("Confirm the day, who goes and what they bring."),
    Decision.REFUSED: N_("Do not press. Ask whether they are well, and say that the way out stays open."),
    Decision.RETURNED: N_("Ask why they came back, and whether they need help to leave again."),
    Decision.UNREACHABLE: N_("Ask for another number: a neighbour's, the village head's."),
}
_BY_OBSTACLE: Mapping[Obstacle, str] = {
    Obstacle.CANNOT_BE_MOVED: N_("Somebody cannot be moved: say that an ambulance with a stretcher can come."),
    Obstacle.ANIMALS: N_("Animals: say that they come along; ask how many, and whether there are carriers."),
    Obstacle.HOUSE: N_("The house: ask who could look after it, and what they would take along."),
    Obstacle.NOWHERE_TO_LIVE: N_("Nowhere to live: say where the transit centre is and that a place to stay is free."),
    Obstacle.WORK: N_("Work: ask until which day, and who could go ahead with the children."),
    Obstacle.NO_INFORMATION: N_("No information: say how the way goes, what it costs (nothing), and who meets them."),
    Obstacle.USED_TO_SHELLING: N_("Used to the shelling: say what was hit near them, calmly."),
}
_HIT = frozenset({Factor.HOUSE, Factor.STREET, Factor.NEXT, Factor.SETTLEMENT})


def what_to_say(found: CallCard, day: date) -> list[str]:
    """Short sentences in the order of the talk."""
    return list(_sentences(found, day))


def _sentences(found: CallCard, day: date) -> Iterator[str]:
    household = found.card.household
    factors = {part.factor for part in found.row.parts} if found.row else set()
    if factors & _HIT:
        yield _("It was shelled near them. First ask whether everybody is unhurt.")
    if household.decision in _BY_DECISION:
        yield _(_BY_DECISION[household.decision])
    if Factor.FORCED in factors:
        yield _("Forced evacuation holds there: children leave, with a parent or another adult who is named.")
    elif Factor.MANDATORY in factors:
        yield _("Mandatory evacuation holds there: it costs nothing, and help is given on the way.")
    if Factor.STAYS_BEHIND in factors and household.part_stays:
        yield _("A part of the family stays: ask who stays, who is with them, and who goes with the children.")
    elif Factor.STAYS_BEHIND in factors:
        yield _("The rest of the family leaves or has left: say where they are, and that the others can follow.")
    for obstacle in household.holds_back:
        if obstacle in _BY_OBSTACLE:
            yield _(_BY_OBSTACLE[obstacle])
    if household.would_change:
        yield _("They said that this would change it: {what}").format(what=household.would_change)


def who_lives_there(household: Household, day: date) -> str:
    """ "4 people, 2 children of them: 3, 7; wheelchair" """
    people = household.people
    if not people:
        return _("nobody is recorded")
    ages = sorted(age.years for p in people if (age := age_on(p.birth, day)).is_child and age.years is not None)
    children = sum(age_on(p.birth, day).is_child for p in people)
    parts = [texts.people(len(people))]
    if children:
        told = ", ".join(str(age) for age in ages)
        parts.append(texts.children(children) + (_(" (age: {ages})").format(ages=told) if told else ""))
    needs = frozenset(need for person in people for need in person.needs)
    if needs:
        parts.append(texts.needs_line(need for need in Need if need in needs))
    if household.pets:
        parts.append(_("animals: {pets}").format(pets=household.pets))
    return "; ".join(parts)


def tried(count: int) -> str:
    return ngettext("{n} try in vain", "{n} tries in vain", count).format(n=count)


def again_words(again: Again) -> str:
    """When the next try is due and by whom: "again 15.08.2023 16:05, anyone"."""
    if again.at is None:
        return _("nothing is left to ask")
    return _("again {when}, {who}").format(when=texts.moment(again.at), who=again.by or _("anyone"))


def request_line(row: RequestRow) -> str:
    """ "Request № 12 · Червоний Хрест А-17 · 14.08.2023 18:20" """
    sent = " ".join(part for part in (row.organisation, row.reference) if part)
    when = texts.moment(row.requested_at) if row.requested_at else ""
    return " · ".join(part for part in (_("Request № {number}").format(number=row.number), sent, when) if part)
