"""The list of published counts with its two ways more: the form that is imported, and an empty one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from coordinator.domain.published import Jump, Published
from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.exchange.published_book import write_form
from coordinator.queries.published import published_series
from coordinator.services.published import import_published
from resources.i18n import _, ngettext
from ui import ask, texts
from ui.pages.base import Page, PageContext
from ui.pages.record_list import RecordList
from ui.pages.records import RecordsView
from ui.rights import needs
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule.strips import Strip


class PublishedView(RecordsView):
    def __init__(self, context: PageContext, records: RecordList[object], page: Page) -> None:
        super().__init__(context, records, page)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        self.backwards = Strip(Kind.INFO)
        column.insertWidget(1, self.backwards)
        column.addLayout(self._form_buttons())

    def read(self) -> None:
        super().read()
        self.context.tasks.run_query(
            published_series, self.context.session, done=self._show_jumps, key=(self, "jumps")
        )  # fmt: skip

    def _show_jumps(self, series: tuple[list[Published], list[Jump]]) -> None:
        """Where the totals of a source do not follow from each other; nothing is mended."""
        self.backwards.say("\n".join(map(_jump_words, series[1])), Kind.INFO)

    def _form_buttons(self) -> QHBoxLayout:
        """Below the list: from a workbook, and the form for it."""
        self._import, self._form = QPushButton(_("Import the form…")), QPushButton(_("Write an empty form…"))
        needs(self._import)
        needs(self._form, Right.EXPORT_COUNTS)
        self._import.clicked.connect(self._choose_form)
        self._form.clicked.connect(self._save_form)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._form)
        row.addWidget(self._import)
        return row

    def _choose_form(self) -> None:
        patterns = _("Tables (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv)")
        ask.file_to_open(self, _("Published counts"), patterns, then=self._import_form)

    def _import_form(self, path: Path) -> None:
        verb = partial(import_published, self.context.session, path)
        self.context.tasks.run_verb(verb, done=self._imported, failed=self._refused, label=_("Importing"))

    def _imported(self, rows: int) -> None:
        text = ngettext("{n} published count is here now.", "{n} published counts are here now.", rows)
        self.context.show_notice(text.format(n=texts.number(rows)), Kind.SUCCESS)

    def _save_form(self) -> None:
        ask.file_to_save(
            self, _("Published counts"), _("Workbooks (*.xlsx)"), name="published-counts.xlsx", then=self._write_form
        )

    def _write_form(self, path: Path) -> None:
        told = partial(self.context.show_notice, _("Form written: {path}").format(path=path), Kind.SUCCESS)
        self.context.tasks.run_work(write_form, path, done=lambda _rows: told(), failed=self._refused)

    def _refused(self, error: UserError) -> None:
        self.context.show_notice(texts.error_text(error), Kind.WARNING)


def _jump_words(jump: Jump) -> str:
    text = _("{source}: {said} in all were published for {day}; by what was published for {later} it must have been "
             "{implied} ({by}). The total was corrected backwards.")  # fmt: skip
    return text.format(
        source=jump.source, said=jump.said, day=f"{jump.day:%d.%m}", later=f"{jump.later:%d.%m}", implied=jump.implied,
        by=f"{jump.by:+d}",
    )  # fmt: skip
