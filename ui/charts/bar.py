"""What is chosen beside a chart: the days, a hromada, an organisation, a set of age groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from coordinator.chart_words import organisation_words
from coordinator.queries.chart_spec import ChartSpec
from coordinator.queries.charts import Span, Wish
from coordinator.queries.count_memory import Choices
from resources.i18n import _
from ui import theme
from ui.widgets.chips import FlowLayout
from ui.widgets.date_edit import DateEdit


class ChartBar(QWidget):
    """`changed` when something else is wished. What a chart does not know is disabled and says so."""

    changed = Signal()

    def __init__(self, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = Choices()
        self.span, self.hromada, self.organisation, self.ages = (
            _combo(name) for name in (_("Days"), _("Hromada"), _("Organisation"), _("Age groups"))
        )
        self.since, self.until = DateEdit(_("First day"), day), DateEdit(_("Last day"), day)
        self.between = QLabel("–")
        for span, words in (
            (Span.TEN_DAYS, _("Last ten days")),
            (Span.COUNTED, _("Since the count began")),
            (Span.ALL, _("All days")),
            (Span.BETWEEN, _("From – to")),
        ):
            self.span.addItem(words, span)
        self.ages.addItem(_("0–17, 18–59, 60+"), False)
        self.ages.addItem(_("0–4, 5–11, 12–17, 18–59, 60+"), True)
        self._lay_out()
        for combo in (self.span, self.hromada, self.organisation, self.ages):
            combo.currentIndexChanged.connect(self._chosen)
        for edit in (self.since, self.until):
            edit.dateChanged.connect(lambda _day: self._chosen())
        self._show_days()

    def in_order(self) -> tuple[QWidget, ...]:
        """What Tab comes to, from left to right."""
        return self.span, self.since, self.until, self.hromada, self.organisation, self.ages

    def wish(self) -> Wish:
        span = self._span()
        between = span is Span.BETWEEN
        return Wish(
            span, self.since.day if between else None, self.until.day if between else None,
            self.hromada.currentData() or "", self.organisation.currentData() or "", bool(self.ages.currentData()),
        )  # fmt: skip

    def show_wish(self, wish: Wish, choices: Choices | None = None) -> None:
        """Choose this without saying `changed`."""
        with QSignalBlocker(self):
            self.span.setCurrentIndex(self.span.findData(wish.span))
            if wish.since and wish.until:
                self.since.set_day(wish.since)
                self.until.set_day(wish.until)
            self.offer(choices or self._choices, wish)
            self.ages.setCurrentIndex(int(wish.fine))

    def offer(self, choices: Choices, wish: Wish | None = None) -> None:
        """What there is to narrow to; what is chosen stays, also where nobody has it any more."""
        wanted = wish or self.wish()
        if choices == self._choices and self.hromada.count() and wish is None:
            return
        self._choices = choices
        _fill(self.hromada, _("All hromadas"), choices.hromadas, wanted.hromada)
        _fill(self.organisation, _("All organisations"), choices.organisations, wanted.organisation)

    def fit(self, spec: ChartSpec) -> None:
        """Enable what this chart knows."""
        now = _("This chart tells how it is now")
        whole = _("This chart is not told apart by it")
        for widget in (self.span, self.since, self.until):
            _enable(widget, spec.ranged, now)
        _enable(self.hromada, spec.filtered, whole)
        _enable(self.organisation, spec.filtered and spec.ranged, whole)
        self.ages.setVisible(spec.ages)

    def _chosen(self) -> None:
        self._show_days()
        self.changed.emit()

    def _span(self) -> Span:
        """Qt gives back a plain text."""
        return Span(self.span.currentData())

    def _show_days(self) -> None:
        between = self._span() is Span.BETWEEN
        for widget in (self.since, self.between, self.until):
            widget.setVisible(between)

    def _lay_out(self) -> None:
        flow = FlowLayout(self, gap=8)
        days = QWidget()
        row = QHBoxLayout(days)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(6))
        for widget in (self.span, self.since, self.between, self.until):
            row.addWidget(widget)
        for widget in (days, self.hromada, self.organisation, self.ages):
            flow.addWidget(widget)


def _combo(name: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return combo


def _fill(combo: QComboBox, everything: str, values: Sequence[str], wanted: str) -> None:
    with QSignalBlocker(combo):
        combo.clear()
        combo.addItem(everything, "")
        for value in values if wanted in ("", *values) else (*values, wanted):
            combo.addItem(organisation_words(value), value)
        combo.setCurrentIndex(max(0, combo.findData(wanted)))


def _enable(widget: QWidget, on: bool, why: str) -> None:
    widget.setEnabled(on)
    widget.setToolTip("" if on else why)
