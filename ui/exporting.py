"""Opening the export dialog from a page, with the kind of list that the page is about."""

from __future__ import annotations

from coordinator.exchange.wanted import ExportKind
from ui import ask
from ui.dialogs.export import ExportDialog
from ui.pages.base import Page


def open_export(page: Page, kind: ExportKind) -> bool:
    """The dialog stands in the page, so that it knows what this user may do."""
    ask.show(ExportDialog(page.context, kind, page))
    return True
