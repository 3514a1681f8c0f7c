"""A workbook of ours that comes back: its mark, and its columns where a recipient has headers of their own."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO

from coordinator.domain.names import clean
from coordinator.exchange.headers import column_of, header_key
from coordinator.exchange.how_read import UNUSED, SheetReading
from coordinator.exchange.incoming import IncomingList, ListKind
from coordinator.exchange.layout import LAST_HEADER_ROW
from coordinator.exchange.originals import Original
from coordinator.exchange.reading import RawSheet
from coordinator.exchange.stamp import Stamp, find_stamp, read_stamp

READ_AS = {
    "household": "household_no", "member": "member_no", "head": "full_name", "birth_on": "birth", "year": "birth_year",
    "phones": "phone", "left_on": "evacuation_date", "requested_at": "requested_on", "whole_address": "address",
    "from": "available_from", "until": "available_until",
}  # fmt: skip
"""Keys of our columns -> those of lists that come in, where they are called otherwise."""

_NOT_READ = frozenset({"number"})
_PROPERTIES = "docProps/custom.xml"
_SHORT = 60
"""Rows of a sheet that may say what the workbook is."""


def stamp_of(original: Original, sheets: Sequence[RawSheet]) -> Stamp | None:
    """The mark of a file: among the workbook's properties, or in a sheet that says what the workbook is."""
    if original.content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(original.content)) as archive:
            if _PROPERTIES in archive.namelist():
                found = read_stamp(archive.read(_PROPERTIES).decode("utf-8", "replace"))
                if found is not None:
                    return found
    short = (sheet for sheet in sheets if len(sheet.rows) <= _SHORT)
    return find_stamp(value for sheet in short for row in sheet.rows for value in row)


def known_by_mark(incoming: IncomingList, stamp: Stamp | None) -> IncomingList:
    """The list with its mark. Without one, numbers of households count only in the columns of our own workbooks."""
    if stamp is not None:
        return replace(incoming, stamp=stamp)
    doubtful = any(one.own and not one.own.sure for one in incoming.households)
    if not doubtful:
        return incoming
    households = (replace(one, own=None) if one.own and not one.own.sure else one for one in incoming.households)
    return replace(incoming, households=tuple(households))


def own_columns(
    sheets: Sequence[RawSheet], sent: Sequence[tuple[str, str]], kind: ListKind
) -> Mapping[str, SheetReading]:
    """Sheet -> how it is read, where the headers of the export (key, words) stand and do not say it themselves."""
    if all(column_of(header_key(header), kind) == _key(key) for key, header in sent):
        return {}
    wanted = {header_key(header): _key(key) for key, header in sent}
    found: dict[str, SheetReading] = {}
    for sheet in sheets:
        for row in range(min(LAST_HEADER_ROW, len(sheet.rows))):
            texts = [header_key(clean(value)) if isinstance(value, str) else "" for value in sheet.rows[row]]
            columns = {place: wanted[text] for place, text in enumerate(texts) if text in wanted}
            if len(columns) >= max(2, len(wanted) // 2):
                found[sheet.name] = SheetReading(header_row=row, columns=columns)
                break
    return found


def _key(key: str) -> str:
    return UNUSED if key in _NOT_READ else READ_AS.get(key, key)
