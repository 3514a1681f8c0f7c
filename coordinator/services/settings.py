"""The settings of a register as a page shows them, and the verb that changes one from what was typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from coordinator.domain.phones import parse_phones, show_phone
from coordinator.errors import UserError
from coordinator.outcome import Outcome
from coordinator.session import Session, change_setting
from coordinator.settings import COORDINATOR_PHONE, COUNT_SINCE, OPTIONS, WEIGHING, Option
from resources.i18n import _


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One option: its key, its translated label, its value and its default as text."""

    id: str
    label: str
    value: str
    default: str


def settings(session: Session) -> list[SettingLine]:
    """The options of the centre and its trips, in the order in which they are declared."""
    return _lines(session, OPTIONS)


def weights(session: Session) -> list[SettingLine]:
    """What decides who is next, in the order in which the reasons are read out."""
    return _lines(session, WEIGHING)


def _lines(session: Session, declared: Iterable[Option[Any]]) -> list[SettingLine]:
    with session.reading():
        return [
            SettingLine(option.key, _(option.label), str(session.setting(option)), str(option.default))
            for option in declared
        ]


def set_option(session: Session, key: str, text: str) -> Outcome[Any]:
    """Change the option `key` to what was typed; an empty text brings its default back.

    UserError: "setting.number", "setting.day", "setting.phone", "setting.limits".
    """
    option: Option[Any] = next(option for option in (*OPTIONS, *WEIGHING) if option.key == key)
    return change_setting(session, option, _read(option, text.strip()))


def _read(option: Option[Any], text: str) -> Any:
    if not text:
        return option.default
    if option is COORDINATOR_PHONE:
        phones = parse_phones(text)
        if not phones or not phones[0].e164:
            raise UserError("setting.phone", value=text)
        return show_phone(phones[0].e164)
    if option is COUNT_SINCE:
        return _day(text).isoformat()
    if isinstance(option.default, str):
        return text
    try:
        return type(option.default)(text.replace(",", "."))
    except ValueError:
        raise UserError("setting.number", value=text) from None


def _day(text: str) -> date:
    """ "09.08.2023" or "2023-08-09"."""
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    raise UserError("setting.day", value=text)
