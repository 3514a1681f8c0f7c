"""A field for a street of one settlement: the streets that its addresses name are offered, any other text is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from coordinator.domain.addresses import street_key
from coordinator.domain.names import clean
from coordinator.queries.streets import KnownStreet
from resources.i18n import _

SUGGESTIONS = 12


class StreetField(QLineEdit):
    """`weighed(KnownStreet | None)` at each change: which known street the text means; None for none or no text."""

    weighed = Signal(object)

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: dict[str, KnownStreet] = {}
        self.setAccessibleName(_("Street"))
        self.setPlaceholderText(hint)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(SUGGESTIONS)
        completer.popup().setAccessibleName(_("Streets"))
        self.setCompleter(completer)
        self.textChanged.connect(lambda _text: self.weighed.emit(self.known()))

    def use(self, streets: Sequence[KnownStreet]) -> None:
        """The streets to offer, in this order."""
        self._known = {street.key: street for street in streets}
        self._names.setStringList([street.name for street in streets])
        self.weighed.emit(self.known())

    def known(self) -> KnownStreet | None:
        """The street that is meant, however it is typed."""
        return self._known.get(street_key(self.text()))

    def value(self) -> str:
        """The known spelling, or what was typed."""
        known = self.known()
        return known.name if known else clean(self.text())
