"""Sentences about locking and half-typed forms, by code."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {}
