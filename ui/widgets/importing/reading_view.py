"""How this list is read: the step between a file and its preview, shown where something is not clear or asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QPushButton, QScrollArea, QTabWidget, QWidget

from coordinator.exchange import answers
from coordinator.exchange.how_read import Reading, Words
from coordinator.exchange.incoming import ListKind, Remark
from coordinator.exchange.questions import HARMLESS
from coordinator.exchange.survey import SheetSurvey
from coordinator.queries.reading import OpenList
from resources.i18n import _, ngettext
from resources.messages import sentence
from ui import texts, theme
from ui.rights import needs
from ui.tables.columns import prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.importing.columns_table import ColumnsTable
from ui.widgets.importing.reading_layout import fit, lay_out
from ui.widgets.importing.sender_row import SenderRow
from ui.widgets.importing.sheet_panel import SheetPanel
from ui.widgets.importing.sheets_table import SHEETS
from ui.widgets.importing.words import counted_line
from ui.widgets.importing.words_table import WordRow, WordsTable
from ui.widgets.settlement_field import Places

Change = Callable[[Reading], Reading]
QUESTIONS_SEEN = 3
_REMARK = Qt.ItemDataRole.UserRole


class ReadingView(QWidget):
    """`changed(Change)`: something was said of the reading; `sender_named(str)`; `accepted`: show what will happen;
    `kept`: remember it without importing; `left`: back without writing.
    """

    changed = Signal(object)
    sender_named = Signal(str)
    accepted = Signal()
    kept = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened: OpenList | None = None
        self._sheets: TableModel[SheetSurvey] = TableModel(SHEETS)
        self.heading, self.total, self.clear = QLabel(), QLabel(), QLabel(_("Everything in this file is recognised."))
        self.sender = SenderRow()
        self.questions = QListWidget()
        self.sheets = TableView(self._sheets, _("Sheets"))
        self.scroll = QScrollArea()
        self.panel, self.columns, self.words = SheetPanel(), ColumnsTable(), WordsTable()
        self.tabs = QTabWidget()
        self.back, self.remember = QPushButton(_("Back")), QPushButton(_("Remember without importing"))
        self.go_on = QPushButton(_("Show what will happen"))
        self._waiting = False
        needs(self.remember)
        self._middle = lay_out(self)
        self._connect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit(self._middle, event.size().width())

    def begin(self, opened: OpenList, senders: Sequence[str], words: Sequence[WordRow] = ()) -> None:
        """Another file; `words` were given a meaning before."""
        self.words.begin(words)
        self.sender.offer(senders)
        self.show_list(opened)
        first = opened.survey.used or opened.survey.sheets
        if first:
            self.sheets.select_id(first[0].name)
            self.columns.select(first[0].columns[0].letter if first[0].columns else "")
        asked = [question for question in opened.questions if question.code not in HARMLESS]
        if asked:
            self.jump(asked[0])
        else:
            self.columns.table.take_focus()

    def show_list(self, opened: OpenList) -> None:
        """The same file, read as it is read now."""
        self.opened = opened
        self.heading.setText(_("How this list is read: {file}").format(file=opened.original.name))
        self.total.setText(counted_line(opened.survey))
        self.sender.show_reading(opened.reading, opened.survey.kind)
        self._show_questions(opened.questions)
        self._sheets.set_rows(prepare(SHEETS, opened.survey.sheets, lambda sheet: sheet.name, search=lambda sheet: ""))
        self.words.show_words(opened.survey.words, opened.reading.sender)
        count = self.words.open_words
        words = ngettext("Words ({n})", "Words ({n})", count).format(n=count) if count else _("Words")
        self.tabs.setTabText(1, words)
        self._show_sheet()
        self._allow()

    def use_places(self, places: Places) -> None:
        self.panel.settlement.use(places)

    def wait(self, waiting: bool) -> None:
        """While the file is compared nothing can be started twice."""
        self._waiting = waiting
        self._allow()

    @property
    def ready(self) -> bool:
        return self.go_on.isEnabled()

    @property
    def said_words(self) -> Words:
        return self.words.said

    def jump(self, question: Remark) -> None:
        """Go to where a question is answered."""
        if question.code == "ask.words":
            self.tabs.setCurrentIndex(1)
            self.words.table.take_focus()
            return
        if question.code in ("ask.sender", "ask.senders"):
            self.sender.field.setFocus()
            return
        self.tabs.setCurrentIndex(0)
        self.sheets.select_id(question.at.sheet)
        field = self.panel.field_of(question)
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.scroll.ensureWidgetVisible(field)
            return
        self.columns.select("".join(char for char in question.at.cell if char.isalpha()))
        self.columns.table.take_focus()

    def _show_questions(self, questions: Sequence[Remark]) -> None:
        self.questions.clear()
        for question in questions:
            where = f"{question.at.sheet} {question.at.cell}: " if question.at.cell else ""
            facts = {name: texts.shown(fact) for name, fact in question.facts.items()}
            text = sentence(question.code, {"value": question.at.value, **facts})
            item = QListWidgetItem(where + text)
            harmless = question.code in HARMLESS
            item.setIcon(theme.icon("info", "muted") if harmless else theme.icon("warning", "warning"))
            item.setToolTip(text)
            item.setData(_REMARK, question)
            self.questions.addItem(item)
        self.questions.setVisible(bool(questions))
        self.clear.setVisible(not questions)
        rows = min(QUESTIONS_SEEN, len(questions))
        height = sum(self.questions.sizeHintForRow(row) for row in range(rows))
        self.questions.setFixedHeight(height + theme.unit(8))

    def current_sheet(self) -> SheetSurvey | None:
        row = self._sheets.row_of(self.sheets.current_id())
        return None if row is None else self._sheets.record(row)

    def _show_sheet(self) -> None:
        if self.opened is None:
            return
        sheet = self.current_sheet()
        self.panel.show_sheet(sheet, self.opened.survey)
        self.columns.show_sheet(sheet, self.opened.survey.kind)

    def _say_column(self, place: int, key: str) -> None:
        sheet, opened = self.current_sheet(), self.opened
        if sheet is not None and opened is not None:
            self.changed.emit(lambda reading: answers.with_column(reading, opened.survey, sheet.name, place, key))

    def _say_kind(self, kind: ListKind) -> None:
        opened = self.opened
        if opened is not None:
            self.changed.emit(lambda reading: answers.with_kind(reading, opened.survey, kind))

    def _allow(self) -> None:
        opened = self.opened
        usable = opened is not None and opened.survey.kind is not None and bool(opened.survey.used)
        self.go_on.setEnabled(usable and not self._waiting)
        self.go_on.setToolTip("" if usable else _("Say first in which sheet the list stands and what its columns hold"))
        named = opened is not None and bool(opened.reading.sender)
        self.remember.setEnabled(usable and named and not self._waiting)
        self.remember.setToolTip("" if named else _("Name the sender first"))
        self.back.setEnabled(not self._waiting)

    def _connect(self) -> None:
        self.sheets.current_changed.connect(lambda _id: self._show_sheet())
        self.panel.changed.connect(self.changed)
        self.columns.chosen.connect(self._say_column)
        self.words.changed.connect(lambda: self.changed.emit(lambda reading: reading))
        self.sender.named.connect(self.sender_named)
        self.sender.kind_said.connect(self._say_kind)
        self.questions.itemActivated.connect(lambda item: self.jump(item.data(_REMARK)))
        self.questions.itemClicked.connect(lambda item: self.jump(item.data(_REMARK)))
        self.go_on.clicked.connect(self.accepted)
        self.remember.clicked.connect(self.kept)
        self.back.clicked.connect(self.left)
