"""A file that somebody wants to bring in: read, recognised, and looked at, before anything is compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coordinator.domain.memory import forget
from coordinator.errors import Cancelled, UserError
from coordinator.exchange.guessing import guessed
from coordinator.exchange.how_read import NOTHING_SAID, Reading, Words
from coordinator.exchange.incoming import Remark
from coordinator.exchange.originals import Original, original_of
from coordinator.exchange.questions import is_clear, open_questions
from coordinator.exchange.reading import RawSheet, Source, read_workbook
from coordinator.exchange.recognising import Recognised, recognised
from coordinator.exchange.results_sheet import is_results
from coordinator.exchange.rows import Tick, no_tick
from coordinator.exchange.survey import Survey, surveyed
from coordinator.meanwhile import asking
from coordinator.queries.senders import Remembered, remembered
from coordinator.queries.sent_back import read_as_sent
from coordinator.session import Session

Progress = Callable[[float, str], bool]
Change = Callable[[Reading, Sequence[RawSheet]], Reading]


@dataclass(frozen=True, slots=True)
class OpenList:
    """A file in memory, and how it would be read. `counted`: the households were told apart."""

    original: Original
    sheets: tuple[RawSheet, ...]
    day: date
    memory: Remembered
    known: Recognised
    reading: Reading
    survey: Survey
    questions: tuple[Remark, ...]
    counted: bool = False

    @property
    def clear(self) -> bool:
        """Whether all of it is recognised with confidence."""
        return is_clear(list(self.questions))


def open_list(
    session: Session,
    source: Source | Original,
    day: date,
    progress: Progress | None = None,
    *,
    password: str = "",
    sender: str = "",
    change: Change | None = None,
) -> OpenList:
    """Read a file and guess how it is to be read, by what is remembered of `sender` or of whoever sends such lists.

    `change`: what somebody says of it beforehand, laid over the guess. Raises what `read_workbook` raises,
    UserError "import.blank" where no cell is filled and "import.own_results" for a sheet of results, and Cancelled
    where `progress` says stop.
    """

    def tick(part: float) -> None:
        if progress is not None and not progress(part * 0.4, "import.reading"):
            raise Cancelled

    tick(0)
    original = asking(lambda: original_of(source, password), lambda: tick(0))
    sheets = tuple(asking(lambda: read_workbook(original), lambda: tick(0)))
    if not any(sheet.rows for sheet in sheets):
        raise UserError("import.blank", file=original.name)
    if is_results(sheets):
        raise UserError("import.own_results", file=original.name)
    memory = remembered(session)
    known = recognised(sheets, memory.mappings, original.given_name, sender)
    reading = read_as_sent(session, known.reading, original, sheets)
    reading = replace(reading, sender=known.sender, words=memory.words_of(known.sender), keep=known.sure)
    if change is not None:
        reading = change(reading, sheets)
    try:
        opened = OpenList(original, sheets, day, memory, known, reading, _NOTHING, ())
        return asking(lambda: _first_look(opened), lambda: tick(0.5))
    finally:
        forget()


def _first_look(opened: OpenList) -> OpenList:
    return looked_at(opened, guessed(opened.sheets, opened.reading, opened.memory.is_place), count=False)


def looked_at(opened: OpenList, reading: Reading, *, count: bool = True, tick: Tick = no_tick) -> OpenList:
    """The same file read otherwise. Needs no register. `tick` hears how much is done, and may raise."""
    survey = surveyed(opened.sheets, reading, opened.day, count=count, tick=tick)
    questions = tuple(open_questions(survey, reading, opened.known))
    return replace(opened, reading=reading, survey=survey, questions=questions, counted=count)


def read_anew(opened: OpenList, reading: Reading, tick: Tick = no_tick) -> OpenList:
    """As `looked_at`, with guesses for what is said nowhere; the file is read again where its cells were let go."""
    try:
        opened = _with_sheets(opened)
        return looked_at(opened, guessed(opened.sheets, reading, opened.memory.is_place), tick=tick)
    finally:
        forget()


def without_cells(opened: OpenList) -> OpenList:
    """What is kept while the preview is shown: the cells are many, and can be read again."""
    return replace(opened, sheets=())


def _with_sheets(opened: OpenList) -> OpenList:
    return opened if opened.sheets else replace(opened, sheets=tuple(read_workbook(opened.original)))


def sent_by(opened: OpenList, sender: str, tick: Tick = no_tick) -> OpenList:
    """The same file as a list of this sender: read as theirs are, where that is known; what was said otherwise stays.

    A sender whose lists looked otherwise changes nothing but the words.
    """
    opened = _with_sheets(opened)
    known = recognised(opened.sheets, opened.memory.mappings, opened.original.given_name, sender)
    words = opened.memory.words_of(sender)
    of_theirs = known.reading if known.reading != NOTHING_SAID and sender else None
    reading = of_theirs or replace(opened.reading, differs=())
    reading = replace(reading, sender=sender, keep=True, words=_with_new(opened.reading.words, words))
    return read_anew(replace(opened, known=replace(known, sender=sender, sure=True)), reading, tick)


def _with_new(said: Words, remembered_words: Words) -> Words:
    return Words({**remembered_words.meanings, **said.meanings})


_NOTHING = Survey(None, (), (), date.min)
