"""One line of the command palette."""

from __future__ import annotations

from dataclasses import dataclass

ACTION, VIEW, HOUSEHOLD, PLACE = "action", "view", "household", "place"
RECENT = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """`key` says what it does: "action:lock", "view:<id>", "household:<id>", "place:<name>".

    `detail` stands at the right: its key, its count, where it is. `why`: it cannot be done now, and why not.
    """

    key: str
    words: str
    detail: str = ""
    icon: str = ""
    why: str = ""

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]

    @property
    def what(self) -> str:
        """The name or id behind the kind."""
        return self.key.partition(":")[2]


class Recent:
    """What was done last from the palette, the newest first. Lives as long as the register is open.

    `kept` are the keys of actions alone, which say nothing of the register: they outlive it.
    """

    def __init__(self, kept: list[str]) -> None:
        self._kept = kept
        self.entries: list[Entry] = []

    def add(self, entry: Entry) -> None:
        self.entries = [entry, *(one for one in self.entries if one.key != entry.key)][:RECENT]
        if entry.kind == ACTION:
            self._kept[:] = [entry.key, *(key for key in self._kept if key != entry.key)][:RECENT]

    def order(self) -> list[str]:
        """Those of this register first, then actions of earlier days."""
        own = [entry.key for entry in self.entries]
        return own + [key for key in self._kept if key not in own]
