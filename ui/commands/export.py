"""coordinator export FILE KIND OUT.xlsx: a workbook from the register."""

from __future__ import annotations

import argparse
from pathlib import Path

from coordinator.services.exports import ExportKind, export
from resources.i18n import _, ngettext
from ui.commands.common import Progress, add_date, add_register, opened, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    parser.add_argument("kind", metavar=_("KIND"), choices=[kind.value for kind in ExportKind], help=_kinds())
    parser.add_argument("out", metavar=_("OUT.xlsx"), type=Path, help=_("the workbook to write"))
    add_date(parser)


def _kinds() -> str:
    return ", ".join(kind.value for kind in ExportKind)


def run(args: argparse.Namespace) -> int:
    with opened(args) as session:
        day = args.date or session.today()
        done = export(session, ExportKind(args.kind), args.out, day, Progress(_("Writing"))).value
    say(ngettext("{path}: {n} row.", "{path}: {n} rows.", done.rows).format(path=done.path, n=done.rows))
    return 0
