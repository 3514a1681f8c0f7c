"""Keeps the step "How this list is read" in step with what is said: each answer is worked out beside the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from coordinator.errors import Cancelled, UserError
from coordinator.exchange import answers
from coordinator.exchange.how_read import Reading, Words
from coordinator.exchange.keeping import to_keep
from coordinator.outcome import Outcome
from coordinator.queries.reading import OpenList, read_anew, sent_by
from coordinator.services.senders import Meaning, keep_reading
from coordinator.session import Session
from resources.i18n import _
from ui.pages.base import PageContext
from ui.progress import Progress
from ui.widgets.importing.reading_view import Change, ReadingView
from ui.widgets.importing.words_table import WordRow
from ui.widgets.notice_bar import Kind
from ui.widgets.settlement_field import load_places

Tick = Callable[[float], None]
Work = Callable[[OpenList, Tick], OpenList]


class ReadingDesk(QObject):
    """`accepted(OpenList, tuple[Meaning])`: compare it, read so, and remember these words with it."""

    accepted = Signal(object, object)

    def __init__(self, context: PageContext, view: ReadingView) -> None:
        super().__init__(view)
        self._context, self.view = context, view
        self._next: list[Work] = []
        self._working = False
        self._file = 0
        view.changed.connect(self.say)
        view.sender_named.connect(self.name_sender)
        view.accepted.connect(self.go_on)
        view.kept.connect(self.keep)

    @property
    def opened(self) -> OpenList | None:
        return self.view.opened

    @property
    def busy(self) -> bool:
        """Whether an answer is still being worked out."""
        return self._working or bool(self._next)

    def show(self, opened: OpenList, words: Sequence[WordRow] = ()) -> None:
        """Another file, or the same again from its preview; `words` were given a meaning before."""
        self._next, self._working = [], False
        self._file += 1
        self.view.begin(opened, [row.name for row in opened.memory.senders], words)
        session = self._context.session
        self._context.tasks.run_query(load_places, session, done=self.view.use_places, key="import.places")
        if not opened.counted:
            self.say(lambda reading: reading)

    def say(self, change: Change) -> None:
        """Lay an answer over the reading and look at the file again."""
        words = self.view.said_words

        def work(opened: OpenList, tick: Tick) -> OpenList:
            reading = change(opened.reading)
            return read_anew(opened, replace(reading, words=Words({**reading.words.meanings, **words.meanings})), tick)

        self._do(work)

    def name_sender(self, sender: str) -> None:
        self._do(lambda opened, tick: sent_by(opened, sender, tick))

    def go_on(self) -> None:
        """The person has seen it: what nobody knows is not used."""
        opened = self.opened
        if opened is None or not self.view.ready or self.busy:
            return
        reading = answers.confirmed(opened.reading, opened.survey)
        seen = replace(opened, reading=replace(reading, keep=bool(reading.sender)))
        self.accepted.emit(seen, self.view.words.meanings(reading.sender))

    def keep(self) -> None:
        """Remember how this sender's lists are read, and nothing else."""
        opened = self.opened
        if opened is None or opened.survey.kind is None or not opened.reading.sender or self.busy:
            return
        reading = answers.confirmed(opened.reading, opened.survey)
        self.view.wait(True)
        self._context.tasks.run_verb(
            _keep, self._context.session, opened, reading, self.view.words.meanings(reading.sender),
            done=lambda _id: self._kept(reading.sender), ended=lambda: self.view.wait(False),
        )  # fmt: skip

    def _kept(self, sender: str) -> None:
        text = _("It is remembered how lists of {name} are read.")
        self._context.show_notice(text.format(name=sender), Kind.SUCCESS)

    def _do(self, work: Work) -> None:
        self._next.append(work)
        self._work_on()

    def _work_on(self) -> None:
        """One after another, each on what the one before it gave."""
        opened = self.opened
        if self._working or not self._next or opened is None:
            return
        self._working = True
        file, works, self._next = self._file, self._next, []
        self._context.tasks.run_work(
            _all_of, works, opened, done=partial(self._worked, file), failed=self._failed,
            ended=partial(self._ended, file), label=_("Looking at the list"), progress=True,
        )  # fmt: skip

    def _ended(self, file: int) -> None:
        if file == self._file:
            self._working = False
            # What was said meanwhile waits for what this one gave, and goes on also where it was cancelled.
            QTimer.singleShot(0, self, self._work_on)

    def _worked(self, file: int, opened: OpenList) -> None:
        if file != self._file:
            return  # another file was chosen meanwhile
        self.view.show_list(opened)

    def _failed(self, error: UserError) -> None:
        self._context.tasks.told.emit(error)


def _all_of(works: list[Work], opened: OpenList, progress: Progress) -> OpenList:
    """Raises Cancelled where somebody says stop: what was said last is then not worked out."""

    def tick(part: float) -> None:
        if not progress(part):
            raise Cancelled

    for work in works:
        opened = work(opened, tick)
    return opened


def _keep(session: Session, opened: OpenList, reading: Reading, words: tuple[Meaning, ...]) -> Outcome[str]:
    kind = opened.survey.kind
    assert kind is not None
    kept = to_keep(opened.sheets, reading, kind, opened.original.given_name)
    return keep_reading(session, reading.sender, kept, words)
