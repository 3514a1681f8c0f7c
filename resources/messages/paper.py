"""Sentences about paper, by code."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "paper.cannot_write": N_("The paper could not be written to {path}: {reason}. An older file there is unchanged. Choose another folder or free some space, then save again."),
    "paper.cannot_print": N_("The printer did not take the paper. Nothing is lost: save it as a PDF and print it elsewhere."),
    "print.changed_meanwhile": N_("What stands on list {lists} has changed since it was laid out, so nothing was printed. Open the lists again and print them then."),
    "print.option": N_("{option} does not apply to “{paper}”, so nothing was printed. It is for: {papers}."),
    "print.needs_household": N_("Say for which household: coordinator print FILE {paper} OUT --household NUMBER"),
    "print.no_such_household": N_("There is no household with the number {number}. Nothing was printed."),
    "print.no_such_trip": N_("There is no trip {number} on {day}. Nothing was printed."),
    "print.nothing_changed": N_("No list printed for {day} has changed since, so there is nothing to tell the drivers."),
    "print.copy_gone": N_("The log of prints has no such copy, so nothing was marked."),
    "action.end_copies": N_("Copies of papers marked: {end} ({copies})"),
    "action.end_copies.bare": N_("Copies of papers marked"),
    "action.issue_confirmation": N_("Confirmation of evacuation no. {confirmation} issued for household {number}"),
    "action.issue_confirmation.bare": N_("Confirmation of evacuation issued"),
    "action.withdraw_confirmation": N_("Confirmation of evacuation no. {confirmation} withdrawn"),
    "action.withdraw_confirmation.bare": N_("Confirmation of evacuation withdrawn"),
    "undo.confirmation": N_("A confirmation may be in somebody's hands, so it is not undone: withdraw it, with the reason."),
    "confirmation.nobody": N_("Nobody of household {number} was evacuated by us, so there is nothing to confirm. Enter the results of the trip first."),
    "confirmation.no_names": N_("Those of household {number} who were evacuated have no names in the register. Enter the names first; nothing was issued."),
    "confirmation.gone": N_("This confirmation is not in the register."),
    "confirmation.ended": N_("Confirmation no. {confirmation} does not hold any longer; nothing was changed."),
    "confirmation.needs_reason": N_("Say why confirmation no. {confirmation} is withdrawn: whoever checks it is told."),
    "refusal.nobody": N_("No adult of household {number} who is at home refuses. Record the decision first."),
    "refusal.no_order": N_("No evacuation is ordered today where household {number} lives, so there is nothing to refuse in writing. Orders stand on the page Places."),
    "refusal.children_forced": N_("Evacuation of children is forced where household {number} lives: a child leaves with a parent or legal representative, and a refusal that keeps children is not written down. Record who travels with the children."),
}  # fmt: skip
