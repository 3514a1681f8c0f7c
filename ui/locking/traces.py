"""What a lock takes off the screen and out of memory: windows over the page, the clipboard, pictures, known texts."""

from __future__ import annotations

from PySide6.QtGui import QClipboard, QGuiApplication, QPixmapCache
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget

from coordinator.domain import memory


def close_windows_over(main: QWidget) -> bool:
    """Dialogs, previews, menus, lists that hang from a field, tooltips: gone at once, and nothing is asked.

    True where there was any window.
    """
    any_there = False
    QToolTip.hideText()
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.hide()
    for widget in QApplication.topLevelWidgets():
        if widget is main or not widget.isVisible():
            continue
        any_there = True
        widget.hide()
        if isinstance(widget, QDialog):
            # Not close(): a form would ask whether to throw away what was typed, which is a draft by now.
            QDialog.done(widget, QDialog.DialogCode.Rejected)
    return any_there


def clear_clipboard() -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    if clipboard.supportsSelection():
        clipboard.clear(QClipboard.Mode.Selection)


def drop_caches() -> None:
    """Pictures of what was painted, and texts about people that made a long run quick."""
    QPixmapCache.clear()
    memory.forget()
