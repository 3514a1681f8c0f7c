"""Papers onto a printer or into a PDF file. A PDF needs no screen: only a QGuiApplication, made here if missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QGuiApplication, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from coordinator.errors import Cancelled, UserError
from coordinator.files import replacing
from coordinator.paper_content import CallList, PickupList, StatePaper
from ui.paper.calls import call_document
from ui.paper.pages import Document, Format, draw_page
from ui.paper.pickup import pickup_document
from ui.paper.state import state_document
from ui.paper.typeface import UNITS_PER_INCH

Progress = Callable[[int, int], bool]
"""Told pages done and pages in all; False cancels."""

Ready = Callable[[], object]
"""Called before a paper takes its name, to log it; what it raises leaves nothing behind, and an older file whole."""

_own_application: list[QGuiApplication] = []


def render_pickup_lists(lists: Iterable[PickupList], path: Path, ready: Ready | None = None) -> None:
    """Write the pickup lists as one PDF; UserError("paper.cannot_write") leaves an older file whole."""
    ensure_application()
    save_pdf(pickup_document(lists), path, ready=ready)


def render_state(paper: StatePaper, path: Path, ready: Ready | None = None) -> None:
    """Write the whole register as a PDF; errors as render_pickup_lists."""
    ensure_application()
    save_pdf(state_document(paper), path, ready=ready)


def render_call_list(paper: CallList, path: Path, ready: Ready | None = None) -> None:
    """Write the call list of a day as a PDF; errors as render_pickup_lists."""
    ensure_application()
    save_pdf(call_document(paper), path, ready=ready)


def render(layout: Callable[[Any], Document], paper: object, path: Path, ready: Ready | None = None) -> None:
    """Write any paper, laid out by its `…_document`, as a PDF; errors as render_pickup_lists."""
    ensure_application()
    save_pdf(layout(paper), path, ready=ready)


def ensure_application() -> None:
    """Fonts need an application object; one without a window is made where there is none."""
    if QGuiApplication.instance() is None:
        _own_application.append(QGuiApplication(["coordinator", "-platform", "offscreen"]))


def save_pdf(document: Document, path: Path, progress: Progress | None = None, ready: Ready | None = None) -> None:
    """Draw the document and put it in place of `path` in one step (temporary file, fsync, rename)."""
    write_pdf(pdf_bytes(document, progress), path, ready)


def write_pdf(content: bytes, path: Path, ready: Ready | None = None) -> None:
    """Put a drawn PDF in place of `path`; UserError("paper.cannot_write"), and what `ready` raises."""
    path = Path(path)
    try:
        with replacing(path) as draft:
            draft.write_bytes(content)
            if ready is not None:
                ready()
    except OSError as error:
        raise UserError("paper.cannot_write", path=str(path), reason=error.strerror or str(error)) from error


def pdf_bytes(document: Document, progress: Progress | None = None) -> bytes:
    """The PDF file of a document, its fonts embedded."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(UNITS_PER_INCH)
    writer.setTitle(document.title)
    writer.setCreator("Evacuation Coordinator")
    paint(document, writer, progress)
    buffer.close()
    return bytes(buffer.data().data())


_SIZES = {"A4": QPageSize.PageSizeId.A4, "A3": QPageSize.PageSizeId.A3}


def page_layout(paper: Format) -> QPageLayout:
    """The whole paper as drawing area: the margins are ours."""
    orientation = QPageLayout.Orientation.Landscape if paper.landscape else QPageLayout.Orientation.Portrait
    layout = QPageLayout(QPageSize(_SIZES[paper.size]), orientation, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def paint(
    document: Document, device: QPagedPaintDevice, progress: Progress | None = None, *, double_sided: bool = False
) -> None:
    """Draw every page on a printer or PDF writer; UserError("paper.cannot_print"), or Cancelled by `progress`.

    `double_sided`: a list begins on a new sheet of paper, so that nobody gets another's trip on the back.
    """
    device.setPageLayout(page_layout(document.format))
    painter = QPainter()
    if not painter.begin(device):
        raise UserError("paper.cannot_print")
    try:
        scale = _scale(document.format, device)
        sides = 0
        for done, page in enumerate(document.pages, start=1):
            turns = 0 if not sides else 1 + (double_sided and page.number == 1 and sides % 2)
            if not all(device.newPage() for _turn in range(turns)):
                raise UserError("paper.cannot_print")
            sides += turns or 1
            painter.save()
            painter.scale(scale, scale)
            draw_page(painter, page)
            painter.restore()
            if progress is not None and not progress(done, len(document.pages)):
                raise Cancelled
    finally:
        painter.end()


def _scale(paper: Format, device: QPagedPaintDevice) -> float:
    """Device dots per layout unit, smaller where a printer insists on another paper."""
    wanted = device.logicalDpiX() / UNITS_PER_INCH
    return min(wanted, (device.width() + 1) / paper.width, (device.height() + 1) / paper.height)
