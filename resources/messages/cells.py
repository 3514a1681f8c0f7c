"""Cells of the registry: why one cannot be used or written, what was done, what it is called before it is undone."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "cell.number_kept": N_("The number of a household is given once and stays: paper and talk refer to it."),
    "cell.people_counted": N_("People are counted from the members. Add or remove them in the details."),
    "cell.ready_follows": N_("This follows from the decision and its day."),
    "cell.scheduled_elsewhere": N_(
        "This follows from the schedule. Put the household into a day there, or with the actions for the selected rows."
    ),
    "cell.needs_of_persons": N_("Needs belong to each person. Change them in the details."),
    "cell.held_with_decision": N_("What holds them back is said with their decision, in the details."),
    "cell.family_by_split": N_("This follows from splitting and rejoining a family, in the details."),
    "cell.elsewhere": N_("This cannot be changed in the table; see the details."),
    "cell.written_by_itself": N_("The program writes this moment itself."),
    "cell.long": N_("This text is too long for a cell: at most {most} letters."),
    "cell.no_name": N_("This is no name. Write surname, given name, patronymic."),
    "cell.no_person": N_("Household {number} has no members yet. Add a person in the details first."),
    "cell.no_day": N_("“{text}” is no day near now. Write for example 15.08 or +2."),
    "cell.day_unclear": N_("Day and month of “{text}” could change places. Write the day with points: 05.03.2023."),
    "cell.decision_unknown": N_("This is none of the decisions. Choose one from the list."),
    "cell.decision_evacuated": N_(
        "“Evacuated” is set when their trip arrives, or in the details by recording a departure."
    ),
    "cell.phone_unread": N_("“{phone}” is no phone that can be dialled: kept as typed."),
    "cell.phone_replaces": N_("“{phone}” is no phone that can be dialled; the phones that are there stay."),
    "cell.address_whole": N_("Street and house could not be told apart: kept as typed."),
    "cell.settlement_ambiguous": N_(
        "Several settlements have this name: kept as typed until one is chosen from the list."
    ),
    "cell.settlement_unknown": N_("Not in the gazetteer: kept as typed until one is chosen from the list."),
    "cell.nothing_typed": N_("Nothing is typed yet."),
    "cell.other_household": N_("There is no household {text} in the register."),
    "action.rename_head": N_("Name of the head of household {number} changed"),
    "action.append_note": N_("Note added; households: {count}"),
    "action.settle_many": N_("Settlement set: {settlement}; households: {count}"),
    "action.set_cells": N_("Cells changed: {cells}; households: {households}"),
    "name.rename_head": N_("change name of the head of household {number}"),
    "name.append_note": N_("add to the notes ({count})"),
    "name.settle_many": N_("set settlement {settlement} ({count})"),
    "name.set_cells": N_("change {cells} cells"),
}
