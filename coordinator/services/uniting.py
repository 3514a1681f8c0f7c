"""One person made of two records: nothing known is lost, and what belongs together stays together.

Runs inside an action of its caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from coordinator.domain.decision import GONE, Decision
from coordinator.domain.joining import better_birth, better_name, joined_text, precision
from coordinator.domain.person import Person, Relation, Sex
from coordinator.session import Act
from db import stores


def united(act: Act, kept: Person, newer: Person, who: Mapping[str, str]) -> Person:
    """The older record with what the newer one says more. `who`: id beside the newer one -> id from now on."""
    word = _whose_word(act, kept, newer)
    return replace(
        kept,
        name=better_name(kept.name, newer.name),
        birth=better_birth(kept.birth, newer.birth),
        sex=newer.sex if kept.sex is Sex.UNKNOWN else kept.sex,
        relation=newer.relation if kept.relation is Relation.UNKNOWN else kept.relation,
        needs=kept.needs | newer.needs,
        needs_raw=joined_text(kept.needs_raw, newer.needs_raw),
        documents=joined_text(kept.documents, newer.documents),
        note=joined_text(kept.note, newer.note),
        carer_id=kept.carer_id or newer.carer_id,
        decision=word.decision,
        wants_on=word.wants_on,
        refusal_reason=word.refusal_reason,
        **_escort(kept, newer, who),
    )


def as_newer(one: Person, newer: Person) -> Person:
    """Who it is by the newer account; what that leaves blank stays."""
    return replace(
        one,
        name=better_name(newer.name, one.name),
        birth=newer.birth if precision(newer.birth) else one.birth,
        sex=one.sex if newer.sex is Sex.UNKNOWN else newer.sex,
    )


def _whose_word(act: Act, kept: Person, newer: Person) -> Person:
    """Whose own word stands: of two, that of who is gone, then the later one; who only followed has none."""
    if kept.decision is None or newer.decision is None:
        return kept if newer.decision is None else newer
    back = Decision.RETURNED in (kept.decision, newer.decision)
    if (kept.decision in GONE) != (newer.decision in GONE) and not back:
        return kept if kept.decision in GONE else newer
    return newer if _spoke(act, newer) > _spoke(act, kept) else kept


def _spoke(act: Act, person: Person) -> str:
    """When their own word was recorded last; "" where that is not known."""
    entries = stores.decisions.where(act.db, person_id=person.id)
    return max((entry.decided_at.isoformat() for entry in entries), default="")


def _escort(kept: Person, newer: Person, who: Mapping[str, str]) -> dict[str, Any]:
    """Who travels with a child, on what basis, or why nobody: of one record, not the name of one and the basis of
    the other.
    """
    if kept.escort_id is None and newer.escort_id is not None:
        whole = newer
    elif kept.escort_id is None:
        basis = kept.escort_basis or newer.escort_basis
        return {"escort_basis": basis, "no_escort_reason": joined_text(kept.no_escort_reason, newer.no_escort_reason)}
    else:
        same = who.get(newer.escort_id or "", newer.escort_id) == kept.escort_id
        whole = replace(kept, escort_basis=kept.escort_basis or (newer.escort_basis if same else ""))
    return {
        "escort_id": whole.escort_id, "escort_basis": whole.escort_basis, "no_escort_reason": whole.no_escort_reason,
    }  # fmt: skip
