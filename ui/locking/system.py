"""The system says so: the screen is locked or the computer goes to sleep. By D-Bus, so on Linux only."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import SLOT, QObject, Signal, Slot

try:
    from PySide6.QtDBus import QDBusConnection
except ImportError:  # a build of Qt without D-Bus
    QDBusConnection = None  # type: ignore[assignment,misc]

SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver",
)  # fmt: skip
LOGIN = "org.freedesktop.login1"
SYSTEM_SOCKET = Path("/run/dbus/system_bus_socket")


def session_bus(environment: Mapping[str, str] = os.environ) -> str:
    """The address of this login's bus, or "". A bus is never started for our sake."""
    given = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
    if given:
        return given
    folder = environment.get("XDG_RUNTIME_DIR", "")
    return f"unix:path={folder}/bus" if folder and (Path(folder) / "bus").exists() else ""


def system_bus(environment: Mapping[str, str] = os.environ) -> str:
    given = environment.get("DBUS_SYSTEM_BUS_ADDRESS", "")
    return given or (f"unix:path={SYSTEM_SOCKET}" if SYSTEM_SOCKET.exists() else "")


class SystemWatch(QObject):
    """`away` when the screen is locked, the session is told to lock, or the computer is about to sleep.

    Signals are heard from any sender: the worst that a false one can do is to lock. Without a bus nothing happens.
    """

    away = Signal()

    def __init__(self, parent: QObject | None = None, *, session: str = "", system: str = "") -> None:
        super().__init__(parent)
        self._names = [f"coordinator-{kind}-{id(self)}" for kind in ("session", "system")]
        if QDBusConnection is None or not sys.platform.startswith("linux"):
            return
        self._hear(self._names[0], session, [(saver, "ActiveChanged", "became(bool)") for saver in SCREEN_SAVERS])
        self._hear(
            self._names[1],
            system,
            [(f"{LOGIN}.Manager", "PrepareForSleep", "became(bool)"), (f"{LOGIN}.Session", "Lock", "told()")],
        )

    def _hear(self, name: str, address: str, signals: list[tuple[str, str, str]]) -> None:
        if not address:
            return
        bus = QDBusConnection.connectToBus(address, name)
        if bus.isConnected():
            for interface, signal, slot in signals:
                bus.connect("", "", interface, signal, self, SLOT(slot))

    def close(self) -> None:
        """Leave the buses."""
        if QDBusConnection is not None:
            for name in self._names:
                QDBusConnection.disconnectFromBus(name)

    @Slot(bool)
    def became(self, on: bool) -> None:
        if on:
            self.away.emit()

    @Slot()
    def told(self) -> None:
        self.away.emit()
