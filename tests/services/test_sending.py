"""Lists for a recipient: their columns, words, part and password; what is saved of them, and what the log tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coordinator.domain.decision import Decision, Said
from coordinator.domain.events import EventKind
from coordinator.domain.roles import Role
from coordinator.errors import UserError
from coordinator.exchange.protected import unprotected
from coordinator.exchange.stamp import find_stamp
from coordinator.exchange.wanted import Chosen, ExportKind, Only, Part, Recipient, Wanted
from coordinator.exchange.writing import DateStyle
from coordinator.queries.counts import counts
from coordinator.queries.export_content import columns_of, gather, preview_of
from coordinator.queries.export_parts import gather_to_choose
from coordinator.queries.recipients import recipient_named, recipients
from coordinator.register import open_register
from coordinator.services import decisions, history, users
from coordinator.services.exports import send
from coordinator.services.recipients import remove_recipient, save_recipient
from coordinator.session import Session, change_setting
from coordinator.settings import HIDE_BELOW
from db import stores
from tests.builders import DAY, add_household, add_hubs, add_settlement, add_vehicle, on_trip

CHOSEN = (Chosen("number", "№ з/п"), Chosen("full_name", "ПІБ"), Chosen("year"), Chosen("settlement", "Звідки"))


@pytest.fixture
def area(session: Session) -> dict[str, str]:
    """Three families in two hromadas: two ready in Подоли, one that refuses in Вигадане."""
    add_settlement(session, "Подоли")
    add_settlement(session, "Вигадане", hromada="Вигадана")
    return {
        "Коваль": add_household(session, "Коваль", "Подоли", people=3, children=1, phone="0501234567"),
        "Гук": add_household(session, "Гук", "Подоли", people=1, decision=Decision.WANTS_PICKUP, wants_on=DAY),
        "Бойко": add_household(session, "Бойко", "Вигадане", people=2, decision=Decision.REFUSED),
    }


def cells(path: Path, sheet: int = 0) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path).worksheets[sheet].iter_rows()]


def refused(act: Callable[..., object], *args: object, **more: object) -> str:
    with pytest.raises(UserError) as caught:
        act(*args, **more)
    return caught.value.code


@pytest.mark.usefixtures("area")
def test_a_recipient_gets_their_columns_in_their_order_under_their_words(session: Session, tmp_path: Path) -> None:
    saved = save_recipient(
        session, Recipient(None, "Обласна  адміністрація", ExportKind.PEOPLE, CHOSEN, "uk", DateStyle.ISO)
    ).value
    assert recipient_named(session, "обласна адміністрація", ExportKind.PEOPLE) == saved
    done = send(session, saved.wanted(DAY), tmp_path / "list.xlsx").value
    rows = cells(done.path)
    assert rows[0] == ["№ з/п", "ПІБ", "Рік народження кожного", "Звідки"]
    assert rows[1] == [1, "Коваль Олена", 1983, "Подоли"] and len(rows) == 7
    about = dict(row[:2] for row in cells(done.path, 1))
    assert about["Для кого"] == "Обласна адміністрація" and about["Вивантаження №"] == "1"


@pytest.mark.usefixtures("area")
def test_only_a_part_leaves_and_the_workbook_says_which(session: Session, area: dict[str, str], tmp_path: Path) -> None:
    decisions.record_departure(session, area["Гук"], EventKind.BY_US, DAY)
    parts: list[tuple[Only, list[str]]] = [
        (Only(hromadas=frozenset({"Вигадана"})), ["Бойко"] * 2),
        (Only(settlements=frozenset({"Подоли"}), decisions=frozenset({Decision.PACKED})), ["Коваль"] * 3),
        (Only(since=DAY, until=DAY), ["Гук"]),
        (Only(until=date(2023, 8, 14)), []),
    ]
    gathered = gather(session, ExportKind.PEOPLE, DAY)
    for only, surnames in parts:
        wanted = Wanted(ExportKind.PEOPLE, DAY, columns=(Chosen("surname"),), only=only)
        preview = preview_of(gathered, wanted)
        assert [row[0] for row in preview.cells] == surnames and preview.people == preview.rows == len(surnames)
    done = send(session, Wanted(ExportKind.PEOPLE, DAY, only=parts[2][0]), tmp_path / "left.xlsx").value
    assert done.people == 1
    assert ["Only a part", "who left on 15.08.2023–15.08.2023"] in cells(done.path, 1)


def test_who_left_on_a_day_stands_in_its_list_also_after_coming_back(session: Session, area: dict[str, str]) -> None:
    decisions.record_departure(session, area["Гук"], EventKind.BY_US, DAY)
    decisions.record_decision(session, area["Гук"], Said(Decision.RETURNED, on=date(2023, 8, 17)))
    columns = (Chosen("surname"), Chosen("left_on"))
    rows = {}
    for only in (Only(since=DAY, until=DAY), Only(since=date(2023, 8, 16)), Only()):
        wanted = Wanted(ExportKind.PEOPLE, DAY, columns=columns, only=only)
        rows[only] = preview_of(gather(session, ExportKind.PEOPLE, DAY), wanted).cells
    of_day, later, everybody = rows.values()
    assert of_day == (("Гук", "15.08.2023"),) and later == ()
    assert ("Гук", "") in everybody
    assert counts(session, DAY, DAY).people == len(of_day)


@pytest.mark.usefixtures("area")
def test_of_two_villages_of_one_name_only_the_one_that_is_meant_leaves(session: Session) -> None:
    other = add_settlement(session, "Подоли", hromada="Вигадана")
    stranger = add_household(session, "Дрозд", "Подоли", people=1)
    with session.act("edit_household") as act:
        stores.households.change(act.db, stranger, settlement_id=other)
    gathered, offered = gather_to_choose(session, ExportKind.PEOPLE, DAY)
    assert offered[Part.SETTLEMENTS] == (("Вигадане", 2), ("Подоли, Вигадана", 1), ("Подоли, Куп'янська", 4))
    assert offered[Part.HROMADAS] == (("Вигадана", 3), ("Куп'янська", 4))
    assert set(offered[Part.DECISIONS]) == {("packed", 4), ("wants_pickup", 1), ("refused", 2)}
    wanted = Wanted(ExportKind.PEOPLE, DAY, columns=(Chosen("surname"),), only=Only(frozenset({"Подоли, Вигадана"})))
    assert [row[0] for row in preview_of(gathered, wanted).cells] == ["Дрозд"]


@pytest.mark.usefixtures("area")
def test_days_are_dates_or_text_as_the_recipient_wants(session: Session, tmp_path: Path) -> None:
    found = {}
    for style in DateStyle:
        wanted = Wanted(ExportKind.HOUSEHOLDS, DAY, columns=(Chosen("wants_on"),), dates=style)
        page = openpyxl.load_workbook(send(session, wanted, tmp_path / f"{style}.xlsx").value.path).worksheets[0]
        found[style] = (page["A3"].value, page["A3"].number_format)
    day = datetime(2023, 8, 15)
    assert found[DateStyle.DOTS] == (day, "dd.mm.yyyy") and found[DateStyle.ISO] == (day, "yyyy-mm-dd")
    assert found[DateStyle.TEXT][0] == "15.08.2023"


@pytest.mark.usefixtures("area")
def test_a_password_closes_the_workbook_and_is_kept_nowhere(session: Session, tmp_path: Path) -> None:
    wanted = Recipient(None, "Поліція", ExportKind.PEOPLE, protect=True).wanted(DAY)
    target = tmp_path / "list.xlsx"
    assert refused(send, session, wanted, target) == "export.password_needed"
    assert refused(send, session, wanted, target, password="коротко") == "export.password_short"
    assert refused(send, session, wanted, tmp_path / "list.csv", password="довгий пароль") == "export.csv_password"
    assert refused(send, session, wanted, tmp_path / "list.xls", password="довгий пароль") == "export.suffix"
    assert list(tmp_path.glob("list*")) == []
    send(session, wanted, target, password="довгий пароль")
    closed = target.read_bytes()
    assert "Коваль".encode() not in closed and refused(unprotected, "list.xlsx", closed) == "import.password"
    book = openpyxl.load_workbook(BytesIO(unprotected("list.xlsx", closed, "довгий пароль")))
    assert book.worksheets[0]["C2"].value == "Коваль"
    with session.reading() as db:
        (row,) = stores.printed.all(db)
    assert row.about["protected"] is True and "довгий" not in str(row)


@pytest.mark.usefixtures("area")
def test_what_left_is_logged_for_whom_and_carries_its_mark(session: Session, tmp_path: Path) -> None:
    wanted = Wanted(ExportKind.PEOPLE, DAY, recipient="Громада", columns=CHOSEN)
    numbers = [send(session, wanted, tmp_path / name).value.number for name in ("one.xlsx", "two.xlsx")]
    assert numbers == [1, 2]
    with session.reading() as db:
        rows = sorted(stores.printed.all(db), key=lambda row: row.about["number"])
    assert [(row.people, row.target, row.about["recipient"]) for row in rows] == [
        (6, "one.xlsx", "Громада"), (6, "two.xlsx", "Громада"),
    ]  # fmt: skip
    assert [key for key, _header in rows[0].about["columns"]] == [column.key for column in CHOSEN]
    assert rows[0].about["households"] == "1-3"
    stamps = [
        find_stamp(cell for row in cells(tmp_path / name, 1) for cell in row) for name in ("one.xlsx", "two.xlsx")
    ]
    assert [stamp and stamp.number for stamp in stamps] == [1, 2]
    assert [stamp and stamp.export for stamp in stamps] == [row.id[-12:] for row in rows]
    assert stamps[0] and stamps[1] and stamps[0].register == stamps[1].register


def test_the_pickup_list_of_one_trip_leaves_without_what_a_driver_must_not_know(
    session: Session, area: dict[str, str], tmp_path: Path
) -> None:
    add_hubs(session)
    on_trip(session, add_vehicle(session, "AX0001AA"), area["Коваль"])
    on_trip(session, add_vehicle(session, "AX0002AA"), area["Гук"])
    first, *_others = gather(session, ExportKind.PICKUP, DAY).trips
    wanted = Wanted(ExportKind.PICKUP, DAY, only=Only(trips=frozenset({first.number})))
    done = send(session, wanted, tmp_path / "trip.xlsx").value
    (line,) = (dict(zip(*pair, strict=True)) for pair in [cells(done.path)])
    assert (line["List"], line["Contact"], line["Number of people"], done.people) == (
        first.number,
        "Коваль Олена",
        3,
        3,
    )
    assert line["Phone"] == "050 123 45 67" and line["of them children"] == 1
    assert not {"birth_on", "birth_year", "documents"} & {column.key for column in columns_of(ExportKind.PICKUP)}


def test_coverage_counts_who_is_known_ready_and_gone_beside_the_published_population(
    session: Session, area: dict[str, str], tmp_path: Path
) -> None:
    add_settlement(session, "Порожнє")
    change_setting(session, HIDE_BELOW, 0)
    decisions.record_departure(session, area["Гук"], EventKind.BY_US, DAY)
    with session.reading() as db:
        place = stores.settlements.where(db, name="Подоли")[0]
    with session.act("seed") as act:
        stores.settlements.change(act.db, place.id, population=1200, population_source="GeoNames")
    rows = cells(send(session, Wanted(ExportKind.COVERAGE, DAY), tmp_path / "c.xlsx").value.path)
    lines = {row[2]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    told = ("Households", "People known", "Ready to go", "Refused, people", "Evacuated", "People remaining",
            "Published population", "Source of the population")  # fmt: skip
    assert [lines["Подоли"][name] for name in told] == [2, 4, 3, 0, 1, 3, 1200, "GeoNames"]
    assert [lines["Вигадане"][name] for name in told] == [1, 2, 0, 2, 0, 2, None, None]
    assert set(lines) == {"Подоли", "Вигадане"}


def test_a_recipient_is_one_a_name_and_kind_and_comes_back_by_undo(session: Session) -> None:
    saved = save_recipient(session, Recipient(None, "Громада", ExportKind.PEOPLE, CHOSEN)).value
    save_recipient(session, Recipient(None, "Громада", ExportKind.FLEET))
    assert refused(save_recipient, session, Recipient(None, "ГРОМАДА", ExportKind.PEOPLE)) == "recipient.taken"
    assert refused(save_recipient, session, Recipient(None, " ", ExportKind.PEOPLE)) == "recipient.no_name"
    unknown = Recipient(None, "Інша", ExportKind.FLEET, CHOSEN)
    assert refused(save_recipient, session, unknown) == "export.column_unknown"
    assert saved.id is not None
    remove_recipient(session, saved.id)
    assert [one.kind for one in recipients(session)] == [ExportKind.FLEET]
    assert refused(recipient_named, session, "Громада", ExportKind.PEOPLE) == "recipient.unknown"
    history.undo(session)
    assert recipients(session, ExportKind.PEOPLE) == [saved]


def test_who_may_only_look_saves_no_recipient_and_sends_no_names(session: Session, tmp_path: Path) -> None:
    users.add_user(session, "Глядач", Role.VIEWER, "лише дивитися")
    with open_register(session.folder, "лише дивитися") as viewer:
        assert refused(save_recipient, viewer, Recipient(None, "Громада", ExportKind.COVERAGE)) == "role.refused"
        assert refused(send, viewer, Wanted(ExportKind.PEOPLE, DAY), tmp_path / "a.xlsx") == "role.refused"
        assert send(viewer, Wanted(ExportKind.COVERAGE, DAY), tmp_path / "b.xlsx").value.people == 0
