"""`python -m tests.data.make_register`: keep a real register of the schema that is about to be released."""

from __future__ import annotations

import sys

from coordinator.demo.register import create_training_register
from coordinator.domain.roles import Role
from coordinator.services.drafts import keep_drafts, new_draft_id
from coordinator.services.users import add_user, new_recovery_code
from db import schema
from tests.data import OPERATOR_PASSPHRASE, REGISTERS

PEOPLE = 150


def newest_schema() -> str:
    """The number of the last migration, "0002"."""
    return max(script.name[:4] for script in schema.FOLDER.glob("[0-9]*_*.py"))


def main() -> int:
    folder = REGISTERS / f"{newest_schema()}.register"
    if folder.exists():
        print(f"{folder} is there already; a released file is never made anew", file=sys.stderr)
        return 1
    session, filled = create_training_register(folder, PEOPLE)
    with session:
        add_user(session, "Навчальний Оператор", Role.OPERATOR, OPERATOR_PASSPHRASE)
        keep_drafts(session, [(new_draft_id(), "take_call", {"surname": "Недописаний"})], [])
        code = new_recovery_code(session).value
    (folder / "window.lock").unlink(missing_ok=True)
    print(f"{folder}: {filled.people} people. Enter its recovery code in RECOVERY_CODES of tests/data: {code}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
