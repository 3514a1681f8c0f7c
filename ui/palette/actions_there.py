"""Which actions there are now, what each would do, and why one cannot be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from resources.i18n import _
from ui import actions
from ui.pages.base import Page
from ui.palette.entry import ACTION, Entry
from ui.rights import gate_of

SELF = "palette"


@dataclass(frozen=True, slots=True)
class Doing:
    """An action of the window. `page` "" where it works on every page."""

    action: QAction
    page: str
    rank: int


def actions_there(desk: QWidget, focus: QWidget | None, pages: Mapping[str, Page]) -> dict[str, Doing]:
    """By their names: of several widgets that have the same action the one with the focus, else one in sight."""
    found: dict[str, Doing] = {}
    for action in desk.findChildren(QAction):
        name, owner = action.objectName(), action.parent()
        if name not in actions.ACTIONS or name == SELF or not isinstance(owner, QWidget):
            continue
        page = next((key for key, one in pages.items() if one is owner or one.isAncestorOf(owner)), "")
        rank = 0 if owner is focus else 1 if owner.isVisible() else 2
        if rank == 2 and (actions.ACTIONS[name].local or not page):
            continue
        if name not in found or rank < found[name].rank:
            found[name] = Doing(action, page, rank)
    return found


def action_entries(desk: QWidget, there: Mapping[str, Doing], pages: Mapping[str, Page]) -> list[Entry]:
    """In the order of the sheet of keys. One of another page says which; choosing it leads there first."""
    gate = gate_of(desk)
    entries = []
    for name, spec in actions.ACTIONS.items():
        if name not in there:
            continue
        doing = there[name]
        words = doing.action.text().removesuffix("…")
        away = doing.rank == 2
        if away:
            words = _("{page}: {what}").format(page=pages[doing.page].title(), what=words)
        why = gate.why_not(spec.right) if gate is not None and spec.right is not None else ""
        if not why and not doing.action.isEnabled() and not away:
            why = doing.action.toolTip()
        entries.append(Entry(f"{ACTION}:{name}", words, actions.key_text(name), spec.icon, why))
    return entries


def do(doing: Doing, go: Callable[[str], object]) -> None:
    """Do it, on its own page first where that is not in sight."""
    if doing.rank == 2:
        go(doing.page)
    QTimer.singleShot(0, doing.action, doing.action.trigger)
