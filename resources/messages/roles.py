"""Sentences about roles, and registers that can only be read, by code."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {}
