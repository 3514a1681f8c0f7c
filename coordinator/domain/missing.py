"""Somebody whom the last list of a sender named and the next one does not: what became of them, as a person says it."""

from __future__ import annotations

from enum import StrEnum


class Answer(StrEnum):
    """`ASK`: nobody here knows; somebody has to be asked, so that the question stays."""

    WITH_US = "with_us"
    LEFT_THEMSELVES = "left_themselves"
    MOVED = "moved"
    LIST_MISTAKE = "list_mistake"
    ASK = "ask"


OPEN, NAMED_AGAIN = "open", "named_again"
"""States beside the answers: nobody has said anything yet; a later list names them again."""

OPEN_QUESTIONS = (OPEN, Answer.ASK.value)
"""States in which the question waits."""

LEFT = frozenset({Answer.WITH_US, Answer.LEFT_THEMSELVES})
"""Answers that record a departure, with its day."""
