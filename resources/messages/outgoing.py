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
    "export.chart_changed": N_(
        "The limit for small numbers was changed while the chart was made. Nothing was saved: save it again."
    ),
    "export.chart_suffix": N_("“{file}”: a chart is saved as .png, .svg or .xlsx. Choose one of these endings."),
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
    "template.not_xlsx": N_(
        "{file} is no workbook of the .xlsx kind. Open the form in Excel, save it as .xlsx, and choose that."
    ),
    "template.no_header": N_(
        "{file}: in the first {rows} rows of its sheets no row of headers was recognised. Say which of our columns belong under two of its headers at least, or write the list without the form."
    ),
    "template.too_many": N_(
        "{file}: {rows} rows are too many for a form, {most} can be filled in. Choose a part, or write the list without the form."
    ),
    "template.target": N_(
        "{file}: a filled form is a workbook; choose a name that ends in .xlsx. Nothing was written."
    ),
    "template.column_unfilled": N_("Nothing of ours belongs under “{header}”. It was left as it was."),
    "template.rows_replaced": N_(
        "The form held {rows} rows under its headers (rows {first} to {last}). They gave way to ours."
    ),
    "template.no_rows": N_("No row fits what was chosen, so the form stayed without any."),
    "template.lost_macros": N_("The macros of {file} were not carried over."),
    "template.lost_controls": N_("Buttons and other controls of {file} were not carried over."),
    "template.lost_shapes": N_("Drawn shapes and text boxes of {file} were not carried over."),
    "template.lost_new_rules": N_(
        "Some rules of {file} for allowed values or colours are of a newer kind and were not carried over."
    ),
    "recipient.no_name": N_("A recipient needs a name. Nothing was saved."),
    "recipient.taken": N_(
        "There is a recipient “{name}” for this kind of list already. Nothing was saved; give another name, or change that one."
    ),
    "recipient.gone": N_("This recipient was deleted meanwhile. Nothing was saved."),
    "recipient.unknown": N_("There is no recipient “{name}” for this kind of list. There are: {known}."),
}
