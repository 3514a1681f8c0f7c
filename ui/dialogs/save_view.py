"""A name for what the registry shows now: search, filters, order and columns, to be opened again by everybody."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from coordinator.errors import UserError
from coordinator.queries.saved_views import Look, SavedView
from coordinator.services import saved_views as verbs
from resources.i18n import _
from ui import texts, theme
from ui.pages.base import PageContext

WIDTH = 420


class SaveViewDialog(QDialog):
    """Enter saves under the name; where a view that was changed since is shown, it can take the changes instead."""

    def __init__(
        self, context: PageContext, look: Look, says: str, name: str, changed: SavedView | None, parent: QWidget
    ) -> None:
        """`says`: search and filters in words. `name`: a proposal."""
        super().__init__(parent)
        self._context, self._look, self._changed = context, look, changed
        self.setWindowTitle(_("Save as a view"))
        self.name = QLineEdit(name)
        self.name.setAccessibleName(_("Name of the view"))
        self.name.setMaxLength(verbs.LONGEST_NAME)
        self.pinned = QCheckBox(_("Show with its count on the page Today"))
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        self.fault.setStyleSheet(f"color: {theme.color('danger').name()}")
        self.fault.hide()
        self._lay_out(says)
        self.name.selectAll()

    def _lay_out(self, says: str) -> None:
        kept = QLabel(says or _("All households"))
        kept.setWordWrap(True)
        theme.dress(kept, "muted")
        caption = QLabel(_("Name of the view"))
        caption.setBuddy(self.name)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(10))
        column.addStrut(theme.unit(WIDTH))
        for part in (kept, caption, self.name, self.pinned, self.fault, self._buttons()):
            column.addWidget(part)

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        save = box.addButton(_("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        theme.dress(save, "primary")
        save.setDefault(True)
        if self._changed is not None:
            into = _("Save into “{name}”").format(name=self._changed.name)
            box.addButton(into, QDialogButtonBox.ButtonRole.ActionRole).clicked.connect(self._save_into)
            save.setText(_("Save as a new view"))
        box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self._save)
        box.rejected.connect(self.reject)
        return box

    def _save(self) -> None:
        verb = partial(verbs.save_view, pinned=self.pinned.isChecked())
        self._run(verb, self._context.session, self.name.text(), self._look)

    def _save_into(self) -> None:
        assert self._changed is not None
        self._run(verbs.change_view, self._context.session, self._changed.id, self._look)

    def _run(self, verb: object, *args: object) -> None:
        self._context.tasks.run_verb(verb, *args, done=lambda _value: self.accept(), failed=self._refused)

    def _refused(self, error: UserError) -> None:
        self.fault.setText(texts.error_text(error))
        self.fault.show()
        self.name.setFocus()
