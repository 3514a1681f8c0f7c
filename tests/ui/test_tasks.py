"""Work off the GUI thread: order, superseding, errors, cancelling, receivers that are gone, closing."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from coordinator.errors import Cancelled, UserError
from coordinator.outcome import Change, Outcome, Touched
from tests.ui.settling import settle
from ui.bridge import Bridge
from ui.progress import Progress
from ui.tasks import Tasks


class Page(QObject):
    """A receiver as pages are."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[object] = []

    def take(self, value: object) -> None:
        assert QThread.currentThread() is self.thread()
        self.got.append(value)


class Speaker:
    """What the bridge needs of a session."""

    def __init__(self) -> None:
        self.listeners: list[object] = []

    def add_listener(self, listener):  # type: ignore[no-untyped-def]
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)


def test_verbs_run_in_order_and_give_the_value_of_their_outcome(qtbot: QtBot, tasks: Tasks) -> None:
    page, saved = Page(), []
    tasks.saved.connect(lambda: saved.append(1))

    def verb(number: int) -> Outcome[int]:
        return Outcome(number, Change(Touched.FLEET))

    for number in range(20):
        tasks.run_verb(verb, number, done=page.take)
    settle(qtbot, tasks)
    assert page.got == list(range(20))
    assert len(saved) == 20


def test_a_newer_query_supersedes_one_that_waits(qtbot: QtBot, tasks: Tasks) -> None:
    page, gate, asked = Page(), threading.Event(), []

    def query(text: str) -> str:
        asked.append(text)
        return text

    tasks.run_query(gate.wait, 5)
    for text in ("к", "ку", "куп"):
        tasks.run_query(query, text, done=page.take, key="search")
    tasks.run_query(query, "other", done=page.take, key="details")
    gate.set()
    settle(qtbot, tasks)
    assert asked == ["куп", "other"]
    assert page.got == ["куп", "other"]


@pytest.mark.parametrize(("second", "answers"), [("same", ["same", "same"]), ("newer", ["newer"])])
def test_a_running_query_still_answers_the_same_question(
    qtbot: QtBot, tasks: Tasks, second: str, answers: list[str]
) -> None:
    page, gate, running = Page(), threading.Event(), threading.Event()

    def query(text: str) -> str:
        running.set()
        gate.wait(5)
        return text

    tasks.run_query(query, "same", done=page.take, key="rows")
    assert running.wait(5)
    tasks.run_query(query, second, done=page.take, key="rows")
    gate.set()
    settle(qtbot, tasks)
    assert page.got == answers


def test_a_rule_that_says_no_goes_to_the_caller_or_to_the_notice_bar(qtbot: QtBot, tasks: Tasks) -> None:
    refused, told, ended = Page(), Page(), Page()
    tasks.told.connect(told.take)

    def verb(code: str) -> Outcome[None]:
        raise UserError(code)

    tasks.run_verb(verb, "mine", failed=refused.take, ended=lambda: ended.take("end"))
    tasks.run_verb(verb, "anybody's")
    settle(qtbot, tasks)
    assert [error.code for error in refused.got] == ["mine"]  # type: ignore[attr-defined]
    assert [error.code for error in told.got] == ["anybody's"]  # type: ignore[attr-defined]
    assert ended.got == ["end"]


def test_a_fault_of_ours_is_a_crash_and_not_an_answer(qtbot: QtBot, tasks: Tasks) -> None:
    page, crashed = Page(), Page()
    tasks.crashed.connect(crashed.take)
    tasks.run_work(lambda: 1 // 0, done=page.take, failed=page.take)
    settle(qtbot, tasks)
    assert page.got == []
    assert isinstance(crashed.got[0], ZeroDivisionError)


def test_cancel_is_quiet_and_the_label_leaves_the_status_line(qtbot: QtBot, tasks: Tasks) -> None:
    page, shown, started = Page(), [], threading.Event()
    tasks.running_changed.connect(shown.append)

    def solve(progress: Progress) -> str:
        started.set()
        while progress(0.25):
            threading.Event().wait(0.01)
        raise Cancelled

    number = tasks.run_work(solve, done=page.take, failed=page.take, label="Planning", progress=True)
    assert started.wait(5)
    qtbot.waitUntil(lambda: any(tuple(r.fraction for r in rows) == (0.25,) for rows in shown))
    tasks.cancel(number)
    settle(qtbot, tasks)
    assert page.got == []
    assert shown[0][0].label == "Planning" and shown[0][0].can_cancel
    assert shown[-1] == ()


def test_a_receiver_that_is_gone_is_not_called_but_its_failed_write_is_told(qtbot: QtBot, tasks: Tasks) -> None:
    gate, told, seen = threading.Event(), Page(), []
    tasks.told.connect(told.take)
    page = Page()

    def verb() -> Outcome[None]:
        gate.wait(5)
        raise UserError("register.busy")

    tasks.run_verb(verb, done=page.take, failed=page.take)
    tasks.run_query(gate.wait, 5, done=lambda value: seen.append((page, value)))
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()
    gate.set()
    settle(qtbot, tasks)
    assert [error.code for error in told.got] == ["register.busy"]  # type: ignore[attr-defined]
    assert seen == []


def test_closing_writes_what_was_given_and_names_what_went_wrong(qtbot: QtBot) -> None:
    tasks, written, gate = Tasks(), [], threading.Event()
    tasks.run_verb(gate.wait, 5)
    for number in range(5):
        tasks.run_verb(written.append, number)

    def last() -> None:
        raise UserError("disk.full")

    tasks.run_verb(last)
    gate.set()
    errors = tasks.close()
    assert written == [0, 1, 2, 3, 4]
    assert [str(error) for error in errors] == ["disk.full"]
    assert tasks.run_verb(written.append, 6) == 0
    assert tasks.close() == []


def test_writes_have_all_the_time_they_need_while_closing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.tasks.CLOSING_PATIENCE", 0.05)
    tasks, gate, written = Tasks(), threading.Event(), []

    def refused() -> None:
        raise UserError("register.busy")

    tasks.run_verb(gate.wait, 5)
    tasks.run_verb(written.append, "edit")
    tasks.run_verb(refused)
    threading.Timer(0.2, gate.set).start()
    assert [str(error) for error in tasks.close()] == ["register.busy"]
    assert written == ["edit"]


def test_a_write_that_was_given_up_counts_as_gone_wrong() -> None:
    tasks, gate, running, written = Tasks(), threading.Event(), threading.Event(), []

    def first() -> None:
        running.set()
        gate.wait(5)

    tasks.run_verb(first)
    tasks.run_verb(written.append, "edit")
    assert running.wait(5)
    tasks.stop()
    assert tasks.unwritten() == 2
    tasks.give_up()
    gate.set()
    assert [str(error) for error in tasks.finish()] == ["write.unknown"]
    tasks.forget()
    assert written == []


def test_polling_tells_and_stops_when_the_file_is_out_of_reach(qtbot: QtBot, tasks: Tasks) -> None:
    answers, seen, told = iter([False, True]), [], Page()
    tasks.told.connect(told.take)

    def moved() -> bool:
        try:
            return next(answers)
        except StopIteration:
            raise UserError("register.gone") from None

    tasks._poll_timer.setInterval(5)
    tasks.watch(moved, lambda: seen.append(1))
    qtbot.waitUntil(lambda: bool(told.got))
    assert seen == [1]
    assert not tasks._poll_timer.isActive()


def test_the_bridge_passes_changes_from_any_thread_and_adds_up_a_burst(qtbot: QtBot) -> None:
    speaker, heard = Speaker(), Page()
    bridge = Bridge(speaker)
    bridge.changed.connect(heard.take)
    sender = threading.Thread(
        target=lambda: [bridge.tell(Change(Touched.HOUSEHOLDS, frozenset({str(n)}))) for n in range(30)]
    )
    sender.start()
    sender.join()
    qtbot.waitUntil(lambda: bool(heard.got) and not bridge.waiting)
    first, rest = heard.got
    assert len((first | rest).households) == 30
    bridge.close()
    assert speaker.listeners == []


def test_any_household_stays_any_when_changes_are_added_up() -> None:
    named = Change(Touched.EVENTS, frozenset({"a"}))
    assert named | Change(Touched.FLEET) == Change(Touched.EVENTS | Touched.FLEET)
