"""Sentences about removing and erasing personal data, by code."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "retention.never": N_("No term is set, so personal data stay. Set the days after arrival first."),
    "retention.nothing": N_("Nothing is due any more. Nothing was changed."),
    "retention.counts_differ": N_("The counts would have changed, so nothing was removed and the register is as before. This is a fault of the program: please report it."),
    "retention.unfinished": N_("The data are removed, but the file could not be written anew, so traces of them may be left in it: another program reads it, or the disk is full. Mend that, then choose “Finish the removal” on the page Safety, tab Privacy, or run “coordinator retention --yes”."),
    "erase.name": N_("That is not the name of this register ({name}). Nothing was erased."),
    "erase.open_elsewhere": N_("The register is open in another program ({who}, {host}). Close it there first. Nothing was erased."),
    "erase.open_unnamed": N_("The register is open in another program on {host} since {since}. Close it there first. Nothing was erased."),
    "erase.open_unknown": N_("The register is open in another program. Close it there first. Nothing was erased."),
    "erase.copying": N_("A copy of the register is being made just now. Wait until it is done and try again. Nothing was erased."),
    "erase.inside": N_("{path} lies in the register, and somebody has it open or has worked in it. Close it, and move it elsewhere or delete it first. Nothing was erased."),
    "erase.not_begun": N_("{path} is whole, so it has to be unlocked before it can be erased. Nothing was changed."),
    "action.anonymise": N_("Personal data removed. Households: {households}, people: {people}, delivered until {until}"),
    "action.overwrite": N_("File written anew without what was removed"),
}  # fmt: skip
