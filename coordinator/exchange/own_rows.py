"""What the rows of a workbook of ours say, word for word, so that they can be compared with what was sent."""

from __future__ import annotations

from collections.abc import Sequence

from coordinator.exchange.harvest import read_address_cells, whole_number, with_hromada
from coordinator.exchange.incoming import Own, OwnRow
from coordinator.exchange.layout import Table


def own_rows(table: Table, rows: Sequence[int], *, listed: bool) -> Own | None:
    """`listed`: a row a person. None in rows without a household's number."""
    if not table.has("household_no"):
        return None
    number = whole_number(table.cell(rows[0], "household_no"))
    if number is None:
        return None
    sure = table.has("member_no" if listed else "katottg")
    return Own(number, tuple(_row(table, row) for row in rows), listed, sure)


def _row(table: Table, row: int) -> OwnRow:
    address, named = read_address_cells(table, row)
    settlement = table.text(row, "settlement") or named
    apart = " ".join(filter(None, (table.text(row, key) for key in ("street", "house", "flat"))))
    return OwnRow(
        member=whole_number(table.own(row, "member_no")),
        settlement=with_hromada(settlement, table.text(row, "hromada")),
        address=table.text(row, "address") or apart,
        read=address,
        landmark=table.text(row, "landmark"),
        phones=table.text(row, "phone"),
        pets=table.text(row, "pets"),
        destination=table.text(row, "destination"),
        decision=table.text(row, "decision"),
        note=table.text(row, "note"),
        person_note=table.text(row, "person_note"),
    )
