"""One sheet's own answers: whether it is read, headers, settlement, households, blanks, hidden rows, days."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from coordinator.exchange import answers
from coordinator.exchange.day_order import DayQuestion
from coordinator.exchange.how_read import Division, Reading
from coordinator.exchange.incoming import ListKind, Remark
from coordinator.exchange.laid_out import HEADERLESS
from coordinator.exchange.layout import LAST_HEADER_ROW
from coordinator.exchange.sheet_scan import column_index
from coordinator.exchange.survey import ColumnSurvey, SheetSurvey, Survey
from resources.i18n import _, ngettext
from ui import texts, theme
from ui.widgets.importing.words import DIVISIONS, column_word, names_line
from ui.widgets.settlement_field import Chosen, SettlementField

_OPEN, _FIRST, _SECOND = 0, 1, 2
Change = Callable[[Reading], Reading]
_BY_BLOCKS = frozenset({"address", "street", "house"})
"""A blank there belongs to the household above already, where addresses divide the list."""


class SheetPanel(QWidget):
    """`changed(Callable[[Reading], Reading])`: what was said here, to be laid over the reading."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._survey: Survey | None = None
        self._sheet: SheetSurvey | None = None
        self.use = QCheckBox(_("This sheet belongs to the list"))
        self.header_row = QSpinBox()
        self.settlement = SettlementField(_("from its column or title"))
        self.division, self.hidden = QComboBox(), QComboBox()
        self.merged, self.epoch = QCheckBox(_("Merged cells speak for each of their rows")), QCheckBox()
        self.names, self.count, self.alike = QLabel(), QLabel(), QLabel()
        self._asked: dict[str, QComboBox | QCheckBox] = {}
        self._lay_out()
        self._connect()

    def show_sheet(self, sheet: SheetSurvey | None, survey: Survey | None) -> None:
        """Show a sheet's answers; what is being typed elsewhere stays."""
        self._survey, self._sheet = survey, sheet
        self.setEnabled(sheet is not None and not sheet.chart)
        if sheet is None or survey is None:
            return
        used = sheet.used
        _set(self.use, used)
        self.header_row.blockSignals(True)
        self.header_row.setValue(0 if sheet.header_row in (None, HEADERLESS) else (sheet.header_row or 0) + 1)
        self.header_row.blockSignals(False)
        self.settlement.set_value(None, sheet.settlement)
        _choose(self.division, list(Division).index(sheet.division) if sheet.division else -1)
        self._form.setRowVisible(self.division, sheet.kind is ListKind.PEOPLE and used)
        self._show_hidden(sheet)
        _set(self.merged, sheet.how.merged_down)
        self.merged.setVisible(used and any(column.merged for column in sheet.columns))
        _set(self.epoch, sheet.epoch_1904)
        self.names.setText(names_line(sheet) if sheet.kind in (ListKind.PEOPLE, ListKind.REQUESTS) else "")
        self.count.setText(_count(sheet))
        others = len(answers.alike(survey, sheet.name)) - 1
        text = ngettext("Columns and households: the same for {n} more sheet with these headers.",
                        "Columns and households: the same for {n} more sheets with these headers.", others)  # fmt: skip
        self.alike.setText(text.format(n=others) if others else "")
        self._show_asked(sheet)

    def _show_hidden(self, sheet: SheetSurvey) -> None:
        self._form.setRowVisible(self.hidden, sheet.hidden is not None)
        if sheet.hidden is not None:
            count, first, last = sheet.hidden
            said = sheet.how.hidden_rows
            self._fill(self.hidden, [
                _("{n} hidden, rows {first}–{last}: part of the list?").format(n=count, first=first, last=last),
                _("read them"), _("leave them out"),
            ], _OPEN if said is None else _FIRST if said else _SECOND)  # fmt: skip

    def _show_asked(self, sheet: SheetSurvey) -> None:
        """The questions that only some sheets have; a widget stays while its question does, and keeps the focus."""
        wanted = {f"day {day.column}": day for day in sheet.days}
        blank = {f"blank {column.place}": column for column in sheet.columns if _offers_filling(sheet, column)}
        for key in [key for key in self._asked if key not in wanted and key not in blank]:
            self._more.removeWidget(self._asked[key])
            self._asked.pop(key).deleteLater()
        for key, day in wanted.items():
            box = self._asked.get(key) or self._new_day(key, day.column)
            if isinstance(box, QComboBox):
                self._fill(box, _day_choices(day), _OPEN if day.answer is None else _SECOND if day.answer else _FIRST)
                box.setAccessibleName(_("Order of day and month in {cell}").format(cell=day.cell))
        for key, column in blank.items():
            check = self._asked.get(key) or self._new_blank(key, column.place)
            check.setVisible(True)
            if isinstance(check, QCheckBox):
                text = ngettext("{what} ({column}): {n} blank means as above",
                                "{what} ({column}): {n} blanks mean as above", column.blanks or 0)  # fmt: skip
                what = column_word(column.key)
                check.setText(text.format(what=what, column=column.letter, n=column.blanks or 0))
                _set(check, column.place in sheet.how.fill_down)

    def field_of(self, question: Remark) -> QWidget | None:
        """Where a question of the sheet is answered; None where that is not here."""
        column = column_index("".join(char for char in question.at.cell if char.isalpha()) or "A")
        fields: dict[str, QWidget | None] = {
            "ask.hidden_rows": self.hidden, "ask.households": self.division, "ask.sheet_hidden": self.use,
            "ask.sheet_unknown": self.header_row, "ask.no_list": self.header_row,
            "ask.days": self._asked.get(f"day {column}"),
        }  # fmt: skip
        return fields.get(question.code)

    def _new_day(self, key: str, place: int) -> QComboBox:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        box.activated.connect(lambda at: self._say_day(place, at))
        self._asked[key] = box
        self._more.addWidget(box)
        return box

    def _new_blank(self, key: str, place: int) -> QCheckBox:
        check = QCheckBox()
        check.toggled.connect(lambda on: self._about_form(answers.with_fill_down, place, on))
        self._asked[key] = check
        self._more.addWidget(check)
        return check

    def _say_day(self, place: int, at: int) -> None:
        if at != _OPEN:
            self._about_form(answers.with_month_first, place, at == _SECOND)

    def _about_form(self, verb: Callable[..., Reading], *said: object) -> None:
        survey, sheet = self._survey, self._sheet
        if survey is not None and sheet is not None:
            self.changed.emit(lambda reading: verb(reading, survey, sheet.name, *said))

    def _about_sheet(self, **said: object) -> None:
        sheet = self._sheet
        if sheet is not None:
            self.changed.emit(lambda reading: reading.with_sheet(sheet.name, **said))

    def _say_header_row(self) -> None:
        sheet, row = self._sheet, self.header_row.value() - 1
        if sheet is not None and row != (HEADERLESS if sheet.header_row is None else sheet.header_row):
            self.changed.emit(lambda reading: answers.with_header_row(reading, sheet.name, row))

    def _say_settlement(self, chosen: Chosen) -> None:
        self._about_sheet(settlement=chosen.text or None)

    def _say_hidden(self, at: int) -> None:
        self._about_sheet(hidden_rows=None if at == _OPEN else at == _FIRST)

    def _connect(self) -> None:
        self.use.toggled.connect(lambda on: self._about_sheet(use=on))
        self.header_row.editingFinished.connect(self._say_header_row)
        self.settlement.settled.connect(self._say_settlement)
        divisions = list(Division)
        self.division.activated.connect(lambda at: self._about_form(answers.with_division, divisions[at]))
        self.hidden.activated.connect(self._say_hidden)
        self.merged.toggled.connect(lambda on: self._about_form(answers.with_merged_down, on))
        self.epoch.toggled.connect(lambda on: self._about_form(answers.with_epoch, on))

    def _lay_out(self) -> None:
        self.header_row.setRange(0, LAST_HEADER_ROW * 4)
        self.header_row.setSpecialValueText(_("no headers"))
        theme.inset(self.header_row)
        self.header_row.setAccessibleName(_("Row of the headers"))
        self.division.addItems([_(DIVISIONS[one]) for one in Division])
        self.division.setAccessibleName(_("How households are told apart"))
        self.division.setToolTip(
            _("By address: a filled address begins a household, blank cells below belong to it. By number, phone or "
              "merged cell: another one begins the next household.")
        )  # fmt: skip
        self.hidden.setAccessibleName(_("Hidden rows"))
        self.epoch.setText(_("Days are counted from 1904"))
        for box in (self.division, self.hidden):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
        theme.dress(self.count, "strong")
        theme.dress(self.alike, "small")
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.addRow(_("Row of the headers"), self.header_row)
        self._form.addRow(_("Settlement"), self.settlement)
        self._form.addRow(_("Households"), self.division)
        self._form.addRow(_("Hidden rows"), self.hidden)
        self._more = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.unit(6), 0)
        column.setSpacing(theme.unit(6))
        for label in (self.count, self.names, self.alike):
            label.setWordWrap(True)
        column.addWidget(self.use)
        column.addWidget(self.count)
        column.addLayout(self._form)
        column.addLayout(self._more)
        for part in (self.merged, self.epoch, self.names, self.alike):
            column.addWidget(part)
        column.addStretch(1)

    @staticmethod
    def _fill(box: QComboBox, choices: list[str], at: int) -> None:
        """New words without closing the list that may be open."""
        if [box.itemText(row) for row in range(box.count())] != choices:
            box.clear()
            box.addItems(choices)
            box.setToolTip(choices[_OPEN])
        box.setCurrentIndex(at)


def _offers_filling(sheet: SheetSurvey, column: ColumnSurvey) -> bool:
    if not column.blanks and column.place not in sheet.how.fill_down:
        return False
    return not (sheet.division is Division.ADDRESS and column.key in _BY_BLOCKS and column.blanks is not None)


def _day_choices(day: DayQuestion) -> list[str]:
    question = _("“{value}” in {cell}, {n} such cells: which day?")
    first, second = (texts.day_long(one).partition(", ")[2] if one else "–" for one in (day.day_first, day.month_first))
    return [question.format(value=day.value, cell=day.cell, n=day.count), first, second]


def _count(sheet: SheetSurvey) -> str:
    if not sheet.used or sheet.households is None:
        return ""
    if sheet.people is None:
        rows = ngettext("{n} row", "{n} rows", sheet.households)
        return rows.format(n=texts.number(sheet.households))
    return f"{texts.households(sheet.households)}, {texts.people(sheet.people)}"


def _set(check: QCheckBox, on: bool) -> None:
    check.blockSignals(True)
    check.setChecked(on)
    check.blockSignals(False)


def _choose(box: QComboBox, at: int) -> None:
    box.setCurrentIndex(at)
