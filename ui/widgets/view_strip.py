"""The saved views of the registry side by side, each with its live count; the one that is shown is marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from coordinator.queries.saved_views import SavedView, ViewCount
from resources.i18n import _
from ui import actions, texts, theme
from ui.rights import needs, withhold_action
from ui.widgets.chips import FlowLayout

LONGEST = 32
"""Letters of a name that a button shows; the whole name is its tooltip."""


class ViewStrip(QWidget):
    """`opened(id)`, "" for all households. The menu of a view (right click, the menu key or the button at the end)
    tells what else can be done: `change_wanted(id)`, `rename_wanted(id)`, `pin_wanted(id, on)`,
    `move_wanted(id, step)`, `remove_wanted(id)`.
    """

    opened = Signal(str)
    change_wanted = Signal(str)
    rename_wanted = Signal(str)
    pin_wanted = Signal(str, bool)
    move_wanted = Signal(str, int)
    remove_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: Sequence[SavedView] = ()
        self._counts: Mapping[str, ViewCount] = {}
        self.buttons: dict[str, ViewButton] = {}
        self._flow = FlowLayout(self)
        self.setAccessibleName(_("Saved views"))
        self.hide()

    def show_views(self, views: Sequence[SavedView]) -> None:
        """These views; without any the strip takes no room."""
        self._views = views
        focused = next((key for key, button in self.buttons.items() if button.hasFocus()), None)
        self._flow.empty()
        self.buttons = {"": ViewButton(_("All"))}
        self.buttons.update((view.id, ViewButton(view.name, view.pinned)) for view in views)
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, key=key: self.opened.emit(key))
            self._flow.addWidget(button)
            if key:
                button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                button.customContextMenuRequested.connect(lambda where, key=key: self.show_menu(key, where))
        self.more = self._more_button()
        self._flow.addWidget(self.more)
        if focused in self.buttons:
            self.buttons[focused].setFocus()
        self.show_counts(self._counts)
        self.setVisible(bool(views))

    def show_counts(self, counts: Mapping[str, ViewCount]) -> None:
        self._counts = counts
        for key, button in self.buttons.items():
            button.say_count(counts.get(key))

    def mark(self, view_id: str | None, changed: bool = False) -> None:
        """Mark the view that is shown, None for none; `changed`: search or filters are no longer those it keeps."""
        for key, button in self.buttons.items():
            button.setChecked(key == view_id)
            button.say_changed(key == view_id and changed)
        if self._views:
            self.more.setEnabled(bool(view_id))

    def show_menu(self, view_id: str, where: QPoint | None = None) -> None:
        """What else can be done with a view."""
        view = next(one for one in self._views if one.id == view_id)
        button, at = self.buttons[view_id], self._views.index(view)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        menu.setAccessibleName(_("View “{name}”").format(name=view.name))
        steps = (
            (_("Save what is shown now into this view"), lambda: self.change_wanted.emit(view_id), button.changed),
            (_("Rename…"), lambda: self.rename_wanted.emit(view_id), True),
            (_("Take off the page Today") if view.pinned else _("Show on the page Today"),
             lambda: self.pin_wanted.emit(view_id, not view.pinned), True),
            (_("Move to the left"), lambda: self.move_wanted.emit(view_id, -1), at > 0),
            (_("Move to the right"), lambda: self.move_wanted.emit(view_id, 1), at < len(self._views) - 1),
            (_("Delete the view"), lambda: self.remove_wanted.emit(view_id), True),
        )  # fmt: skip
        for words, then, possible in steps:
            action = menu.addAction(words, then)
            action.setEnabled(possible)
            withhold_action(action, self)
        menu.popup(button.mapToGlobal(where or QPoint(0, button.height())))

    def _more_button(self) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon("more"))
        button.setIconSize(QSize(theme.unit(15), theme.unit(15)))
        button.setToolTip(_("Rename, pin, move or delete the view that is shown"))
        button.setAccessibleName(button.toolTip())
        theme.dress(button, "quiet")
        button.clicked.connect(self._menu_of_current)
        button.setEnabled(False)
        return button

    def _menu_of_current(self) -> None:
        current = next((key for key, button in self.buttons.items() if button.isChecked()), "")
        if current:
            self.show_menu(current)


class ViewButton(QPushButton):
    """ "Stretcher, not scheduled · 4" """

    def __init__(self, name: str, pinned: bool = False) -> None:
        super().__init__(name)
        self._name, self._count = name or _("No name"), ""
        self.changed = False
        self.setCheckable(True)
        theme.dress(self, "view")
        if pinned:
            self.setIcon(theme.icon("pin", "muted"))
            self.setIconSize(QSize(theme.unit(12), theme.unit(12)))
        self._pinned = pinned
        self._say()

    def say_count(self, count: ViewCount | None) -> None:
        self._count = "" if count is None else texts.number(count.households)
        self._tip(count)
        self._say()

    def say_changed(self, changed: bool) -> None:
        self.changed = changed
        self._say()

    def nextCheckState(self) -> None:
        """What is marked is said by `mark`, when the view is shown."""

    def _say(self) -> None:
        short = self._name if len(self._name) <= LONGEST else self._name[: LONGEST - 1] + "…"
        named = _("{name} (changed)").format(name=short) if self.changed else short
        self.setText(_("{value} · {count}").format(value=named, count=self._count) if self._count else named)

    def _tip(self, count: ViewCount | None) -> None:
        lines = [self._name]
        if count is not None:
            lines.append(f"{texts.households(count.households)}, {texts.people(count.people)}")
        if self._pinned:
            lines.append(_("Shown on the page Today"))
        self.setToolTip("\n".join(lines))
        self.setAccessibleDescription(", ".join(lines[1:]))


def save_button() -> QPushButton:
    """ "Save as a view…", for beside the chips."""
    button = QPushButton(_("Save as a view…"))
    button.setToolTip(actions.tooltip("view.save"))
    theme.dress(button, "link")
    needs(button)
    return button
