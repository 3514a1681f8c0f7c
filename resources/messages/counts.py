"""Sentences about reports and published counts, by code."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "report.future": N_("The day {day} has not begun, so there is nothing to report of it. Choose another working date."),
    "report.same": N_("Report No. {number} for {day} says exactly this already. Nothing was frozen."),
    "report.suffix": N_("{file}: a report is written as a workbook; choose a name that ends in .xlsx. Nothing was written."),
    "report.not_frozen": N_("What is written is a report that was frozen: add --freeze, or --number N for an earlier one. Nothing was written."),
    "report.none": N_("There is no report No. {number}. “coordinator report FILE” lists those there are."),
    "published.no_source": N_("Say who published this: a figure without its source is not kept. Nothing was saved."),
    "published.no_figures": N_("Give at least one number. Nothing was saved."),
    "published.negative": N_("{value} is no number of people. Nothing was saved."),
    "published.days": N_("Figures of a day cover 1 to {most} days, not {value}. Nothing was saved."),
    "published.day": N_("{day} cannot be the day of a published figure: it has not come yet, or lies before 2014. Nothing was saved."),
    "published.time": N_("Figures of {day} cannot have been published on {at}: that is before that day, or still to come. Nothing was saved."),
    "published.part_more": N_("{part} of {people} people cannot be. Nothing was saved; check both numbers."),
    "published.gone": N_("This published count was removed meanwhile. Nothing was changed."),
    "published.no_rows": N_("{file}: under its headers stands no row that could be read. Nothing was imported."),
    "published.no_headers": N_("{file}: no row of headers with a day and a source was found. Take the supplied template, or name the columns as it does. Nothing was imported."),
    "published.row": N_("Row {row}, “{header}”: {value} cannot be read as {wanted}. Nothing was imported; correct the cell and import again."),
    "published.row_wrong": N_("Row {row}, “{header}”: {value} cannot be right. Nothing was imported; check it against the other cells of the row and import again."),
    "published.row_empty": N_("Row {row}: no figure stands in it. Nothing was imported; fill it in or take the row out, and import again."),
    "published.row_missing": N_("Row {row}: “{header}” is empty. Nothing was imported; fill it in and import again."),
    "published.known": N_("{file}: every row of it is here already. Nothing was imported."),
}  # fmt: skip
