"""Editing in the registry's table: a cell is checked as it is typed and saved at once, each as one action."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QRect, Qt

from coordinator.domain.decision import Decision, Said
from coordinator.domain.names import clean
from coordinator.errors import UserError
from coordinator.exchange.cells import CellKey, CellRead, Reading, Settled, read_cell, why_read_only
from coordinator.queries.cells import CellEdit, is_same
from coordinator.queries.household import HouseholdCard, household_card
from coordinator.queries.registry import RegistryRow
from coordinator.services.cells import set_cell
from resources.i18n import _
from resources.messages import sentence
from ui import texts
from ui.drafts import Reopening, reopens
from ui.pages.base import PageContext
from ui.rights import allowed
from ui.signs import DECISION_SIGNS
from ui.tables.model import Overlay, TableModel
from ui.tables.registry_columns import COLUMNS, NUMBERS
from ui.tables.sheet.editors import ChoiceEditor, DayEditor, LineEditor, Move, NoteEditor, SettlementEditor
from ui.tables.sheet.overlay import Bubble, CellFrame
from ui.tables.sheet.view import Cell, SheetView
from ui.widgets.decide.choices import ORDER
from ui.widgets.notice_bar import Kind
from ui.widgets.settlement_field import Chosen, Places

_DAYS = frozenset({CellKey.WANTS, CellKey.AGAIN})


class RegistryCells(QObject):
    """Opens an editor over the current cell, says what is wrong beside it, and writes what is right.

    Text that the register refuses stays in its cell with the sentence until it is mended or given up with Escape.
    """

    def __init__(self, context: PageContext, view: SheetView, rows: TableModel[RegistryRow]) -> None:
        super().__init__(view)
        self._context, self._view, self._rows = context, view, rows
        self._places = Places(())
        self._frame: CellFrame | None = None
        self._start = ""
        self._on_way: dict[Cell, int] = {}
        self._tokens = 0
        self.bubble = Bubble(view)
        view.edit_wanted.connect(self.edit)
        view.current_changed.connect(lambda _id: self._say_of_current())
        view.selectionModel().currentChanged.connect(lambda _now, _before: self._say_of_current())
        rows.modelReset.connect(self._arrived)
        view.draft_of = self._draft

    @property
    def editor(self) -> Any:
        """What one types into now; None while no cell is edited."""
        return self._frame.editor if self._frame is not None else None

    def use(self, places: Places) -> None:
        self._places = places

    def edit(self, typed: str | None = None) -> None:
        """Edit the current cell; `typed` is what one began to write in its place."""
        index = self._view.currentIndex()
        row = self._rows.record(index.row()) if index.isValid() else None
        if row is None or not allowed(self._view):
            return
        cell = self._view.cell(index)
        if why := why_read_only(cell.column):
            self.say(sentence(why))
            return
        self._open(cell, row, typed)

    def say(self, words: str, kind: str = "info") -> None:
        """A sentence beside the current cell, for a while."""
        index = self._view.currentIndex()
        self.bubble.say(words, kind, self._view.visualRect(index) if index.isValid() else QRect(), passing=True)

    def text(self, row: int, column: int) -> str:
        """What a cell holds as it would be typed: a note with its lines, a decision in words."""
        record, key = self._rows.record(row), COLUMNS[column].key
        if record is None or why_read_only(key) or key == CellKey.DECISION:
            return self._rows.text(row, column)
        return _held(CellKey(key), record)

    def reading(self) -> Reading:
        return Reading(self._context.day, self._places.resolution)

    def _open(self, cell: Cell, row: RegistryRow, typed: str | None) -> None:
        self._close()
        key = CellKey(cell.column)
        over = self._rows.overlay(cell.row_id, NUMBERS[cell.column])
        held = over.text if over is not None and over.why else None
        editor = self._make_editor(key)
        title = self._rows.titles[NUMBERS[cell.column]]
        editor.setAccessibleName(_("{column} of household {number}").format(column=title, number=row.number))
        self._start = _held(key, row)
        editor.begin(self._start if held is None else held, typed)
        editor.done.connect(self._done)
        editor.given_up.connect(self._give_up)
        editor.looked_at.connect(self._look)
        self._frame = CellFrame(self._view, cell, editor, _height_of(editor))
        self.bubble.hide()
        editor.show()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if typed or held:
            self._look(typed or held)

    def _make_editor(self, key: CellKey) -> Any:
        within = self._view.viewport()
        if key is CellKey.SETTLEMENT:
            return SettlementEditor(within, self._places)
        if key is CellKey.DECISION:
            return ChoiceEditor(within, _decisions())
        if key in _DAYS:
            return DayEditor(within, self._context.day)
        return NoteEditor(within) if key is CellKey.NOTE else LineEditor(within)

    def _look(self, _typed: str = "") -> None:
        """What the text would be, or what is missing yet; calm, as it is still being typed."""
        if self._frame is None:
            return
        read = self._read()
        words = self._words(read) if not read.problem else _refusal(read)
        self.bubble.say(words, "warning" if read.problem or read.remark else "info", self._frame.rect())
        self._frame.editor.setAccessibleDescription(words)

    def _words(self, read: CellRead) -> str:
        assert self._frame is not None
        if read.remark:
            return sentence(read.remark, read.facts)
        key = CellKey(self._frame.cell.column)
        if key in _DAYS and read.value is not None:
            return f"{texts.weekday(read.value)}, {texts.day_near(read.value, self._context.day)}"
        typed = self._frame.editor.value()
        return f"= {read.shown}" if isinstance(typed, str) and read.shown != clean(typed) and key != "note" else ""

    def _read(self) -> CellRead:
        assert self._frame is not None
        key, value = CellKey(self._frame.cell.column), self._frame.editor.value()
        if isinstance(value, Chosen):
            return CellRead(Settled(value.id, value.text), value.text or "–", remark="")
        if key is CellKey.DECISION:
            decision = Decision(value) if value else None
            shown = texts.label(decision) if decision else ""
            return CellRead(Said(decision), shown) if decision else CellRead(problem="cell.decision_unknown")
        return read_cell(key, value, self.reading())

    def _done(self, move: Move) -> None:
        if self._frame is None:
            return
        frame, key = self._frame, CellKey(self._frame.cell.column)
        read, row = self._read(), self._row(frame.cell.row_id)
        typed = read.shown if key in (CellKey.SETTLEMENT, CellKey.DECISION) else str(frame.editor.value())
        if read.problem and move is not Move.STAY:
            self.bubble.say(_refusal(read), "danger", frame.rect())
            return
        self._close()
        self._rows.lay_over(frame.cell.row_id, NUMBERS[frame.cell.column], None)
        if read.problem:
            self._hold(frame.cell, typed, _refusal(read))
        elif row is not None and not is_same(row, key, read) and not self._untouched(key, typed):
            self._write(frame.cell, CellEdit(row.id, key, read.value), read.shown, typed)
        down, right = move.value
        if move is not Move.STAY:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            self._view.move(down, right)

    def _untouched(self, key: CellKey, typed: str) -> bool:
        """A settlement that was only looked at: the same words must not turn a known place into text."""
        return key is CellKey.SETTLEMENT and clean(typed) == clean(self._start)

    def _write(self, cell: Cell, edit: CellEdit, shown: str, typed: str) -> None:
        self._tokens += 1
        token = self._on_way[cell] = self._tokens
        self._rows.lay_over(cell.row_id, NUMBERS[cell.column], Overlay(shown))
        self._context.tasks.run_verb(
            set_cell, self._context.session, edit,
            done=lambda _nothing: self._written(cell, token),
            failed=partial(self._failed, cell, token, typed),
        )  # fmt: skip

    def _written(self, cell: Cell, token: int) -> None:
        if self._on_way.get(cell) == token:
            self._on_way[cell] = 0

    def _arrived(self) -> None:
        """Rows were read anew: what has been written is among them."""
        for cell in [cell for cell, token in self._on_way.items() if not token]:
            del self._on_way[cell]
            self._rows.lay_over(cell.row_id, NUMBERS[cell.column], None)

    def _failed(self, cell: Cell, token: int, typed: str, error: UserError) -> None:
        if self._on_way.pop(cell, 0) != token:
            return
        self._hold(cell, typed, texts.error_text(error))
        self._context.show_notice(texts.error_text(error), Kind.WARNING, step=_("Edit the cell"),
                                  then=lambda: self._edit_again(cell))  # fmt: skip

    def _hold(self, cell: Cell, typed: str, why: str) -> None:
        """Keep text that was refused in its cell, with the reason."""
        self._rows.lay_over(cell.row_id, NUMBERS[cell.column], Overlay(typed, why))
        self._say_of_current()

    def _edit_again(self, cell: Cell) -> None:
        index = self._view.place(cell)
        if index.isValid():
            self._view.go_to(index)
            self.edit()

    def _give_up(self) -> None:
        """Escape: the cell is as the register has it."""
        if self._frame is not None:
            cell = self._frame.cell
            self._close()
            self._rows.lay_over(cell.row_id, NUMBERS[cell.column], None)
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        if self._frame is not None:
            frame, self._frame = self._frame, None
            frame.close()
        self.bubble.hide()

    def _say_of_current(self) -> None:
        """The sentence of a refusal stands beside its cell whenever one comes there."""
        if self._frame is not None:
            return
        index = self._view.currentIndex()
        over = self._rows.overlay(self._rows.row_id(index.row()), index.column()) if index.isValid() else None
        rect = self._view.visualRect(index) if index.isValid() else QRect()
        self.bubble.say(over.why if over is not None else "", "danger", rect)

    def _row(self, row_id: str) -> RegistryRow | None:
        """As the register has it, also where a filter hides it by now."""
        data = self._rows.data_shown
        at = self._rows.row_of(row_id)
        if at is not None:
            return self._rows.record(at)
        return next((row for row in data.records if row.id == row_id), None)

    def _draft(self) -> dict[str, Any]:
        """Text that is being typed into a cell."""
        frame = self._frame
        text = frame.editor.value() if frame is not None else None
        if frame is None or not isinstance(text, str) or text == self._start:
            return {}
        return {"household": frame.cell.row_id, "column": frame.cell.column, "text": text}


def _held(key: CellKey, row: RegistryRow) -> str:
    """The text that an editor begins with."""
    plain = {
        CellKey.HEAD: row.head, CellKey.SETTLEMENT: row.settlement, CellKey.ADDRESS: row.address,
        CellKey.DECISION: row.decision, CellKey.PHONES: row.phones, CellKey.NOTE: row.note, CellKey.PETS: row.pets,
        CellKey.STREET: row.street, CellKey.HOUSE: row.house, CellKey.FLAT: row.flat, CellKey.LANDMARK: row.landmark,
    }  # fmt: skip
    if key in plain:
        return plain[key]
    day = row.wants_on if key is CellKey.WANTS else row.again_on
    return texts.day_short(day) if day else ""


def _decisions() -> list[tuple[str, str, str, str, str]]:
    why = {Decision.EVACUATED: sentence("cell.decision_evacuated")}
    return [(one.value, texts.label(one), *DECISION_SIGNS[one], why.get(one, "")) for one in ORDER]


def _height_of(editor: Any) -> int:
    """How much more than its cell an editor needs; 0: nothing more."""
    if isinstance(editor, ChoiceEditor):
        return editor.sizeHintForRow(0) * editor.count() + 8
    return editor.fontMetrics().lineSpacing() * editor.lines + 16 if isinstance(editor, NoteEditor) else 0


def _refusal(read: CellRead) -> str:
    return sentence(read.problem, read.facts)


@reopens("cell")
def reopen(again: Reopening) -> None:
    """The registry at that cell, with the text in it."""

    def found(card: HouseholdCard) -> None:
        page = again.page("registry")
        page.show_target(household=card.household.id)
        again.opened(page.table)

    context = again.context
    context.tasks.run_query(
        household_card, context.session, again.fields["household"], done=found, failed=again.gone
    )  # fmt: skip
