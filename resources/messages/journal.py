"""Sentences about the history and what it puts back, by code."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {}
