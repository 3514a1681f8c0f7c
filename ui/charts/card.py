"""A chart with its title, its unit, its legend and what is said beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from coordinator.chart_words import unit_words
from coordinator.domain.charts import Chart
from resources.i18n import _
from ui import texts, theme
from ui.charts.legend import Legend, entries
from ui.charts.reading import ChartRead
from ui.charts.view import ChartView
from ui.widgets.chips import Badge
from ui.widgets.empty_state import EmptyState

LOW_HEIGHT, PLOT_HEIGHT = 268, 150


class ChartCard(QFrame):
    """Shows whatever chart it is given; `opened(n)`: the rows behind point n are wanted.

    `zooms`: the wheel and the mouse move the view. `low`: as in a page of many things, without its own time.
    """

    opened = Signal(int)

    def __init__(self, *, zooms: bool = True, low: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.dress(self, "card")
        self._zooms, self._low = zooms, low
        self.read: ChartRead | None = None
        self.view: ChartView | None = None
        self._key = ""
        self.heading, self.unit, self.as_of, self.notes = QLabel(), Badge("", "info"), QLabel(), QLabel()
        self.legend, self.empty = Legend(), EmptyState("chart", _("Reading…"))
        self.stack = QStackedWidget()
        self._lay_out()

    def show_read(self, read: ChartRead, nothing: str = "") -> None:
        """`nothing`: what may be done where there is nothing to draw."""
        self.read, chart = read, read.chart
        if chart.key != self._key:
            self._use_view(chart)
        assert self.view is not None
        self.heading.setText(_(chart.title))
        self.unit.say(unit_words(chart), "info")
        self.as_of.setText(_("As of {time}").format(time=texts.clock_short(chart.as_of)))
        self.notes.setText("\n".join((*chart.notes, *chart.sources)))
        self.notes.setVisible(bool(self.notes.text()))
        self.legend.show_entries(entries(chart))
        self.view.show_drawn(read.drawn)
        if chart.empty:
            self.empty.say("chart", _("Nothing is recorded yet that this chart could show"), nothing or self._next())
        self.stack.setCurrentWidget(self.empty if chart.empty else self.view)

    def event(self, event: QEvent) -> bool:
        """New entries of a legend take their room only once they are shown, which a request for layout tells."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._give_room()
        return done

    def _give_room(self) -> None:
        """A legend and notes that wrap do not tell a page of many things how high they are: the plot would lie
        under them."""
        column = self.layout()
        if not self._low or column is None:
            return
        margins = column.contentsMargins()
        wide = self.width() - margins.left() - margins.right()
        words = [self.legend.heightForWidth(wide)]
        if not self.notes.isHidden():
            words.append(self.notes.heightForWidth(wide))
        around = margins.top() + margins.bottom() + self.heading.sizeHint().height() + theme.unit(PLOT_HEIGHT)
        needed = around + sum(words) + column.spacing() * (len(words) + 1)
        self.setMinimumHeight(max(theme.unit(LOW_HEIGHT), needed))

    def _next(self) -> str:
        return _("What is recorded of trips, calls and households shows here at once.")

    def _use_view(self, chart: Chart) -> None:
        """Another chart: its kind of view, looked at from its beginning."""
        self._key = chart.key
        if self.view is not None:
            self.stack.removeWidget(self.view)
            self.view.deleteLater()
        self.view = ChartView(chart.drawing, _(chart.title), zooms=self._zooms)
        self.view.opened.connect(self.opened)
        self.stack.addWidget(self.view)

    def _lay_out(self) -> None:
        theme.dress(self.heading, "heading")
        for label in (self.as_of, self.notes):
            theme.dress(label, "small")
        self.notes.setWordWrap(True)
        self.stack.addWidget(self.empty)
        self.stack.setMinimumHeight(theme.unit(PLOT_HEIGHT))
        self.stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        if self._low:
            self.setMinimumHeight(theme.unit(LOW_HEIGHT))
        head = QHBoxLayout()
        head.setSpacing(theme.unit(8))
        head.addWidget(self.heading)
        head.addWidget(self.unit)
        head.addStretch(1)
        head.addWidget(self.as_of)
        # Only once it is part of something: a label alone that is shown is a window, and takes the focus away.
        column = QVBoxLayout(self)
        column.addLayout(head)
        self.as_of.setVisible(not self._low)
        column.addWidget(self.legend)
        column.addWidget(self.stack, 1)
        column.addWidget(self.notes)
