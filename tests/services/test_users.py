"""Users, roles, passphrases and the recovery code: each opens as it should, and no data are encrypted anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coordinator.domain.roles import Role
from coordinator.errors import UserError
from coordinator.register import create_register, open_register
from coordinator.services import users as verbs
from coordinator.services.history import undo
from coordinator.services.recovery import people_of_code, recover
from coordinator.services.users import UserLine
from coordinator.session import Session, change_setting
from coordinator.settings import CENTRE_NAME
from db import stores
from tests.builders import tried_wrongly
from tests.conftest import PASSPHRASE

MARKO, HANNA = "another horse battery", "a third horse battery"
NEW = "quite a new passphrase"
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of Олена, a coordinator, and Марко, an operator. Made once: each passphrase takes its time."""
    with create_register(tmp_path_factory.mktemp("made") / "centre", PASSPHRASE, user="Олена") as session:
        verbs.add_user(session, "Марко", Role.OPERATOR, MARKO)
        return session.folder


@pytest.fixture
def centre(made: Path, tmp_path: Path) -> Iterator[Session]:
    """A copy of it, opened by Олена."""
    with open_register(Path(shutil.copytree(made, tmp_path / made.name)), PASSPHRASE) as session:
        yield session


def code_of(work: Callable[..., object], *args: object, **more: object) -> str:
    with pytest.raises(UserError) as caught:
        work(*args, **more)
    return caught.value.code


def line_of(session: Session, name: str) -> UserLine:
    return next(line for line in verbs.users(session) if line.name == name)


def opened_by(folder: Path, passphrase: str) -> str:
    """Who opens the register with this passphrase, and with which role; or the code of the refusal."""
    try:
        with open_register(folder, passphrase) as session:
            return f"{session.user} {session.role}"
    except UserError as refusal:
        return refusal.code


def test_whoever_makes_a_register_is_its_first_coordinator(tmp_path: Path) -> None:
    with create_register(tmp_path / "new", PASSPHRASE, user="Олена") as session:
        (line,) = verbs.users(session)
        assert (line.name, line.role, line.has_key, line.is_me) == ("Олена", Role.COORDINATOR, True, True)
        assert not verbs.has_recovery_code(session)


def test_a_user_opens_with_a_passphrase_and_a_role_of_their_own(centre: Session) -> None:
    verbs.add_user(centre, "  Ганна   Зразок ", Role.VIEWER, HANNA)
    assert opened_by(centre.folder, HANNA) == "Ганна Зразок viewer"
    assert opened_by(centre.folder, MARKO) == "Марко operator"
    assert opened_by(centre.folder, PASSPHRASE) == "Олена coordinator"


def test_the_key_file_names_nobody(centre: Session) -> None:
    text = (centre.folder / "keys.json").read_text("utf-8")
    assert "Марко" not in text and "Олена" not in text
    assert line_of(centre, "Марко").id in text


def test_nothing_about_users_encrypts_the_data_anew(centre: Session) -> None:
    key, header = centre.keyring.key, (centre.folder / "register.db").read_bytes()[:16]
    verbs.change_passphrase(centre, PASSPHRASE, NEW)
    verbs.remove_user(centre, line_of(centre, "Марко").id)
    code = verbs.new_recovery_code(centre).value
    with recover(centre.folder, code, centre.user_id, PASSPHRASE) as again:
        assert again.keyring.key == key
    # The file's salt stands in its first 16 bytes and changes with every rekey.
    assert (centre.folder / "register.db").read_bytes()[:16] == header


@pytest.mark.parametrize(
    ("name", "passphrase", "code"),
    [
        ("", HANNA, "users.name_missing"),
        (" \u00a0 ", HANNA, "users.name_missing"),
        ("ОЛЕНА", HANNA, "users.name_taken"),
        ("Ганна", "short", "register.short_passphrase"),
        ("Ганна", "", "register.short_passphrase"),
        ("Ганна", PASSPHRASE, "users.passphrase_taken"),
    ],
)
def test_what_is_refused_leaves_no_user_and_no_key(centre: Session, name: str, passphrase: str, code: str) -> None:
    before = (centre.folder / "keys.json").read_bytes()
    assert code_of(verbs.add_user, centre, name, Role.OPERATOR, passphrase) == code
    assert len(verbs.users(centre)) == 2
    assert (centre.folder / "keys.json").read_bytes() == before


def test_fault_26_who_leaves_is_locked_out_and_the_others_work_on(centre: Session) -> None:
    verbs.add_user(centre, "Ганна", Role.VIEWER, HANNA)
    verbs.remove_user(centre, line_of(centre, "Марко").id)
    assert opened_by(centre.folder, MARKO) == "register.wrong_passphrase"
    assert opened_by(centre.folder, HANNA) == "Ганна viewer"
    assert opened_by(centre.folder, PASSPHRASE) == "Олена coordinator"
    assert [line.name for line in verbs.users(centre)] == ["Ганна", "Олена"]


def test_fault_26_an_old_key_file_put_back_does_not_let_a_removed_user_in(centre: Session) -> None:
    kept = (centre.folder / "keys.json").read_bytes()
    verbs.remove_user(centre, line_of(centre, "Марко").id)
    (centre.folder / "keys.json").write_bytes(kept)
    assert opened_by(centre.folder, MARKO) == "register.user_removed"


def test_the_name_of_a_removed_user_stays_in_the_history_and_is_free_again(centre: Session) -> None:
    marko = line_of(centre, "Марко").id
    verbs.remove_user(centre, marko)
    verbs.add_user(centre, "Марко", Role.VIEWER, NEW)
    with centre.reading() as db:
        assert [(row.active, row.name) for row in stores.users.all(db) if row.name == "Марко"] == [
            (False, "Марко"), (True, "Марко"),
        ]  # fmt: skip


def test_nobody_removes_themselves(centre: Session) -> None:
    verbs.set_role(centre, line_of(centre, "Марко").id, Role.COORDINATOR)
    assert code_of(verbs.remove_user, centre, centre.user_id) == "users.yourself"
    assert opened_by(centre.folder, PASSPHRASE) == "Олена coordinator"


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.VIEWER])
def test_the_last_coordinator_stays_one(centre: Session, role: Role) -> None:
    assert code_of(verbs.set_role, centre, centre.user_id, role) == "users.last_coordinator"
    verbs.set_role(centre, line_of(centre, "Марко").id, Role.COORDINATOR)
    verbs.set_role(centre, centre.user_id, role)
    assert opened_by(centre.folder, PASSPHRASE) == f"Олена {role}"


def test_a_coordinator_without_a_passphrase_does_not_count_as_the_last(centre: Session) -> None:
    marko = line_of(centre, "Марко").id
    verbs.set_role(centre, marko, Role.COORDINATOR)
    centre.keyring.take_away(marko)
    assert not line_of(centre, "Марко").has_key
    assert code_of(verbs.set_role, centre, centre.user_id, Role.VIEWER) == "users.last_coordinator"


def test_a_user_is_renamed_but_not_into_another(centre: Session) -> None:
    marko = line_of(centre, "Марко").id
    assert code_of(verbs.rename_user, centre, marko, "олена") == "users.name_taken"
    assert code_of(verbs.rename_user, centre, marko, " ") == "users.name_missing"
    verbs.rename_user(centre, marko, "Марко Зразок")
    assert opened_by(centre.folder, MARKO) == "Марко Зразок operator"


def test_ones_own_passphrase_changes_only_with_the_old_one(centre: Session) -> None:
    verbs.set_role(centre, line_of(centre, "Марко").id, Role.VIEWER)
    with open_register(centre.folder, MARKO) as marko:
        assert code_of(verbs.change_passphrase, marko, PASSPHRASE, NEW) == "users.wrong_old"
        assert code_of(verbs.change_passphrase, marko, MARKO, "short") == "register.short_passphrase"
        assert code_of(verbs.change_passphrase, marko, MARKO, PASSPHRASE) == "users.passphrase_taken"
        verbs.change_passphrase(marko, MARKO, NEW)
    assert opened_by(centre.folder, NEW) == "Марко viewer"
    assert opened_by(centre.folder, MARKO) == "register.wrong_passphrase"


def test_a_coordinator_gives_a_new_passphrase_and_the_old_one_ends(centre: Session) -> None:
    marko = line_of(centre, "Марко").id
    verbs.reset_passphrase(centre, marko, NEW)
    assert opened_by(centre.folder, NEW) == "Марко operator"
    assert opened_by(centre.folder, MARKO) == "register.wrong_passphrase"
    assert code_of(verbs.reset_passphrase, centre, "nobody", NEW) == "users.gone"


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.VIEWER])
def test_who_is_no_coordinator_changes_only_their_own_passphrase(centre: Session, role: Role) -> None:
    me = line_of(centre, "Марко").id
    verbs.set_role(centre, me, role)
    with open_register(centre.folder, MARKO) as marko:
        for verb, args in (
            (verbs.add_user, ("Ганна", Role.VIEWER, HANNA)),
            (verbs.remove_user, (centre.user_id,)),
            (verbs.set_role, (me, Role.COORDINATOR)),
            (verbs.rename_user, (me, "Керівник")),
            (verbs.reset_passphrase, (centre.user_id, NEW)),
            (verbs.new_recovery_code, ()),
        ):
            assert code_of(verb, marko, *args) == "role.refused"
        verbs.change_passphrase(marko, MARKO, NEW)
    assert [line.name for line in verbs.users(centre)] == ["Марко", "Олена"]


def test_undo_brings_no_key_back_and_takes_none_away(centre: Session) -> None:
    change_setting(centre, CENTRE_NAME, "Штаб")
    hanna = verbs.add_user(centre, "Ганна", Role.VIEWER, HANNA).value
    verbs.remove_user(centre, hanna)
    undo(centre)
    assert [line.name for line in verbs.users(centre)] == ["Марко", "Олена"]
    assert centre.setting(CENTRE_NAME) == "", "the last thing that can be undone is the setting"
    assert opened_by(centre.folder, MARKO) == "Марко operator"


def test_fault_27_the_recovery_code_sets_a_forgotten_passphrase_anew(centre: Session) -> None:
    change_setting(centre, CENTRE_NAME, "Штаб Куп’янськ")
    code = verbs.new_recovery_code(centre).value
    assert [name for _id, name in people_of_code(centre.folder, code)] == ["Олена", "Марко"]
    with recover(centre.folder, code, centre.user_id, NEW) as again:
        assert (again.user, again.role) == ("Олена", Role.COORDINATOR)
        assert again.setting(CENTRE_NAME) == "Штаб Куп’янськ"
    assert opened_by(centre.folder, NEW) == "Олена coordinator"
    assert opened_by(centre.folder, PASSPHRASE) == "register.wrong_passphrase"
    assert opened_by(centre.folder, MARKO) == "Марко operator"


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.VIEWER])
def test_fault_27_the_code_serves_users_of_every_role(centre: Session, role: Role) -> None:
    marko = line_of(centre, "Марко").id
    verbs.set_role(centre, marko, role)
    code = verbs.new_recovery_code(centre).value
    with recover(centre.folder, code, marko, NEW) as again:
        assert (again.user, again.role) == ("Марко", role)
    assert opened_by(centre.folder, NEW) == f"Марко {role}"


def test_fault_27_the_code_may_be_typed_as_hands_and_keyboards_do(centre: Session) -> None:
    code = verbs.new_recovery_code(centre).value
    people = [(line_of(centre, name).id, name) for name in ("Олена", "Марко")]
    lookalikes = str.maketrans("ABCEHKMPTX01", "АВСЕНКМРТХОІ")
    for typed in (code.lower(), code.replace("-", ""), code.replace("-", "  —  "), code.translate(lookalikes)):
        assert people_of_code(centre.folder, typed) == people


def test_fault_27_a_new_code_ends_the_old_one(centre: Session) -> None:
    first = verbs.new_recovery_code(centre).value
    second = verbs.new_recovery_code(centre).value
    assert first != second
    assert code_of(people_of_code, centre.folder, first) == "register.wrong_code"
    assert people_of_code(centre.folder, second)


def test_the_code_is_kept_nowhere_in_plain(centre: Session) -> None:
    code = verbs.new_recovery_code(centre).value
    with centre.reading() as db:
        logged = str(db.rows('SELECT * FROM "action"')) + str(db.rows("SELECT * FROM change_log"))
    for sought in (code, code.replace("-", ""), code.split("-")[0] + "-"):
        assert sought not in logged
        assert all(sought.encode() not in file.read_bytes() for file in centre.folder.rglob("*") if file.is_file())


def test_passphrases_stand_in_no_log_of_the_register(centre: Session) -> None:
    verbs.reset_passphrase(centre, line_of(centre, "Марко").id, NEW)
    with centre.reading() as db:
        logged = str(db.rows('SELECT * FROM "action"')) + str(db.rows("SELECT * FROM change_log"))
    assert "Марко" in logged
    assert "horse" not in logged and NEW not in logged


def test_recovery_refuses_what_would_lock_somebody_out(centre: Session) -> None:
    code = verbs.new_recovery_code(centre).value
    assert code_of(recover, centre.folder, code, centre.user_id, "short") == "register.short_passphrase"
    assert code_of(recover, centre.folder, code, centre.user_id, MARKO) == "users.passphrase_taken"
    assert code_of(recover, centre.folder, "0000-0000", centre.user_id, NEW) == "register.wrong_code"
    assert opened_by(centre.folder, PASSPHRASE) == "Олена coordinator"


def test_recovery_opens_for_nobody_who_was_removed_or_never_was(centre: Session) -> None:
    marko = line_of(centre, "Марко").id
    code = verbs.new_recovery_code(centre).value
    verbs.remove_user(centre, marko)
    for user_id in (marko, "nobody"):
        assert code_of(recover, centre.folder, code, user_id, NEW) in {
            "users.gone",
            "register.user_removed",
            "register.user_unknown",
        }
    assert opened_by(centre.folder, NEW) == "register.wrong_passphrase"


def test_a_try_too_early_is_not_heard_and_the_right_one_ends_the_delay(centre: Session) -> None:
    tried_wrongly(centre.folder, 4, START)
    assert code_of(open_register, centre.folder, "wrong horse battery", clock=lambda: START) == "register.wait"
    now = START + timedelta(seconds=3)
    with pytest.raises(UserError) as early:
        open_register(centre.folder, PASSPHRASE, clock=lambda: now)
    assert (early.value.code, early.value.facts) == ("register.wait", {"seconds": 1})
    later = START + timedelta(seconds=4)
    open_register(centre.folder, PASSPHRASE, clock=lambda: later).close()
    with pytest.raises(UserError) as wrong:
        open_register(centre.folder, "wrong horse battery", clock=lambda: later)
    assert (wrong.value.code, wrong.value.facts) == ("register.wrong_passphrase", {"wait": 8})


def test_who_has_a_passphrase_cannot_guess_others_by_changing_it(centre: Session) -> None:
    """Guesses are counted and told apart by nothing but the growing wait."""
    centre.clock = lambda: START
    verbs.add_user(centre, "Інша", Role.VIEWER, NEW)
    codes = [code_of(verbs.change_passphrase, centre, "a wrong guess", "другий новий") for _try in range(3)]
    assert codes == ["users.wrong_old"] * 3
    assert code_of(verbs.change_passphrase, centre, PASSPHRASE, NEW) == "register.wait"


def test_a_user_who_was_removed_loses_every_right_at_once(centre: Session) -> None:
    second = verbs.add_user(centre, "Інша", Role.COORDINATOR, NEW).value
    with open_register(centre.folder, NEW) as other:
        assert other.who_now()
        verbs.remove_user(centre, second)
        assert (
            code_of(verbs.add_user, other, "Хтось", Role.COORDINATOR, "a third passphrase") == "register.user_removed"
        )
        assert code_of(verbs.new_recovery_code, other) == "register.user_removed"
        assert not other.who_now()


def test_a_role_that_was_lowered_holds_at_once(centre: Session) -> None:
    second = verbs.add_user(centre, "Інша", Role.COORDINATOR, NEW).value
    with open_register(centre.folder, NEW) as other:
        verbs.set_role(centre, second, Role.VIEWER)
        assert code_of(change_setting, other, CENTRE_NAME, "Штаб") == "role.refused"


def test_a_key_without_a_user_opens_nothing_and_a_coordinator_sweeps_it(centre: Session) -> None:
    with centre.act("import"):
        centre.keyring.put("0" * 32, NEW)
    assert code_of(open_register, centre.folder, NEW) == "register.user_unknown"
    open_register(centre.folder, PASSPHRASE).close()
    assert "0" * 32 not in centre.keyring.owners()
    verbs.add_user(centre, "Інша", Role.OPERATOR, NEW)


def test_slots_of_a_failed_action_go_back_only_where_nobody_wrote_since(centre: Session) -> None:
    before = centre.keyring.slots()
    with pytest.raises(RuntimeError), centre.act("import"):
        centre.keyring.take_away(centre.user_id)
        raise RuntimeError
    assert centre.keyring.slots() == before


def test_a_clock_that_was_set_back_does_not_keep_the_register_shut(centre: Session) -> None:
    tried_wrongly(centre.folder, 9, START)
    before = START - timedelta(days=365)
    assert code_of(open_register, centre.folder, PASSPHRASE, clock=lambda: before) == "register.wait"
    later = before + timedelta(seconds=120)
    open_register(centre.folder, PASSPHRASE, clock=lambda: later).close()


def test_wrong_codes_wait_too(centre: Session) -> None:
    verbs.new_recovery_code(centre)
    codes = [code_of(people_of_code, centre.folder, "0000", clock=lambda: START) for _try in range(4)]
    assert codes == ["register.wrong_code"] * 3 + ["register.wait"]
