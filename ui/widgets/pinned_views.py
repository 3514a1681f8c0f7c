"""The saved views that are pinned to the first page: each a figure that leads to its households."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from coordinator.queries.saved_views import SavedView, ViewCount
from resources.i18n import _
from ui import texts, theme
from ui.widgets.figure import Figure

Pinned = Sequence[tuple[SavedView, ViewCount]]
ACROSS = 4
"""Figures in a row; a name needs more room than a number."""


class PinnedViews(QWidget):
    """`opened(id)` when a figure is clicked. Without a pinned view it takes no room."""

    def __init__(self, opened: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.figures: dict[str, Figure] = {}
        self._names: list[tuple[str, str]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.unit(10))
        for place in range(ACROSS):
            self._grid.setColumnStretch(place, 1)
        self.setAccessibleName(_("Saved views"))
        self.hide()

    def show_views(self, pinned: Pinned) -> None:
        names = [(view.id, view.name) for view, _count in pinned]
        if names != self._names:
            self._names = names
            self._make()
        for view, found in pinned:
            words = _("{households}, {people}").format(
                households=texts.households_word(found.households), people=texts.people(found.people)
            )
            self.figures[view.id].say(found.households, words)
        self.setVisible(bool(pinned))

    def _make(self) -> None:
        for figure in self.figures.values():
            self._grid.removeWidget(figure)
            figure.hide()
            figure.deleteLater()
        self.figures = {}
        self.figures = {
            key: Figure(name, then=lambda key=key: self._opened(key), low=True) for key, name in self._names
        }
        for place, figure in enumerate(self.figures.values()):
            self._grid.addWidget(figure, *divmod(place, ACROSS))
