"""The daily reports: a draft of the working date above those that were sent, and what the chosen one says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.days import kyiv
from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.queries.reports import Report, Reports, reports
from coordinator.queries.summary_paper import content_paper, report_paper
from coordinator.report_book import summary_totals
from coordinator.report_content import ReportContent
from coordinator.report_words import corrections_words, definitions, forecast_words, messenger_text
from coordinator.services.exports import Exported
from coordinator.services.papers import SUMMARY
from coordinator.services.report_files import log_text_copied, write_report_book
from coordinator.services.reports import freeze_report
from resources.i18n import N_, _
from ui import ask, texts, theme
from ui.dialogs.record import Field, RecordDialog
from ui.pages.base import Page, PageContext
from ui.pages.schedule_papers import Papers
from ui.paper.summary import summary_document
from ui.rights import allowed, needs
from ui.tables.columns import Column, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule.strips import Strip
from ui.widgets.search_field import SearchField
from ui.widgets.sent_text import SentText

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list. `report` None: the draft."""

    content: ReportContent
    report: Report | None = None

    @property
    def id(self) -> str:
        return self.report.id if self.report else DRAFT

    @property
    def number(self) -> int:
        """Above all others while it is a draft."""
        return self.report.number if self.report else 1 << 30


def _count(line: Line, name: str) -> str:
    return texts.number(sum(getattr(one, name) for one in line.content.lines))


def _frozen(line: Line) -> str:
    return f"{kyiv(line.report.frozen_at):%d.%m.%Y %H:%M}" if line.report else _("not frozen yet")


COLUMNS: list[Column[Line]] = [
    Column("number", N_("No."), lambda x: str(x.report.number) if x.report else _("draft"), sort=lambda x: -x.number,
           width=10, always=True, mark=lambda x: "" if x.report else "accent"),
    Column("day", N_("Day"), lambda x: texts.day_short(x.content.day), sort=lambda x: x.content.day, width=12,
           always=True),
    Column("people", N_("Evacuated"), lambda x: _count(x, "people"), width=12, right=True),
    Column("children", N_("Children"), lambda x: _count(x, "children"), width=9, right=True),
    Column("alone", N_("By themselves"), lambda x: _count(x, "alone"), width=12, right=True),
    Column("frozen", N_("Frozen"), _frozen, sort=lambda x: -x.number, width=17),
    Column("by", N_("By"), lambda x: x.report.frozen_by if x.report else "", width=14),
    Column("to", N_("Sent to"), lambda x: x.report.sent_to if x.report else "", width=18),
]  # fmt: skip


class ReportsView(QWidget):
    """The first tab of the page. Adding is freezing; nothing of what was sent is edited or removed."""

    name = "reports"

    def __init__(self, context: PageContext, page: Page) -> None:
        super().__init__(page)
        self.title = _("Daily reports")
        self._context = context
        self._read: Reports | None = None
        self._next = ""
        """The line to choose when the list is read again."""
        self.rows: TableModel[Line] = TableModel(COLUMNS)
        self.table = TableView(self.rows, self.title)
        self.search = SearchField(_("Search"))
        self.heading, self.ahead = QLabel(), QLabel()
        self.changed = Strip(Kind.WARNING)
        self.text, self.terms = SentText(self._copy), QPlainTextEdit()
        self.copy, self.page, self.book = (
            QPushButton(_("Copy the text")), QPushButton(_("On paper…")), QPushButton(_("Workbook…")),
        )  # fmt: skip
        self.freeze = QPushButton(_("Freeze and send…"))
        self._lay_out()
        self._connect()
        self._show()

    def read(self) -> None:
        self._context.tasks.run_query(
            reports, self._context.session, self._context.day, self._context.counts, done=self._use,
            key=(self, "reports"),
        )  # fmt: skip

    def add(self) -> None:
        """Freeze the draft; asked first is only to whom it goes."""
        if self._read is None or not allowed(self):
            return
        day = self._read.draft.day
        dialog = RecordDialog(
            _("Freeze the report for {day}").format(day=texts.day_short(day)),
            [Field("sent_to", _("Sent to"), hint=_("the oblast, a headquarters; may stay blank"))], {}, day, self,
        )  # fmt: skip
        dialog.submitted.connect(lambda values: self._freeze(dialog, values["sent_to"] or ""))
        ask.show(dialog)

    def edit(self) -> None:
        """What was sent stays as it is."""

    def remove(self) -> None:
        """As `edit`."""

    def chosen(self) -> Report | None:
        line = self._line()
        return line.report if line else None

    def save_book(self) -> None:
        report = self.chosen()
        if report is not None:
            name = f"report-{report.number}-{report.day:%Y-%m-%d}.xlsx"
            patterns = _("Workbooks (*.xlsx)")
            ask.file_to_save(self, _("Where to"), patterns, name=name, then=partial(self._write_book, report))

    def _line(self) -> Line | None:
        row = self.rows.row_of(self.table.current_id())
        return None if row is None else self.rows.record(row)

    def _use(self, read: Reports) -> None:
        self._read = read
        lines = [Line(read.draft), *(Line(report.content, report) for report in read.sent)]
        chosen, self._next = self._next or self.table.current_id() or DRAFT, ""
        self.rows.set_rows(prepare(COLUMNS, lines, lambda line: line.id, sort_by=self.rows.sort_key))
        self.table.select_id(chosen)
        self._show()

    def _show(self) -> None:
        """What the chosen line says, as it is sent."""
        line, read = self._line(), self._read
        self._enable(line)
        if line is None or read is None:
            return
        content, report = line.content, line.report
        day = texts.day_short(content.day)
        self.heading.setText(
            _("Report No. {number} for {day}, as it was sent").format(number=report.number, day=day) if report
            else _("Draft for {day}: figures of the moment").format(day=day)
        )  # fmt: skip
        total = summary_totals(content.lines, content.day)
        _say(self.text, messenger_text(content, total, report.number if report else None))
        terms = report.definitions if report else definitions(content.since, content.hide_below)
        _say(self.terms, "\n".join(f"{term}: {text}" for term, text in terms))
        self.ahead.setText("" if report else forecast_words(read.forecast))
        self.ahead.setVisible(not report)
        since = [one for one in read.since_sent if report is None or one.day == report.day]
        known = _("Known otherwise than it was last sent:\n{what}").format(what=corrections_words(since))
        if since:
            self.changed.say(known, Kind.WARNING)
        else:
            self.changed.say("" if report else self._why_empty(read), Kind.INFO)
        self._give_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """A splitter asks nobody how high words become when they wrap."""
        for part in (self.changed, self.ahead, self.heading):
            part.setMinimumHeight(max(0, part.heightForWidth(part.width())))

    def _why_empty(self, read: Reports) -> str:
        """A day of which nobody has said anything is no day on which nobody left."""
        if self._to_come(read.draft):
            return _("This day has not begun yet.")
        if read.told:
            return ""
        return _(
            "Nothing of this day is recorded yet: these zeros say that nobody has told. Frozen, they say nobody left."
        )

    def _to_come(self, content: ReportContent) -> bool:
        return content.day > kyiv(content.as_of).date()

    def _enable(self, line: Line | None) -> None:
        """A button that cannot be pressed says why."""
        frozen = line is not None and line.report is not None
        for button in (self.copy, self.page):
            button.setEnabled(line is not None)
        self.book.setEnabled(frozen)
        self.book.setToolTip("" if frozen else _("Freeze the report first: the workbook is of what was sent."))
        why = _("This report is frozen. Choose the draft above to freeze another.") if frozen else ""
        if line is not None and not frozen and self._to_come(line.content):
            why = _("This day has not begun yet.")
        self.freeze.setEnabled(line is not None and not why)
        self.freeze.setToolTip(why)

    def _freeze(self, dialog: RecordDialog, sent_to: str) -> None:
        assert self._read is not None
        verb = partial(freeze_report, self._context.session, self._read.draft.day, sent_to)
        self._context.tasks.run_verb(verb, done=partial(self._frozen, dialog), failed=dialog.refuse)

    def _frozen(self, dialog: RecordDialog, report: Report) -> None:
        dialog.accept()
        text = _("Report No. {number} is frozen. Copy its text, print it, or write its workbook.")
        self._context.show_notice(text.format(number=report.number), Kind.SUCCESS)
        self._next = report.id
        self.read()

    def _copy(self) -> None:
        """Into the log first, then to the clipboard: whoever pastes it sends it."""
        line = self._line()
        if line is not None:
            text = self.text.toPlainText()
            verb = partial(log_text_copied, self._context.session, line.report, line.content.day, text)
            self._context.tasks.run_verb(verb, done=lambda _done: self._copied(text), failed=self._refused)

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._context.show_notice(_("The text is copied, and logged as sent; it names nobody."), Kind.SUCCESS)

    def _paper(self) -> None:
        line = self._line()
        if line is None:
            return
        now, training = self._context.session.clock(), self._context.session.training
        paper = (
            report_paper(line.report, now, training) if line.report else content_paper(line.content, now, training)
        )  # fmt: skip
        name = _("daily-summary-{day}.pdf").format(day=paper.day.isoformat())
        self._papers.preview(SUMMARY, summary_document, paper, name, paper.day, 0)

    def _write_book(self, report: Report, path: Path) -> None:
        verb = partial(write_report_book, self._context.session, report, path)
        self._context.tasks.run_verb(verb, done=self._written, failed=self._refused, label=_("Exporting"))

    def _written(self, done: Exported) -> None:
        self._context.show_notice(_("{file} is written.").format(file=done.path.name), Kind.SUCCESS)

    def _refused(self, error: UserError) -> None:
        self._context.show_notice(texts.error_text(error), Kind.WARNING)

    def _connect(self) -> None:
        self._papers = Papers(self._context, self)
        self.search.searched.connect(self.rows.set_search)
        self.search.left_down.connect(self.table.take_focus)
        self.table.current_changed.connect(lambda _id: self._show())
        self.copy.clicked.connect(self._copy)
        self.page.clicked.connect(self._paper)
        self.book.clicked.connect(self.save_book)
        self.freeze.clicked.connect(self.add)
        needs(self.freeze)
        needs(self.book, Right.EXPORT_COUNTS)

    def _lay_out(self) -> None:
        theme.dress(self.freeze, "primary")
        theme.dress(self.heading, "heading")
        for label in (self.heading, self.ahead):
            label.setWordWrap(True)
        theme.dress(self.ahead, "muted")
        for edit, name in ((self.text, _("Text of the report")), (self.terms, _("What each figure counts"))):
            edit.setReadOnly(True)
            edit.setTabChangesFocus(True)
            edit.setAccessibleName(name)
        left, right = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        said = QVBoxLayout(right)
        said.setContentsMargins(theme.unit(10), 0, 0, 0)
        terms = QLabel(_("What each figure counts"))
        theme.dress(terms, "muted")
        for part, share in (
            (self.heading, 0), (self.changed, 0), (self.text, 3), (self.ahead, 0), (terms, 0), (self.terms, 2),
        ):  # fmt: skip
            said.addWidget(part, share)
        above, below = QHBoxLayout(), QHBoxLayout()
        for button in (self.copy, self.page, self.book):
            above.addWidget(button)
        above.addStretch(1)
        below.addStretch(1)
        below.addWidget(self.freeze)
        said.addLayout(above)
        said.addLayout(below)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([theme.unit(500), theme.unit(630)])
        split.splitterMoved.connect(lambda _at, _index: self._give_room())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.unit(10), 0, 0)
        whole.addWidget(split)


def _say(edit: QPlainTextEdit, text: str) -> None:
    """Leave place and selection where the text is the same."""
    if edit.toPlainText() != text:
        edit.setPlainText(text)
