"""The columns of the registry, one household a row, declared once for showing, sorting and copying."""

from __future__ import annotations

from functools import lru_cache

from coordinator.domain.decision import Decision
from coordinator.domain.names import sort_key
from coordinator.domain.person import Need
from coordinator.queries.registry import RegistryRow
from resources.i18n import N_, _
from ui import texts
from ui.signs import DECISION_SIGNS, need_sign
from ui.tables.columns import Column

Row = RegistryRow


@lru_cache(maxsize=100_000)
def _in_alphabet(text: str) -> str | None:
    return sort_key(text) if text else None


def _head(row: Row) -> str:
    return row.head or _("No name")


def _people(row: Row) -> str:
    """ "4 (2)": people, and the children among them; a question mark where an age is uncertain."""
    if not row.children:
        return str(row.people)
    return f"{row.people} ({row.children}{'?' if row.uncertain_children else ''})"


def people_in_words(row: Row) -> str:
    words = [texts.people(row.people)]
    if row.children:
        words.append(texts.children(row.children))
    if row.uncertain_children:
        words.append(_("the age of a child is uncertain"))
    return ", ".join(words)


def _decision(row: Row) -> str:
    word = texts.label(Decision(row.decision))
    return f"{word} {texts.day_short(row.wants_on)}" if row.wants_on else word


def _decision_tip(row: Row) -> str:
    tip = _decision(row)
    if row.part_stays:
        tip = "\n".join((tip, _("A part of the family stays")))
    return tip


_DECISION_ORDER = {decision.value: place for place, decision in enumerate(Decision)}


def _decision_rank(row: Row) -> tuple[int, str]:
    return _DECISION_ORDER[row.decision], row.wants_on.isoformat() if row.wants_on else ""


def _needs(row: Row) -> str:
    return texts.needs_line(Need(code) for code in row.needs)


def _settlement_tip(row: Row) -> str:
    if row.settlement_known:
        return row.settlement
    return _("{name}: not in the gazetteer. Choose a settlement in the details.").format(name=row.settlement or "–")


def _number_tip(row: Row) -> str:
    return _("Possibly the same family as another household") if row.open_pairs else str(row.number)


def _ready_tip(row: Row) -> str:
    return _("Ready for the working date") if row.ready else _("Not ready for the working date")


COLUMNS: tuple[Column[Row], ...] = (
    Column("number", N_("No."), lambda r: str(r.number), sort=lambda r: r.number, width=6, right=True, always=True,
           icon=lambda r: "duplicates" if r.open_pairs else "", tooltip=_number_tip),
    Column("head", N_("Head"), _head, sort=lambda r: r.head_key or None, width=19,
           mark=lambda r: "" if r.head else "muted"),
    Column("settlement", N_("Settlement"), lambda r: r.settlement or "–",
           sort=lambda r: r.settlement_key or _in_alphabet(r.settlement), width=12, tooltip=_settlement_tip,
           icon=lambda r: "" if r.settlement_known else "warning",
           mark=lambda r: "" if r.settlement_known else "warning"),
    Column("address", N_("Address"), lambda r: r.address, sort=lambda r: _in_alphabet(r.address), width=13),
    Column("people", N_("People"), _people, sort=lambda r: (r.people, r.children), width=7, right=True,
           tooltip=people_in_words),
    Column("decision", N_("Decision"), _decision, sort=_decision_rank, width=20, tooltip=_decision_tip,
           icon=lambda r: DECISION_SIGNS[Decision(r.decision)][0],
           mark=lambda r: DECISION_SIGNS[Decision(r.decision)][1]),
    Column("ready", N_("Ready"), lambda r: _("Ready") if r.ready else "", sort=lambda r: 0 if r.ready else 1, width=7,
           icon=lambda r: "check" if r.ready else "", mark=lambda r: "success" if r.ready else "", tooltip=_ready_tip),
    Column("needs", N_("Needs"), _needs, width=16, icon=lambda r: need_sign(Need(code) for code in r.needs)),
    Column("phones", N_("Phones"), lambda r: r.phones, sort=lambda r: r.phones or None, width=14),
    Column("pets", N_("Pets"), lambda r: r.pets, width=12),
    Column("note", N_("Note"), lambda r: " ".join(r.note.split()), width=24, tooltip=lambda r: r.note),
    Column("decided", N_("Decided"), lambda r: texts.moment(r.decided_at) if r.decided_at else "",
           sort=lambda r: r.decided_at, width=14),
    Column("requested", N_("Requested"), lambda r: texts.moment(r.requested_at) if r.requested_at else "",
           sort=lambda r: r.requested_at, width=14, shown=False),
)  # fmt: skip
