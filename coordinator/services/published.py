"""Counts that offices published: typed in, imported, removed. They are never added to the centre's own."""

from __future__ import annotations

from pathlib import Path

from coordinator.domain.published import Published, check
from coordinator.errors import UserError
from coordinator.exchange.published_book import read_form
from coordinator.outcome import Outcome, Touched
from coordinator.queries.published import all_published
from coordinator.session import Act, Session
from db import stores
from db.ids import new_id
from db.rows import PublishedCountRow


def save_published(session: Session, one: Published) -> Outcome[str]:
    """Keep a published count, or change one that was mistyped; returns its id.

    What the office corrected later is another one. UserError "published.gone", and those of `check`.
    """
    check(one, session.today())
    with session.act("save_published", day=one.day.isoformat(), source=one.source) as act:
        before = stores.published_counts.get(act.db, one.id) if one.id else None
        if one.id and before is None:
            raise UserError("published.gone")
        row = _row(act, one)
        if before is None:
            stores.published_counts.add(act.db, [row])
        else:
            kept = row._replace(entered_at=before.entered_at, entered_by=before.entered_by)
            stores.published_counts.replace(act.db, kept)
        act.touch(Touched.EVENTS)
    return act.outcome(row.id)


def remove_published(session: Session, published_id: str) -> Outcome[None]:
    """UserError "published.gone"."""
    with session.act("remove_published") as act:
        row = stores.published_counts.get(act.db, published_id)
        if row is None:
            raise UserError("published.gone")
        stores.published_counts.remove(act.db, [published_id])
        act.describe(day=row.as_of_on.isoformat(), source=row.source)
        act.touch(Touched.EVENTS)
    return act.outcome(None)


def import_published(session: Session, path: Path) -> Outcome[int]:
    """Take every row of the form that is not here already; all of them or none. Returns how many.

    UserError "published.known" where none is new, and those of `read_form`.
    """
    session.require_writing()
    rows = read_form(path, session.today())
    with session.act("import_published", source=path.name, file=path.name, rows=len(rows)) as act:
        known = all_published(act.db)
        fresh: list[Published] = []
        for one in rows:
            if not any(one.says_the_same(other) for other in (*known, *fresh)):
                fresh.append(one)
        if not fresh:
            raise UserError("published.known", file=path.name)
        stores.published_counts.add(act.db, [_row(act, one) for one in fresh])
        act.describe(file=path.name, rows=len(fresh))
        act.touch(Touched.EVENTS)
    return act.outcome(len(fresh))


def _row(act: Act, one: Published) -> PublishedCountRow:
    figures = {figure.value: value for figure, value in one.figures.items()}
    return PublishedCountRow(
        one.id or new_id(), one.day, one.scope.strip(), figures, one.source.strip(), one.published_at, act.now,
        act.user, one.note.strip(),
    )  # fmt: skip
