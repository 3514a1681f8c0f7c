"""Questions to the person. Each opens its dialog and calls back; no nested event loop, nothing is waited for.

Asked is only before what cannot be undone, and with numbers. In tests `answers` says beforehand what a
person would.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox, QWidget

from resources.i18n import _
from ui import theme

_prepared: deque[Any] = deque()


@contextmanager
def answers(given: Iterable[object]) -> Iterator[None]:
    """Within the block the next questions are answered by these values, in order, without a dialog.

    For `confirm` True or False, for the others the text or path; None is "cancel". A question that was
    foreseen but never asked is an AssertionError.
    """
    _prepared.extend(given)
    try:
        yield
        assert not _prepared, f"never asked for: {list(_prepared)}"
    finally:
        _prepared.clear()


def confirm(
    parent: QWidget,
    question: str,
    *,
    yes: str,
    then: Callable[[], object],
    detail: str = "",
    danger: bool = False,
    otherwise: Callable[[], object] | None = None,
) -> None:
    """Ask whether to go on; the button says what is done (`yes`), Escape and "Cancel" leave all as it is."""
    if _prepared:
        chosen = then if _prepared.popleft() else otherwise
        if chosen is not None:
            chosen()
        return
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle(_("Evacuation Coordinator"))
    box.setText(question)
    box.setInformativeText(detail)
    go = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
    theme.dress(go, "danger" if danger else "primary")
    box.setDefaultButton(stay if danger else go)
    box.setEscapeButton(stay)
    box.finished.connect(lambda _code: _go_on(box.clickedButton() is go, then, otherwise))
    box.open()


def text(parent: QWidget, question: str, *, then: Callable[[str], object], start: str = "") -> None:
    """Ask for one line; an empty one counts as "cancel"."""
    if _prepared:
        _give(_prepared.popleft(), then)
        return
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_("Evacuation Coordinator"))
    dialog.setLabelText(question)
    dialog.setTextValue(start)
    dialog.setOkButtonText(_("OK"))
    dialog.setCancelButtonText(_("Cancel"))
    dialog.textValueSelected.connect(lambda value: _give(value.strip(), then))
    dialog.open()


def file_to_open(parent: QWidget, title: str, patterns: str, *, then: Callable[[Path], object]) -> None:
    """Ask for an existing file; `patterns` as Qt has them: "Workbooks (*.xlsx *.xls)"."""
    _file(parent, title, QFileDialog.FileMode.ExistingFile, then, patterns=patterns)


def file_to_save(parent: QWidget, title: str, patterns: str, *, then: Callable[[Path], object], name: str = "") -> None:
    """Ask where to save; the dialog itself asks before an existing file is replaced."""
    _file(parent, title, QFileDialog.FileMode.AnyFile, then, patterns=patterns, name=name)


def folder(parent: QWidget, title: str, *, then: Callable[[Path], object], start: str = "") -> None:
    """Ask for an existing folder."""
    _file(parent, title, QFileDialog.FileMode.Directory, then, start=start)


def _file(
    parent: QWidget,
    title: str,
    mode: QFileDialog.FileMode,
    then: Callable[[Path], object],
    *,
    patterns: str = "",
    name: str = "",
    start: str = "",
) -> None:
    if _prepared:
        answer = _prepared.popleft()
        _give(Path(answer) if answer else None, then)
        return
    dialog = QFileDialog(parent, title, start, patterns)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(mode)
    if mode is QFileDialog.FileMode.AnyFile:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
        dialog.selectFile(name)
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(chosen.rpartition("*.")[2].rstrip(")")))
    if mode is QFileDialog.FileMode.Directory:
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda path: _give(Path(path), then))
    dialog.open()


def show(dialog: QDialog) -> None:
    """Open one of our own dialogs: modal to its window, gone from memory when it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _go_on(agreed: bool, then: Callable[[], object], otherwise: Callable[[], object] | None) -> None:
    if agreed:
        then()
    elif otherwise is not None:
        otherwise()


def _give(value: Any, then: Callable[[Any], object]) -> None:
    if value:
        then(value)
