"""Words for the codes of the core: decisions, needs, reasons. For window, terminal, paper and workbooks alike.

Call `label` at the moment of showing, so that a switched language is spoken at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import Any

from coordinator.domain.crews import CrewState, WordKind
from coordinator.domain.decision import Decision, Obstacle
from coordinator.domain.events import EventKind
from coordinator.domain.fleet import OrderKind
from coordinator.domain.missing import Answer
from coordinator.domain.outreach import Channel, Result
from coordinator.domain.person import AgeGroup, Need, Relation, Sex
from coordinator.domain.roles import Role
from coordinator.domain.schedule import Breach, LeftReason
from coordinator.domain.shelling import Severity
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.exchange.incoming import ListKind
from resources.i18n import N_, _, ngettext

DECISIONS: Mapping[Decision, str] = {
    Decision.NOT_ASKED: N_("Not asked"),
    Decision.UNDECIDED: N_("Undecided"),
    Decision.PREPARING: N_("Preparing"),
    Decision.PACKED: N_("Packed, ready"),
    Decision.WANTS_PICKUP: N_("Wants pickup"),
    Decision.REFUSED: N_("Refused"),
    Decision.LEFT_THEMSELVES: N_("Left by themselves"),
    Decision.EVACUATED: N_("Evacuated"),
    Decision.RETURNED: N_("Returned"),
    Decision.UNREACHABLE: N_("Not reached"),
}

OBSTACLES: Mapping[Obstacle, str] = {
    Obstacle.CANNOT_BE_MOVED: N_("Someone cannot be moved"),
    Obstacle.ANIMALS: N_("Animals"),
    Obstacle.HOUSE: N_("House and property"),
    Obstacle.NOWHERE_TO_LIVE: N_("Nowhere to live"),
    Obstacle.WORK: N_("Work"),
    Obstacle.NO_INFORMATION: N_("No information"),
    Obstacle.USED_TO_SHELLING: N_("Used to the shelling"),
    Obstacle.OTHER: N_("Something else"),
}
"""What holds people back."""

NEEDS: Mapping[Need, str] = {
    Need.STEPS: N_("Needs help on steps"),
    Need.WHEELCHAIR: N_("Wheelchair"),
    Need.STRETCHER: N_("Stretcher"),
    Need.POWER: N_("Oxygen or power"),
    Need.SENSES: N_("Sees or hears badly"),
    Need.ESCORT: N_("Needs an escort"),
    Need.PREGNANT: N_("Pregnant"),
    Need.INFANT: N_("Infant, child seat"),
    Need.COLD_MEDICINE: N_("Medicine kept cold"),
    Need.DISABILITY: N_("Disability"),
}

SEXES: Mapping[Sex, str] = {
    Sex.FEMALE: N_("Female"),
    Sex.MALE: N_("Male"),
    Sex.UNKNOWN: N_("Sex not known"),
}

RELATIONS: Mapping[Relation, str] = {
    Relation.HEAD: N_("Head of the household"),
    Relation.SPOUSE: N_("Husband or wife"),
    Relation.PARTNER: N_("Partner"),
    Relation.CHILD: N_("Son or daughter"),
    Relation.PARENT: N_("Father or mother"),
    Relation.GRANDPARENT: N_("Grandfather or grandmother"),
    Relation.GRANDCHILD: N_("Grandchild"),
    Relation.SIBLING: N_("Brother or sister"),
    Relation.GUARDIAN: N_("Guardian"),
    Relation.OTHER: N_("Other relation"),
    Relation.UNKNOWN: N_("Relation not known"),
}

AGE_GROUPS: Mapping[AgeGroup, str] = {
    AgeGroup.CHILD: N_("Children, 0–17"),
    AgeGroup.ADULT: N_("Adults, 18–59"),
    AgeGroup.SENIOR: N_("60 and older"),
    AgeGroup.UNKNOWN: N_("Age not known"),
}

EVENT_KINDS: Mapping[EventKind, str] = {
    EventKind.BY_US: N_("Evacuated by us"),
    EventKind.OTHER_ORGANISATION: N_("Evacuated by another organisation"),
    EventKind.LEFT_THEMSELVES: N_("Left by themselves"),
    EventKind.TRANSFERRED: N_("Taken on to another place"),
    EventKind.RETURNED: N_("Came back"),
}

LEFT_REASONS: Mapping[LeftReason, str] = {
    LeftReason.NO_PLACE: N_("No free seats are left on this day"),
    LeftReason.NO_WHEELCHAIR: N_("No vehicle with a free wheelchair place"),
    LeftReason.NO_STRETCHER: N_("No vehicle with a free stretcher place"),
    LeftReason.NO_SPACE: N_("No vehicle with enough room for luggage and animals"),
    LeftReason.TOO_LARGE: N_("Too many people for any vehicle of this day"),
    LeftReason.WINDOW: N_("Cannot be reached in the allowed hours"),
    LeftReason.ROAD: N_("The road there is closed"),
    LeftReason.NO_COORDINATES: N_("The settlement is not known, so no way can be planned"),
    LeftReason.POSSIBLE_DUPLICATE: N_("Possibly the same family as another household; decide first"),
    LeftReason.NO_FLEET: N_("No vehicle is available on this day"),
    LeftReason.NOBODY: N_("No people are recorded in this household"),
    LeftReason.TAKEN_OFF: N_("Taken off the trip by hand"),
    LeftReason.OPEN_RESULT: N_("The result of an earlier day has not been entered"),
}

BREACHES: Mapping[Breach, str] = {
    Breach.SEATS: N_("More people than seats"),
    Breach.WHEELCHAIR: N_("Too few wheelchair places"),
    Breach.STRETCHER: N_("Too few stretcher places"),
    Breach.SPACE: N_("Too little room for luggage and animals"),
    Breach.WINDOW: N_("Outside the allowed hours"),
    Breach.VEHICLE_HOURS: N_("Outside the hours of the vehicle"),
    Breach.OVERLAP: N_("Two trips of one vehicle overlap"),
    Breach.TRAVEL_TIME: N_("Too little time for the way"),
    Breach.ROAD: N_("The road is closed"),
    Breach.LICENCE: N_("More seats than the driving licence allows"),
    Breach.TWICE: N_("The household stands in two trips"),
    Breach.UNKNOWN: N_("The vehicle or household is not in this day's plan"),
    Breach.STOP_TIME: N_("Too little time at the door"),
    Breach.DRIVER: N_("One driver in two trips at once"),
    Breach.NO_COORDINATES: N_("The place is not known on the map"),
    Breach.POSSIBLE_DUPLICATE: N_("Possibly the same family as another one"),
    Breach.OPEN_RESULT: N_("The result of an earlier day has not been entered"),
    Breach.NO_DRIVER: N_("The trip has no driver yet"),
}

CREW_STATES: Mapping[CrewState, str] = {
    CrewState.OVERDUE: N_("OVERDUE"),
    CrewState.OUT_LATE: N_("STILL IN THE ZONE"),
    CrewState.SILENT: N_("NO WORD"),
    CrewState.NOT_LEFT: N_("Not left yet"),
    CrewState.ON_ROAD: N_("Crew on the road"),
    CrewState.WAITING: N_("Waits to leave"),
    CrewState.BACK: N_("Crew is back"),
}

WORD_KINDS: Mapping[WordKind, str] = {
    WordKind.DEPARTED: N_("left"),
    WordKind.WORD: N_("all well"),
    WordKind.LATE: N_("back at another time"),
    WordKind.BACK: N_("back and safe"),
}

STOP_RESULTS: Mapping[StopResult, str] = {
    StopResult.OPEN: N_("No result yet"),
    StopResult.BOARDED: N_("Boarded"),
    StopResult.NOT_HOME: N_("Not home"),
    StopResult.REFUSED: N_("Refused"),
    StopResult.OTHER: N_("Other"),
}

TRIP_STATES: Mapping[TripStatus, str] = {
    TripStatus.PLANNED: N_("Planned"),
    TripStatus.DEPARTED: N_("On the road"),
    TripStatus.ARRIVED: N_("Arrived"),
    TripStatus.CANCELLED: N_("Given up"),
}

ORDER_KINDS: Mapping[OrderKind, str] = {
    OrderKind.MANDATORY: N_("Mandatory"),
    OrderKind.FORCED: N_("Forced, for children"),
}

LIST_KINDS: Mapping[ListKind, str] = {
    ListKind.PEOPLE: N_("List of people"),
    ListKind.REQUESTS: N_("List of requests"),
    ListKind.FLEET: N_("Vehicles and drivers"),
    ListKind.GAZETTEER: N_("List of settlements"),
}

ROLES: Mapping[Role, str] = {
    Role.COORDINATOR: N_("Coordinator"),
    Role.OPERATOR: N_("Operator"),
    Role.VIEWER: N_("Viewer"),
}

SEVERITIES: Mapping[Severity, str] = {
    Severity.NEAR: N_("Fell near, nothing destroyed"),
    Severity.DAMAGED: N_("Houses damaged"),
    Severity.DESTROYED: N_("Houses destroyed, or people hurt"),
}

RESULTS: Mapping[Result, str] = {
    Result.TALKED: N_("Talked"),
    Result.NO_ANSWER: N_("Nobody answers"),
    Result.CALL_LATER: N_("Call later"),
    Result.REFUSED: N_("They refuse"),
    Result.WRONG_NUMBER: N_("Wrong number"),
    Result.NOT_IN_REACH: N_("Phone out of reach"),
    Result.LEFT_WORD: N_("Left a message"),
}
"""What came of a call, a visit or a message."""

CHANNELS: Mapping[Channel, str] = {
    Channel.CALL: N_("Call"),
    Channel.VISIT: N_("Visit"),
    Channel.MESSAGE: N_("Message"),
}

DUPLICATE_REASONS: Mapping[str, str] = {
    "phone": N_("Same phone"),
    "address": N_("Same address"),
    "name": N_("Similar names"),
    "head_name": N_("Similar name of the head"),
    "birth": N_("Same birth date"),
}

ANSWERS: Mapping[Answer, str] = {
    Answer.WITH_US: N_("left with us already"),
    Answer.LEFT_THEMSELVES: N_("left by themselves"),
    Answer.MOVED: N_("moved"),
    Answer.LIST_MISTAKE: N_("a mistake of the list"),
    Answer.ASK: N_("still to ask"),
}
"""What became of those whom a list no longer names."""

_TABLES: Mapping[type[Enum], Mapping[Any, str]] = {
    type(next(iter(table))): table
    for table in (
        DECISIONS, NEEDS, SEXES, RELATIONS, AGE_GROUPS, EVENT_KINDS, LEFT_REASONS, BREACHES, LIST_KINDS,
        CREW_STATES, WORD_KINDS, STOP_RESULTS, TRIP_STATES, ROLES, OBSTACLES, ORDER_KINDS, SEVERITIES, RESULTS,
        CHANNELS,
        ANSWERS,
    )
}  # fmt: skip


def label(value: Enum) -> str:
    """The word for a value of one of the core's enums; the bare code where it has none."""
    return _(_TABLES.get(type(value), {}).get(value, str(value.value)))


_CODED: Mapping[str, type[Decision] | type[Sex] | type[Relation] | type[Need]] = {
    "decision": Decision,
    "sex": Sex,
    "relation": Relation,
    "needs": Need,
}


def said_words(field: str, text: str) -> str:
    """A value of an import's news (see News) in words: "packed" is "Packed, ready"; what has no codes as it is."""
    known = _CODED.get(field)
    if known is None:
        return text
    return ", ".join(label(known(part)) if part in list(known) else part for part in text.split(", "))


def needs_line(needs: Iterable[Need]) -> str:
    """All needs in one line, in the order in which they are declared."""
    wanted = frozenset(needs)
    return ", ".join(label(need) for need in Need if need in wanted)


def day_near(day: date, today: date) -> str:
    """Where `day` lies as seen from `today`: "today", "tomorrow", "3 days ago"."""
    distance = (day - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if distance in near:
        return near[distance]
    if distance > 0:
        return ngettext("in {n} day", "in {n} days", distance).format(n=distance)
    return ngettext("{n} day ago", "{n} days ago", -distance).format(n=-distance)
