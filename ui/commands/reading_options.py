"""What the command line says of how a workbook is read: whose it is, its columns, households, days, and words."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace

from coordinator.errors import UserError
from coordinator.exchange.guessing import keys_for
from coordinator.exchange.how_read import UNUSED, Division, Reading, SheetReading, Why, Words, word_key
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.reading import RawSheet
from coordinator.exchange.sheet_scan import column_index
from coordinator.queries.reading import OpenList
from coordinator.services.senders import Meaning, checked_meaning
from resources.i18n import _

NOT_USED = "unused"
_READ, _LEAVE = "read", "leave"


def add_reading(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(_("how the workbook is read"))
    group.add_argument("--sender", metavar=_("NAME"), default="", help=_("who sent it: read as before, and remembered"))
    group.add_argument("--kind", choices=[kind.value for kind in ListKind], help=_("what kind of list it is"))
    group.add_argument("--sheet", metavar=_("SHEET"), action="append", default=[], help=_("read only this sheet"))
    group.add_argument("--header-row", metavar="N", type=int, help=_("the row of the headers, as Excel numbers it"))
    group.add_argument(
        "--column", metavar="B=full_name", action="append", default=[], type=_pair,
        help=_("what a column holds, “unused” for nothing; can be given several times"),
    )  # fmt: skip
    group.add_argument("--settlement", metavar=_("NAME"), help=_("the settlement of all rows that name none"))
    group.add_argument("--households", choices=[one.value for one in Division], help=_("what tells them apart"))
    group.add_argument("--fill-down", metavar="B", action="append", default=[], help=_("blank here means as above"))
    group.add_argument("--month-first", metavar="B", action="append", default=[], help=_("5/3/26 is 3 May here"))
    group.add_argument("--day-first", metavar="B", action="append", default=[], help=_("5/3/26 is 5 March here"))
    group.add_argument("--dates-from-1904", action="store_true", help=_("days are counted from 1904"))
    group.add_argument("--hidden-rows", choices=[_READ, _LEAVE], help=_("read hidden rows or leave them out"))
    group.add_argument(
        "--means", metavar="needs:WORD=wheelchair", action="append", default=[], type=_meaning,
        help=_("what a word of this sender means; can be given several times"),
    )  # fmt: skip


def meanings(args: argparse.Namespace) -> tuple[Meaning, ...]:
    """The words of the command line, for its sender or for everybody. UserError as `senders.checked_meaning`."""
    return tuple(
        Meaning(column, word, checked_meaning(column, meaning), args.sender) for column, word, meaning in args.means
    )


def changed(reading: Reading, sheets: Sequence[RawSheet], args: argparse.Namespace) -> Reading:
    """The guess with what the command line says laid over it. UserError "reading.no_column", "reading.no_sheet"."""
    names = [sheet.name for sheet in sheets if not sheet.chart]
    wrong = next((name for name in args.sheet if name not in names), None)
    if wrong is not None:
        raise UserError("reading.no_sheet", sheet=wrong, sheets=", ".join(names))
    kind = ListKind(args.kind) if args.kind else reading.kind
    columns = {_place(letters): _key(key, kind) for letters, key in args.column}
    for name in names:
        reading = replace(reading, sheets={**reading.sheets, name: _sheet(reading.of(name), columns, name, args)})
    said = {(one.field, word_key(one.said)): one.meaning for one in meanings(args)}
    return replace(reading, kind=kind, words=Words({**reading.words.meanings, **said}))


def column_lines(found: OpenList) -> list[str]:
    """What each column is taken for, in the codes that --column takes; sheets with the same headers once."""
    lines: dict[str, str] = {}
    for sheet in found.survey.used:
        taken = [f"{one.letter} {one.header}".strip() + f" = {_code(one.key)}" for one in sheet.columns]
        text = "; ".join(taken)
        lines[text] = f"{lines[text]}, {sheet.name}" if text in lines else sheet.name
    return [f"{names}: {text}" for text, names in lines.items()]


def word_lines(found: OpenList) -> list[str]:
    """The words that are not understood, how often and where, as --means wants them."""
    return [
        f"  {word.field}:{word.said} ({word.count}: {', '.join(f'{cell.sheet} {cell.cell}' for cell in word.cells)})"
        for word in found.survey.words
    ]


def _code(key: str | None) -> str:
    return "?" if key is None else key or NOT_USED


def _sheet(how: SheetReading, columns: dict[int, str], name: str, args: argparse.Namespace) -> SheetReading:
    use = (name in args.sheet) if args.sheet else how.use
    if use is False:
        return replace(how, use=False)
    days = {_place(letters): True for letters in args.month_first}
    days |= {_place(letters): False for letters in args.day_first}
    return replace(
        how,
        use=use,
        header_row=how.header_row if args.header_row is None else args.header_row - 1,
        columns={**how.columns, **columns},
        why={**how.why, **dict.fromkeys(columns, Why.SAID)},
        settlement=how.settlement if args.settlement is None else args.settlement,
        division=Division(args.households) if args.households else how.division,
        fill_down=how.fill_down | {_place(letters) for letters in args.fill_down},
        month_first={**how.month_first, **days},
        epoch_1904=True if args.dates_from_1904 else how.epoch_1904,
        hidden_rows=args.hidden_rows == _READ if args.hidden_rows else how.hidden_rows,
    )


def _key(key: str, kind: ListKind | None) -> str:
    if key == NOT_USED:
        return UNUSED
    possible = keys_for(kind or ListKind.PEOPLE)
    if key not in possible and (kind is not None or key not in keys_for(ListKind.FLEET)):
        raise UserError("reading.no_column", column=key, possible=", ".join([NOT_USED, *possible]))
    return key


def _place(letters: str) -> int:
    """ "B" -> 1"""
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        raise UserError("reading.no_letter", letters=letters)
    return column_index(letters.upper())


def _pair(text: str) -> tuple[str, str]:
    letters, _sign, key = text.partition("=")
    if not letters or not key:
        raise argparse.ArgumentTypeError(_("“{text}” is not understood. Write it as B=full_name.").format(text=text))
    return letters.strip(), key.strip()


def _meaning(text: str) -> tuple[str, str, str]:
    column, _colon, rest = text.partition(":")
    word, sign, meaning = rest.rpartition("=")
    if not column or not word or not sign:
        wrong = _("“{text}” is not understood. Write it as needs:WORD=wheelchair.").format(text=text)
        raise argparse.ArgumentTypeError(wrong)
    return column.strip(), word.strip(), meaning.strip()
