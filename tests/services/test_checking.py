"""What the check says of references that no foreign key guards."""

from __future__ import annotations

from coordinator.services.checking import check
from coordinator.session import Session
from db import stores
from tests.builders import add_household, person_ids


def test_a_record_that_names_nobody_is_told_and_is_no_damage(session: Session) -> None:
    household_id = add_household(session)
    lines = {line.code: line for line in check(session.folder, session.keyring.key).lines}
    assert lines["check.references"].ok and "check.loose" not in lines
    with session.act("test") as act:
        stores.people.change(act.db, person_ids(session, household_id)[1], escort_id="nobody")
    report = check(session.folder, session.keyring.key)
    lines = {line.code: line for line in report.lines}
    assert lines["check.loose"].ok is None and dict(lines["check.loose"].facts) == {"count": 1}
    assert "check.references" not in lines and report.whole
