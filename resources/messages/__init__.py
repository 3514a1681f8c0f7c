"""The sentence for each code of the core. English here, Ukrainian in the catalogue.

A sentence says what happened, what was kept and what to do next, calmly. Facts fill its {placeholders}.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from resources.i18n import _
from resources.messages import (
    actions,
    backups,
    calls,
    cells,
    counts,
    crews,
    exchange,
    journal,
    keys,
    locking,
    outgoing,
    paper,
    plan,
    privacy,
    register,
    roads,
    roles,
    schedule,
    shelling,
    views,
)

_AREAS = (
    register, keys, roles, backups, locking, privacy, journal, exchange, outgoing, plan, schedule, paper, actions,
    shelling, views, cells, calls, counts, roads, crews,
)  # fmt: skip

SENTENCES: Mapping[str, str] = {code: text for area in _AREAS for code, text in area.SENTENCES.items()}


class _Facts(dict[str, object]):
    """A fact that was forgotten shows as a dash: a message must never fail. Days stand as everywhere: 15.08.2023."""

    def __getitem__(self, key: str) -> object:
        fact = super().__getitem__(key)
        return f"{fact:%d.%m.%Y}" if type(fact) is date else fact

    def __missing__(self, key: str) -> str:
        return "–"


def sentence(code: str, facts: Mapping[str, object] | None = None) -> str:
    """The translated sentence of `code`, or the code itself where none is written.

    Where a right is missing there can be a sentence for that right: "role.refused.print".
    """
    known = facts or {}
    text = SENTENCES.get(f"{code}.{known.get('right', '')}") or SENTENCES.get(code)
    return _(text).format_map(_Facts(known)) if text else code
