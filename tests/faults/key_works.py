"""Keys, personal data that are removed, and a register that is erased, killed on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from coordinator.domain.events import EventKind
from coordinator.domain.roles import Role
from coordinator.queries.retention import is_pending, preview
from coordinator.register import open_register
from coordinator.services import decisions, retention, users
from coordinator.services.erasing import erase, finish_erasing, half_erased
from coordinator.session import Session
from db import keys
from tests.builders import add_household
from tests.decrypted import decrypted
from tests.faults.killing import Ack, Lived, Measure
from tests.faults.scenarios import PASSPHRASE, Verbs, assert_between, whole

SECOND, THIRD = "second horse battery", "third horse battery"
CHANGED, AGAIN = "changed horse battery", "changed again battery"
_ALL = (PASSPHRASE, CHANGED, AGAIN, SECOND, THIRD)


def _remove_second(session: Session) -> None:
    (second,) = [user for user in users.users(session) if user.name == "Друга"]
    users.remove_user(session, second.id)


class Keys(Verbs):
    """Fault 5 and 26: users come and go and change their passphrases; the old or the new key opens, never neither."""

    name = "keys"

    steps: tuple[Callable[[Session], object], ...] = (
        lambda session: users.add_user(session, "Друга", Role.OPERATOR, SECOND),
        lambda session: users.change_passphrase(session, PASSPHRASE, CHANGED),
        lambda session: users.add_user(session, "Третя", Role.VIEWER, THIRD),
        _remove_second,
        lambda session: users.change_passphrase(session, CHANGED, AGAIN),
    )
    opening = (
        {PASSPHRASE},
        {PASSPHRASE},
        {PASSPHRASE, SECOND},
        {CHANGED, SECOND},
        {CHANGED, SECOND, THIRD},
        {CHANGED, THIRD},
        {AGAIN, THIRD},
    )
    """What opens after so many words; the first is that the register is open."""

    def check(self, folder: Path, lived: Lived, measure: Measure) -> None:
        slots = keys.load_slots(folder / "keys.json")
        found = {passphrase for passphrase in _ALL if keys.unwrap(slots, passphrase)}
        said = len(lived.words)
        assert found in self.opening[said : said + 2], f"after {said} words these open: {found}"
        (mine,) = found - {SECOND, THIRD}
        with whole(folder, mine) as session:
            assert_between(session, lived, measure)


class Code(Verbs):
    """Fault 27: a recovery code that was shown opens; making another one leaves the old or the new."""

    name = "code"

    def work(self, folder: Path, ack: Ack) -> None:
        with open_register(folder, PASSPHRASE) as session:
            ack("", session)
            for _ in range(3):
                ack(users.new_recovery_code(session).value, session)

    def check(self, folder: Path, lived: Lived, measure: Measure) -> None:
        slots = keys.load_slots(folder / "keys.json")
        recovery = [slot for slot in slots if slot.kind == keys.RECOVERY]
        said = [code for code in lived.words if code]
        assert len(recovery) == 1 or not said
        if lived.finished:
            assert keys.unwrap(slots, said[-1].replace("-", ""), keys.RECOVERY)
        with whole(folder) as session:
            assert_between(session, lived, measure)


class Anonymise(Verbs):
    """Retention: all of the personal data that are due go, or none; no count moves."""

    name = "anonymise"
    families = 8

    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        with open_register(folder, PASSPHRASE) as session:
            for number in range(self.families):
                household_id = add_household(session, "Немирович", people=3, street=f"вул. Джерельна {number}")
                left = session.today() - timedelta(days=60)
                decisions.record_departure(session, household_id, EventKind.BY_US, left)
            retention.set_term(session, 30, True)

    def work(self, folder: Path, ack: Ack) -> None:
        with open_register(folder, PASSPHRASE) as session:
            ack("open", session)
            retention.anonymise(session, preview(session).ids)
            ack("anonymised", session)

    def check(self, folder: Path, lived: Lived, measure: Measure) -> None:
        with whole(folder) as session:
            named = _count(session, "person WHERE surname = 'Немирович'")
            assert named in ((0,) if len(lived.words) == 2 else (0, 3 * self.families))
            assert _count(session, "event") == measure.states[0].rows["event"]
            with session.reading() as db:
                pending = is_pending(db)
            assert not pending or len(lived.words) < 2
            assert retention.finish(session)
            key = session.keyring.key
        if not named:
            assert "Немирович".encode() not in decrypted(folder, key)


def _count(session: Session, what: str) -> int:
    with session.reading() as db:
        return int(db.rows(f"SELECT count(*) FROM {what}")[0][0])


class Erase(Verbs):
    """Erasing: the register is whole, or cannot be opened and is erased when it is finished, or is gone."""

    name = "erase"

    def prepare(self, folder: Path) -> None:
        super().prepare(folder)
        with open_register(folder, PASSPHRASE) as session:
            session.safe_copy("test")

    def work(self, folder: Path, ack: Ack) -> None:
        with open_register(folder, PASSPHRASE) as session:
            ack("open", session)
            erase(session, "centre")
            ack("erased")

    def check(self, folder: Path, lived: Lived, measure: Measure) -> None:
        if half_erased(folder):
            finish_erasing(folder, "centre")
            assert not folder.exists()
        elif folder.exists() and any(folder.iterdir()):
            assert len(lived.words) < 2
            with whole(folder) as session:
                assert_between(session, lived, measure)
