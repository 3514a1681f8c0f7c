"""The database itself keeps a report as it was sent, whatever code writes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from coordinator.services.reports import freeze_report
from coordinator.session import Session
from db import salvage, stores, undo
from db.connection import Database, open_existing
from db.errors import Clash
from db.layout import DATA
from db.rows import ReportRow

EACH = 'UPDATE report SET "{column}" = "{column}" || \'1\''
OTHERWISE = (
    *(EACH.format(column=column) for column in ReportRow._fields),
    "UPDATE report SET content = json_set(content, '$.as_of', '2020-01-01T00:00:00Z')",
    "DELETE FROM report",
    "INSERT OR REPLACE INTO report SELECT id, 9, kind, work_on, '{}', definitions, frozen_at, '', '' FROM report",
    "INSERT OR REPLACE INTO report SELECT 'x', number, kind, work_on, '{}', definitions, frozen_at, '', '' FROM report",
    "UPDATE OR REPLACE report SET number = 2 WHERE number = 1",
)


@pytest.fixture
def sent(session: Session) -> Session:
    """Reports 1 and 2, of today and of the day before."""
    freeze_report(session, session.today(), "ОВА")
    freeze_report(session, session.today() - timedelta(days=1), "ОВА")
    return session


def rows(session: Session) -> list[ReportRow]:
    with session.reading() as db:
        return stores.reports.all(db)


@pytest.mark.parametrize("statement", OTHERWISE)
def test_what_was_sent_is_neither_changed_nor_replaced_nor_removed(sent: Session, statement: str) -> None:
    before = rows(sent)
    with pytest.raises(Clash, match=r"report\.frozen"), sent.act("seed") as act:
        act.db.execute_sql(statement)
    assert rows(sent) == before and len(before) == 2


def test_not_even_an_undo_past_its_rules_takes_one_back(sent: Session) -> None:
    before = rows(sent)
    with sent.reading() as db:
        ((frozen,), *_rest) = db.rows("SELECT id FROM action WHERE label = 'freeze_report'")
    with pytest.raises(Clash, match=r"report\.frozen"), sent.act("undo") as act:
        undo.take_back(act.db, frozen)
    assert rows(sent) == before


def test_to_whom_it_was_sent_can_be_forgotten_and_nothing_else(sent: Session) -> None:
    before = rows(sent)
    with sent.act("seed") as act:
        act.db.execute_sql("UPDATE report SET sent_to = ''")
    assert rows(sent) == [row._replace(sent_to="") for row in before]


def test_what_is_saved_of_a_damaged_file_has_its_reports_and_keeps_them(sent: Session, tmp_path: Path) -> None:
    before, key = rows(sent), sent.keyring.key
    sent.close()
    salvage.salvage(sent.folder / DATA, key, tmp_path / DATA)
    saved: Database = open_existing(tmp_path / DATA, key)
    try:
        assert stores.reports.all(saved) == before
        with pytest.raises(Clash, match=r"report\.frozen"):
            saved.execute_sql("DELETE FROM report")
    finally:
        saved.close()
