"""Crews on the road: what was done, what it is called before it is undone, and why something is refused."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "crew.left_already": N_("The crew of list {list} has left already, or is back."),
    "crew.not_left": N_("The crew of list {list} has not left yet. Say first that it has."),
    "crew.back_already": N_("The crew of list {list} is back already."),
    "crew.future": N_("{when} lies ahead. Enter when it happened."),
    "crew.back_before": N_("The crew of list {list} cannot be back before it left. Correct the time."),
    "crew.none": N_("No trip {list} on this day."),
    "action.set_escort": N_("Who goes along on list {list} set"),
    "action.set_escort.bare": N_("Who goes along set"),
    "action.trip_departed": N_("Crew of list {list} left"),
    "action.trip_departed.bare": N_("Crew left"),
    "action.crew_word": N_("Word from the crew of list {list}"),
    "action.crew_word.bare": N_("Word from a crew"),
    "action.trip_back": N_("Crew of list {list} is back"),
    "action.trip_back.bare": N_("Crew is back"),
    "name.set_escort": N_("set who goes along on list {list}"),
    "name.trip_departed": N_("crew of list {list} left"),
    "name.crew_word": N_("word from the crew of list {list}"),
    "name.trip_back": N_("crew of list {list} is back"),
}
