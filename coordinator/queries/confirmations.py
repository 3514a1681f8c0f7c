"""Evacuation confirmations: what each said, whether it holds, and whether a paper that somebody shows is ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from coordinator.day_papers import ConfirmationPaper, Confirmed
from coordinator.session import Session
from coordinator.settings import COORDINATOR_PHONE
from db import stores
from db.connection import Database
from db.rows import ConfirmationRow

_LOOK_ALIKE = str.maketrans("АВСЕНІКМОРТХУ", "ABCEHIKMOPTXY")


class Standing(StrEnum):
    """Of a number and code that somebody shows. UNKNOWN: no such number; FORGED: another code than ours."""

    VALID = "valid"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    FORGED = "forged"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ConfirmationLine:
    """`replaced_by`: number of the later version. `reason` of withdrawing it."""

    id: str
    standing: Standing
    paper: ConfirmationPaper
    ended_at: datetime | None = None
    ended_by: str = ""
    reason: str = ""
    replaced_by: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """`line` None where nothing may be told: the number is unknown, or the code is not that of the number."""

    standing: Standing
    line: ConfirmationLine | None = None


def confirmations_of(session: Session, household_id: str) -> list[ConfirmationLine]:
    """Of a household and of the records merged into it, the newest first."""
    with session.reading() as db:
        rows = _rows(db, household_id)
    return [line_of(session, row) for row in rows]


def check_confirmation(session: Session, number: int, code: str) -> Checked:
    """Does the register know this paper, and does it still hold? The code is read without spaces, in any case."""
    with session.reading() as db:
        found = stores.confirmations.where(db, number=number)
    if not found:
        return Checked(Standing.UNKNOWN)
    (row,) = found
    if plain_code(code) != plain_code(row.code):
        return Checked(Standing.FORGED)
    line = line_of(session, row)
    return Checked(line.standing, line)


def plain_code(code: str) -> str:
    """As codes are compared; letters typed on a Ukrainian keyboard that look like ours count as ours."""
    return "".join(code.split()).replace("-", "").upper().translate(_LOOK_ALIKE)


def valid_of(db: Database, household_id: str) -> ConfirmationRow | None:
    """The one that holds; at most one does."""
    return next((row for row in _rows(db, household_id) if not (row.content or {}).get("ended")), None)


def _rows(db: Database, household_id: str) -> list[ConfirmationRow]:
    merged = [row.id for row in stores.households.where(db, merged_into=household_id)]
    rows = stores.confirmations.where(db, household_id=[household_id, *merged])
    return sorted(rows, key=lambda row: -row.number)


def line_of(session: Session, row: ConfirmationRow) -> ConfirmationLine:
    content: Mapping[str, Any] = row.content or {}
    ended: Mapping[str, Any] = content.get("ended") or {}
    standing = Standing.VALID
    if ended:
        standing = Standing.REPLACED if ended.get("replaced_by") else Standing.WITHDRAWN
    return ConfirmationLine(
        id=row.id,
        standing=standing,
        paper=paper_of(session, row),
        ended_at=datetime.fromisoformat(ended["at"]) if ended else None,
        ended_by=ended.get("by", ""),
        reason=ended.get("reason", ""),
        replaced_by=ended.get("replaced_by"),
    )


def paper_of(session: Session, row: ConfirmationRow) -> ConfirmationPaper:
    """As it was issued; the centre's phone is that of today."""
    content: Mapping[str, Any] = row.content or {}
    people = tuple(
        Confirmed(one["name"], one["born"], date.fromisoformat(one["on"]), one["to"])
        for one in content.get("people", ())
    )
    return ConfirmationPaper(
        number=row.number,
        code=row.code,
        version=int(content.get("version", 1)),
        household_number=int(content.get("household_number", 0)),
        settlement=content.get("settlement", ""),
        hromada=content.get("hromada", ""),
        address=content.get("address", ""),
        issued_at=row.issued_at,
        issued_by=row.issued_by,
        centre=content.get("centre", ""),
        people=people,
        count=int(content.get("count", len(people))),
        replaces=content.get("replaces"),
        phone=session.setting(COORDINATOR_PHONE),
        training=session.training,
    )
