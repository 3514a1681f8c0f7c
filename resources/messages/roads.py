"""Roads: what was done, what it is called before it is undone, and why something is refused."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "road.gone": N_("This road is no longer recorded like that. Somebody has changed it meanwhile."),
    "road.not_closed": N_("No closed road is recorded between these two."),
    "road.same": N_("A road leads from one settlement to another: choose two different ones."),
    "road.empty": N_("Enter how many minutes or kilometres the road takes, or say that it is closed."),
    "road.minutes": N_("{minutes} minutes cannot be right: more than 0, at most 1440."),
    "road.km": N_("{km} km cannot be right: from 0 to 2000."),
    "road.dates": N_("The last day is before the first. Correct one of them."),
    "road.twice": N_("The road {way} is recorded already for these days. Change that entry instead."),
    "road.nobody": N_("No vehicle of the fleet has the plate {plate}."),
    "road.no_list": N_(
        "{file}: no sheet holds travel times. Needed are columns “From”, “To” and “Minutes”, or a square with the same "
        "settlements above the columns and beside the rows. Nothing was changed."
    ),
    "road.outdated": N_("Roads were changed meanwhile. Nothing was written; look at the file once more."),
    "road.one_end": N_("The settlement at one end is missing. This row stays out."),
    "road.cell_error": N_("The cell holds an error or a formula that was never calculated. This pair stays out."),
    "road.cell_number": N_("This is no number of minutes or kilometres. The pair stays out."),
    "road.cell_closed": N_(
        "It is not clear whether the road is closed: write “yes” or leave it empty. The row stays out."
    ),
    "road.two_figures": N_("{way}: there and back are different. The longer one is taken for both."),
    "road.place_ambiguous": N_("“{text}” may be: {places}. Write the KATOTTG instead; the pair stays out."),
    "road.place_unknown": N_("“{text}” is not known. Meant may be: {places}. The pair stays out."),
    "road.place_unknown.bare": N_("“{text}” is not known to the gazetteer. The pair stays out."),
    "action.set_road": N_("Road {way} recorded"),
    "action.set_road.bare": N_("Road recorded"),
    "action.close_road": N_("Road {way} closed"),
    "action.close_road.bare": N_("Road closed"),
    "action.open_road": N_("Road {way} opened"),
    "action.open_road.bare": N_("Road opened"),
    "action.remove_road": N_("Road {way} deleted"),
    "action.remove_road.bare": N_("Road deleted"),
    "action.import_roads": N_("Travel times imported from {file}: {count}"),
    "action.import_roads.bare": N_("Travel times imported"),
    "name.set_road": N_("record road {way}"),
    "name.close_road": N_("close road {way}"),
    "name.open_road": N_("open road {way}"),
    "name.remove_road": N_("delete road {way}"),
    "name.import_roads": N_("import travel times from {file}"),
}
