"""Sentences about removing personal data, shared by the window and the terminal."""

from __future__ import annotations

from coordinator.queries.retention import RetentionPreview
from coordinator.services.retention import Removed
from resources.i18n import _, ngettext
from ui import texts


def due(shown: RetentionPreview) -> str:
    """What could be removed now, in one sentence."""
    if shown.until is None:
        return _("No term is set, so personal data stay.")
    if not shown.households:
        return _("Nothing is due: nobody delivered on {day} or before is left with personal data.").format(
            day=texts.day_short(shown.until)
        )
    return _("Due: {households} with {people}, delivered on {day} or before.").format(
        households=texts.households(len(shown.households)),
        people=texts.people(shown.people),
        day=texts.day_short(shown.until),
    )


def removed(what: Removed) -> str:
    return _("Personal data removed: {households}, {people}. The counts are as before.").format(
        households=texts.households(what.households), people=texts.people(what.people)
    )


def what_goes(names: bool) -> str:
    """What is removed of each household, and what stays."""
    goes = _("Addresses, phones, needs, notes and documents are removed, also from the history.")
    who = (
        _("Names and birth dates go too; sex, the age and a mark of a disability stay for the counts.")
        if names
        else _("Names, birth dates and a mark of a disability stay.")
    )
    return f"{goes} {who}"


def copies(n: int) -> str:
    return ngettext("{n} copy", "{n} copies", n).format(n=texts.number(n))
