"""Every action and every key, declared once. Menus, tooltips and the sheet of keys (F1) are made from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from coordinator.domain.roles import Right
from resources.i18n import N_, _
from ui import theme
from ui.rights import gate_of


class Group(StrEnum):
    """The headings of the sheet of keys, in their order."""

    WORK = "work"
    GO = "go"
    DAY = "day"
    TABLE = "table"
    SHEET = "sheet"
    PAGE = "page"
    WINDOW = "window"


GROUPS: Mapping[Group, str] = {
    Group.WORK: N_("Work"),
    Group.GO: N_("Go to a page"),
    Group.DAY: N_("Working date"),
    Group.TABLE: N_("In a table"),
    Group.SHEET: N_("In cells that can be edited"),
    Group.PAGE: N_("On this page"),
    Group.WINDOW: N_("Window"),
}


@dataclass(frozen=True, slots=True)
class Spec:
    """`keys` as Qt writes them; the first one is shown. `local`: works only while its widget has the focus.

    `right`: who lacks it, or looks at a register that can only be read, is told why nothing happens.
    """

    text: str
    keys: tuple[str, ...] = ()
    group: Group = Group.PAGE
    icon: str = ""
    local: bool = False
    right: Right | None = None


ACTIONS: Mapping[str, Spec] = {
    "call.new": Spec(N_("Take a call"), ("Ctrl+N",), Group.WORK, "phone", right=Right.WRITE),
    "incident.record": Spec(N_("Record shelling…"), ("Ctrl+Shift+H",), Group.WORK, "hit", right=Right.WRITE),
    "search": Spec(N_("Search on this page"), ("Ctrl+F",), Group.WORK, "search"),
    "palette": Spec(N_("Do or find anything…"), ("Ctrl+K",), Group.WORK, "search"),
    "refresh": Spec(N_("Read everything again"), ("F5",), Group.WORK, "refresh"),
    "undo": Spec(N_("Undo"), ("Ctrl+Z",), Group.WORK, "undo", right=Right.WRITE),
    "redo": Spec(N_("Do again"), ("Ctrl+Y", "Ctrl+Shift+Z"), Group.WORK, "redo", right=Right.WRITE),
    "export": Spec(N_("Export…"), ("Ctrl+S",), Group.WORK, "export", right=Right.EXPORT_COUNTS),
    "lock": Spec(N_("Lock the register"), ("Ctrl+L",), Group.WORK, "lock"),
    "panic": Spec(N_("Lock at once and hide the window"), ("F12", "Pause"), Group.WORK, "lock"),
    "page.today": Spec(N_("Today"), ("Ctrl+1",), Group.GO, "today"),
    "page.charts": Spec(N_("Charts"), ("Ctrl+Shift+1",), Group.GO, "chart"),
    "page.registry": Spec(N_("Registry"), ("Ctrl+2",), Group.GO, "registry"),
    "page.schedule": Spec(N_("Schedule"), ("Ctrl+3",), Group.GO, "schedule"),
    "page.crews": Spec(N_("Crews"), ("Ctrl+Shift+2",), Group.GO, "clock"),
    "page.reports": Spec(N_("Reports"), ("Ctrl+Shift+3",), Group.GO, "export"),
    "page.fleet": Spec(N_("Fleet"), ("Ctrl+4",), Group.GO, "fleet"),
    "page.places": Spec(N_("Places"), ("Ctrl+Shift+4",), Group.GO, "place"),
    "page.import": Spec(N_("Import"), ("Ctrl+5",), Group.GO, "import"),
    "page.duplicates": Spec(N_("Duplicates"), ("Ctrl+6",), Group.GO, "duplicates"),
    "page.history": Spec(N_("History"), ("Ctrl+7",), Group.GO, "history"),
    "page.safety": Spec(N_("Safety"), ("Ctrl+8",), Group.GO, "shield"),
    "page.next": Spec(N_("Who is next"), ("Ctrl+9",), Group.GO, "next"),
    "page.streets": Spec(N_("Street board"), ("Ctrl+Shift+9",), Group.GO, "streets"),
    "page.map": Spec(N_("Map"), ("Ctrl+Shift+K",), Group.GO, "map"),
    "page.calls": Spec(N_("Calls"), ("Ctrl+Shift+T",), Group.GO, "phone"),
    "day.previous": Spec(N_("Previous day"), ("Alt+Left",), Group.DAY, "chevron-left"),
    "day.next": Spec(N_("Next day"), ("Alt+Right",), Group.DAY, "chevron-right"),
    "day.today": Spec(N_("Go to today"), ("Alt+Home",), Group.DAY),
    "table.copy": Spec(N_("Copy the selected rows"), ("Ctrl+C",), Group.TABLE, local=True),
    "table.copy_rows": Spec(N_("Copy the selected rows with titles"), ("Ctrl+Alt+C",), Group.TABLE, local=True),
    "table.columns": Spec(N_("Choose columns…"), ("Ctrl+Shift+C",), Group.TABLE, "columns", local=True),
    "table.sort": Spec(N_("Sort by this column"), ("Ctrl+Shift+S",), Group.TABLE, local=True),
    "table.sort_more": Spec(N_("Sort by this column as well"), ("Alt+Shift+S",), Group.TABLE, local=True),
    "table.filter": Spec(N_("Filter this column…"), ("Alt+Down",), Group.TABLE, "filter", local=True),
    "chart.left": Spec(N_("One point back"), ("Left",), Group.PAGE, local=True),
    "chart.right": Spec(N_("One point on"), ("Right",), Group.PAGE, local=True),
    "chart.up": Spec(N_("One part up"), ("Up",), Group.PAGE, local=True),
    "chart.down": Spec(N_("One part down"), ("Down",), Group.PAGE, local=True),
    "chart.first": Spec(N_("To the first point"), ("Home",), Group.PAGE, local=True),
    "chart.last": Spec(N_("To the last point"), ("End",), Group.PAGE, local=True),
    "chart.open": Spec(N_("Show the rows behind it"), ("Return", "Enter"), Group.PAGE, local=True),
    "chart.closer": Spec(N_("Closer"), ("+", "="), Group.PAGE, local=True),
    "chart.farther": Spec(N_("Farther"), ("-",), Group.PAGE, local=True),
    "chart.whole": Spec(N_("The whole chart"), ("0",), Group.PAGE, local=True),
    "record.edit": Spec(N_("Edit"), ("F2",), Group.PAGE, "edit", right=Right.WRITE),
    "record.new": Spec(N_("Add"), ("Ctrl+Shift+N",), Group.PAGE, "plus", right=Right.WRITE),
    "record.remove": Spec(N_("Remove"), ("Ctrl+Del",), Group.PAGE, "delete", right=Right.WRITE),
    "filter.clear": Spec(N_("Clear all filters"), ("Ctrl+Shift+F",), Group.PAGE, "filter"),
    "cell.row": Spec(N_("Select the whole row"), ("Shift+Space",), Group.SHEET, local=True),
    "cell.paste": Spec(N_("Paste cells"), ("Ctrl+V",), Group.SHEET, "copy", local=True, right=Right.WRITE),
    "cell.fill": Spec(
        N_("Fill downwards with the first value"), ("Ctrl+D",), Group.SHEET, local=True, right=Right.WRITE
    ),
    "cell.today": Spec(N_("Write the working date"), ("Ctrl+;", "Ctrl+Ж"), Group.SHEET, local=True, right=Right.WRITE),
    "cell.clear": Spec(N_("Empty the selected cells"), ("Del",), Group.SHEET, "delete", local=True, right=Right.WRITE),
    "view.save": Spec(N_("Save what is shown as a view…"), ("Ctrl+B",), Group.PAGE, "pin", right=Right.WRITE),
    "household.decide": Spec(N_("Record the decision"), ("Ctrl+Shift+D",), Group.PAGE, "check", right=Right.WRITE),
    "household.split": Spec(N_("Split the family…"), ("Ctrl+Shift+P",), Group.PAGE, "people", right=Right.WRITE),
    "household.rejoin": Spec(N_("One family again"), ("Ctrl+Shift+J",), Group.PAGE, "people", right=Right.WRITE),
    "household.part": Spec(N_("Go to the other part of the family"), ("Ctrl+J",), Group.PAGE, "people"),
    "household.details": Spec(N_("Show or hide the details"), ("F4",), Group.PAGE, "chevron-right"),
    "household.open": Spec(N_("Open the household"), ("Ctrl+Return",), Group.PAGE, "registry"),
    "next.again": Spec(N_("Ask again…"), ("A", "Ф"), Group.PAGE, "clock", right=Right.WRITE),
    "next.schedule": Spec(N_("Into the day's schedule…"), ("S", "І"), Group.PAGE, "schedule", right=Right.WRITE),
    "next.sheets": Spec(N_("Call sheets…"), ("Ctrl+P",), Group.PAGE, "print", right=Right.PRINT),
    "streets.link": Spec(N_("Neighbouring streets…"), ("L", "Д"), Group.PAGE, right=Right.WRITE),
    "call.talked": Spec(N_("Talked…"), ("1",), Group.PAGE, "check", right=Right.WRITE),
    "call.no_answer": Spec(N_("Nobody answers"), ("2",), Group.PAGE, right=Right.WRITE),
    "call.call_later": Spec(N_("Call later…"), ("3",), Group.PAGE, "clock", right=Right.WRITE),
    "call.refused": Spec(N_("They refuse…"), ("4",), Group.PAGE, "close", right=Right.WRITE),
    "call.wrong_number": Spec(N_("Wrong number"), ("5",), Group.PAGE, right=Right.WRITE),
    "call.not_in_reach": Spec(N_("Phone out of reach"), ("6",), Group.PAGE, right=Right.WRITE),
    "call.left_word": Spec(N_("Left a message"), ("7",), Group.PAGE, right=Right.WRITE),
    "call.skip": Spec(N_("Next household"), ("0",), Group.PAGE, "chevron-right"),
    "call.other_number": Spec(N_("Another number"), ("8",), Group.PAGE, "phone"),
    "call.add_number": Spec(N_("Add a number…"), ("9",), Group.PAGE, "plus", right=Right.WRITE),
    "form.save": Spec(N_("Save"), ("Ctrl+Return", "Ctrl+Enter"), Group.PAGE, "check"),
    "schedule.plan": Spec(N_("Plan the day"), ("Ctrl+R",), Group.PAGE, "schedule", right=Right.WRITE),
    "schedule.move": Spec(N_("Move to another trip…"), ("Ctrl+M",), Group.PAGE, right=Right.WRITE),
    "schedule.board": Spec(N_("Board of vehicles, or list"), ("Ctrl+Shift+B",), Group.PAGE, "columns"),
    "schedule.carry": Spec(
        N_("Take into the hand (on the board: Space), carry with the arrows"),
        ("Ctrl+Shift+M",),
        Group.PAGE,
        right=Right.WRITE,
    ),
    "schedule.trouble": Spec(N_("What no longer fits, and who cannot come"), ("Ctrl+Shift+W",), Group.PAGE, "warning"),
    "schedule.pin": Spec(
        N_("Pin the card, or take its pin off"), ("P", "З"), Group.PAGE, "pin", local=True, right=Right.WRITE
    ),
    "schedule.results": Spec(N_("Enter results"), ("Ctrl+E",), Group.PAGE, "check", right=Right.WRITE),
    "schedule.calls": Spec(N_("Call list of the day"), ("Ctrl+T",), Group.PAGE, "phone"),
    "schedule.papers": Spec(N_("Other papers…"), ("Ctrl+Shift+O",), Group.PAGE, "print", right=Right.PRINT),
    "crew.left": Spec(N_("Has left"), ("D", "В"), Group.PAGE, right=Right.WRITE),
    "crew.well": Spec(N_("Word: all well"), ("W", "Ц"), Group.PAGE, "check", right=Right.WRITE),
    "crew.note": Spec(N_("Note to the next word"), ("N", "Т"), Group.PAGE, "edit"),
    "crew.later": Spec(N_("Back at another time"), ("E", "У"), Group.PAGE, "clock", right=Right.WRITE),
    "crew.back": Spec(N_("Back and safe"), ("B", "И"), Group.PAGE, "success", right=Right.WRITE),
    "print": Spec(N_("Print…"), ("Ctrl+P",), Group.PAGE, "print", right=Right.PRINT),
    "import.choose": Spec(N_("Choose a workbook…"), ("Ctrl+O",), Group.PAGE, "folder"),
    "import.paste": Spec(N_("Paste copied rows"), ("Ctrl+V",), Group.PAGE, "copy"),
    "import.take": Spec(N_("Take or leave this value"), ("Space",), Group.PAGE, "check", local=True, right=Right.WRITE),
    "import.take_row": Spec(
        N_("Take or leave this row"), ("Space",), Group.PAGE, "check", local=True, right=Right.WRITE
    ),
    "import.next_look": Spec(N_("Next row to look at"), ("F8",), Group.PAGE, "warning"),
    "import.reading": Spec(N_("How this list is read"), ("Ctrl+H",), Group.PAGE, "columns"),
    "import.senders": Spec(N_("Senders and their words…"), ("Ctrl+Shift+E",), Group.PAGE, "edit"),
    "reading.unused": Spec(N_("This column is not used"), ("Del",), Group.TABLE, local=True),
    "missing.with_us": Spec(N_("Left with us already"), ("1",), Group.PAGE, "success", right=Right.WRITE),
    "missing.left": Spec(N_("Left by themselves"), ("2",), Group.PAGE, "export", right=Right.WRITE),
    "missing.moved": Spec(N_("Moved"), ("3",), Group.PAGE, "place", right=Right.WRITE),
    "missing.mistake": Spec(N_("A mistake of the list"), ("4",), Group.PAGE, "close", right=Right.WRITE),
    "missing.ask": Spec(N_("Still to ask"), ("5",), Group.PAGE, "phone", right=Right.WRITE),
    "import.start": Spec(N_("Import"), ("Ctrl+Return",), Group.PAGE, "import", right=Right.WRITE),
    # The Cyrillic letters are the same keys of the keyboard.
    "duplicates.same": Spec(N_("The same family"), ("S", "І"), Group.PAGE, "check", right=Right.WRITE),
    "duplicates.different": Spec(N_("Not the same"), ("N", "Т"), Group.PAGE, "close", right=Right.WRITE),
    "duplicates.update": Spec(
        N_("The same, with the ticked values"), ("U", "Г"), Group.PAGE, "edit", right=Right.WRITE
    ),
    "duplicates.later": Spec(N_("Decide later"), ("L", "Д"), Group.PAGE, "clock", right=Right.WRITE),
    "duplicates.next": Spec(N_("Next pair"), ("Right",), Group.PAGE, "chevron-right"),
    "duplicates.previous": Spec(N_("Previous pair"), ("Left",), Group.PAGE, "chevron-left"),
    "map.nearer": Spec(N_("Nearer"), ("+", "="), Group.PAGE, local=True),
    "map.farther": Spec(N_("Farther"), ("-",), Group.PAGE, local=True),
    "map.all": Spec(N_("Everything in sight"), ("Home",), Group.PAGE, local=True),
    "font.larger": Spec(N_("Larger text"), ("Ctrl++", "Ctrl+="), Group.WINDOW),
    "font.smaller": Spec(N_("Smaller text"), ("Ctrl+-",), Group.WINDOW),
    "font.normal": Spec(N_("Normal text size"), ("Ctrl+0",), Group.WINDOW),
    "keys": Spec(N_("All keys"), ("F1",), Group.WINDOW, "keyboard"),
    "quit": Spec(N_("Quit"), ("Ctrl+Q",), Group.WINDOW),
}


def make(owner: QWidget, name: str, slot: Callable[[], object], *, text: str = "") -> QAction:
    """A declared action on `owner`, with its keys, icon and a tooltip that shows the key. KeyError if undeclared.

    `text` (already translated) replaces the declared words where the place needs others.
    """
    spec = ACTIONS[name]
    action = QAction(text or _(spec.text), owner)
    action.setObjectName(name)
    action.setShortcuts([QKeySequence(key) for key in spec.keys])
    # A hidden page keeps its actions, but Qt does not let their keys act.
    here, anywhere = Qt.ShortcutContext.WidgetShortcut, Qt.ShortcutContext.WindowShortcut
    action.setShortcutContext(here if spec.local else anywhere)
    if spec.icon:
        action.setIcon(theme.icon(spec.icon))
    action.setToolTip(tooltip(name, text))
    action.triggered.connect(lambda *_checked: slot() if _may(owner, spec.right) else None)
    owner.addAction(action)
    return action


def _may(owner: QWidget, right: Right | None) -> bool:
    """Where it may not be done, the reason is said: a key is pressed without a tooltip to look at."""
    gate = gate_of(owner) if right is not None else None
    return gate is None or gate.passes(right)


def tooltip(name: str, text: str = "") -> str:
    """ "Take a call (Ctrl+N)" """
    words = (text or _(ACTIONS[name].text)).removesuffix("…")
    key = key_text(name)
    return f"{words} ({key})" if key else words


def key_text(name: str) -> str:
    """The first key of an action as this system writes it."""
    keys = ACTIONS[name].keys
    return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""


def sheet(within: QObject) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be done by key right now: (heading, [(words, key)]), from the actions that exist under `within`."""
    present: dict[str, QAction] = {}
    for action in within.findChildren(QAction):
        owner = action.parent()
        seen = isinstance(owner, QWidget) and owner.isVisible()
        if seen and action.objectName() in ACTIONS and action.shortcuts():
            present.setdefault(action.objectName(), action)
    found = []
    for group in Group:
        rows = [
            (present[name].text().removesuffix("…"), key_text(name))
            for name, spec in ACTIONS.items()
            if spec.group is group and name in present
        ]
        if rows:
            found.append((_(GROUPS[group]), rows))
    return found
