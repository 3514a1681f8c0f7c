"""Removing personal data of those who were delivered long enough ago. The events stay, and so do all counts.

One journalled action whose log holds no old value; afterwards the file is written anew, so that no free page holds
one either. It cannot be undone, and never runs by itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from coordinator.domain import memory
from coordinator.domain.days import KYIV
from coordinator.domain.names import fold
from coordinator.domain.retention import age_alone, last_day
from coordinator.domain.roles import Right
from coordinator.errors import Cancelled, UserError
from coordinator.outcome import Change, Outcome, Touched
from coordinator.queries.counts import events_of
from coordinator.queries.retention import PENDING, due, is_pending
from coordinator.records import birth_of
from coordinator.services.writing import refresh_keys
from coordinator.session import Act, Session, change_setting, told
from coordinator.settings import RETENTION_DAYS, RETENTION_NAMES
from db import connection, import_queries, scrubbing, scrubbing_papers, stores
from db.connection import Database
from db.layout import DATA
from db.rows import SettingRow

Progress = Callable[[float, str], bool]

_WORD = re.compile(r"\w+")
_PHONE = re.compile(r"\d[\d ()\-\u00a0]{5,}\d")
_PHONE_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Removed:
    """What was removed. `overwritten` False: the file could not be written anew yet; call `finish` again."""

    households: int
    people: int
    overwritten: bool


def set_term(session: Session, days: int, names: bool) -> Outcome[None]:
    """After how many days (0: never) data are due, and whether names go too; each that is new is an action of its own.

    UserError "setting.limits", "role.refused".
    """
    session.require_writing(Right.ANONYMISE)
    days = RETENTION_DAYS.checked(days)
    change = Change()
    if days != session.setting(RETENTION_DAYS):
        change |= change_setting(session, RETENTION_DAYS, days).change
    if names != session.setting(RETENTION_NAMES):
        change |= change_setting(session, RETENTION_NAMES, names).change
    return Outcome(None, change)


def anonymise(session: Session, household_ids: Collection[str], progress: Progress | None = None) -> Outcome[Removed]:
    """Remove the personal data of those of these households that are still due.

    UserError "retention.never" without a term, "retention.nothing", "retention.counts_differ" (nothing is changed
    then), "role.refused"; Cancelled where `progress` says stop before the commit.
    """
    term, names = session.setting(RETENTION_DAYS), session.setting(RETENTION_NAMES)
    if term == 0:
        raise UserError("retention.never")
    until = last_day(session.today(), term)
    _tick(progress, 0.0)
    with session.act("anonymise", right=Right.ANONYMISE) as act:
        found = [one for one in due(act.db, until, names=names) if one.household_id in household_ids]
        if not found:
            raise UserError("retention.nothing")
        people = sum(one.people for one in found)
        act.describe(households=len(found), people=people, until=until.isoformat())
        before = Counter(events_of(act.db))
        _remove(act, [one.household_id for one in found], until, names, progress)
        if Counter(events_of(act.db)) != before:
            raise UserError("retention.counts_differ")
        _set(act.db, PENDING, True)
        act.touch(Touched.EVERYTHING)
    memory.forget()
    if progress is not None:
        progress(0.9, "retention")
    try:
        overwritten = finish(session)
    except UserError:
        # A full disk or a busy file: what was removed is removed, and the tab offers to finish.
        overwritten = False
    return act.outcome(Removed(len(found), people, overwritten))


def _remove(act: Act, household_ids: list[str], until: date, names: bool, progress: Progress | None) -> None:
    db = act.db
    mark = import_queries.journal_mark(db)
    scrubbing.overwrite_freed(db)
    with scrubbing.chosen(db, household_ids):
        holds = _holder(*scrubbing.known_words(db, names=names))
        _tick(progress, 0.1)
        if names:
            scrubbing.set_ages(db, _ages(db, household_ids))
        scrubbing.empty_rows(db, names=names)
        merged = [row.id for row in stores.households.where(db, merged_into=household_ids)]
        refresh_keys(db, [*household_ids, *merged])
        _tick(progress, 0.4)
        # The journal comes last: this action has written old values into it as any other does.
        scrubbing.empty_elsewhere(db, holds, _moment(until))
        scrubbing_papers.empty_papers(db, holds, names=names)
        scrubbing.empty_journal(db, act.id, names=names, after=mark)
        _tick(progress, 0.8)


def _ages(db: Database, household_ids: list[str]) -> list[tuple[int | None, str | None, str]]:
    people = stores.people.where(db, household_id=household_ids)
    days: dict[str, list[date]] = defaultdict(list)
    for event in stores.events.where(db, person_id=[person.id for person in people]):
        days[event.person_id].append(event.occurred_on)
    found = []
    for person in people:
        before = birth_of(person)
        after = age_alone(before, days[person.id])
        if after != before:
            found.append((after.age, after.age_on.isoformat() if after.age_on else None, person.id))
    return found


def _holder(surnames: set[str], phones: set[str]) -> scrubbing.Words:
    """A function that finds one of these surnames or phones in a text, however they are written there."""
    words = {word for surname in surnames for word in _WORD.findall(fold(surname))}
    numbers = {phone[-_PHONE_DIGITS:] for phone in phones}

    def holds(text: str) -> bool:
        # In JSON the letter of a line break would stick to the word after it.
        text = text.replace("\\n", " ").replace("\\t", " ").replace("\\r", " ")
        if not words.isdisjoint(_WORD.findall(fold(text))):
            return True
        return any(re.sub(r"\D", "", found)[-_PHONE_DIGITS:] in numbers for found in _PHONE.findall(text))

    return holds


def _moment(day: date) -> str:
    """The beginning of a Kyiv day as the file keeps moments."""
    start = datetime.combine(day, time(), KYIV).astimezone(UTC)
    return start.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def finish(session: Session) -> bool:
    """Write the file anew, so that nothing of what was removed is left on free pages or in the -wal.

    Takes long in a large register. False where another program is reading: close it there and call this again.
    UserError "register.busy" and "disk.full" as for any write. Nothing to do: True.
    """
    session.require(Right.ANONYMISE)
    with session.reading() as db:
        if not is_pending(db):
            return True
    with told():
        own = connection.open_existing(session.folder / DATA, session.keyring.key)
        try:
            if not scrubbing.rewrite(own):
                return False
        finally:
            own.close()
    with session.act("overwrite", right=Right.ANONYMISE) as act:
        _set(act.db, PENDING, False)
        act.touch(Touched.SETTINGS)
    return True


def _set(db: Database, key: str, value: object) -> None:
    if stores.settings.get(db, key) is None:
        stores.settings.add(db, [SettingRow(key, value)])
    else:
        stores.settings.change(db, key, value=value)


def _tick(progress: Progress | None, part: float) -> None:
    if progress is not None and not progress(part, "retention"):
        raise Cancelled
