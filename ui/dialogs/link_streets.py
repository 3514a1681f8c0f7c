"""Which streets lie next to one: a tick each. There is no map that would know."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from coordinator.domain.names import fold
from coordinator.errors import UserError
from coordinator.queries.streets import KnownStreet, streets
from coordinator.services.incidents import link_streets
from resources.i18n import _
from ui import actions, texts, theme
from ui.pages.base import PageContext
from ui.widgets.search_field import SearchField

_KEY = Qt.ItemDataRole.UserRole


class LinkStreetsDialog(QDialog):
    """Reads the streets of the settlement itself; Space ticks, Enter saves."""

    def __init__(self, context: PageContext, settlement_id: str, key: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._settlement_id, self._key, self._name = context, settlement_id, key, name
        self.setWindowTitle(_("Neighbouring streets"))
        heading = QLabel(_("Which streets lie next to {street}?").format(street=name))
        heading.setWordWrap(True)
        theme.dress(heading, "heading")
        hint = QLabel(_("When one is hit, the households of the streets next to it rise too. A link holds both ways."))
        hint.setWordWrap(True)
        theme.dress(hint, "muted")
        self.search, self.list = SearchField(_("Street")), QListWidget()
        self.list.setAccessibleName(_("Streets"))
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        theme.dress(self.fault, "notice", "warning")
        self.fault.hide()
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(10))
        column.addStrut(theme.unit(440))
        for part in (heading, hint, self.search, self.list, self.fault, self._buttons()):
            column.addWidget(part)
        self.search.searched.connect(self._narrow)
        self.search.left_down.connect(self.list.setFocus)
        actions.make(self, "form.save", self.save)
        context.tasks.run_query(streets, context.session, settlement_id, done=self._show, failed=self._refused)
        self.search.setFocus()

    def ticked(self) -> frozenset[str]:
        """The keys of the streets that are ticked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return frozenset(item.data(_KEY) for item in items if item.checkState() is Qt.CheckState.Checked)

    def tick(self, key: str, *, on: bool = True) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).data(_KEY) == key:
                self.list.item(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def save(self) -> None:
        self._context.tasks.run_verb(
            link_streets, self._context.session, self._settlement_id, self._name, self.ticked(),
            done=lambda _n: self.accept(), failed=self._refused,
        )  # fmt: skip

    def _show(self, found: Sequence[KnownStreet]) -> None:
        """Those that are linked already stand first."""
        for street in sorted(found, key=lambda street: self._key not in street.beside):
            if street.key == self._key:
                continue
            words = _("{street} · {households}").format(
                street=street.name, households=texts.households(street.households)
            )
            item = QListWidgetItem(words, self.list)
            item.setData(_KEY, street.key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            linked = self._key in street.beside
            item.setCheckState(Qt.CheckState.Checked if linked else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)

    def _narrow(self, text: str) -> None:
        words = fold(text).split()
        first = None
        for row in range(self.list.count()):
            item = self.list.item(row)
            seen = all(word in fold(item.text()) for word in words)
            item.setHidden(not seen)
            first = item if seen and first is None else first
        if first is not None:
            self.list.setCurrentItem(first)

    def _refused(self, error: UserError) -> None:
        self.fault.setText(texts.error_text(error))
        self.fault.show()

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        save = box.addButton(_("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        theme.dress(save, "primary")
        save.setDefault(True)
        box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.save)
        box.rejected.connect(self.reject)
        return box
