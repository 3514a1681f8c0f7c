"""The charts: one at a time, large, with the table that says the same, and what it is narrowed to."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.roles import Right
from coordinator.outcome import Change, Touched
from coordinator.queries.charts import CHARTS, Span, Wish
from resources.i18n import _
from ui import actions, theme
from ui.charts.bar import ChartBar
from ui.charts.calm import Calm
from ui.charts.card import ChartCard
from ui.charts.opening import open_point
from ui.charts.reading import ChartRead, read_chart
from ui.charts.saving import save_chart
from ui.charts.table import TITLE_LINES, Row, columns_of
from ui.pages.base import Page, PageContext
from ui.rights import needs
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.notice_bar import Kind

FIRST_SPLIT = (580, 420)
LIST_WIDTH = 214


class ChartsPage(Page):
    """Reads the chosen chart again after each change, at most twice a second; the window only sets ready arrays."""

    name = "charts"
    depends_on = (
        Touched.HOUSEHOLDS | Touched.DECISIONS | Touched.SCHEDULE | Touched.EVENTS | Touched.PLACES | Touched.FLEET
        | Touched.SETTINGS
    )  # fmt: skip

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._calm = Calm(self, self._read)
        self.list, self.bar, self.card = QListWidget(), ChartBar(context.day), ChartCard()
        self.save = QPushButton(theme.icon("export"), _("Save the chart…"))
        self.rows: TableModel[Row] | None = None
        self.table: TableView | None = None
        self._shape: tuple[str, ...] = ()
        self._lay_out()
        self.list.currentRowChanged.connect(lambda _row: self._changed())
        self.bar.changed.connect(self._changed)
        self.card.opened.connect(self._open)

    def title(self) -> str:
        return _("Charts")

    def refresh(self, change: Change | None) -> None:
        self._calm.ask()

    def state(self) -> dict[str, Any]:
        return {"chart": self.key, "wish": self.bar.wish()}

    def restore(self, state: Mapping[str, Any]) -> None:
        if isinstance(state.get("wish"), Wish):
            self.bar.show_wish(state["wish"])
        self._choose(state.get("chart", ""))

    def export(self) -> bool:
        """Ctrl+S: the chart that is shown."""
        if self.card.read is not None:
            save_chart(self.context, self, self.card.read)
        return True

    def show_target(self, **what: Any) -> None:
        """navigate("charts", chart=key, span=Span)."""
        if isinstance(what.get("span"), Span):
            self.bar.show_wish(Wish(what["span"]))
        self._choose(what.get("chart", ""))
        self._changed()

    def come_into_view(self) -> None:
        """The keys of this page work at once."""
        super().come_into_view()
        self.list.setFocus()

    @property
    def key(self) -> str:
        """The chart that is chosen."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else next(iter(CHARTS))

    def _choose(self, key: str) -> None:
        if key in CHARTS:
            self.list.setCurrentRow(list(CHARTS).index(key))

    def _changed(self) -> None:
        """Another chart, or other days: at once, whatever was read a moment ago."""
        self.bar.fit(CHARTS[self.key])
        self._read()

    def _read(self) -> None:
        sort = self.rows.sort_key if self.rows is not None else ""
        self.context.tasks.run_query(
            read_chart, self.context.counts, self.key, self.bar.wish(), self.context.day, sort, done=self._show,
            key=(self, "chart"),
        )  # fmt: skip

    def _show(self, read: ChartRead) -> None:
        self.bar.offer(read.choices)
        ranged = CHARTS[self.key].ranged and self.bar.wish() != Wish(Span.ALL)
        self.card.show_read(read, _("Choose other days, or all hromadas and organisations.") if ranged else "")
        self._use_table(read)
        assert self.rows is not None
        self.rows.set_rows(read.rows, resort=False)

    def _say_of_copy(self) -> None:
        """The window shows every number, and so does what is copied from it."""
        words = _("Copied with all its numbers, for use in the centre. What leaves it goes by “Save the chart…”.")
        self.context.show_notice(words, Kind.INFO)

    def _open(self, at: int) -> None:
        """The rows behind a point."""
        open_point(self.context, self.card, at, self)

    def _open_row(self, row_id: str) -> None:
        row = self.rows.row_of(row_id) if self.rows is not None else None
        record = self.rows.record(row) if self.rows is not None and row is not None else None
        if record is not None and self.table is not None and self.rows is not None:
            key = self.rows.columns[max(0, self.table.currentIndex().column())].key
            open_point(self.context, self.card, record.at, self, key)

    def _use_table(self, read: ChartRead) -> None:
        """A table of this shape, where the last chart had another one."""
        shape = (read.chart.key, *(one.key for one in read.chart.series))
        if shape == self._shape:
            return
        self._shape = shape
        if self.table is not None:
            self.table.setParent(None)
            self.table.deleteLater()
        self.rows = TableModel(columns_of(read.chart))
        self.table = TableView(self.rows, _(read.chart.title))
        self.table.header.lines = TITLE_LINES
        self.table.opened.connect(self._open_row)
        self.table.copied.connect(self._say_of_copy)
        self._beside.addWidget(self.table)
        self._beside.setSizes([theme.unit(size) for size in FIRST_SPLIT])
        assert self.card.view is not None
        for before, after in pairwise((self.list, *self.bar.in_order(), self.save, self.card.view, self.table)):
            QWidget.setTabOrder(before, after)

    def _lines_of(self, title: str) -> int:
        """How high a title of the list stands, in as many lines as it needs."""
        room = QRect(0, 0, theme.unit(LIST_WIDTH - 26), 10_000)
        return self.list.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), title).height()

    def _lay_out(self) -> None:
        for spec in CHARTS.values():
            item = QListWidgetItem(_(spec.title))
            item.setSizeHint(QSize(0, self._lines_of(_(spec.title)) + theme.unit(13)))
            item.setData(Qt.ItemDataRole.UserRole, spec.key)
            item.setToolTip(_(spec.title))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setAccessibleName(_("Charts"))
        self.list.setFixedWidth(theme.unit(LIST_WIDTH))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.bar.fit(CHARTS[self.key])
        self._beside = QSplitter()
        self._beside.setChildrenCollapsible(False)
        self._beside.addWidget(self.card)
        right = QVBoxLayout()
        right.setSpacing(theme.unit(8))
        self.save.setToolTip(actions.tooltip("export"))
        self.save.clicked.connect(lambda: self.export())
        needs(self.save, Right.EXPORT_COUNTS)
        above = QHBoxLayout()
        above.addWidget(self.bar, 1)
        above.addWidget(self.save, 0, Qt.AlignmentFlag.AlignTop)
        right.addLayout(above)
        right.addWidget(self._beside, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(*[theme.unit(14)] * 4)
        row.setSpacing(theme.unit(10))
        row.addWidget(self.list)
        row.addLayout(right, 1)
