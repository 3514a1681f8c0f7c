"""The sheets of a file: which are read, how many rows they have, what is special about them."""

from __future__ import annotations

from coordinator.exchange.survey import SheetSurvey
from resources.i18n import N_, _
from ui import texts
from ui.tables.columns import Column


def state_words(sheet: SheetSurvey) -> str:
    """ "read", "hidden, left out", "a chart" """
    if sheet.chart:
        return _("a chart")
    words = [_("hidden")] if not sheet.visible else []
    if sheet.used:
        words.append(_("is read"))
    elif sheet.header_row is None and sheet.how.use is not False:
        words.append(_("no headers"))
    else:
        words.append(_("left out"))
    return ", ".join(words)


SHEETS: list[Column[SheetSurvey]] = [
    Column("name", N_("Sheet"), lambda s: s.name, width=14, always=True, tooltip=lambda s: s.name),
    Column("rows", N_("Rows"), lambda s: "" if s.chart else texts.number(s.rows), sort=lambda s: s.rows, width=5,
           right=True),
    Column("state", N_("State"), state_words, width=13, icon=lambda s: "check" if s.used else "minus",
           mark=lambda s: "" if s.used else "muted"),
]  # fmt: skip
