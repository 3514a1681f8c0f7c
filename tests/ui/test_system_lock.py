"""The system says that nobody is at the desk: screen lock, sleep, logout. Signals over a real bus of the test's own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.errors import UserError
from ui.locking.ending import Ending
from ui.locking.system import SystemWatch, session_bus, system_bus
from ui.main_window import MainWindow

DAEMON = shutil.which("dbus-daemon")
LINUX = sys.platform.startswith("linux")
needs_bus = pytest.mark.skipif(DAEMON is None or not LINUX, reason="there is no dbus-daemon to start")
needs_signals = pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system sends no signals")

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""
SCREEN_LOCKED = [
    ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"), ("/ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"), ("/org/cinnamon/ScreenSaver", "org.cinnamon.ScreenSaver"),
]  # fmt: skip
LOGIN = "org.freedesktop.login1"


class Bus:
    """A private bus, and somebody on it who tells."""

    def __init__(self, folder: Path) -> None:
        config = folder / "bus.conf"
        config.write_text(CONFIG.format(folder=folder), encoding="utf-8")
        self.process = subprocess.Popen(
            [str(DAEMON), f"--config-file={config}", "--nofork", "--nopidfile", "--print-address"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        self.speaker = QDBusConnection.connectToBus(self.address, f"speaker-{id(self)}")
        assert self.speaker.isConnected()

    def tell(self, path: str, interface: str, name: str, *values: object) -> None:
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments(list(values))
        assert self.speaker.send(message)

    def stop(self) -> None:
        QDBusConnection.disconnectFromBus(self.speaker.name())
        self.process.terminate()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


@pytest.fixture
def bus(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bus]:
    made = Bus(tmp_path_factory.mktemp("b"))
    yield made
    made.stop()


@pytest.fixture
def guarded(opened: MainWindow, bus: Bus) -> Iterator[MainWindow]:
    """An open register that listens to the bus, as session and as system bus."""
    watch = SystemWatch(opened, session=bus.address, system=bus.address)
    watch.away.connect(opened.lock)
    yield opened
    watch.close()


def locked(window: MainWindow) -> bool:
    return window.unlock_page is not None and window.register is None and not window.closing.under_way


@needs_bus
@pytest.mark.parametrize(("path", "interface"), SCREEN_LOCKED)
def test_fault_23_the_register_locks_when_the_screen_does(
    guarded: MainWindow, bus: Bus, qtbot: QtBot, path: str, interface: str
) -> None:
    bus.tell(path, interface, "ActiveChanged", True)
    qtbot.waitUntil(lambda: locked(guarded))


@needs_bus
def test_fault_23_the_register_locks_before_the_computer_sleeps(guarded: MainWindow, bus: Bus, qtbot: QtBot) -> None:
    bus.tell("/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep", True)
    qtbot.waitUntil(lambda: locked(guarded))


@needs_bus
def test_the_register_locks_when_the_login_is_told_to(guarded: MainWindow, bus: Bus, qtbot: QtBot) -> None:
    bus.tell("/org/freedesktop/login1/session/_32", f"{LOGIN}.Session", "Lock")
    qtbot.waitUntil(lambda: locked(guarded))


@needs_bus
def test_a_screen_that_is_unlocked_and_a_computer_that_wakes_lock_nothing(bus: Bus, qtbot: QtBot) -> None:
    watch = SystemWatch(session=bus.address, system=bus.address)
    heard: list[str] = []
    watch.away.connect(lambda: heard.append("away"))
    bus.tell("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", False)
    bus.tell("/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep", False)
    bus.tell("/org/freedesktop/login1", f"{LOGIN}.Session", "Unlock")
    with qtbot.waitSignal(watch.away):
        bus.tell("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True)
    assert heard == ["away"], "the order on a bus is kept: those before were heard and meant nothing"
    watch.close()


def test_without_a_bus_nothing_happens_and_nothing_is_said(
    qapp: QApplication, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for address in ("", f"unix:path={tmp_path}/nobody", "nonsense"):
        SystemWatch(session=address, system=address).close()
    assert capfd.readouterr() == ("", "")


@needs_bus
def test_a_bus_that_goes_away_changes_nothing(bus: Bus, guarded: MainWindow, qtbot: QtBot) -> None:
    mine = QDBusConnection.connectToBus(bus.address, "watching the end")
    bus.process.terminate()
    bus.process.wait()
    qtbot.waitUntil(lambda: not mine.isConnected())
    assert guarded.desk is not None
    QDBusConnection.disconnectFromBus("watching the end")


def test_the_addresses_come_from_the_login_and_no_bus_is_ever_started(tmp_path: Path) -> None:
    assert session_bus({}) == ""
    assert session_bus({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"}) == "unix:path=/x"
    assert session_bus({"XDG_RUNTIME_DIR": str(tmp_path)}) == ""
    (tmp_path / "bus").touch()
    assert session_bus({"XDG_RUNTIME_DIR": str(tmp_path)}) == f"unix:path={tmp_path}/bus"
    assert system_bus({"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/y"}) == "unix:path=/y"


@needs_signals
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_program_that_is_told_to_end_closes_its_register(opened: MainWindow, qtbot: QtBot, name: str) -> None:
    assert opened.register is not None
    session = opened.register.session
    ending = Ending(opened.keep_drafts, opened)
    ending.asked.connect(opened.close)
    before = signal.getsignal(signal.SIGTERM)
    try:
        os.kill(os.getpid(), getattr(signal, name))
        qtbot.waitUntil(lambda: not opened.isVisible())
    finally:
        ending.close()
    assert signal.getsignal(signal.SIGTERM) is not before
    with pytest.raises(UserError, match=r"register\.closed"), session.reading():
        pass
