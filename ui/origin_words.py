"""Where a value comes from, in words: the file, sheet, row and sender, or what was done here and by whom."""

from __future__ import annotations

from coordinator.queries.provenance import Origin
from resources.i18n import _
from ui import texts
from ui.action_words import done_words


def place_words(origin: Origin) -> str:
    """ "hromada_week1.xlsx, Ківшарівка, row 17": the row of a list; "" for what did not come with one."""
    return ", ".join(part for part in (origin.file, row_words(origin)) if part) if origin.file else ""


def row_words(origin: Origin) -> str:
    """ "Ківшарівка, row 17"."""
    row = _("row {n}").format(n=origin.row) if origin.row else ""
    return ", ".join(part for part in (origin.sheet, row) if part)


def origin_words(origin: Origin) -> str:
    """All of it in one line: "…, row 17, sender Kindrashivka hromada, imported 15.08.2023 12:10 by Olha"."""
    when, who = texts.moment(origin.done_at), origin.done_by
    place = place_words(origin)
    if not place:
        done = done_words(origin.label, origin.facts)
        text = _("{done}, {when}, by {who}") if who else _("{done}, {when}")
        return text.format(done=done, when=when, who=who)
    sender = _("sender {name}").format(name=origin.sender) if origin.sender else ""
    text = _("imported {when} by {who}") if who else _("imported {when}")
    corrected = [
        _("{cell} corrected here from “{old}” to “{new}”").format(cell=cell, old=old, new=new)
        for cell, old, new in origin.corrected
    ]
    return ", ".join(part for part in (place, sender, text.format(when=when, who=who), *corrected) if part)
