"""Users and keys: who may open the register, one's own passphrase, and the recovery code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.roles import Right, Role
from coordinator.errors import UserError
from coordinator.outcome import Change
from coordinator.services import users as verbs
from coordinator.services.users import UserLine
from coordinator.session import Session
from resources.i18n import N_, _
from ui import actions, ask, key_words, texts, theme
from ui.dialogs.recovery_code import RecoveryCodeDialog
from ui.dialogs.users import AddUserDialog, EditUserDialog, KeyDialog, OwnPassphraseDialog, ResetPassphraseDialog
from ui.pages.base import PageContext
from ui.tables.columns import Column, TableData, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.notice_bar import Kind
from ui.widgets.safety.card import Card, allow

COLUMNS: list[Column[UserLine]] = [
    Column("name", N_("Name"), lambda line: key_words.person_name(line.name), width=32, always=True),
    Column("role", N_("Role"), lambda line: texts.label(line.role), width=16),
    Column("key", N_("Passphrase"), lambda line: _("has one") if line.has_key else _("has none"), width=14,
           mark=lambda line: "" if line.has_key else "warning", icon=lambda line: "key" if line.has_key else "warning"),
    Column("me", N_("This is you"), lambda line: _("you") if line.is_me else "", width=12),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """What the tab shows."""

    table: TableData[UserLine]
    has_code: bool


class UsersTab(QWidget):
    """Everybody sees it; without the right to manage users only one's own passphrase can be changed."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.rows: TableModel[UserLine] = TableModel(COLUMNS)
        self.table = TableView(self.rows, _("Users"))
        self.why = QLabel()
        self.add, self.edit = QPushButton(_("Add a user…")), QPushButton(_("Name and role…"))
        self.reset, self.remove = QPushButton(_("New passphrase…")), QPushButton(_("Remove…"))
        own, code = Card(_("My passphrase")), Card(_("Recovery code"))
        own.add_words("muted").setText(_("Everybody should change the passphrase that they were given."))
        self.own = own.add_button(_("Change my passphrase…"), self._change_own)
        self.code_state = code.add_words()
        self.new_code = code.add_button(_("Make a new code…"), self._ask_new_code)
        self._has_code = False
        theme.dress(self.add, "primary")
        self._lay_out(own, code)
        self._connect()
        self._enable()

    def refresh(self, _change: Change | None) -> None:
        self.context.tasks.run_query(
            _look, self.context.session, self.rows.sort_key, done=self._show, key="safety.users"
        )  # fmt: skip

    def first_focus(self) -> None:
        self.table.take_focus()

    def current(self) -> UserLine | None:
        """The user who is selected."""
        row = self.rows.row_of(self.table.current_id())
        return None if row is None else self.rows.record(row)

    def _show(self, seen: Seen) -> None:
        self.rows.set_rows(seen.table)
        self._has_code = seen.has_code
        self.code_state.setText(
            _("There is a recovery code. A new one replaces it: the paper with the old one is then worth nothing.")
            if seen.has_code
            else _("There is no recovery code. If the passphrases are forgotten, the data are gone: make one now.")
        )
        theme.dress(self.code_state, "muted" if seen.has_code else "hint", "" if seen.has_code else "warning")
        self.code_state.setMargin(0 if seen.has_code else theme.unit(6))
        self._enable()

    def _enable(self) -> None:
        """What cannot be done now is grey, and says why under the mouse and for all of it in words above."""
        session, line = self.context.session, self.current()
        held = session.read_only
        if held is not None:
            refused = texts.error_text(UserError(held.code, **held.facts))
        elif not session.may(Right.MANAGE_USERS):
            refused = _("Only a coordinator can add, change or remove users and make a recovery code.")
        else:
            refused = ""
        self.why.setText(refused)
        # A register that can only be read is told by the bar above every page.
        self.why.setVisible(bool(refused) and held is None)
        chosen = "" if line else _("Choose a user first")
        myself = _("You cannot remove yourself; another coordinator can.") if line and line.is_me else ""
        for button, reason in (
            (self.add, ""), (self.new_code, ""), (self.edit, chosen), (self.reset, chosen),
            (self.remove, chosen or myself),
        ):  # fmt: skip
            allow(button, refused or reason)
        allow(self.own, refused if held is not None else "")

    def _add(self) -> None:
        dialog = AddUserDialog(self)
        dialog.submitted.connect(
            lambda name, role, passphrase: self._run(dialog, verbs.add_user, name, role, passphrase,
                                                     said=_("{name} can open the register now.").format(name=name))
        )  # fmt: skip
        ask.show(dialog)

    def _edit(self) -> None:
        line = self.current()
        if line is not None:
            dialog = EditUserDialog(line.name, line.role, self)
            dialog.submitted.connect(
                lambda name, role: self._run(dialog, _name_and_role, line, name, role, said=_("Saved."))
            )
            ask.show(dialog)

    def _reset(self) -> None:
        line = self.current()
        if line is not None:
            dialog = ResetPassphraseDialog(line.name, self)
            said = _("{name} has a new passphrase.").format(name=key_words.person_name(line.name))
            dialog.submitted.connect(lambda new: self._run(dialog, verbs.reset_passphrase, line.id, new, said=said))
            ask.show(dialog)

    def _remove(self) -> None:
        line = self.current()
        if line is None:
            return
        name = key_words.person_name(line.name)
        ask.confirm(
            self,
            _("Remove {name}?").format(name=name),
            detail=_(
                "Their passphrase no longer opens this register; what they did stays in the history. A copy of the "
                "register that they took away keeps the old keys and still opens with their passphrase."
            ),
            yes=_("Remove"), danger=True, then=lambda: self._removed(line.id, name),
        )  # fmt: skip

    def _removed(self, user_id: str, name: str) -> None:
        said = _("{name} can no longer open this register.").format(name=name)
        self.context.tasks.run_verb(
            verbs.remove_user, self.context.session, user_id,
            done=lambda _value: self.context.show_notice(said, Kind.SUCCESS),
        )  # fmt: skip

    def _change_own(self) -> None:
        dialog = OwnPassphraseDialog(self)
        dialog.submitted.connect(
            lambda old, new: self._run(dialog, verbs.change_passphrase, old, new,
                                       said=_("Your new passphrase opens the register from now on."))
        )  # fmt: skip
        ask.show(dialog)

    def _ask_new_code(self) -> None:
        if not self._has_code:
            self._make_code()
            return
        ask.confirm(
            self,
            _("Make a new recovery code?"),
            detail=_("The code on paper that there is now no longer opens the register."),
            yes=_("Make a new code"), then=self._make_code,
        )  # fmt: skip

    def _make_code(self) -> None:
        session, tasks = self.context.session, self.context.tasks

        def show(code: str) -> None:
            ask.show(RecoveryCodeDialog(session.name, code, session.clock(), tasks, self))

        tasks.run_verb(verbs.new_recovery_code, session, done=show)

    def _run(self, dialog: KeyDialog, verb: Callable[..., object], *args: object, said: str) -> None:
        """Run the verb of a form; the form closes once it is done and stays where the register says no."""

        def done(_value: object) -> None:
            dialog.accept()
            self.context.show_notice(said, Kind.SUCCESS)

        self.context.tasks.run_verb(verb, self.context.session, *args, done=done, failed=dialog.refuse)

    def _connect(self) -> None:
        for button, name, then in (
            (self.add, "record.new", self._add),
            (self.edit, "record.edit", self._edit),
            (self.remove, "record.remove", self._remove),
        ):
            button.clicked.connect(then)
            # By key only where the button may be pressed.
            actions.make(self, name, button.click)
        self.reset.clicked.connect(self._reset)
        self.table.opened.connect(lambda _id: self.edit.click())
        self.table.current_changed.connect(lambda _id: self._enable())

    def _lay_out(self, own: Card, code: Card) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.unit(10), 0, 0)
        column.setSpacing(theme.unit(10))
        self.why.setWordWrap(True)
        theme.dress(self.why, "hint", "info")
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.remove, self.reset, self.edit, self.add):
            row.addWidget(button)
        column.addWidget(self.why)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        cards = QHBoxLayout()
        cards.setSpacing(theme.unit(12))
        for card in (own, code):
            cards.addWidget(card, 1)
        column.addLayout(cards)


def _look(session: Session, sorted_by: str) -> Seen:
    table = prepare(COLUMNS, verbs.users(session), lambda line: line.id, sort_by=sorted_by)
    return Seen(table, verbs.has_recovery_code(session))


def _name_and_role(session: Session, line: UserLine, name: str, role: Role) -> object:
    """Two verbs and two entries in the history; the role first, since that one can be refused."""
    done: object = None
    if role is not line.role:
        done = verbs.set_role(session, line.id, role)
    if name.split() != line.name.split():
        done = verbs.rename_user(session, line.id, name)
    return done
