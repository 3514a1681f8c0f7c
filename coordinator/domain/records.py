"""Values that come by the hundred thousand: never changed once made, and quick to make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """As `dataclass(frozen=True, slots=True)`, but only the type checker sees to it that nobody changes one.

    A frozen dataclass is made four times as slowly, since it goes around its own guard for every field; of a list
    of 60,000 people that is a second.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
