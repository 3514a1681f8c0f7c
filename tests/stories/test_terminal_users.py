"""Users, passphrases and the recovery code in the terminal, each command a process of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from coordinator.register import create_register
from tests.conftest import PASSPHRASE
from tests.stories.terminal import Completed, coordinator

MARKO, NEW = "another horse battery", "quite a new passphrase"
CODE = re.compile(r"^(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$")
Run = Callable[..., Completed]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `coordinator …` in the test's folder, without a terminal; `new` and `code` as the variables have them."""

    def command(
        *arguments: str, given: str = PASSPHRASE, new: str = "", code: str = "", language: str = "en"
    ) -> Completed:
        own = {
            "COORDINATOR_PASSPHRASE": given,
            "COORDINATOR_NEW_PASSPHRASE": new,
            "COORDINATOR_RECOVERY_CODE": code,
            "COORDINATOR_LANG": language,
        }
        return coordinator(tmp_path, *arguments, env=own)

    return command


def done(result: Completed) -> str:
    assert result.returncode == 0, result.stderr
    return result.stdout


def refused(result: Completed) -> str:
    assert result.returncode == 1, result.stderr
    assert "Traceback" not in result.stderr and result.stdout == ""
    return result.stderr


def roles(run: Run) -> dict[str, str]:
    listed = json.loads(done(run("users", "centre", "--json")))
    return {user["name"]: user["role"] for user in listed["users"]}


def test_fault_27_a_new_register_prints_its_code_once_and_says_what_is_lost_without_it(
    run: Run, tmp_path: Path
) -> None:
    made = run("new", "centre", "--name", "Олена")
    (code,) = done(made).splitlines()
    assert CODE.match(code)
    assert "Without a passphrase and without this code the data are gone" in made.stderr
    assert "not saved as a file" in made.stderr
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert written and not any(code.encode() in file.read_bytes() for file in written)

    done(run("recover", "centre", given="", code=code.lower().replace("-", " "), new=NEW))
    assert "passphrase" in refused(run("users", "centre"))
    assert "Олена" in done(run("users", "centre", given=NEW))


def test_fault_26_a_user_comes_gets_a_role_and_goes(run: Run) -> None:
    done(run("new", "centre", "--name", "Олена"))
    done(run("users", "centre", "add", "Марко", new=MARKO))
    assert roles(run) == {"Олена": "coordinator", "Марко": "operator"}
    done(run("users", "centre", "role", "марко", "viewer"))
    done(run("users", "centre", "rename", "Марко", "Марко Зразок"))
    listed = done(run("users", "centre", given=MARKO))
    assert re.search(r"Марко Зразок\s+Viewer\s+this is you", listed)
    refused(run("users", "centre", "add", "Ганна", given=MARKO, new=NEW))
    gone = run("users", "centre", "remove", "Марко Зразок")
    done(gone)
    assert "keeps the old keys" in gone.stderr
    assert "passphrase" in refused(run("users", "centre", given=MARKO))
    assert roles(run) == {"Олена": "coordinator"}


def test_passphrases_are_changed_and_set_anew(run: Run) -> None:
    done(run("new", "centre", "--name", "Олена"))
    done(run("users", "centre", "add", "Марко", new=MARKO))
    done(run("users", "centre", "passphrase", given=MARKO, new=NEW))
    done(run("users", "centre", "passphrase", "Марко", new=MARKO))
    refused(run("users", "centre", given=NEW))
    assert "Марко" in done(run("users", "centre", given=MARKO))


def test_a_new_recovery_code_ends_the_one_before(run: Run) -> None:
    first = done(run("new", "centre", "--name", "Олена")).strip()
    second = done(run("users", "centre", "recovery-code")).strip()
    assert first != second and CODE.match(second)
    assert "recovery code does not open" in refused(run("recover", "centre", given="", code=first, new=NEW))
    done(run("recover", "centre", given="", code=second, new=NEW))


def test_where_there_are_several_recovery_asks_for_whom(run: Run) -> None:
    code = done(run("new", "centre", "--name", "Олена")).strip()
    done(run("users", "centre", "add", "Марко", new=MARKO))
    told = refused(run("recover", "centre", given="", code=code, new=NEW))
    assert "--user" in told and "Олена" in told and "Марко" in told
    assert "no user called" in refused(run("recover", "centre", "--user", "Ніхто", given="", code=code, new=NEW))
    done(run("recover", "centre", "--user", "марко", given="", code=code, new=NEW))
    assert "Марко" in done(run("users", "centre", given=NEW))


@pytest.mark.parametrize(
    ("arguments", "new"),
    [
        (("add", "Олена"), MARKO),
        (("add", " "), MARKO),
        (("add", "Марко"), "short"),
        (("add", "Марко"), PASSPHRASE),
        (("remove", "Олена"), ""),
        (("remove", "Ніхто"), ""),
        (("role", "Олена", "viewer"), ""),
        (("rename", "Олена", ""), ""),
        (("passphrase",), "short"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_what_cannot_be_done_is_said_in_a_sentence_and_changes_nothing(
    run: Run, register: Path, tmp_path: Path, arguments: tuple[str, ...], new: str
) -> None:
    (tmp_path / "centre.register").symlink_to(register)
    keys = (register / "keys.json").read_bytes()
    assert refused(run("users", "centre", *arguments, new=new, language="uk")).strip().endswith(".")
    assert (register / "keys.json").read_bytes() == keys


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of Олена that no test changes."""
    with create_register(tmp_path_factory.mktemp("users") / "centre", PASSPHRASE, user="Олена") as session:
        return session.folder


@pytest.mark.parametrize(
    ("arguments", "variable"),
    [
        (("users", "centre", "add", "Марко"), "COORDINATOR_NEW_PASSPHRASE"),
        (("recover", "centre"), "COORDINATOR_RECOVERY_CODE"),
    ],
)
def test_where_nothing_can_be_asked_the_variable_is_named(
    run: Run, register: Path, tmp_path: Path, arguments: tuple[str, ...], variable: str
) -> None:
    (tmp_path / "centre.register").symlink_to(register)
    result = run(*arguments)
    assert result.returncode == 2
    assert variable in result.stderr
