"""Rows of people to household blocks (issue A, point 4).

By addresses: a filled or merged address cell begins a household, which runs to the next one or to a totals,
signature or heading row. Where the address is repeated on each row, equal neighbours are one household;
two separate blocks (an address with blank cells under it, or a merged one, and then the same address again)
stay two. Without addresses: by a household number, by running numbers that count households, by contacts,
else each row by itself. A person may say which of these it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from coordinator.domain.names import fold
from coordinator.exchange.addresses import is_ditto
from coordinator.exchange.harvest import Harvest
from coordinator.exchange.how_read import Division
from coordinator.exchange.layout import FILLED_DOWN, Table, is_blank, meaningful
from coordinator.exchange.once import Once
from coordinator.exchange.rows import Tick, no_tick
from coordinator.exchange.values import shown

ADDRESS_KEYS = ("address", "street", "house", "flat")
_ADDRESS_SET = frozenset(ADDRESS_KEYS)
_OFTEN = 500
LARGEST_GUESS = 15
"""People in one block from which on numbers or contacts cannot be what divides the list."""


@dataclass(slots=True)
class Line:
    """One row of a person. `after_break`: a totals, signature or heading row stands before it.

    `keys`: the columns that are filled in the row itself.
    """

    index: int
    keys: frozenset[str] = frozenset()
    section: str = ""
    after_break: bool = False


def household_blocks(table: Table, lines: list[Line], tick: Tick = no_tick) -> list[list[Line]]:
    """The lines of each household, in order; `tick` hears which part of them is done, where addresses divide them."""
    if not lines:
        return []
    said = table.how.division
    if said is not None:
        return _divided(table, lines, said, tick)
    if table.has("household_no") and not is_blank(table.cell(lines[0].index, "household_no")):
        return _split(table, lines, "household_no")
    if any(has_address(table, line.index, line.keys) for line in lines):
        return _by_address(table, lines, tick)
    for key in _guesses(table, lines):
        blocks = _split(table, lines, key)
        if max(len(block) for block in blocks) <= LARGEST_GUESS:
            return blocks
    return [[line] for line in lines]


def guessed_division(table: Table, lines: list[Line], tick: Tick = no_tick) -> Division:
    """What `household_blocks` goes by where nobody has said it."""
    if table.has("household_no") and lines and not is_blank(table.cell(lines[0].index, "household_no")):
        return Division.NUMBER
    if any(has_address(table, line.index, line.keys) for line in lines):
        return Division.ADDRESS
    for key in _guesses(table, lines):
        if max(len(block) for block in _split(table, lines, key)) <= LARGEST_GUESS:
            return Division.NUMBER if key == "number" else Division.CONTACT
    return Division.EACH


def _divided(table: Table, lines: list[Line], said: Division, tick: Tick) -> list[list[Line]]:
    match said:
        case Division.ADDRESS:
            return _by_address(table, lines, tick)
        case Division.NUMBER:
            return _split(table, lines, "household_no" if table.has("household_no") else "number")
        case Division.MERGED:
            return _by_merged(table, lines)
        case Division.CONTACT:
            return _split(table, lines, "phone")
        case Division.EACH:
            return [[line] for line in lines]


def _by_merged(table: Table, lines: list[Line]) -> list[list[Line]]:
    """Rows that one cell is merged over are one household."""
    places = {place for key in FILLED_DOWN for place in table.columns.get(key, ())}
    first_of: dict[int, int] = {}
    for top, left, bottom, _right in table.sheet.merged:
        if left in places and bottom > top >= table.first_row:
            for row in range(top + 1, bottom + 1):
                first_of[row] = min(top, first_of.get(row, top))
    blocks: dict[int, list[Line]] = {}
    for line in lines:
        blocks.setdefault(first_of.get(line.index, line.index), []).append(line)
    return list(blocks.values())


def has_address(table: Table, row: int, keys: frozenset[str]) -> bool:
    """Whether an address stands in the row itself; a mark for "as above" is none."""
    if keys.isdisjoint(_ADDRESS_SET):
        return False
    cells = table.filled[row]
    if "address" in keys and not is_ditto(cells["address"]):
        return True
    return any(key in keys and not is_ditto(cells[key]) for key in ADDRESS_KEYS)


def _by_address(table: Table, lines: list[Line], tick: Tick) -> list[list[Line]]:
    blocks: list[list[Line]] = []
    whole = False  # the open block is closed in itself: merged, or with a blank address in it
    key = ""
    written = Once(table, Harvest(), ADDRESS_KEYS, _address_text)
    for number, line in enumerate(lines):
        if number % _OFTEN == 0:
            tick(number / len(lines))
        merged = line.index in table.opening and any(table.is_merged_start(line.index, key) for key in ADDRESS_KEYS)
        own = has_address(table, line.index, line.keys)
        mine = written.of(line.index) if own else ""
        repeats = own and not merged and not whole and mine == key
        opens = not blocks or line.after_break or ((own or merged) and not repeats)
        if opens or _other_settlement(table, line, blocks[-1][0]):
            blocks.append([line])
            whole, key = merged, mine
        else:
            blocks[-1].append(line)
            whole = whole or not own
    return blocks


def _address_text(table: Table, row: int, _harvest: Harvest) -> str:
    """By which equal addresses are known."""
    cells = table.filled[row]
    return fold(" ".join([shown(cells[key]) for key in ADDRESS_KEYS if key in cells]))


def _other_settlement(table: Table, line: Line, first: Line) -> bool:
    mine = table.cell(line.index, "settlement")
    theirs = table.cell(first.index, "settlement")
    if mine == theirs or not meaningful(mine) or not meaningful(theirs) or is_ditto(mine):
        return False
    return fold(shown(mine)) != fold(shown(theirs))


def _split(table: Table, lines: list[Line], key: str) -> list[list[Line]]:
    """A new household where the column holds another value than the last one that was filled."""
    blocks: list[list[Line]] = []
    in_force = ""
    for line in lines:
        mine = fold(shown(table.cell(line.index, key)))
        opens = not blocks or line.after_break or (mine != "" and mine != in_force)
        if opens or _other_settlement(table, line, blocks[-1][0]):
            blocks.append([line])
        else:
            blocks[-1].append(line)
        in_force = mine or in_force
    return blocks


def _guesses(table: Table, lines: list[Line]) -> list[str]:
    """Columns that may divide a list without addresses, the better first."""
    guesses: list[str] = []
    numbers = [shown(table.cell(line.index, "number")) for line in lines]
    filled = [number for number in numbers if number]
    if filled and (len(filled) <= 0.9 * len(lines) or len(set(filled)) < 0.9 * len(filled)):
        guesses.append("number")
    if any(not is_blank(table.cell(line.index, "phone")) for line in lines):
        guesses.append("phone")
    return guesses
