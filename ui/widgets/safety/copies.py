"""The copies of the register: where they lie, how old they are, make one, check, restore; and the second place."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coordinator.copies import CopyInfo, info_of
from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.outcome import Change
from coordinator.services import backups
from coordinator.services.backups import Backup
from coordinator.services.checking import CheckReport, check
from coordinator.services.restore import difference
from coordinator.services.salvaging import Salvaged, salvage
from coordinator.session import Session, change_setting
from coordinator.settings import SECOND_PLACE
from resources.i18n import _
from ui import ask, copy_words, texts, theme
from ui.backing_up import BackingUp, CopyState
from ui.dialogs.check_report import CheckDialog
from ui.dialogs.restore import RestoreDialog
from ui.pages.base import PageContext
from ui.tables.columns import TableData, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.copy_sign import MINUTE_MS, ask_where
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice_bar import Kind
from ui.widgets.safety.card import Card, allow
from ui.widgets.safety.copies_table import COPY_COLUMNS
from ui.widgets.safety.second_place import SecondPlace

LEAST_TABLE = 190


class CopiesTab(QWidget):
    """Follows the copies of the open register; everything that takes time runs in a worker."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        assert context.copies is not None
        self.context = context
        self.copies: BackingUp = context.copies
        self.here = Card(_("Copies on this computer"))
        self.last, self.place = self.here.add_words("strong"), self.here.add_words("muted")
        self.make_now = self.here.add_button(_("Make a copy now"), self._make_now, "copy")
        self.make_elsewhere = self.here.add_button(_("Make a copy…"), lambda: ask_where(self, self.copies), "folder")
        self.check = self.here.add_button(_("Check the register"), self._check, "check")
        self.second = SecondPlace()
        self.model: TableModel[CopyInfo] = TableModel(COPY_COLUMNS)
        self.table = TableView(self.model, _("Copies"))
        self.table.set_empty(EmptyState("copy", _("No copy yet"), _("The first one is made by itself in a moment.")))
        self.restore = QPushButton(theme.icon("undo"), _("Restore…"))
        self.restore_other = QPushButton(theme.icon("folder"), _("Restore from another place…"))
        self._minutes = QTimer(self, interval=MINUTE_MS)
        self._lay_out()
        self._connect()
        self._say(self.copies.state)

    def refresh(self, change: Change | None) -> None:
        """A commit makes no copy: what changes here, the copies themselves tell."""
        if change is None:
            self.copies.read()
            self._list()

    def first_focus(self) -> None:
        self.make_now.setFocus()

    def _list(self) -> None:
        self.context.tasks.run_work(_listed, self.context.session, self.model.sort_key, done=self.model.set_rows)

    def _follow(self, state: CopyState) -> None:
        self._say(state)
        if self.isVisible():
            self._list()

    def _say(self, state: CopyState) -> None:
        """What stands in the cards, and what can be done."""
        now = self.copies.now()
        self.last.setText(copy_words.last(state.last, now))
        self.place.setText(copy_words.how_made(backups.own_folder(self.context.session.folder)))
        self.second.show_place(state.second, now, self._why_not(Right.WRITE))
        self._allow()

    def _allow(self) -> None:
        """Let the buttons be pressed that can do something, and let the others say why not."""
        restoring = self._why_not(Right.RESTORE)
        chosen = "" if self.table.current_id() else _("Choose a copy in the list first.")
        allow(self.make_now, self._why_read_only())
        carries = self.context.session.may(Right.WRITE)
        allow(self.make_elsewhere, "" if carries else _refused(self.context.session, Right.WRITE))
        allow(self.restore, restoring or chosen)
        allow(self.restore_other, restoring)

    def _why_not(self, right: Right) -> str:
        session = self.context.session
        if session.read_only is not None or session.may(right):
            return self._why_read_only()
        return _refused(session, right)

    def _why_read_only(self) -> str:
        why = self.context.session.read_only
        return "" if why is None else texts.error_text(UserError(why.code, **why.facts))

    def _make_now(self) -> None:
        self.copies.make_now(self._made)

    def _made(self, made: Backup) -> None:
        second = made.second
        if second is not None and second.fault:
            text = _("The copy was made on this computer, but not in the second place. {why}")
            self.context.show_notice(text.format(why=copy_words.second_fault(second)), Kind.WARNING)
        elif made.fault is None:
            where = _("Copy made, opened, checked and counted.")
            both = _("Copy made in both places, opened, checked and counted.")
            self.context.show_notice(both if second else where, Kind.SUCCESS)

    def _check(self) -> None:
        session, tasks = self.context.session, self.context.tasks
        tasks.run_work(
            check, session.folder, session.keyring.key, done=self._checked, label=_("Checking the register…")
        )  # fmt: skip

    def _checked(self, report: CheckReport) -> None:
        dialog = CheckDialog(report, self.window())
        dialog.salvage_wanted.connect(self._salvage)
        ask.show(dialog)

    def _salvage(self) -> None:
        """What can be read of a damaged register becomes a copy in the list, to be restored like any other."""
        session, tasks = self.context.session, self.context.tasks
        tasks.run_work(
            salvage, session.folder, session.keyring.key, session.user_id,
            done=self._salvaged, label=_("Reading what can be read…"),
        )  # fmt: skip

    def _salvaged(self, saved: Salvaged) -> None:
        self.context.show_notice(copy_words.salvaged(saved), Kind.WARNING)
        self.refresh(None)

    def _choose_second(self) -> None:
        ask.folder(self.window(), _("Second place for copies: a folder on a stick or another disk"), then=self._set)

    def _set(self, place: Path) -> None:
        session = self.context.session
        if place.is_relative_to(session.folder):
            self.context.show_notice(texts.error_text(UserError("copy.inside", path=str(place))), Kind.WARNING)
            return
        self.context.tasks.run_verb(
            change_setting, session, SECOND_PLACE, str(place), done=lambda _value: self._make_now()
        )

    def _clear_second(self) -> None:
        self.context.tasks.run_verb(change_setting, self.context.session, SECOND_PLACE, "")

    def _restore(self, _copy_id: str = "") -> None:
        row = self.table.rows.row_of(self.table.current_id())
        copy = self.model.record(row) if row is not None else None
        if copy is not None and self.restore.isEnabled():
            self._compare(copy)

    def _restore_other(self) -> None:
        def chosen(folder: Path) -> None:
            self.context.tasks.run_work(info_of, folder, done=self._compare)

        ask.folder(self.window(), _("Choose the folder of a copy, or of a register that was copied"), then=chosen)

    def _compare(self, copy: CopyInfo) -> None:
        session = self.context.session
        compare = partial(difference, session.folder, session.keyring.key)
        dialog = RestoreDialog(self.context.tasks, compare, copy, self.copies.now(), self.window())
        dialog.agreed.connect(self.copies.restore_wanted)
        ask.show(dialog)

    def _connect(self) -> None:
        self.restore.clicked.connect(lambda: self._restore())
        self.restore_other.clicked.connect(self._restore_other)
        self.table.opened.connect(self._restore)
        self.table.current_changed.connect(lambda _id: self._allow())
        self.second.choose_wanted.connect(self._choose_second)
        self.second.test_wanted.connect(self._make_now)
        self.second.clear_wanted.connect(self._clear_second)
        self.copies.changed.connect(self._follow)
        self._minutes.timeout.connect(lambda: self._say(self.copies.state))
        self._minutes.start()

    def _lay_out(self) -> None:
        content = QWidget()
        theme.dress(content, "plain")
        column = QVBoxLayout(content)
        column.setContentsMargins(*[theme.unit(4)] * 4)
        column.setSpacing(theme.unit(12))
        cards = QHBoxLayout()
        cards.setSpacing(theme.unit(12))
        cards.addWidget(self.here, 1)
        cards.addWidget(self.second, 1)
        column.addLayout(cards)
        head, heading = QHBoxLayout(), QLabel(_("All copies, the newest first"))
        theme.dress(heading, "heading")
        head.setSpacing(theme.unit(8))
        head.addWidget(heading, 1)
        head.addWidget(self.restore)
        head.addWidget(self.restore_other)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        self.table.setMinimumHeight(theme.unit(LEAST_TABLE))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)


def _listed(session: Session, sort_by: str) -> TableData[CopyInfo]:
    """In a worker: of both places. A copy has the same name in each, so its path tells one from the other."""
    found = [*backups.list_copies(session), *backups.list_second(session)]
    found.sort(key=lambda copy: copy.made_at, reverse=True)
    return prepare(COPY_COLUMNS, found, lambda copy: str(copy.path), sort_by=sort_by)


def _refused(session: Session, right: Right) -> str:
    return texts.error_text(UserError("role.refused", role=session.role.value, right=right.value))
