"""One list of records, declared: how it is read, shown, filled in a form, saved and removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from coordinator.session import Session
from ui.dialogs.record import Field
from ui.tables.columns import Column

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class RecordList(Generic[R]):
    """`load` runs on the reader thread. `save` gets the values of the form. `new` and `remove` None: not offered."""

    name: str
    title: str
    hint: str
    icon: str
    columns: Sequence[Column[R]]
    load: Callable[[Session], list[R]]
    row_id: Callable[[R], str]
    form: Callable[[], list[Field]]
    values: Callable[[R], dict[str, Any]]
    save: Callable[[Session, dict[str, Any]], Any]
    new: dict[str, Any] | None = field(default_factory=dict)
    remove: Callable[[Session, str], Any] | None = None
