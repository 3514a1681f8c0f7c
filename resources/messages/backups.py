"""Sentences about copies, restoring and checking, by code."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {}
