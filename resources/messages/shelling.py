"""Shelling, streets and asking again: what was done, what it is called before it is undone, and why something is refused."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "incident.gone": N_("This shelling is no longer in the register. Somebody has withdrawn it."),
    "incident.future": N_("{when} lies ahead. Enter when it happened."),
    "incident.houses": N_("{value} houses cannot be right: from 0 to {most}."),
    "street.missing": N_("Choose the street first."),
    "print.no_settlement": N_("No household is in a settlement called “{name}”. Nothing was printed."),
    "tiles.missing": N_("The map file {file} is not there any more. The map goes on without it."),
    "tiles.not_a_map": N_("{file} is not a map file that can be read (MBTiles). The map goes on without it."),
    "tiles.no_pictures": N_(
        "{file} holds no pictures: it may be made of lines (vector tiles), or empty. Choose an MBTiles file with "
        "PNG, JPEG or WebP pictures."
    ),
    "place.name_missing": N_("A settlement needs its name."),
    "place.population": N_("{value} people cannot be right."),
    "action.edit_settlement": N_("Settlement {settlement} changed"),
    "action.edit_settlement.bare": N_("Settlement changed"),
    "name.edit_settlement": N_("change settlement {settlement}"),
    "action.record_incident": N_("Shelling recorded: {settlement}, {street}, {when}"),
    "action.record_incident.bare": N_("Shelling recorded: {settlement}, {when}"),
    "action.correct_incident": N_("Shelling corrected: {settlement}, {street}, {when}"),
    "action.correct_incident.bare": N_("Shelling corrected: {settlement}, {when}"),
    "action.withdraw_incident": N_("Shelling withdrawn: {settlement}, {street}, {when}"),
    "action.withdraw_incident.bare": N_("Shelling withdrawn: {settlement}, {when}"),
    "action.link_streets": N_("Streets next to {street}, {settlement}, set"),
    "action.link_streets.bare": N_("Neighbouring streets set"),
    "action.ask_again": N_("When to ask household {number} again set"),
    "action.ask_again.bare": N_("When to ask again set; households: {count}"),
    "name.record_incident": N_("record shelling of {settlement}, {street}"),
    "name.correct_incident": N_("correct shelling of {settlement}, {street}"),
    "name.withdraw_incident": N_("withdraw shelling of {settlement}, {street}"),
    "name.ask_again": N_("set when to ask household {number} again"),
    "name.link_streets": N_("set streets next to {street}"),
}
