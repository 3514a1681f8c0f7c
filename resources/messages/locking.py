"""Sentences about locking and half-typed forms, by code."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "draft.not_kept": N_("What was half-typed when the register was locked could not be kept."),
}
