"""A field for a settlement: suggestions from the gazetteer while typing, any other text is kept as typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from coordinator.domain.names import clean, fold
from coordinator.domain.places import Gazetteer, Place, Resolution, is_home
from coordinator.queries.fleet import SettlementChoice, settlements
from coordinator.session import Session
from resources.i18n import _
from ui import theme

SUGGESTIONS = 12
_ID = Qt.ItemDataRole.UserRole
_NAME = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Chosen:
    """`id` None: not one of the gazetteer's, `text` is as typed. `remark`: what to do about it, or ""."""

    id: str | None
    text: str
    remark: str = ""


class Places:
    """The gazetteer ready for asking by name, without a query. Made in a worker by `load_places`."""

    def __init__(self, choices: Sequence[SettlementChoice]) -> None:
        home = {choice.hromada for choice in choices if is_home(choice.katottg)}
        self._choices = {choice.id: choice for choice in choices}
        self._keys = [(fold(name), choice) for choice in choices for name in (choice.name, *choice.aliases)]
        self._gazetteer = Gazetteer(_place(choice, choice.hromada in home) for choice in choices)

    def __len__(self) -> int:
        return len(self._choices)

    def name(self, settlement_id: str | None) -> str:
        found = self._choices.get(settlement_id or "")
        return found.name if found else ""

    def hromada(self, settlement_id: str | None) -> str:
        found = self._choices.get(settlement_id or "")
        return found.hromada if found else ""

    def suggest(self, typed: str) -> list[SettlementChoice]:
        """Those whose name or alias begins with what was typed, then those that contain it; home ones first."""
        key = fold(typed)
        if not key:
            return []
        found: dict[str, SettlementChoice] = {}
        for begins in (True, False):
            for name, choice in self._keys:
                if (name.startswith(key) if begins else key in name) and len(found) < SUGGESTIONS:
                    found.setdefault(choice.id, choice)
        return list(found.values())

    def resolution(self, text: str) -> Resolution:
        """As the core reads a name."""
        return self._gazetteer.resolve(text)

    def resolve(self, typed: str) -> Chosen:
        """What the text means; never a guess between namesakes."""
        text = clean(typed)
        answer = self._gazetteer.resolve(text)
        if answer.place is not None:
            return Chosen(answer.place.id, answer.place.name)
        begun = [choice for choice in self.suggest(text) if fold(choice.name).startswith(fold(text))]
        if answer.status == "unknown" and len(begun) == 1 and len(text) > 2:
            return Chosen(begun[0].id, begun[0].name)
        if answer.status == "ambiguous":
            return Chosen(None, text, _("Several settlements have this name. Choose one from the list."))
        if answer.status == "unknown":
            return Chosen(None, text, _("Not in the gazetteer: kept as typed until one is chosen from the list."))
        return Chosen(None, "")


def load_places(session: Session) -> Places:
    """Run it on the reader thread."""
    return Places(settlements(session))


def _place(choice: SettlementChoice, home: bool) -> Place:
    return Place(
        choice.id, choice.name, choice.katottg, choice.hromada, choice.raion, choice.kind, aliases=choice.aliases,
        home=home,
    )  # fmt: skip


class SettlementField(QLineEdit):
    """`settled(Chosen)` when Enter, a suggestion or leaving the field settles on something new; Escape restores.

    `weighed(Chosen)` at each letter: what the text would mean as it stands.
    """

    settled = Signal(object)
    weighed = Signal(object)

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places = Places(())
        self._kept = Chosen(None, "")
        self._picked: Chosen | None = None
        self._before: Chosen | None = None
        self._held = False
        self.setAccessibleName(_("Settlement"))
        self.setPlaceholderText(hint)
        self._offered = QStandardItemModel(self)
        completer = QCompleter(self._offered, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCompletionRole(_NAME)
        completer.setMaxVisibleItems(SUGGESTIONS)
        popup = QListView()
        popup.setAccessibleName(_("Settlements"))
        popup.setMinimumWidth(theme.unit(320))
        completer.setPopup(popup)
        completer.activated[QModelIndex].connect(self._pick)
        self.setCompleter(completer)
        self.textEdited.connect(self._offer)
        self.editingFinished.connect(self.commit)

    def use(self, places: Places) -> None:
        self._places = places

    def value(self) -> Chosen:
        """What stands in the field now, also before it is left."""
        if self._picked is not None:
            return self._picked
        text = clean(self.text())
        return self._kept if text == self._kept.text else self._places.resolve(text)

    def half_typed(self) -> str | None:
        """As InlineField.half_typed."""
        unsaved = clean(self.text()) != self._kept.text or self._before is not None
        return self.text() if unsaved else None

    def type_in(self, text: str) -> None:
        """Put back what was half-typed."""
        self._held = True
        self.setText(text)
        self.setModified(True)

    def set_value(self, settlement_id: str | None, text: str) -> None:
        """Show what the register has; text that is being typed right now stays, and text that it refused."""
        before = self._before
        self._held = self._held or (before is not None and (before.id, before.text) == (settlement_id, text))
        typing = self.hasFocus() and self.isModified()
        self._kept, self._before = Chosen(settlement_id, text), None
        self._held = self._held and clean(self.text()) != text
        if not (typing or self._held):
            self.restore()

    def restore(self) -> None:
        self._picked, self._before, self._held = None, None, False
        self.setText(self._kept.text)
        self.setCursorPosition(0)

    def commit(self) -> None:
        """Settle on what stands here now, as leaving the field does."""
        popup = self.completer().popup()
        if popup.isVisible() and popup.currentIndex().isValid() and self._picked is None:
            return  # Enter on a suggestion: it is picked in a moment
        chosen = self.value()
        if (chosen.id, chosen.text) != (self._kept.id, self._kept.text):
            before, self._kept, self._picked = self._kept, chosen, None
            self.restore()
            self._before = before
            self.settled.emit(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.restore()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        away = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if self._held and event.reason() not in away:
            self.commit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """While suggestions are open the completer keeps the loss of focus from the field, and nothing settles."""
        popup = self.completer().popup()
        if popup.isVisible() and not popup.currentIndex().isValid():
            popup.hide()
        return super().focusNextPrevChild(forward)

    def _offer(self, typed: str) -> None:
        self._picked = None
        self._offered.clear()
        offered = self._places.suggest(typed)
        for choice in offered:
            item = QStandardItem(described(choice))
            item.setData(choice.id, _ID)
            item.setData(choice.name, _NAME)
            self._offered.appendRow(item)
        self.weighed.emit(self._weigh(typed, offered))

    def _weigh(self, typed: str, offered: Sequence[SettlementChoice]) -> Chosen:
        """Half a name is no unknown settlement as long as something begins like it."""
        chosen = self._places.resolve(typed)
        half = offered and fold(typed) not in {fold(choice.name) for choice in offered}
        return Chosen(None, chosen.text) if half and chosen.id is None else chosen

    def _pick(self, index: QModelIndex) -> None:
        self._picked = Chosen(str(index.data(_ID)), str(index.data(_NAME)))
        self.commit()


def described(choice: SettlementChoice) -> str:
    """The name with what tells it from its namesakes."""
    area = ", ".join(part for part in (choice.hromada, choice.raion) if part)
    return f"{choice.name} · {area}" if area else choice.name
