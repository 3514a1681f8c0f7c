"""The window that shows a paper before it is printed or saved. Paper is white in every theme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.roles import Right
from coordinator.errors import UserError
from resources.i18n import _
from resources.messages import sentence
from ui import ask
from ui.paper.output import paint, pdf_bytes, write_pdf
from ui.paper.pages import Document, Page, draw_page
from ui.paper.typeface import UNITS_PER_INCH
from ui.rights import needs
from ui.tasks import Tasks

ZOOM_STEP = 1.25
SMALLEST, LARGEST = 0.25, 5.0
_EDGE = 24
PRINTER = "printer"
"""What the log calls a printer without a name."""

Log = Callable[[str, bool], object]
"""See PaperPreview."""


class PageView(QWidget):
    """One page at a zoom, 1.0 being its size on paper."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._zoom = 1.0
        self.show_page(page)

    @property
    def zoom(self) -> float:
        return self._zoom

    def show_page(self, page: Page, zoom: float | None = None) -> None:
        self._page = page
        self._zoom = self._zoom if zoom is None else min(max(zoom, SMALLEST), LARGEST)
        self.resize(self.sizeHint())
        self.setAccessibleName(_("Page {n} of {m}").format(n=page.number, m=page.of))
        self.update()

    def _scale(self) -> float:
        return self._zoom * self.logicalDpiX() / UNITS_PER_INCH

    def sizeHint(self) -> QSize:
        scale = self._scale()
        return QSize(round(self._page.format.width * scale), round(self._page.format.height * scale))

    def zoom_for_width(self, width: int) -> float:
        return width * UNITS_PER_INCH / (self._page.format.width * self.logicalDpiX())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._scale(), self._scale())
        draw_page(painter, self._page)
        painter.end()


class PaperPreview(QDialog):
    """Pages of a document with print and save as PDF.

    `log` writes down that the paper leaves, before it does: where to, and whether that is a file. It runs as a verb;
    what it raises keeps the paper here. `printed` tells what was done: the path of the PDF, or an empty text for a
    printer. `suggested` is the file name offered, `file_right` what a user needs to save it. `shown`: the same pages as
    a draft, until `log` has issued them.
    """

    printed = Signal(str)

    def __init__(
        self,
        document: Document,
        suggested: str,
        tasks: Tasks,
        parent: QWidget | None = None,
        log: Log | None = None,
        file_right: Right = Right.PRINT,
        shown: Document | None = None,
    ) -> None:
        super().__init__(parent)
        self._log, self._file_right = log, file_right
        self._document, self._draft = document, shown
        self._suggested = suggested
        self._tasks = tasks
        self._index = 0
        self._fits_width = True
        self.setWindowTitle(document.title)
        self._view = PageView(self._pages[0])
        self._area = QScrollArea()
        self._area.setWidget(self._view)
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area.setAccessibleName(_("Pages of the paper"))
        self._position = QLabel()
        self._message = QLabel()
        self._message.setWordWrap(True)
        self._message.hide()
        self._build()
        self._show(0)
        self.resize(QSize(900, 680).boundedTo(self.screen().availableSize()))

    @property
    def _pages(self) -> tuple[Page, ...]:
        return (self._draft or self._document).pages

    @property
    def is_draft(self) -> bool:
        """What is shown has not been issued yet."""
        return self._draft is not None

    def renew(self, document: Document, shown: Document | None = None) -> None:
        """Show the paper as it would leave next time: its copies are numbered on."""
        self._document, self._draft = document, shown
        self._word_buttons()
        self._show(self._index)

    @property
    def message(self) -> str:
        """What the bar under the page says, empty while it is hidden."""
        return self._message.text()

    @property
    def index(self) -> int:
        """The page shown, from 0, over all lists of the document."""
        return self._index

    def _build(self) -> None:
        self._back = self._button(_("Previous page"), lambda: self._show(self._index - 1), "PgUp")
        self._forward = self._button(_("Next page"), lambda: self._show(self._index + 1), "PgDown")
        keys = QKeySequence.StandardKey
        smaller = self._button("−", lambda: self.set_zoom(self._view.zoom / ZOOM_STEP), keys.ZoomOut)
        larger = self._button("+", lambda: self.set_zoom(self._view.zoom * ZOOM_STEP), keys.ZoomIn)
        for button, name in ((smaller, _("Smaller")), (larger, _("Larger"))):
            button.setAccessibleName(name)
            button.setMaximumWidth(2 * button.sizeHint().height())
        width = self._button(_("Page width"), self.fit_width, "Ctrl+0")
        self._print = self._button(_("Print…"), self.print_paper, keys.Print)
        self._save = self._button(_("Save as PDF…"), self.save_as_pdf, keys.Save)
        close = self._button(_("Close"), self.reject)
        self._print.setDefault(True)
        needs(self._print, Right.PRINT)
        needs(self._save, self._file_right)
        self._word_buttons()
        bar = QHBoxLayout()
        for widget in (self._back, self._position, self._forward, smaller, larger, width):
            bar.addWidget(widget)
        bar.addStretch(1)
        for widget in (self._print, self._save, close):
            bar.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.addLayout(bar)
        whole.addWidget(self._area, 1)
        whole.addWidget(self._message)

    def _word_buttons(self) -> None:
        """What a draft becomes by leaving is said before."""
        draft = self.is_draft
        for button, usual, issuing, key in (
            (self._print, _("Print…"), _("Issue and print…"), QKeySequence.StandardKey.Print),
            (self._save, _("Save as PDF…"), _("Issue and save as PDF…"), QKeySequence.StandardKey.Save),
        ):
            text = issuing if draft else usual
            button.setText(text)
            if button.isEnabled():
                shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
                button.setToolTip(f"{text} ({shown})")
        if draft:
            self._tell(_("A draft: printing or saving it issues these lists, and the register keeps what they say."))

    def _button(
        self, text: str, action: Callable[[], object], key: str | QKeySequence.StandardKey | None = None
    ) -> QPushButton:
        """A button with its key, which the tool tip shows."""
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: action())
        if key is not None:
            sequence = QKeySequence(key)
            shortcut = QShortcut(sequence, self)
            shortcut.activated.connect(button.click)
            button.setToolTip(f"{text} ({sequence.toString(QKeySequence.SequenceFormat.NativeText)})")
        return button

    def _show(self, index: int) -> None:
        pages = self._pages
        self._index = min(max(index, 0), len(pages) - 1)
        self._view.show_page(pages[self._index])
        self._position.setText(_("{n} of {m}").format(n=self._index + 1, m=len(pages)))
        self._back.setEnabled(self._index > 0)
        self._forward.setEnabled(self._index + 1 < len(pages))
        self._area.verticalScrollBar().setValue(0)

    def set_zoom(self, zoom: float) -> None:
        """Show the page at a zoom, from now on whatever the window's width."""
        self._fits_width = False
        self._view.show_page(self._pages[self._index], zoom)

    def fit_width(self) -> None:
        """Let the page fill the width of the window."""
        self._fits_width = True
        room = self._area.width() - _EDGE - self._area.verticalScrollBar().sizeHint().width()
        self._view.show_page(self._pages[self._index], self._view.zoom_for_width(room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits_width:
            self.fit_width()

    def print_paper(self) -> None:
        """Ask for a printer; where the computer has none, say so and offer the PDF."""
        if not QPrinterInfo.availablePrinterNames():
            self._tell(_("No printer is set up on this computer. Save the paper as a PDF and print it elsewhere."))
            self._save.setDefault(True)
            self._save.setFocus()
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._document.title)
        printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, len(self._document.pages))
        dialog.accepted.connect(lambda: self._print_on(printer))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def _print_on(self, printer: QPrinter) -> None:
        document = self._document
        if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
            document = replace(document, pages=document.pages[printer.fromPage() - 1 : printer.toPage()])
        if self._log is None:
            self._send(document, printer)
        else:
            # The system's dialog can "print" into a file: that leaves as a file does.
            file = printer.outputFileName()
            log = partial(self._log, Path(file).name if file else printer.printerName() or PRINTER, bool(file))
            self._tasks.run_verb(log, done=lambda _logged: self._issued(document, printer), failed=self._refused)

    def _issued(self, document: Document, printer: QPrinter) -> None:
        self.renew(self._document)
        self._send(document, printer)

    def _send(self, document: Document, printer: QPrinter) -> None:
        both = printer.duplex() in (QPrinter.DuplexMode.DuplexLongSide, QPrinter.DuplexMode.DuplexShortSide)
        self._tell(_("The paper is being sent to the printer…"))
        self._tasks.run_work(
            partial(paint, document, printer, double_sided=both), done=lambda _none: self._sent(),
            failed=self._refused, label=_("Printing"),
        )  # fmt: skip

    def _sent(self) -> None:
        self._tell(_("The paper was sent to the printer."))
        self.printed.emit("")

    def save_as_pdf(self) -> None:
        ask.file_to_save(self, _("Save as PDF"), "PDF (*.pdf)", name=self._suggested, then=self.save_to)

    def save_to(self, path: Path) -> None:
        """Write the PDF, drawn in a worker; the older file stays whole until the new one is there."""
        self._tasks.run_work(
            pdf_bytes, self._document, done=lambda content: self._write(content, path), failed=self._refused,
            label=_("Writing the PDF"),
        )  # fmt: skip

    def _write(self, content: bytes, path: Path) -> None:
        if self._log is None:
            work, run = partial(write_pdf, content, path), self._tasks.run_work
        else:
            work, run = partial(write_pdf, content, path, partial(self._log, path.name, True)), self._tasks.run_verb
        run(work, done=lambda _none: self._saved(path), failed=self._refused)

    def _saved(self, path: Path) -> None:
        self.renew(self._document)
        self._tell(_("Saved: {path}").format(path=path))
        self.printed.emit(str(path))

    def _refused(self, error: UserError) -> None:
        self._tell(sentence(error.code, error.facts))

    def _tell(self, text: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))
