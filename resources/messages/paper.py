"""Sentences about paper, by code."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "paper.cannot_write": N_("The paper could not be written to {path}: {reason}. An older file there is unchanged. Choose another folder or free some space, then save again."),
    "paper.cannot_print": N_("The printer did not take the paper. Nothing is lost: save it as a PDF and print it elsewhere."),
    "print.changed_meanwhile": N_("What stands on list {lists} has changed since it was laid out, so nothing was printed. Open the lists again and print them then."),
}  # fmt: skip
