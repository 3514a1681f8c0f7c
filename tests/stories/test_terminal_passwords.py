"""Protected workbooks in the terminal: the password from the environment, or typed unseen three times."""

from __future__ import annotations

import argparse
import getpass
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from coordinator.errors import UserError
from coordinator.session import Session
from resources.i18n import set_language
from tests.exchange.old_books import protect
from tests.exchange.told import state, told
from tests.stories import workbooks
from tests.stories.terminal import Completed, coordinator
from ui.commands import import_

Typed = Callable[..., list[str]]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return protect(workbooks.people_list(tmp_path), "Пароль-7")


def command(session: Session, book: Path, **env: str) -> Completed:
    return coordinator(book.parent, "import", session.folder, book, "--dry-run", env=env)


def test_fault_54_the_environment_gives_the_password_and_no_output_repeats_it(session: Session, book: Path) -> None:
    done = command(session, book, COORDINATOR_WORKBOOK_PASSWORD="Пароль-7")
    assert done.returncode == 0 and "7 rows read = 5 added" in done.stdout
    wrong = command(session, book, COORDINATOR_WORKBOOK_PASSWORD="пароль-7")
    assert wrong.returncode != 0 and "This is not the password of hromada.xlsx" in wrong.stderr
    assert "ароль-7" not in done.stdout + done.stderr + wrong.stdout + wrong.stderr


def test_fault_54_without_a_terminal_the_variable_is_named(session: Session, book: Path) -> None:
    done = command(session, book)
    assert done.returncode != 0
    assert "protected by a password" in done.stderr and "COORDINATOR_WORKBOOK_PASSWORD" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Typed:
    """A terminal where these passwords are typed; gives the questions that were asked."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def prepare(*answers: str) -> list[str]:
        asked: list[str] = []
        given = iter(answers)

        def unseen(prompt: str) -> str:
            asked.append(prompt)
            return next(given)

        monkeypatch.delenv("COORDINATOR_WORKBOOK_PASSWORD", raising=False)
        monkeypatch.setattr(sys, "stdin", Terminal())
        monkeypatch.setattr(getpass, "getpass", unseen)
        return asked

    return prepare


def run(session: Session, book: Path) -> int:
    set_language("en")
    parser = argparse.ArgumentParser()
    import_.add_arguments(parser)
    return import_.looked_at(session, parser.parse_args(["centre", str(book)])).report.rows_read


def test_fault_54_the_second_try_opens_it(
    session: Session, book: Path, typed: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = typed("інший", "Пароль-7")
    assert run(session, book) == 7
    assert asked == ["Password of hromada.xlsx: "] * 2
    assert "This is not the password" in capsys.readouterr().err


@pytest.mark.parametrize("answers", [("a", "b", "c"), ("",), ("a", "")])
def test_fault_54_three_wrong_tries_or_none_change_nothing(
    session: Session, book: Path, typed: Typed, answers: tuple[str, ...]
) -> None:
    asked = typed(*answers)
    before = state(session)
    with pytest.raises(UserError) as caught:
        run(session, book)
    assert "no password fitted" in told(caught.value)
    assert len(asked) == len(answers) and state(session) == before
