"""Sentences about what leaves as a file, and for whom, by code."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "export.folder_missing": N_("There is no folder {path}. Choose another place."),
    "export.cannot_write": N_(
        "{path} could not be written ({reason}). If it is open in another program, close it there; the old file is as it was."
    ),
    "export.disk_full": N_(
        "There is no room for {path}: {free} MB are free, a workbook can need {needed} MB. Nothing was written there and an older file is as it was; free some space or choose another disk."
    ),
    "export.too_long": N_(
        "Sheet {sheet}, cell {cell}: the text is longer than {most} characters, which a workbook cannot hold. Nothing was written."
    ),
    "export.cell_refused": N_("Sheet {sheet}, cell {cell} could not be written, so the workbook was not made."),
    "export.no_target": N_("Say where to: add the name of a file that ends in .xlsx or .csv."),
    "export.suffix": N_(
        "{file}: choose a name that ends in .xlsx (a workbook) or .csv (plain text). Nothing was written."
    ),
    "export.password_short": N_(
        "A password needs at least {least} characters. Nothing was written; give a longer one."
    ),
    "export.password_needed": N_(
        "What goes to “{recipient}” is always protected. Nothing was written; give a password."
    ),
    "export.csv_password": N_(
        "{file}: plain text cannot be protected by a password. Nothing was written; choose .xlsx, or leave the password out."
    ),
    "export.column_unknown": N_("There is no column “{key}”. There are: {known}."),
    "export.busy": N_("Other programs are exporting from this register. Nothing was written; try again in a moment."),
    "recipient.no_name": N_("A recipient needs a name. Nothing was saved."),
    "recipient.taken": N_(
        "There is a recipient “{name}” for this kind of list already. Nothing was saved; give another name, or change that one."
    ),
    "recipient.gone": N_("This recipient was deleted meanwhile. Nothing was saved."),
    "recipient.unknown": N_("There is no recipient “{name}” for this kind of list. There are: {known}."),
}
