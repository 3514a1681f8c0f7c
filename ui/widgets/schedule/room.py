"""Room for what a dialog has to say: it grows with wrapped words and never shrinks under the pointer."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


def make_room(dialog: QDialog) -> None:
    """Grow to the height that the layout needs at this width, as far as the screen allows."""
    layout = dialog.layout()
    if layout is None:
        return
    layout.activate()
    width = dialog.width()
    needed = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else dialog.sizeHint().height()
    room = dialog.screen().availableGeometry().height()
    dialog.resize(width, min(max(dialog.height(), needed), max(room, dialog.height())))
