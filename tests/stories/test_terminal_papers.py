"""Every paper from the terminal: drafts, versions, changes, copies that came back, confirmations that are checked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.fleet import OrderKind, ZoneOrder
from coordinator.domain.trip import StopResult
from coordinator.register import open_register
from coordinator.services import fleet, households
from coordinator.services.arrival import trip_arrived
from coordinator.session import Session
from db import stores
from tests import builders
from tests.conftest import PASSPHRASE
from tests.stories.terminal import Completed, coordinator

DAY = str(builders.DAY)
Run = Callable[..., Completed]


@pytest.fixture
def centre(session: Session) -> Path:
    """Two households on a trip, one that refuses; closed, as the terminal wants it."""
    builders.add_hubs(session)
    place = builders.add_settlement(session, "Подоли")
    first = builders.add_household(session, "Коваль", phone="050 123 45 67")
    builders.on_trip(session, builders.add_vehicle(session), first, builders.add_household(session, "Мороз"))
    stays = builders.add_household(session, "Гай")
    ordered = session.today() - timedelta(days=1)
    fleet.save_zone_order(session, ZoneOrder(None, place, "Подоли", OrderKind.MANDATORY, ordered, None, "№ 1"))
    builders.decide(session, stays, Decision.REFUSED)
    session.close()
    return session.folder


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return lambda *arguments, **more: coordinator(tmp_path, *map(str, arguments), **more)


def done(result: Completed) -> str:
    assert result.returncode == 0, result.stderr
    return result.stdout


def text(path: Path) -> str:
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
    return re.sub(r"\s+", " ", " ".join(pages))


def data(result: Completed) -> Any:
    return json.loads(done(result))


def test_a_list_from_its_draft_to_the_copy_that_came_back(run: Run, centre: Path, tmp_path: Path) -> None:
    done(run("print", centre, "pickup-lists", "draft.pdf", "--date", DAY, "--draft"))
    assert "not issued" in text(tmp_path / "draft.pdf")
    assert run("print", centre, "changes", "none.pdf", "--date", DAY).returncode == 1

    done(run("print", centre, "pickup-lists", "one.pdf", "--date", DAY, "--copy-for", "міст"))
    assert "version 1 · copy 2 of 2, for: міст" in text(tmp_path / "one.pdf")
    with open_register(centre, PASSPHRASE) as session:
        (household,) = [h for h in _ids(session) if builders.number_of(session, h) == 1]
        households.edit_household(session, household, landmark="синя хвіртка")
    done(run("print", centre, "changes", "changes.pdf", "--date", DAY))
    assert "version 2 instead of 1" in text(tmp_path / "changes.pdf")
    assert "синя хвіртка" in text(tmp_path / "changes.pdf")

    out = data(run("papers", centre, "--out", "--json"))
    lists = [(one["version"], one["copy"], one["newer_version"]) for one in out if one["list"] == f"{DAY}/1"]
    assert lists == [(2, 1, False), (1, 1, True), (1, 2, True)]
    left = data(run("papers", centre, "--out", "--json", "--returned", f"{DAY}/1", "2"))
    assert len(left) == len(out) - 1
    assert run("papers", centre, "--destroyed", f"{DAY}/9", "1").returncode == 1


def test_every_other_paper(run: Run, centre: Path, tmp_path: Path) -> None:
    for what, there in (
        ("passengers", "Коваль Олена 1983"), ("wall", "AX0001AA"), ("daily-summary", "Куп'янська"),
        ("call-list", "050 123 45 67"), ("call-sheet", "Call sheet"), ("everything", "№ 2"),
    ):  # fmt: skip
        done(run("print", centre, what, f"{what}.pdf", "--date", DAY))
        assert there in text(tmp_path / f"{what}.pdf"), what
    done(run("--lang", "uk", "print", centre, "refusal", "refusal.pdf", "--household", "3", "--date", DAY))
    assert "Запис про відмову" in text(tmp_path / "refusal.pdf") and "Гай Олена" in text(tmp_path / "refusal.pdf")


def test_options_that_do_not_speak_of_a_paper_are_refused(run: Run, centre: Path, tmp_path: Path) -> None:
    done(run("print", centre, "everything", "here.pdf", "--settlement", "ПОДОЛИ"))
    assert run("print", centre, "everything", "none.pdf", "--settlement", "Нетаке").returncode == 1
    refused = run("print", centre, "pickup-lists", "no.pdf", "--date", DAY, "--settlement", "Подоли")
    assert refused.returncode == 2 and "--settlement" in refused.stderr
    assert run("print", centre, "confirmation", "no.pdf").returncode == 2
    assert run("print", centre, "passengers", "no.pdf", "--date", DAY, "--trip", "7").returncode == 1
    assert not (tmp_path / "no.pdf").exists() and not (tmp_path / "none.pdf").exists()


def test_a_confirmation_is_issued_checked_replaced_and_withdrawn(run: Run, centre: Path, tmp_path: Path) -> None:
    assert run("print", centre, "confirmation", "c.pdf", "--household", "1").returncode == 1
    with open_register(centre, PASSPHRASE) as session:
        for one in _ids(session):
            if builders.number_of(session, one) in (1, 2):
                builders.record(session, one, StopResult.BOARDED)
        trip_arrived(session, builders.trips_of(session)[0].id)
    done(run("print", centre, "confirmation", "c.pdf", "--household", "1"))
    said = text(tmp_path / "c.pdf")
    number, code = re.search(r"No\. (\d+) +([A-Z2-9]{4}-[A-Z2-9]{4})", said).groups()  # type: ignore[union-attr]
    assert "Коваль Олена" in done(run("confirmation", centre, "check", number, code))
    assert run("confirmation", centre, "check", number, "AAAA-AAAA").returncode == 1
    done(run("print", centre, "confirmation", "c.pdf", "--household", "1"))
    assert data_of(run("confirmation", centre, "check", number, code, "--json"))["standing"] == "replaced"
    second, its_code = re.search(r"No\. (\d+) +(\S{9})", text(tmp_path / "c.pdf")).groups()  # type: ignore[union-attr]
    assert run("confirmation", centre, "withdraw", second, its_code).returncode == 1
    done(run("confirmation", centre, "withdraw", second, its_code, "--reason", "помилка"))
    assert "помилка" in run("confirmation", centre, "check", second, its_code).stdout


def data_of(result: Completed) -> Any:
    assert result.returncode == 1
    return json.loads(result.stdout)


def _ids(session: Session) -> list[str]:
    with session.reading() as db:
        return [row.id for row in stores.households.all(db)]
