"""Which function lays which paper out, by the name that the terminal knows it by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ui.paper.call_sheet import call_sheet_document
from ui.paper.calls import call_document
from ui.paper.checkpoint import checkpoint_document
from ui.paper.confirmation import confirmation_document
from ui.paper.difference import difference_document
from ui.paper.pages import Document
from ui.paper.pickup import pickup_document
from ui.paper.refusal import refusal_document
from ui.paper.state import state_document
from ui.paper.street_board import street_board_document
from ui.paper.summary import summary_document
from ui.paper.wall import wall_document, wall_document_a4

LAYOUTS: Mapping[str, Callable[[Any], Document]] = {
    "pickup-lists": pickup_document,
    "changes": difference_document,
    "everything": state_document,
    "call-list": call_document,
    "call-sheet": call_sheet_document,
    "street-board": street_board_document,
    "daily-summary": summary_document,
    "wall": wall_document,
    "wall-a4": wall_document_a4,
    "passengers": checkpoint_document,
    "refusal": refusal_document,
    "confirmation": confirmation_document,
}
