"""What docs/DURABILITY.md was traced with: saves, changes a passphrase, copies and locks, and says so each time.

`python -m tests.faults.traced FOLDER make`, then the same without `make` under strace as the document says. The words
go straight to file descriptor 1, so that the trace shows when they were said.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from coordinator.register import create_register, open_register
from coordinator.services import households, users
from tests.builders import add_household

OLD, NEW = "correct horse battery", "changed horse battery"


def say(word: str) -> None:
    os.write(1, word.encode() + b"\n")


def main(folder: Path, make: bool) -> None:
    if make:
        with create_register(folder, OLD) as session:
            add_household(session, "Зразок")
        return
    with open_register(folder, OLD) as session:
        with session.reading() as db:
            household_id = db.rows("SELECT id FROM household")[0][0]
        say("edit begins")
        households.edit_household(session, household_id, note="подзвонити")
        say("saved")
        users.change_passphrase(session, OLD, NEW)
        say("passphrase changed")
        session.safe_copy("asked")
        say("copied")
    say("closed")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] == ["make"])
