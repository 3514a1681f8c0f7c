"""The line above every page: its title, the register, the working date, language, theme and lock."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from resources.i18n import LANGUAGES, N_, _, language
from ui import theme
from ui.widgets.chips import Badge
from ui.widgets.date_chooser import DateChooser
from ui.working_date import WorkingDate

THEME_WORDS = {"system": N_("As the system"), "light": N_("Light"), "dark": N_("Dark")}
THEME_ICONS = {"system": "screen", "light": "sun", "dark": "moon"}


class Header(QWidget):
    """`language_chosen(code)` and `theme_chosen(choice)` come from the two menus."""

    language_chosen = Signal(str)
    theme_chosen = Signal(str)

    def __init__(self, name: str, training: bool, working: WorkingDate, choice: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.unit(20), theme.unit(9), theme.unit(14), theme.unit(9))
        self._grid.setHorizontalSpacing(theme.unit(16))
        self._grid.setVerticalSpacing(theme.unit(6))
        self._grid.setColumnStretch(0, 1)
        self.title = QLabel()
        theme.dress(self.title, "title")
        self.date = DateChooser(working)
        self.languages, self.themes = language_button(self.language_chosen), theme_button(choice, self.theme_chosen)
        self.lock, self.export = QToolButton(), QToolButton()
        for button in (self.lock, self.export):
            theme.dress(button, "quiet")
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.unit(4))
        for button in (self.export, self.languages, self.themes, self.lock):
            self._buttons.addWidget(button)
        self._grid.addLayout(self._words(name, training), 0, 0)
        self._grid.addLayout(self._buttons, 0, 2)
        self._narrow: bool | None = None
        self._arrange(narrow=False)

    def reserve(self, titles: Iterable[str]) -> None:
        """Keep room for the longest title, so that the date does not jump from page to page."""
        self.title.ensurePolished()
        letters = self.title.fontMetrics()
        self.title.setMinimumWidth(max((letters.horizontalAdvance(title) for title in titles), default=0))

    def minimumSizeHint(self) -> QSize:
        """As narrow as two lines can be; the date goes to the second one."""
        words, buttons = self._grid.itemAtPosition(0, 0), self._buttons.sizeHint().width()
        first = (words.minimumSize().width() if words else 0) + buttons + self._grid.horizontalSpacing()
        margins = self._grid.contentsMargins()
        width = max(first, self.date.sizeHint().width()) + margins.left() + margins.right()
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return handled

    def _fit(self) -> None:
        words = self._grid.itemAtPosition(0, 0)
        needed = (words.sizeHint().width() if words else 0) + self.date.sizeHint().width()
        needed += self._buttons.sizeHint().width() + 2 * self._grid.horizontalSpacing()
        self._arrange(narrow=needed > self.contentsRect().width() - theme.unit(34))

    def _arrange(self, *, narrow: bool) -> None:
        if narrow != self._narrow:
            self._narrow = narrow
            self._grid.removeWidget(self.date)
            if narrow:
                self._grid.addWidget(self.date, 1, 0, 1, 3, Qt.AlignmentFlag.AlignLeft)
            else:
                self._grid.addWidget(self.date, 0, 1)
            self.updateGeometry()

    def _words(self, name: str, training: bool) -> QVBoxLayout:
        words, below = QVBoxLayout(), QHBoxLayout()
        words.setSpacing(0)
        below.setSpacing(theme.unit(8))
        register = QLabel(name)
        register.setTextFormat(Qt.TextFormat.PlainText)
        theme.dress(register, "small")
        register.setAccessibleName(_("Register {name}").format(name=name))
        below.addWidget(register)
        if training:
            self.mark = Badge(_("TRAINING – invented people"), "warning")
            below.addWidget(self.mark)
        below.addStretch(1)
        words.addWidget(self.title)
        words.addLayout(below)
        return words


def language_button(chosen: SignalInstance) -> QToolButton:
    """The switch of languages; each is written in its own words, so that anybody finds theirs."""
    button = _menu_button("globe", _("Language"))
    button.setText(language().upper())
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    _fill(button, LANGUAGES, language(), chosen)
    return button


def theme_button(choice: str, chosen: SignalInstance) -> QToolButton:
    button = _menu_button(THEME_ICONS[choice], _("Theme"))
    _fill(button, {name: _(words) for name, words in THEME_WORDS.items()}, choice, chosen)
    return button


def _menu_button(icon: str, words: str) -> QToolButton:
    button = QToolButton()
    theme.dress(button, "quiet")
    button.setProperty("menu", True)
    button.setIcon(theme.icon(icon))
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return button


def _fill(button: QToolButton, choices: dict[str, str], current: str, chosen: SignalInstance) -> None:
    menu = QMenu(button)
    group = QActionGroup(menu)
    for name, words in choices.items():
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(name == current)
        action.triggered.connect(lambda _checked=False, name=name: chosen.emit(name))
        group.addAction(action)
    button.setMenu(menu)
