"""What is done with the selected rows of the registry at once: below the table, and in the menu of a cell."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from coordinator.errors import UserError
from coordinator.exchange.cells import Settled
from coordinator.services.cells import append_note, settle_many
from resources.i18n import _, ngettext
from ui import ask, texts, theme
from ui.dialogs.choose_settlement import ChooseSettlementDialog
from ui.pages.base import PageContext
from ui.pages.bulk import Bulk
from ui.rights import needs, withhold_action
from ui.tables.sheet.view import SheetView
from ui.widgets.chips import FlowLayout
from ui.widgets.notice_bar import Kind
from ui.widgets.registry_bar import RegistryBar
from ui.widgets.settlement_field import Chosen, Places

FEWEST = 2
"""Of one household alone the details show everything."""


class RegistrySelected(QObject):
    """`strip` stands below the table while several rows are selected. `decide` asks for a decision of all of them."""

    def __init__(
        self, context: PageContext, view: SheetView, bar: RegistryBar, decide: Callable[[], object], owner: QWidget
    ) -> None:
        super().__init__(owner)
        self._context, self._view, self._bar, self._owner = context, view, bar, owner
        self._places, self._decide = Places(()), decide
        self.bulk = Bulk(context, owner)
        self.strip = QWidget()
        self.said = QLabel()
        theme.dress(self.said, "strong")
        flow = FlowLayout(self.strip)
        flow.addWidget(self.said)
        self.buttons: dict[str, QPushButton] = {}
        for name, words, icon, work in self._works():
            button = self.buttons[name] = QPushButton(theme.icon(icon), words)
            button.clicked.connect(work)
            if name != "sheets":
                needs(button)
            flow.addWidget(button)
        self.strip.hide()
        view.selectionModel().selectionChanged.connect(lambda *_what: self._say())
        view.rows.modelReset.connect(self._say)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self.show_menu)

    def use(self, places: Places) -> None:
        self._places = places

    def show_menu(self, where: QPoint) -> None:
        """What can be done with the cell under the pointer, or with those that are selected."""
        index = self._view.indexAt(where)
        if not index.isValid():
            return
        if not self._view.selectionModel().isSelected(index):
            self._view.go_to(index)
        menu = QMenu(self._owner)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        menu.setAccessibleName(_("What can be done here"))
        edit = menu.addAction(theme.icon("edit"), _("Edit the cell"), partial(self._view.edit_wanted.emit, None))
        withhold_action(edit, self._view)
        menu.addActions([action for action in self._view.actions() if action.objectName().startswith("cell.")])
        menu.addActions([action for action in self._view.actions() if action.objectName().startswith("table.copy")])
        menu.addSeparator()
        menu.addAction(theme.icon("filter"), _("Only rows with this value"), partial(self._bar.filter_like, index))
        menu.addSeparator()
        for name, words, icon, work in self._works():
            action = menu.addAction(theme.icon(icon), words, work)
            if name != "sheets":
                withhold_action(action, self._view)
        menu.popup(self._view.viewport().mapToGlobal(where))

    def _works(self) -> tuple[tuple[str, str, str, Callable[[], object]], ...]:
        return (
            ("decide", _("Record a decision…"), "check", self._decide),
            ("again", _("Ask again…"), "clock", lambda: self.bulk.ask_again(self._ids())),
            ("schedule", _("Into the day's schedule…"), "schedule", self._schedule),
            ("settlement", _("Settlement…"), "place", self._settle),
            ("note", _("Add to the note…"), "edit", self._note),
            ("sheets", _("Call sheets…"), "print", lambda: self.bulk.make_sheets(self._ids(), self._shown())),
        )

    def _ids(self) -> list[str]:
        return self._view.selected_ids()

    def _shown(self) -> list[str]:
        return [self._view.rows.row_id(row) for row in range(self._view.rows.rowCount())]

    def _say(self) -> None:
        n = len(self._ids())
        if n >= FEWEST:
            self.said.setText(_("Selected: {households}").format(households=texts.households(n)))
        self.strip.setVisible(n >= FEWEST)

    def _above(self, name: str) -> QPoint:
        button = self.buttons[name]
        widget = button if button.isVisible() else self._view.viewport()
        return widget.mapToGlobal(QPoint(0, 0))

    def _schedule(self) -> None:
        self.bulk.into_schedule(self._ids(), self._above("schedule"))

    def _note(self) -> None:
        ids = self._ids()
        question = _("Add to the note: {households}").format(households=texts.households(len(ids)))
        ask.text(self._owner, question, then=lambda text: self._run(append_note, ids, text))

    def _settle(self) -> None:
        ids = self._ids()

        def save(chosen: Chosen) -> None:
            self._run(settle_many, ids, Settled(chosen.id, chosen.text))
            dialog.accept()

        dialog = ChooseSettlementDialog(self._places, len(ids), save, self._owner)
        ask.show(dialog)

    def _run(self, verb: Callable[..., object], ids: list[str], what: object) -> None:
        self._context.tasks.run_verb(
            verb, self._context.session, ids, what, done=self._done, failed=self._failed
        )  # fmt: skip

    def _done(self, n: int) -> None:
        words = ngettext("{n} household was changed", "{n} households were changed", n).format(n=texts.number(n))
        self._context.show_notice(_("{done}. Ctrl+Z takes it back.").format(done=words), Kind.SUCCESS)

    def _failed(self, error: UserError) -> None:
        self._context.show_notice(texts.error_text(error), Kind.WARNING)
