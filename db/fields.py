"""Column types of our own: days, UTC moments and JSON as text, so that any SQL engine keeps them alike."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from peewee import TextField


def _moment_text(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


_utc_text = lru_cache(maxsize=64)(_moment_text)


class DayField(TextField):
    """A calendar day, kept as "2023-08-15"."""

    def db_value(self, value: date | str | None) -> str | None:
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: str | None) -> date | None:
        return date.fromisoformat(value) if value else None


class MomentField(TextField):
    """A moment in UTC, kept as "2023-08-15T06:03:22.000000Z", which sorts as text."""

    def db_value(self, value: datetime | str | None) -> str | None:
        if not isinstance(value, datetime):
            return value
        # All rows of an action have one moment. Others than UTC may be equal and yet an hour apart.
        return _utc_text(value) if value.tzinfo is UTC else _moment_text(value)

    def python_value(self, value: str | None) -> datetime | None:
        return datetime.fromisoformat(value) if value else None


class JsonField(TextField):
    """Plain lists and dicts as JSON text."""

    def db_value(self, value: Any) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)

    def python_value(self, value: str | None) -> Any:
        return None if value is None else json.loads(value)
