"""Senders of lists: how their lists are read and what their words mean, kept so that nothing is asked twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coordinator.domain.decision import Decision
from coordinator.domain.names import clean
from coordinator.domain.person import Need, Relation, Sex
from coordinator.errors import UserError
from coordinator.exchange.coded import FIELDS, NO, YES
from coordinator.exchange.how_read import word_key
from coordinator.exchange.keeping import ToKeep
from coordinator.outcome import Outcome, Touched
from coordinator.queries.senders import named_sender
from coordinator.session import Act, Session
from db import stores
from db.connection import Database
from db.ids import new_id
from db.rows import MappingRow, SenderRow, ValueMeaningRow

LONGEST_NAME = 120
_CODED: Mapping[str, type[StrEnum]] = {"sex": Sex, "relation": Relation, "decision": Decision, "needs": Need}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word means in a column; `sender` "" is whoever says it. `meaning` as in `how_read.Words`."""

    field: str
    said: str
    meaning: str
    sender: str = ""


def keep_reading(session: Session, sender: str, kept: Sequence[ToKeep], words: Sequence[Meaning] = ()) -> Outcome[str]:
    """Remember how this sender's lists are read, and words; returns the sender's id. UserError "sender.no_name"."""
    with session.act("keep_reading", name=clean(sender)) as act:
        sender_id = write_reading(act, sender, kept)
        write_meanings(act, words)
    return act.outcome(sender_id)


def give_meanings(session: Session, meanings: Sequence[Meaning]) -> Outcome[int]:
    """Remember what words mean; returns how many. UserError "meaning.unknown", "meaning.no_column", "meaning.blank"."""
    with session.act("give_meanings", count=len(meanings)) as act:
        write_meanings(act, meanings)
    return act.outcome(len(meanings))


def forget_meaning(session: Session, meaning_id: str) -> Outcome[None]:
    """The word is asked about again when it comes."""
    with session.act("forget_meaning") as act:
        row = stores.value_meanings.get(act.db, meaning_id)
        if row is None:
            raise UserError("meaning.gone")
        act.describe(word=row.said)
        stores.value_meanings.remove(act.db, [meaning_id])
        act.touch(Touched.SETTINGS)
    return act.outcome(None)


def rename_sender(session: Session, sender_id: str, name: str) -> Outcome[None]:
    """UserError "sender.gone", "sender.no_name", "sender.taken"."""
    with session.act("rename_sender") as act:
        row = stores.senders.get(act.db, sender_id)
        if row is None:
            raise UserError("sender.gone")
        name = _checked_name(name)
        other = named_sender(stores.senders.all(act.db), name)
        if other is not None and other.id != sender_id:
            raise UserError("sender.taken", name=other.name)
        act.describe(old=row.name, name=name)
        stores.senders.change(act.db, sender_id, name=name)
        act.touch(Touched.SETTINGS)
    return act.outcome(None)


def remove_sender(session: Session, sender_id: str) -> Outcome[None]:
    """Forget a sender and how their lists are read; what their lists brought stays."""
    with session.act("remove_sender") as act:
        row = stores.senders.get(act.db, sender_id)
        if row is None:
            raise UserError("sender.gone")
        act.describe(name=row.name)
        words = stores.value_meanings.where(act.db, sender_id=sender_id)
        stores.value_meanings.remove(act.db, [word.id for word in words])
        for batch in stores.batches.where(act.db, sender_id=sender_id):
            stores.batches.change(act.db, batch.id, sender_id=None)
        stores.mappings.remove(act.db, [one.id for one in stores.mappings.where(act.db, sender_id=sender_id)])
        stores.senders.remove(act.db, [sender_id])
        act.touch(Touched.SETTINGS)
    return act.outcome(None)


def is_kept(db: Database, sender: str, kept: Sequence[ToKeep]) -> bool:
    """Whether all of it is remembered for this sender already, word for word."""
    row = named_sender(stores.senders.all(db), sender)
    if row is None:
        return False
    known = {(one.kind, one.header_key): one for one in stores.mappings.where(db, sender_id=row.id)}
    return all(_same(known.get((one.kind.value, one.header_key)), one) for one in kept)


def _same(row: MappingRow | None, kept: ToKeep) -> bool:
    headers = [list(header) for header in kept.headers]
    return row is not None and (row.headers, row.columns, row.options) == (headers, kept.columns, kept.options)


def write_reading(act: Act, sender: str, kept: Sequence[ToKeep]) -> str:
    """The sender and their mappings, inside an action; returns the sender's id."""
    sender_id = written_sender(act, sender)
    known = {(row.kind, row.header_key): row for row in stores.mappings.where(act.db, sender_id=sender_id)}
    for one in kept:
        old = known.get((one.kind.value, one.header_key))
        row = MappingRow(
            old.id if old else new_id(), sender_id, one.kind.value, one.header_key,
            [list(header) for header in one.headers], dict(one.columns), dict(one.options), act.now,
        )  # fmt: skip
        if old is None:
            stores.mappings.add(act.db, [row])
        else:
            stores.mappings.replace(act.db, row)
    act.touch(Touched.SETTINGS)
    return sender_id


def written_sender(act: Act, name: str) -> str:
    """The id of the sender of this name, who is entered where nobody has it."""
    name = _checked_name(name)
    found = named_sender(stores.senders.all(act.db), name)
    if found is not None:
        return found.id
    row = SenderRow(new_id(), name)
    stores.senders.add(act.db, [row])
    act.touch(Touched.SETTINGS)
    return row.id


def _checked_name(name: str) -> str:
    name = clean(name)
    if not name:
        raise UserError("sender.no_name")
    if len(name) > LONGEST_NAME:
        raise UserError("sender.long_name", limit=LONGEST_NAME)
    return name


def write_meanings(act: Act, meanings: Iterable[Meaning]) -> None:
    """Inside an action; a word that has a meaning already gets the new one."""
    for one in meanings:
        said, meaning = word_key(one.said), checked_meaning(one.field, one.meaning)
        if not said:
            raise UserError("meaning.blank")
        sender_id = written_sender(act, one.sender) if one.sender else None
        old = stores.value_meanings.where(act.db, sender_id=sender_id, field=one.field, said=said)
        if old:
            stores.value_meanings.change(act.db, old[0].id, meaning=meaning)
        else:
            stores.value_meanings.add(act.db, [ValueMeaningRow(new_id(), sender_id, one.field, said, meaning)])
        act.touch(Touched.SETTINGS)


def checked_meaning(column: str, meaning: str) -> str:
    """The meaning in its codes. UserError "meaning.no_column", "meaning.unknown" which names what is possible."""
    if column not in FIELDS:
        raise UserError("meaning.no_column", field=column, fields=", ".join(FIELDS))
    words = [word.strip().lower() for word in meaning.split(",") if word.strip()]
    possible = possible_meanings(column)
    several = column == "needs"
    if any(word not in possible for word in words) or (not several and len(words) != 1):
        raise UserError("meaning.unknown", meaning=meaning, possible=", ".join(dict.fromkeys(possible)))
    return ",".join(dict.fromkeys(possible[word] for word in words))


def possible_meanings(column: str) -> dict[str, str]:
    """Word -> code of what a word of this column may mean: "female" and "f" are both "f".

    Of needs it may be several with commas between them, or none at all.
    """
    if column not in _CODED:
        return {YES: YES, NO: NO}
    names = {member.name.lower(): str(member.value) for member in _CODED[column]}
    return names | {code: code for code in names.values() if code}
