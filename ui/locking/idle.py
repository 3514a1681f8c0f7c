"""Nobody at the desk: tells when no key, mouse or finger moved for some minutes, and when the computer has slept."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

LOOK_MS = 1000
ASLEEP_SECONDS = 60
"""A wall clock that moved on so far between two looks: the computer slept, or its clock was set."""

_TOUCHES = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease, QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate,
    QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.DragMove, QEvent.Type.NativeGesture,
})  # fmt: skip
_PLAIN_OR_CONTROL = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier)
Clocks = Callable[[], tuple[float, float]]


def clocks() -> tuple[float, float]:
    """Seconds by the clock that only runs on, which may stand still in sleep, and by the wall clock, which may jump."""
    return time.monotonic(), time.time()


class IdleWatch(QObject):
    """`idle` after the minutes given to `start`. `pressed(key)`: a bare key of `keys`,
    or one of `with_control` with Ctrl, in whichever window.

    One event filter, on the windows and not on the application: there it would be asked for each of thousands of
    events of single widgets, and would wait for the interpreter at each while an import or a plan is computed.
    """

    idle = Signal()
    pressed = Signal(int)

    def __init__(self, parent: QObject | None = None, *, clock: Clocks = clocks) -> None:
        super().__init__(parent)
        self.clock = clock
        self.keys: frozenset[int] = frozenset()
        self.with_control: frozenset[int] = frozenset()
        self._seconds = 0.0
        self._touched = self._looked = clock()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def watching(self) -> bool:
        return self._timer.isActive()

    @property
    def minutes(self) -> float:
        return self._seconds / 60

    def start(self, minutes: float) -> None:
        """Begin, or go on with other minutes."""
        self._seconds = minutes * 60
        if not self.watching:
            self._touched = self._looked = self.clock()
            QGuiApplication.instance().focusWindowChanged.connect(self._listen)
            self._listen()
            self._timer.start()

    def stop(self) -> None:
        if self.watching:
            self._timer.stop()
            QGuiApplication.instance().focusWindowChanged.disconnect(self._listen)

    def look(self) -> None:
        """Once a second: has a window come up, and is it time?"""
        self._listen()
        self._due()

    def _due(self) -> bool:
        now, before = self.clock(), self._looked
        self._looked = now
        slept = now[1] - before[1] > ASLEEP_SECONDS
        # The clock that only runs on may have slept too; the wall clock may have been set back. The later one counts.
        resting = max(now[0] - self._touched[0], now[1] - self._touched[1])
        if slept or resting >= self._seconds:
            self._touched = now
            self.idle.emit()
            return True
        return False

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in _TOUCHES or not self.watching:
            return False
        if kind is QEvent.Type.KeyPress and self._takes(event):
            return True
        if self._due():
            return True  # the first touch after the time was up, before the timer saw it
        self._touched = self._looked
        return False

    def _takes(self, event: QEvent) -> bool:
        """Shortcuts do not reach over a dialog; what comes here as a key was no shortcut."""
        if not isinstance(event, QKeyEvent):
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        wanted = self.with_control if held == Qt.KeyboardModifier.ControlModifier else self.keys
        if event.key() not in wanted or held not in _PLAIN_OR_CONTROL:
            return False
        self.pressed.emit(event.key())
        return True

    def _listen(self, *_window: object) -> None:
        """On every window there is; a filter that is there already is not added twice."""
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)
