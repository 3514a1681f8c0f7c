"""Saving a chart: as a picture, as a drawing of lines, or as a workbook; the end of the name decides."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.services.chart_exports import WORKBOOK, require_chart_export, save_book, save_picture
from resources.i18n import _
from ui import ask, texts
from ui.charts.layers import Drawn
from ui.charts.picture import Picture, image, png, svg
from ui.charts.reading import ChartRead, read_leaving
from ui.pages.base import PageContext
from ui.rights import allowed
from ui.widgets.notice_bar import Kind

PATTERNS = "PNG (*.png);;SVG (*.svg);;XLSX (*.xlsx)"


def save_chart(context: PageContext, parent: QWidget, read: ChartRead) -> None:
    """Ask where to, and save what was read; every step is told."""
    if allowed(parent, Right.EXPORT_COUNTS):
        name = f"{read.chart.key}-{context.day.isoformat()}.png"
        ask.file_to_save(parent, _("Save the chart"), PATTERNS, name=name, then=partial(_save, context, read))


def _save(context: PageContext, read: ChartRead, path: Path) -> None:
    try:
        require_chart_export(context.session, path)
    except UserError as error:
        context.show_notice(texts.error_text(error), Kind.WARNING)
        return
    context.tasks.run_query(read_leaving, context.counts, read, done=partial(_keep, context, read.centre, path))


def _keep(context: PageContext, centre: str, path: Path, drawn: Drawn) -> None:
    session, tasks, chart = context.session, context.tasks, drawn.chart
    told = partial(_saved, context)
    suffix = path.suffix.lower()
    if suffix == WORKBOOK:
        tasks.run_verb(save_book, session, chart, path, done=told)
        return

    def keep(content: bytes) -> None:
        tasks.run_verb(save_picture, session, chart, path, content, done=told)

    picture = Picture(drawn, centre, session.training)
    if suffix == ".svg":
        keep(svg(picture))
    else:
        tasks.run_work(png, image(picture), done=keep)


def _saved(context: PageContext, path: Path) -> None:
    context.show_notice(_("Chart saved: {path}").format(path=path), Kind.SUCCESS)
