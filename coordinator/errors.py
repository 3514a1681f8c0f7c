"""Errors the user can do something about. The core names a code; `resources.messages` has the sentence."""

from __future__ import annotations


class UserError(Exception):
    """A rule said no, or the world did: disk, file, passphrase.

    `code` is a stable key such as "register.exists"; `facts` fill the placeholders of its sentence.
    Never holds a sentence and never reaches the user as a traceback.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return self.code


class Cancelled(Exception):
    """The person pressed cancel; nothing was written."""
