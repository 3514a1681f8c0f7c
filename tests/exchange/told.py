"""What a person is told about a file, and that a refused one leaves the register as it was."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from coordinator.errors import UserError
from coordinator.exchange.incoming import IncomingList, Remark
from coordinator.services.imports import ImportPreview, preview_import
from coordinator.session import Session
from db import import_queries, stores
from resources.i18n import language, set_language
from resources.messages import SENTENCES, sentence
from tests.exchange.making import LIST_DAY

SHORT = ["№", "ПІБ", "Дата народження", "Адреса", "Телефон", "Примітка"]
OLENA = [1, "Сорока Олена Іванівна", "05.03.1981", "вул. Садова, 5", "0501112233"]


def told(said: Remark | UserError) -> str:
    """The English sentence; the Ukrainian one must be there too, and both must be filled in."""
    facts = said.facts if isinstance(said, UserError) else {"value": said.at.value, **said.facts}
    before = language()
    try:
        set_language("en")
        english = sentence(said.code, facts)
        set_language("uk")
        ukrainian = sentence(said.code, facts)
    finally:
        set_language(before)
    assert said.code in SENTENCES and ukrainian != english
    assert "–" not in english and english.endswith(".")
    return english


def refused(session: Session, path: Path, password: str = "") -> str:
    """The sentence with which a file is refused; it names the file, and the register is as before."""
    before = state(session)
    with pytest.raises(UserError) as caught:
        preview_import(session, path, LIST_DAY, password=password).check()
    assert state(session) == before
    text = told(caught.value)
    assert path.name in text
    return text


def state(session: Session) -> tuple[object, ...]:
    """All that an import could have changed."""
    with session.reading() as db:
        return import_queries.journal_mark(db), len(stores.households.all(db)), len(stores.batches.all(db))


def looked(session: Session, path: Path) -> ImportPreview:
    """The preview of a file; looking writes nothing."""
    before = state(session)
    preview = preview_import(session, path, LIST_DAY)
    assert state(session) == before
    return preview


def one(remarks: Iterable[Remark], code: str) -> Remark:
    (found,) = [remark for remark in remarks if remark.code == code]
    return found


def at(remark: Remark) -> tuple[str, str]:
    return remark.at.sheet, remark.at.cell


def surnames(incoming: IncomingList) -> list[str]:
    return [person.name.surname for household in incoming.households for person in household.people]
