"""What leaves, for whom, in which columns, with the first rows before it does; then a file, and a line in the log."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from coordinator.errors import UserError
from coordinator.exchange.supplied import TITLES, FormKind
from coordinator.exchange.supplied_book import write_supplied
from coordinator.exchange.template import Template
from coordinator.exchange.wanted import RIGHTS, ExportKind, Recipient, Wanted
from coordinator.outcome import Change, Touched
from coordinator.queries.export_content import (
    Gathered,
    Preview,
    columns_of,
    preview_of,
    template_of,
    usual_keys,
)
from coordinator.queries.export_parts import ToChoose, gather_to_choose
from coordinator.queries.recipients import recipients
from coordinator.services.exports import SHORTEST_PASSWORD, Exported, send
from coordinator.services.recipients import remove_recipient, save_recipient
from resources.i18n import _, ngettext, speaking
from resources.messages import sentence
from ui import ask, texts, theme
from ui.pages.base import PageContext
from ui.rights import why_not
from ui.widgets.export.columns_tree import ColumnsTree
from ui.widgets.export.first_rows import FirstRows
from ui.widgets.export.for_whom import ForWhom
from ui.widgets.export.form_columns import FormColumns
from ui.widgets.export.frame import columns_page, forms_button, frame, heading, stacked
from ui.widgets.export.how_box import HowBox
from ui.widgets.export.part_chooser import PartChooser
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule.strips import Strip

STIRRED_BY = Touched.HOUSEHOLDS | Touched.DECISIONS | Touched.SCHEDULE | Touched.FLEET | Touched.EVENTS | Touched.PLACES
CALM_MS = 250
"""How long typing and ticking rests before the rows are laid out again."""


class ExportDialog(QDialog):
    """Keeps what is chosen until the file is written; a recipient keeps it for the next time."""

    def __init__(self, context: PageContext, kind: ExportKind, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._gathered: Gathered | None = None
        self._template: Template | None = None
        self._asked = 0
        self._wait = QTimer(self, interval=CALM_MS, singleShot=True)
        self._wait.timeout.connect(self._preview)
        self.setWindowTitle(_("Export"))
        self.whom = ForWhom(kind, context.day)
        self.columns, self.form_columns = ColumnsTree(), FormColumns()
        self.parts, self.how, self.rows = PartChooser(context.day), HowBox(), FirstRows()
        self.told = Strip(Kind.INFO)
        self.write = QPushButton(theme.icon("export", "on_accent"), _("Write the file…"))
        self._lay_out()
        self._connect()
        self._use_kind()

    def wanted(self) -> Wanted:
        """What is chosen right now."""
        return replace(
            self.whom.saved().wanted(self.whom.day()),
            columns=self.columns.chosen(),
            language=self.how.language.currentData(),
            dates=self.how.date_style(),
            only=self.parts.only(),
            protect=self.how.protect.isChecked(),
        )

    def template(self) -> Template | None:
        """The form of the recipient's own, with what fills its columns."""
        return None if self._template is None else self._template.with_keys(self.form_columns.keys())

    def done(self, result: int) -> None:
        self.how.forget()
        super().done(result)

    def _use_kind(self) -> None:
        """Another kind: its recipients, its columns, its rows."""
        self._gathered = None
        self._drop_form()
        self.whom.show_known((), "")
        self._read_recipients("")
        self._gather()

    def _read_recipients(self, select: str) -> None:
        kind = self.whom.kind()
        self._context.tasks.run_query(
            recipients, self._context.session, kind, done=partial(self._take_recipients, kind, select),
            key=(self, "recipients"),
        )  # fmt: skip

    def _take_recipients(self, kind: ExportKind, select: str, known: list[Recipient]) -> None:
        if kind is self.whom.kind() and (known or select):
            self.whom.show_known(known, select)

    def _use_recipient(self) -> None:
        saved, kind = self.whom.saved(), self.whom.kind()
        self.how.use(saved)
        self.parts.show_kind(kind, saved.only)
        self.columns.show_columns(columns_of(kind), usual_keys(kind), saved.columns)
        self._stir()

    def _usual_columns(self) -> None:
        kind = self.whom.kind()
        self.columns.show_columns(columns_of(kind), usual_keys(kind), ())

    def _gather(self) -> None:
        self.rows.wait()
        self._context.tasks.run_query(
            gather_to_choose,
            self._context.session,
            self.whom.kind(),
            self.whom.day(),
            done=self._take_gathered,
            key=(self, "gather"),
        )

    def _take_gathered(self, read: ToChoose) -> None:
        gathered = read.gathered
        if (gathered.kind, gathered.day) == (self.whom.kind(), self.whom.day()):
            self._gathered = gathered
            self.parts.use(read.offered)
            self._preview()

    def _stir(self) -> None:
        self._say_ready()
        self._wait.start()

    def _preview(self) -> None:
        """Lay out the first rows beside the window; an answer that was overtaken is dropped."""
        self._asked += 1
        if self._gathered is None:
            return
        if self._why_not():
            self.rows.show_nothing(self._why_not())
            return
        template, wanted = self.template(), self.wanted()
        wanted = wanted if template is None else replace(wanted, columns=template.chosen)
        self._context.tasks.run_work(
            preview_of, self._gathered, wanted, done=partial(self._show, self._asked),
            failed=lambda error: self.rows.show_nothing(texts.error_text(error)),
        )  # fmt: skip

    def _show(self, number: int, preview: Preview) -> None:
        if number == self._asked:
            self.rows.show_preview(preview)

    def _why_not(self) -> str:
        """Why there is nothing to write yet, or ""."""
        if not self.parts.valid():
            return _("A day cannot be read. Write for example 15.08.")
        if self._template is None and self.columns.none_ticked():
            return _("Tick at least one column.")
        if self._template is not None and not any(self.form_columns.keys().values()):
            return _("Nothing of ours is chosen for the form.")
        return ""

    def _say_ready(self) -> None:
        """The button says why it cannot be pressed."""
        why = why_not(self._context.session, RIGHTS[self.whom.kind()]) or self._why_not()
        if not why and self.how.protect.isChecked() and len(self.how.typed_password()) < SHORTEST_PASSWORD:
            why = sentence("export.password_short", {"least": SHORTEST_PASSWORD})
        self.write.setEnabled(not why)
        self.write.setToolTip(why)

    def _write_file(self) -> None:
        suffix = self.how.suffix()
        name = f"{self.whom.kind().value}-{self.whom.day():%Y-%m-%d}{suffix}"
        patterns = _("Workbooks (*.xlsx)") if suffix == ".xlsx" else _("Text tables (*.csv)")
        ask.file_to_save(self, _("Where to"), patterns, name=name, then=self._send)

    def _send(self, path: Path) -> None:
        verb = partial(
            send, self._context.session, self.wanted(), path, password=self.how.typed_password(),
            template=self.template(),
        )  # fmt: skip
        self.write.setEnabled(False)
        self._context.tasks.run_verb(
            verb, done=self._written, failed=self._refused, ended=self._say_ready, label=_("Exporting"), progress=True
        )

    def _written(self, done: Exported) -> None:
        """Said on the page behind; where something could not be filled in, it is said here first."""
        words = _written_words(done)
        if done.remarks:
            lines = [sentence(remark.code, remark.facts) for remark in done.remarks]
            self.told.say("\n".join([words, *lines]), Kind.WARNING)
            return
        self.accept()
        then = partial(self._context.navigate, "history", kind="out")
        self._context.show_notice(words, Kind.SUCCESS, step=_("Show the log"), then=then)

    def _refused(self, error: UserError) -> None:
        self.told.say(texts.error_text(error), Kind.WARNING)

    def _save(self, name: str) -> None:
        """Keep columns, part and the rest for the recipient that is chosen, or for a new one."""
        wanted, saved, template = self.wanted(), self.whom.saved(), self.template()
        columns = template.chosen if template is not None else wanted.columns
        kept = Recipient(
            None if name else saved.id, name or saved.name, wanted.kind, columns, wanted.language, wanted.dates,
            wanted.only, wanted.protect,
        )  # fmt: skip
        verb = partial(save_recipient, self._context.session, kept)
        self._context.tasks.run_verb(verb, done=self._kept, failed=self._refused)

    def _kept(self, recipient: Recipient) -> None:
        self.told.say(_("Saved for {name}.").format(name=recipient.name), Kind.SUCCESS)
        self._read_recipients(recipient.id or "")

    def _remove(self) -> None:
        saved = self.whom.saved()
        if saved.id is not None:
            words = _("{name} was deleted from the recipients. Undo brings it back.").format(name=saved.name)
            verb = partial(remove_recipient, self._context.session, saved.id)
            self._context.tasks.run_verb(verb, done=lambda _none: self._removed(words), failed=self._refused)

    def _removed(self, words: str) -> None:
        self.told.say(words, Kind.INFO)
        self.whom.show_known((), "")
        self._read_recipients("")

    def _choose_form(self) -> None:
        ask.file_to_open(self, _("A form of the recipient"), _("Workbooks (*.xlsx)"), then=self._read_form)

    def _read_form(self, path: Path) -> None:
        self._context.tasks.run_work(
            template_of, path, self.wanted(), done=self._take_form, failed=self._refused, label=_("Reading the form")
        )

    def _take_form(self, template: Template) -> None:
        self._template = template
        self.how.show_form(template.original.name)
        self.form_columns.show_slots(template.slots, columns_of(self.whom.kind()))
        self._columns.setCurrentWidget(self.form_columns)
        self.told.say("\n".join(sentence(one.code, one.facts) for one in template.remarks), Kind.WARNING)
        self._stir()

    def _drop_form(self) -> None:
        self._template = None
        self.how.show_form("")
        self._columns.setCurrentIndex(0)
        self._stir()

    def _write_blank(self, kind: FormKind) -> None:
        """A form of ours for whoever sends lists."""
        language = self.how.language.currentData()
        work = partial(self._context.tasks.run_work, _blank, done=self._blank_written, failed=self._refused)
        ask.file_to_save(
            self, _(TITLES[kind]), _("Workbooks (*.xlsx)"), name=f"{kind.value}.xlsx",
            then=lambda path: work(path, kind, language),
        )  # fmt: skip

    def _blank_written(self, path: Path) -> None:
        self.told.say(_("Form written: {path}").format(path=path), Kind.SUCCESS)

    def _hear(self, change: Change) -> None:
        if change.touched & STIRRED_BY:
            self._gather()

    def _connect(self) -> None:
        self.whom.kind_changed.connect(self._use_kind)
        self.whom.day_changed.connect(self._gather)
        self.whom.recipient_changed.connect(self._use_recipient)
        self.whom.save_wanted.connect(self._save)
        self.whom.remove_wanted.connect(self._remove)
        for part in (self.columns, self.form_columns, self.parts, self.how):
            part.changed.connect(self._stir)
        self.how.form_wanted.connect(self._choose_form)
        self.how.form_dropped.connect(self._drop_form)
        self.write.clicked.connect(self._write_file)
        self._context.bridge.changed.connect(self._hear)

    def _lay_out(self) -> None:
        theme.dress(self.write, "primary")
        self._columns = stacked(columns_page(self.columns, self._usual_columns), self.form_columns)
        close = QPushButton(_("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        below = QHBoxLayout()
        below.addWidget(forms_button(self._write_blank))
        below.addStretch(1)
        below.addWidget(close)
        below.addWidget(self.write)
        chosen = [
            self.whom, heading(_("Only a part"), self.parts), heading(_("Columns"), self._columns),
        ]  # fmt: skip
        how = heading(_("How"), self.how)
        how.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        seen = [self.told, self.rows]
        # With large text the rows need what room there is; the left side can be scrolled.
        (chosen if self.how.upright else seen).append(how)
        frame(self, chosen, seen, below)


def _blank(path: Path, kind: FormKind, language: str) -> Path:
    with speaking(language):
        write_supplied(path, kind)
    return path


def _written_words(done: Exported) -> str:
    """ "list.xlsx is written: 148 rows, 148 people by name. Export No. 12." """
    rows = ngettext("{n} row", "{n} rows", done.rows).format(n=texts.number(done.rows))
    people = ngettext("{n} person by name", "{n} people by name", done.people).format(n=texts.number(done.people))
    return _("{file} is written: {rows}, {people}. Export No. {number}.").format(
        file=done.path.name, rows=rows, people=people, number=done.number
    )
