"""What an import of people would do, as it is shown and then written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coordinator.domain.duplicates import Pair
from coordinator.domain.household import Household
from coordinator.exchange.incoming import IncomingHousehold, Remark
from coordinator.exchange.report import Added, Entry, Missed
from coordinator.exchange.update_work import Update
from coordinator.services.writing import HouseholdDraft
from db.rows import MissingRow

if TYPE_CHECKING:
    from coordinator.services.import_again import Compared


@dataclass(frozen=True, slots=True)
class PlannedUpdate:
    """A household of the register before and after; `before` counts what an earlier row of the file changed."""

    before: Household
    update: Update
    note: str


@dataclass(frozen=True, slots=True)
class PlannedPair:
    """A possible duplicate; a key is a household's id, or "new:" and the index of the entry that will make it."""

    first: str
    second: str
    reasons: tuple[str, ...]


class Keeping:
    """Holds what a plan was compared with until it is let go: of a register of 60,000 people that takes 130 MB."""

    def __init__(self, compared: Compared | None = None) -> None:
        self.compared = compared

    def let_go(self) -> None:
        self.compared = None


@dataclass(frozen=True, slots=True)
class PeoplePlan:
    """`drafts` and `updates` by index of the entry; `households` are the incoming ones, `faces` whom they are.

    `returned`: entries of our own workbooks that were recognised by their number. `members`: person ids of the
    people of an entry, "" for nobody. `missed`, `named_again`: see `import_missing`. `found`: all possible duplicates,
    also those that are settled.
    """

    entries: tuple[Entry, ...]
    warnings: tuple[Remark, ...]
    added: Added
    households: tuple[IncomingHousehold, ...]
    faces: dict[int, str]
    drafts: dict[int, HouseholdDraft]
    updates: dict[int, PlannedUpdate]
    pairs: tuple[PlannedPair, ...] = ()
    returned: frozenset[int] = frozenset()
    members: dict[int, tuple[str, ...]] = field(default_factory=dict)
    missed: tuple[Missed, ...] = ()
    named_again: tuple[MissingRow, ...] = ()
    found: tuple[Pair, ...] = ()
    keeping: Keeping = field(default_factory=Keeping, compare=False, repr=False)
