"""The list of published counts: what an office said, with source and time; typed in here."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from coordinator.domain.days import KYIV, kyiv
from coordinator.domain.published import Published, Told
from coordinator.exchange.published_book import COLUMNS as FORM_COLUMNS
from coordinator.queries.published import published
from coordinator.services.published import remove_published, save_published
from coordinator.session import Session
from resources.i18n import N_, _
from ui import texts
from ui.dialogs.record import Field, FieldKind
from ui.pages.record_list import RecordList
from ui.tables.columns import Column

_TITLES = {column.key: column.title for column in FORM_COLUMNS}

_SHORT = {
    Told.DAY_PEOPLE: N_("That day"),
    Told.DAY_CHILDREN: N_("children"),
    Told.TOTAL_PEOPLE: N_("In all"),
    Told.TOTAL_CHILDREN: N_("children"),
    Told.SELF_PEOPLE: N_("By themselves"),
}
"""Titles that fit above a narrow column; beside another they say whose children."""


def _number(one: Published, figure: Told) -> str:
    return texts.number(one.figures[figure]) if figure in one.figures else ""


def _figure(figure: Told, width: int = 11, shown: bool = True) -> Column[Published]:
    return Column(
        figure.value, _SHORT.get(figure, _TITLES[figure]), lambda one: _number(one, figure),
        sort=lambda one: one.figures.get(figure), width=width, right=True, shown=shown,
    )  # fmt: skip


def _day(one: Published) -> str:
    """The days that the figures of the day are of."""
    return texts.day_short(one.day) if one.days == 1 else _("{days} days until {day}").format(
        days=one.days, day=texts.day_short(one.day)
    )  # fmt: skip


def _at(one: Published) -> str:
    return f"{kyiv(one.published_at):%d.%m.%Y %H:%M}" if one.published_at else ""


PUBLISHED_COLUMNS: list[Column[Published]] = [
    Column("day", N_("Day"), _day, sort=lambda one: one.day, width=23, always=True),
    Column("source", N_("Published by"), lambda one: one.source, width=30, always=True),
    _figure(Told.DAY_PEOPLE), _figure(Told.DAY_CHILDREN), _figure(Told.DAY_WOMEN, shown=False),
    _figure(Told.DAY_DISABLED, shown=False), _figure(Told.TOTAL_PEOPLE), _figure(Told.TOTAL_CHILDREN),
    _figure(Told.SELF_PEOPLE, 12), _figure(Told.SELF_CHILDREN, 14, shown=False),
    _figure(Told.TOGETHER_PEOPLE, 14, shown=False), _figure(Told.TOGETHER_CHILDREN, 14, shown=False),
    Column("at", N_("Published at"), _at, sort=lambda one: one.published_at, width=17),
    Column("scope", N_("Area"), lambda one: one.scope, width=18),
    Column("note", N_("Note"), lambda one: one.note, width=26),
    Column("entered", N_("Entered by"), lambda one: one.entered_by, width=14, shown=False),
]  # fmt: skip


def published_form() -> list[Field]:
    numbers = [Field(figure.value, _(_TITLES[figure]), FieldKind.INTEGER) for figure in Told if figure is not Told.DAYS]
    return [
        Field("day", _("Day"), FieldKind.DAY, required=True, hint="15.08.2023"),
        Field("source", _("Published by"), required=True, hint=_("the office, and where")),
        *numbers,
        Field(Told.DAYS.value, _(_TITLES[Told.DAYS]), FieldKind.INTEGER, hint="1"),
        Field("on", _("Published on"), FieldKind.DAY, hint=_("not known")),
        Field("at", _("at what time"), FieldKind.TIME, hint="18:30"),
        Field("scope", _("Area")),
        Field("note", _("Note")),
    ]


def _values(one: Published) -> dict[str, Any]:
    at = kyiv(one.published_at) if one.published_at else None
    figures = {figure.value: value for figure, value in one.figures.items()}
    return {
        "id": one.id, "day": one.day, "source": one.source, "scope": one.scope, "note": one.note,
        "on": at.date() if at else None, "at": at.hour * 60 + at.minute if at else None, **figures,
        "label": f"{texts.day_short(one.day)}, {one.source}",
    }  # fmt: skip


def _save(session: Session, values: dict[str, Any]) -> Any:
    figures = {figure: values[figure.value] for figure in Told if values.get(figure.value) is not None}
    return save_published(
        session,
        Published(
            values.get("id"), values["day"], values["source"] or "", figures, _moment(values), values["scope"] or "",
            values["note"] or "",
        ),
    )  # fmt: skip


def _moment(values: dict[str, Any]) -> datetime | None:
    """Midnight where only the day is known."""
    if values.get("on") is None:
        return None
    minutes = values.get("at") or 0
    clock = time(minutes // 60 % 24, minutes % 60)
    return datetime.combine(values["on"], clock, KYIV).astimezone(UTC)


PUBLISHED: RecordList[Published] = RecordList(
    "published", N_("Published counts"),
    N_("What offices published stands here with its source, and beside the centre's own counts in the charts. "
       "Type it in, or import the form."),
    "chart", PUBLISHED_COLUMNS, published, lambda one: one.id or "", published_form, _values, _save,
    {"id": None}, remove_published,
)  # fmt: skip
