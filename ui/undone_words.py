"""What was taken back or done again, in words, with what of it stays; the window and the terminal say the same."""

from __future__ import annotations

from coordinator.services.history import Undone
from resources.i18n import _, ngettext
from ui.action_words import done_words

MOST_NUMBERS = 10
"""Households that are named by their numbers; the page of the log lists them all."""


def undone_words(undone: Undone) -> str:
    return _("Undone: {what}").format(what=done_words(undone.label, undone.facts))


def redone_words(undone: Undone) -> str:
    return _("Done again: {what}").format(what=done_words(undone.label, undone.facts))


def with_kept(done: str, undone: Undone) -> str:
    """What was undone, and what of it stays since later work builds on it."""
    if not undone.households:
        text = ngettext(
            "{done}. {n} entry was changed or used since and stays.",
            "{done}. {n} entries were changed or used since and stay.",
            undone.kept,
        )
        return text.format(done=done, n=undone.kept)
    numbers = ", ".join(map(str, undone.households[:MOST_NUMBERS]))
    numbers += "…" if len(undone.households) > MOST_NUMBERS else ""
    text = ngettext(
        "{done}. {n} entry was changed or used since and stays. Households: {numbers}",
        "{done}. {n} entries were changed or used since and stay. Households: {numbers}",
        undone.kept,
    )
    return text.format(done=done, n=undone.kept, numbers=numbers)
