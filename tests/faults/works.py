"""All the works that are killed, by name."""

from __future__ import annotations

from pathlib import Path

from coordinator.register import open_register
from tests.faults.copy_works import Backup, Restore
from tests.faults.key_works import Anonymise, Code, Erase, Keys
from tests.faults.killing import Ack
from tests.faults.scenarios import PASSPHRASE, Edit, Import, Migration, Scenario


class TooEarly(Edit):
    """Says that it has saved before it has."""

    name = "too-early"

    def work(self, folder: Path, ack: Ack) -> None:
        with open_register(folder, PASSPHRASE) as session:
            ack("open", session)
            for number, step in enumerate(self.steps):
                if ack.observed:
                    step(session)
                ack(str(number), session)
                if not ack.observed:
                    step(session)


SCENARIOS: dict[str, Scenario] = {
    work.name: work
    for work in (Edit(), Import(), Backup(), Migration(), Keys(), Code(), Restore(), Anonymise(), Erase())
}

SELF_TESTS: dict[str, Scenario] = {work.name: work for work in (TooEarly(),)}
"""Works that do wrong on purpose: a harness that does not notice is worth nothing."""
