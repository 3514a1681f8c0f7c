"""Columns of the registry and the width of its panel, remembered between two starts."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSplitter, QWidget

from ui.tables.view import TableView

TABLE, PANEL = "registry", "registry.panel"


class KeptWidths(QObject):
    """Takes back what was kept when it is made; `keep` after each change."""

    def __init__(
        self, kept: dict[str, dict[str, object]], table: TableView, splitter: QSplitter, panel: QWidget, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._kept, self._table, self._splitter, self._panel = kept, table, splitter, panel
        table.sort_by("head")
        table.restore_columns(kept.get(TABLE, {}))
        split = kept.get(PANEL, {})
        sizes = split.get("sizes")
        if isinstance(sizes, list) and len(sizes) == 2:
            splitter.setSizes([int(size) for size in sizes])
        panel.setVisible(bool(split.get("shown", True)))
        header = table.header
        for changed in (header.sectionResized, header.sectionMoved, header.sortIndicatorChanged, header.sort_changed):
            changed.connect(self.keep)
        table.columns_changed.connect(self.keep)
        splitter.splitterMoved.connect(self.keep)

    def keep(self, *_what: object) -> None:
        shown, sizes = not self._panel.isHidden(), self._splitter.sizes()
        before = self._kept.get(PANEL, {}).get("sizes", sizes)
        self._kept[TABLE] = self._table.columns_state()
        self._kept[PANEL] = {"sizes": sizes if shown else before, "shown": shown}
