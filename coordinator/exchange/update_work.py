"""An update in the making: the three sides that are compared, what was taken of the list's news, and what was not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from coordinator.domain.household import Household
from coordinator.domain.joining import replaced_text
from coordinator.domain.names import fold
from coordinator.domain.person import Person
from coordinator.exchange.incoming import IncomingHousehold
from coordinator.exchange.report import Choice, News, RowStatus, Side

Choices = Mapping[Choice, bool]
"""What somebody decided value by value: whether it is taken. What is not in it goes its usual way."""


@dataclass(frozen=True, slots=True)
class Update:
    """`after`: the household as it will be; people without an id are new. `rows`: status by sheet row.

    `decides`: the decision itself is news. `kept_decision`: the code of the remark why the list's decision was
    not taken. `kept`: news of values that were changed here since the last list, and stay. `declined`: news that
    somebody did not want. `gone`: members whom the last list named and this one does not. `members`: for each
    incoming person the place in `after.people`, -1 for nobody; empty where the list only repeats itself. `ours`:
    what was changed here since a list left that comes back, and is as it was in it.
    """

    after: Household
    news: tuple[News, ...]
    rows: dict[int, RowStatus]
    decides: bool = False
    kept_decision: str = ""
    kept: tuple[News, ...] = ()
    declined: tuple[News, ...] = ()
    gone: tuple[Person, ...] = ()
    members: tuple[int, ...] = ()
    ours: tuple[News, ...] = ()

    @property
    def status(self) -> RowStatus:
        """Of the household: a member who is missing is a change to look at, although nothing is written."""
        if self.gone or any(not news.completes for news in self.news):
            return RowStatus.UPDATED
        return RowStatus.COMPLETED if self.news else RowStatus.UNCHANGED


@dataclass(slots=True)
class Work:
    """`said`: what the last list of the kind said. `older`: this list is of an earlier day, so it only completes."""

    before: Household
    incoming: IncomingHousehold
    said: IncomingHousehold | None
    older: bool
    day: date
    decided_on: date | None
    pairs: Mapping[int, int]
    choices: Choices
    after: Household = field(init=False)
    news: list[News] = field(default_factory=list)
    declined: list[News] = field(default_factory=list)
    kept: list[News] = field(default_factory=list)
    rows: dict[int, RowStatus] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.after = self.before
        self.rows = dict.fromkeys(self.incoming.rows, RowStatus.UNCHANGED)

    @property
    def first_row(self) -> int:
        return self.incoming.rows[0]

    def takes(self, news: News, *, completes: bool = False, adds: bool = False) -> bool:
        """Whether these news are wanted; they are told then. `completes`: they only say more; `adds`: a whole row."""
        news = replace(news, completes=completes)
        if not self._chosen(news, usual=True):
            self.declined.append(news)
            return False
        self.news.append(news)
        before = self.rows.get(news.row)
        if before is not RowStatus.ADDED:
            only = completes and before in (RowStatus.UNCHANGED, RowStatus.COMPLETED)
            said = RowStatus.COMPLETED if only else RowStatus.UPDATED
            self.rows[news.row] = RowStatus.ADDED if adds else said
        return True

    def overrules(self, news: News, base: str) -> bool:
        """Whether the list's word counts more than what was changed here since it said `base`: if somebody says so."""
        if self._chosen(news, usual=False):
            return True
        self.kept.append(replace(news, side=Side.BOTH, base=base))
        return False

    def _chosen(self, news: News, *, usual: bool) -> bool:
        return self.choices.get(news.choice(self.incoming.sheet), usual) if self.choices else usual

    def brings(self, old: str, new: str, said: str | None) -> bool:
        """Whether a text of the list is news: not blank, not what is known, not what the last list said already."""
        if not new or fold(new) == fold(old):
            return False
        if not old:
            return said is None or fold(said) != fold(new)
        return not self.older and said is not None and fold(said) != fold(new)

    def newer(self, news: News, said: str | None) -> str:
        """The text that stands then, of `news.old` and `news.new`; one that was changed here since stays."""
        if not self.brings(news.old, news.new, said):
            return news.old
        changed_here = news.old and fold(news.old) != fold(said or "")
        return news.new if not changed_here or self.overrules(news, said or "") else news.old

    def noted(self, old: str, new: str, said: str | None) -> str:
        """A note with the list's news; what was added here stays beside it."""
        return replaced_text(old, said or "", new) if self.brings(old, new, said) else old
