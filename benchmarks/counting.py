"""Reading, recounting and opening figures at 60,000 people and 100,000 events, beside the database counting by itself.

    uv run python benchmarks/counting.py [--people 60000]

The peer is the SQL of SQLCipher over the same file: COUNT(DISTINCT person_id) by day or by settlement, which knows
neither late corrections nor ages. Printed are milliseconds of this thread's processor time, and the peer's. All of ours
runs in a worker; what the window's thread does is drawing.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from time import thread_time
from typing import Any

from coordinator.domain.counted_parts import Part, parts
from coordinator.domain.counting import ALL_WHO_LEFT, OURS, daily, people, running, ten_days
from coordinator.queries.count_memory import CountMemory
from coordinator.queries.ledger import Book, book
from coordinator.queries.reports import reports
from coordinator.register import create_register
from coordinator.services import gazetteer
from coordinator.session import Act, Clock, Session, utc_now
from db import stores
from db.ids import new_id
from db.rows import EventRow, HouseholdRow, PersonRow

SINCE, DAYS = date(2023, 8, 9), 90
UNTIL = SINCE + timedelta(days=DAYS - 1)
A_HOUSEHOLD = 3
PASSPHRASE = "benchmark of counts"
RANDOM = Random(1)


def main() -> None:
    with full_register(wanted_people(__doc__)) as session:
        measure(session)


def wanted_people(told: str | None) -> int:
    """How many people the command line asks for; `told`: the docstring of its script."""
    parser = argparse.ArgumentParser(description=told.splitlines()[0] if told else "")
    parser.add_argument("--people", type=int, default=60_000)
    return int(parser.parse_args().people)


@contextmanager
def full_register(wanted: int, clock: Clock = utc_now) -> Iterator[Session]:
    """A register of so many people and their events, for as long as the block lasts; what is in it is printed."""
    with (
        tempfile.TemporaryDirectory() as folder,
        create_register(Path(folder) / "big", PASSPHRASE, clock=clock) as session,
    ):
        gazetteer.seed(session)
        with session.act("seed") as act:
            events = fill(act, wanted)
        print(f"{wanted} people, {events} events, {DAYS} days")
        yield session


def fill(act: Act, wanted: int) -> int:
    """Families of three in a hundred settlements; two thirds leave once, the others go, come back and leave again."""
    places = [row.id for row in stores.settlements.all(act.db)][:100]
    homes, persons, events = [], [], []
    for number in range(1, wanted // A_HOUSEHOLD + 1):
        home = HouseholdRow(new_id(), number, RANDOM.choice(places), decision="evacuated", created_at=act.now)
        homes.append(home)
        first, often = RANDOM.randrange(DAYS - 9), RANDOM.random() < 1 / 3
        for position in range(A_HOUSEHOLD):
            person = PersonRow(new_id(), home.id, position, "Коваль", "Олена", sex="f", birth_year=1950 + position * 30)
            persons.append(person)
            kinds = ("by_us", "returned", "left_themselves") if often else ("by_us",)
            for after, kind in enumerate(kinds):
                day = SINCE + timedelta(days=first + 4 * after)
                at = datetime(day.year, day.month, day.day, 15, tzinfo=UTC) + timedelta(days=RANDOM.random() < 0.1)
                events.append(EventRow(new_id(), person.id, home.id, kind, day, at, settlement_id=home.settlement_id))
    stores.households.add(act.db, homes)
    stores.people.add(act.db, persons)
    stores.events.add(act.db, events)
    return len(events)


def measure(session: Session) -> None:
    whole: Book = timed("read everything", lambda: book(session))
    timed("look again, nothing written", lambda: book(session, whole))
    with session.act("seed") as act:
        stores.events.change(act.db, whole.ledger.facts[0].id, voided=True)
    now: Book = timed("look again, one event withdrawn", lambda: book(session, whole))
    ledger = now.ledger
    by_day = "SELECT occurred_on, count(DISTINCT person_id) FROM event WHERE NOT voided AND kind = 'by_us' GROUP BY 1"
    lines = timed("persons by day, now and as first reported", lambda: daily(ledger, SINCE, UNTIL, OURS),
                  lambda: asked(session, by_day))  # fmt: skip
    timed("running total", lambda: running(ledger, SINCE, UNTIL))
    by_place = by_day.replace("occurred_on", "settlement_id")
    timed(
        "persons by settlement", lambda: parts(ledger, Part.SETTLEMENT, SINCE, UNTIL), lambda: asked(session, by_place)
    )
    timed("persons by age, all who left", lambda: parts(ledger, Part.AGE_FINE, SINCE, UNTIL, ALL_WHO_LEFT))
    timed("the ten days", lambda: ten_days(ledger, UNTIL, now.as_of))
    timed("open a day: who they are", lambda: next(line.now.ids for line in reversed(lines) if line is not None))
    timed("open the total: who they are", lambda: people(ledger, SINCE, UNTIL).ids)
    memory = CountMemory(session)
    memory.book()
    timed("a daily report", lambda: reports(session, UNTIL, memory))


def asked(session: Session, sql: str) -> object:
    with session.reading() as db:
        return db.rows(sql)


def timed(name: str, job: Callable[[], Any], peer: Callable[[], object] | None = None) -> Any:
    begun = thread_time()
    value = job()
    ours = thread_time() - begun
    told = ""
    if peer is not None:
        begun = thread_time()
        peer()
        told = f"   SQL {(thread_time() - begun) * 1000:8.1f} ms"
    print(f"{name:44} {ours * 1000:8.1f} ms{told}")
    return value


if __name__ == "__main__":
    main()
