"""The columns of "who is next", one household a row. The reasons are words of a day, so they are made for one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from coordinator.domain.decision import Decision
from coordinator.domain.memory import remembered
from coordinator.domain.names import sort_key
from coordinator.next_words import reasons_line
from coordinator.queries.who_next import NextRow
from resources.i18n import N_, _
from ui import texts
from ui.signs import DECISION_SIGNS
from ui.tables.columns import Column

Row = NextRow
_in_alphabet = remembered(sort_key, 100_000)


def columns_on(today: date) -> Sequence[Column[Row]]:
    """As they read on this day."""
    return (
        Column("score", N_("Points"), lambda r: score(r.score), sort=lambda r: r.score, width=7, right=True,
               always=True, icon=lambda r: "hit" if r.shelled else "", mark=lambda r: "danger" if r.shelled else ""),
        Column("number", N_("No."), lambda r: str(r.number), sort=lambda r: r.number, width=5, right=True, always=True),
        Column("head", N_("Head"), lambda r: r.head or _("No name"), sort=lambda r: r.head_key or None, width=17,
               mark=lambda r: "" if r.head else "muted", icon=lambda r: "fleet" if r.planned else ""),
        Column("why", N_("Why"), lambda r: reasons_line(r.parts, today), sort=lambda r: -r.score, width=62),
        Column("place", N_("Where"), where, sort=lambda r: (r.settlement_key, _in_alphabet(r.address)), width=24),
        Column("phones", N_("Phones"), lambda r: ", ".join(r.phones), sort=lambda r: r.phones or None, width=16),
        Column("decision", N_("Decision"), _decision, sort=_decision_rank, width=19,
               icon=lambda r: DECISION_SIGNS[Decision(r.decision)][0],
               mark=lambda r: DECISION_SIGNS[Decision(r.decision)][1]),
        Column("people", N_("People"), _people, sort=lambda r: (r.people, r.children), width=7, right=True),
        Column("asked", N_("Last asked"), lambda r: _moment(r.asked_at), sort=lambda r: r.asked_at, width=14),
        Column("tried", N_("Last tried"), lambda r: _moment(r.tried_at), sort=lambda r: r.tried_at, width=14,
               shown=False),
        Column("again", N_("Ask again"), _again, sort=lambda r: r.again_at, width=18,
               mark=lambda r: "warning" if r.due else "", icon=lambda r: "clock" if r.due else ""),
    )  # fmt: skip


def queue_columns(today: date) -> Sequence[Column[Row]]:
    """For call mode, in the order in which to call: who, why, and when a call was agreed."""
    return (
        Column("number", N_("No."), lambda r: str(r.number), width=5, right=True, always=True),
        Column("head", N_("Head"), lambda r: r.head or _("No name"), width=17,
               mark=lambda r: "" if r.head else "muted", icon=lambda r: "hit" if r.shelled else ""),
        Column("why", N_("Why"), lambda r: reasons_line(r.parts, today), width=34),
        Column("again", N_("Ask again"), _again, width=18, mark=lambda r: "warning" if r.due else "",
               icon=lambda r: "clock" if r.due else ""),
        Column("place", N_("Where"), where, width=24),
    )  # fmt: skip


def score(points: float) -> str:
    """Whole points: tenths would promise more than the rule knows."""
    return f"{points:.0f}".replace("-", "−")


def where(row: Row) -> str:
    return ", ".join(part for part in (row.settlement or "–", row.address) if part)


def _people(row: Row) -> str:
    return f"{row.people} ({row.children})" if row.children else str(row.people)


def _decision(row: Row) -> str:
    word = texts.label(Decision(row.decision))
    return f"{word} {texts.day_short(row.wants_on)}" if row.wants_on else word


_DECISION_ORDER = {decision.value: place for place, decision in enumerate(Decision)}


def _decision_rank(row: Row) -> tuple[int, str]:
    return _DECISION_ORDER[row.decision], row.wants_on.isoformat() if row.wants_on else ""


def _moment(when: datetime | None) -> str:
    return texts.moment(when) if when else ""


def _again(row: Row) -> str:
    """ "18.08.2023 10:00, М. Коваль" """
    return ", ".join(part for part in (_moment(row.again_at), row.again_by) if part)
