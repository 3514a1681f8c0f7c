"""How an evacuation confirmation stands, in words."""

from __future__ import annotations

from collections.abc import Mapping

from coordinator.queries.confirmations import Checked, ConfirmationLine, Standing
from resources.i18n import N_, _, ngettext
from ui import texts

STANDINGS: Mapping[Standing, tuple[str, str, str]] = {
    Standing.VALID: (N_("holds"), "success", "success"),
    Standing.REPLACED: (N_("replaced"), "minus", "warning"),
    Standing.WITHDRAWN: (N_("withdrawn"), "close", "danger"),
}
"""Word, icon and role."""


def standing_words(line: ConfirmationLine) -> str:
    """ "replaced by no. 13", "withdrawn 16 Aug, 09:20, Олена: a mistake"."""
    if line.standing is Standing.VALID:
        return _("holds")
    if line.replaced_by is not None:
        return _("replaced by no. {number}").format(number=line.replaced_by)
    when = texts.moment(line.ended_at) if line.ended_at else ""
    said = ", ".join(part for part in (when, line.ended_by) if part)
    return _("withdrawn ({when}): {reason}").format(when=said, reason=line.reason)


def checked_words(found: Checked) -> str:
    """What to answer somebody who shows, or reads out, a number and a code."""
    if found.standing is Standing.UNKNOWN:
        return _("The register has no confirmation with this number. It is not ours, or the number was misread.")
    if found.line is None:
        return _("The number is known, but the code is not the one on our paper. Ask to read both out again.")
    line, paper = found.line, found.line.paper
    about = ngettext("{n} person", "{n} people", paper.count).format(n=paper.count)
    text = _("No. {number} of {day}, household {household}, {people}: {standing}.").format(
        number=paper.number, day=texts.moment(paper.issued_at), household=paper.household_number, people=about,
        standing=standing_words(line),
    )  # fmt: skip
    names = ", ".join(person.name for person in paper.people if person.name)
    return f"{text}\n{names}" if names and line.standing is Standing.VALID else text
