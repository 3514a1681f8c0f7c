"""What the rows of a workbook of ours say, word for word, so that they can be compared with what was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coordinator.exchange.harvest import (
    joined,
    kept_texts,
    name_apart,
    read_address_cells,
    read_name,
    whole_number,
    with_hromada,
)
from coordinator.exchange.incoming import Own, OwnRow
from coordinator.exchange.layout import Table

NOTHING_BELOW: Mapping[int, Sequence[int]] = {}
_KEPT = ("children_ages", "pram", "evacuation_date")


def own_rows(
    table: Table, rows: Sequence[int], *, listed: bool, below: Mapping[int, Sequence[int]] = NOTHING_BELOW
) -> Own | None:
    """`listed`: a row a person. `below`: rows that only go on with the one above. None without a number."""
    if not table.has("household_no"):
        return None
    number = whole_number(table.cell(rows[0], "household_no"))
    if number is None:
        return None
    sure = table.has("member_no" if listed else "katottg")
    return Own(number, tuple(_row(table, row, below.get(row, ())) for row in rows), listed, sure)


def _row(table: Table, row: int, below: Sequence[int]) -> OwnRow:
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
        note=joined(table.text(line, "note") for line in (row, *below)),
        person_note=table.text(row, "person_note"),
        part_stays=table.text(row, "part_stays"),
        luggage=table.text(row, "luggage"),
        documents=table.text(row, "documents"),
        escort=table.text(row, "escort"),
        name=name_apart(table, row),
        kinds=table.text(row, "need_kinds") if table.has("need_kinds") else None,
        wants_on=table.text(row, "wants_on") if table.has("wants_on") else None,
        kept=joined((read_name(table, row).note, *kept_texts(table, row, _KEPT))),
    )
