"""Sentences about removing and erasing personal data, by code."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {}
