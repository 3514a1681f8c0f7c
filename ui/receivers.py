"""Whom an answer is for: a callback counts only while every Qt object that it holds is alive."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeGuard

import shiboken6
from PySide6.QtCore import QObject

Callback = Callable[..., object]


def present(callback: Callback | None) -> TypeGuard[Callback]:
    """Is there somebody to call, and are all Qt objects that the callback holds still alive?"""
    return callback is not None and all(shiboken6.isValid(held) for held in _held(callback))


def _held(callback: Callback) -> list[QObject]:
    if isinstance(callback, partial):
        return [*_held(callback.func), *(held for held in callback.args if isinstance(held, QObject))]
    owner = getattr(callback, "__self__", None)
    cells = getattr(callback, "__closure__", None) or ()
    held = [owner, *(cell.cell_contents for cell in cells if _filled(cell))]
    return [one for one in held if isinstance(one, QObject)]


def _filled(cell: Any) -> bool:
    try:
        _ = cell.cell_contents
    except ValueError:
        return False
    return True
