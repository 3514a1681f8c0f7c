"""What a table of travel times would change, before anything is written: counts, and each cell that stays out."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.roads import Road
from coordinator.errors import UserError
from coordinator.exchange.incoming import Remark
from coordinator.services.import_roads import RoadPreview, TakenIn, import_roads
from resources.i18n import N_, _, ngettext
from ui import texts, theme
from ui.pages.base import PageContext
from ui.pages.roads_records import figure
from ui.rights import needs
from ui.road_words import trips_sentence
from ui.tables.columns import Column, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.notice_bar import Kind
from ui.widgets.safety.card import fit

WIDTH, HEIGHT = 860, 520

REMARKS: list[Column[Remark]] = [
    Column("sheet", N_("Sheet"), lambda r: r.at.sheet, width=10),
    Column("cell", N_("Cell"), lambda r: r.at.cell, width=7),
    Column("value", N_("Value"), lambda r: r.at.value, width=14),
    Column("reason", N_("Reason"), lambda r: texts.error_text(UserError(r.code, **r.facts)), width=70,
           tooltip=lambda r: texts.error_text(UserError(r.code, **r.facts))),
]  # fmt: skip
ROADS: list[Column[tuple[str, Road]]] = [
    Column("what", N_("What"), lambda pair: _(pair[0]), width=9),
    Column("road", N_("Road"), lambda pair: f"{pair[1].first} – {pair[1].second}", width=36),
    Column("minutes", N_("Minutes"), lambda pair: figure(pair[1].minutes), sort=lambda pair: pair[1].minutes,
           width=9, right=True),
    Column("km", N_("km"), lambda pair: figure(pair[1].km), sort=lambda pair: pair[1].km, width=9, right=True),
    Column("state", N_("State"), lambda pair: _("closed") if pair[1].closed else "", width=12),
]  # fmt: skip


class RoadImportDialog(QDialog):
    """Nothing is written before "Import"; one undo takes all of it back."""

    def __init__(self, context: PageContext, preview: RoadPreview, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._preview = context, preview
        self.setWindowTitle(_("Travel times"))
        heading, self.told = QLabel(_("Travel times from {file}").format(file=preview.file)), QLabel()
        theme.dress(heading, "heading")
        self.told.setWordWrap(True)
        self.told.setText(verdict(preview))
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(10))
        column.addWidget(heading)
        column.addWidget(self.told)
        self.problems: TableModel[Remark] = TableModel(REMARKS)
        self.problems.set_rows(
            prepare(REMARKS, preview.problems, lambda one: f"{one.at.sheet}!{one.at.cell}:{one.code}")
        )
        self.roads: TableModel[tuple[str, Road]] = TableModel(ROADS)
        pairs = [(N_("new"), road) for road in preview.new] + [(N_("changed"), road) for road in preview.changed]
        self.roads.set_rows(
            prepare(ROADS, pairs, lambda pair: f"{pair[1].first_id}{pair[1].second_id}{pair[1].closed}")
        )
        if preview.problems:
            label = QLabel(_("What stays out or should be looked at"))
            theme.dress(label, "heading")
            column.addWidget(label)
            column.addWidget(TableView(self.problems, label.text()), 1)
        if pairs:
            label = QLabel(_("What will stand in the register"))
            theme.dress(label, "heading")
            column.addWidget(label)
            column.addWidget(TableView(self.roads, label.text()), 1)
        column.addWidget(self._buttons(bool(pairs)))
        fit(self, WIDTH, HEIGHT)

    def save(self) -> None:
        self._context.tasks.run_verb(
            import_roads, self._context.session, self._preview, done=self._saved, failed=self._refused
        )

    def _saved(self, taken: TakenIn) -> None:
        words = _("Roads taken in: {count}. Ctrl+Z takes them back.").format(count=taken.pairs)
        self._context.show_notice(words, Kind.SUCCESS)
        if taken.trips:
            self._context.show_notice(trips_sentence(taken.trips), Kind.WARNING)
        self.accept()

    def _refused(self, error: UserError) -> None:
        self.told.setText(texts.error_text(error))

    def _buttons(self, anything: bool) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.take = QPushButton(_("Import"))
        theme.dress(self.take, "primary")
        needs(self.take)
        self.take.setEnabled(anything)
        if not anything:
            self.take.setToolTip(_("There is nothing new in this file."))
        box.addButton(QPushButton(_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        box.addButton(self.take, QDialogButtonBox.ButtonRole.ActionRole)
        self.take.clicked.connect(self.save)
        box.rejected.connect(self.reject)
        return box


def verdict(preview: RoadPreview) -> str:
    """ "New: 12, changed: 3, the same: 40. 2 cells stay out or should be looked at." """
    text = _("Nothing is written yet. New: {new}, changed: {changed}, as before: {same}.").format(
        new=len(preview.new), changed=len(preview.changed), same=preview.same
    )
    count = len(preview.problems)
    if not count:
        return text
    more = ngettext("{n} cell is named below with the reason.", "{n} cells are named below with the reason.", count)
    return f"{text} {more.format(n=count)}"
