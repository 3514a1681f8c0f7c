"""coordinator export FILE KIND OUT: a workbook or plain text from the register, as its recipient wants it."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from coordinator.domain.decision import Decision
from coordinator.errors import UserError
from coordinator.exchange.wanted import Chosen, ExportKind, Only, Recipient
from coordinator.exchange.writing import DateStyle
from coordinator.queries.export_content import columns_of, template_of, usual_keys
from coordinator.queries.recipients import recipient_named, recipients
from coordinator.services.exports import send
from coordinator.services.recipients import save_recipient
from coordinator.session import Session
from resources.i18n import LANGUAGES, _, ngettext
from resources.messages import sentence
from ui.commands.common import Progress, add_date, add_register, ask_passphrase, day, opened, say

PASSWORD_VARIABLE = "COORDINATOR_EXPORT_PASSWORD"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    parser.add_argument("kind", metavar=_("KIND"), choices=[kind.value for kind in ExportKind], help=_kinds())
    parser.add_argument("out", metavar=_("OUT"), type=Path, nargs="?", help=_("the .xlsx or .csv to write"))
    add_date(parser)
    parser.add_argument("--recipient", metavar=_("NAME"), help=_("in the columns saved for this recipient"))
    parser.add_argument("--columns", metavar="A,B=…", help=_("these columns, in this order, some under other headers"))
    parser.add_argument("--template", metavar=_("FORM.xlsx"), type=Path, help=_("fill this form of the recipient"))
    parser.add_argument("--words", choices=sorted(LANGUAGES), help=_("language of headers and words"))
    parser.add_argument("--dates", choices=[style.value for style in DateStyle], help=_("how days are written"))
    parser.add_argument("--settlement", metavar=_("NAME"), action="append", help=_("only of this settlement"))
    parser.add_argument("--hromada", metavar=_("NAME"), action="append", help=_("only of this hromada"))
    parser.add_argument(
        "--decision", choices=[decision.value for decision in Decision], action="append", help=_("only with it")
    )
    parser.add_argument("--since", metavar=_("DATE"), type=day, help=_("only who left on this day or later"))
    parser.add_argument("--until", metavar=_("DATE"), type=day, help=_("only who left on this day or earlier"))
    parser.add_argument("--trip", metavar=_("LIST"), action="append", help=_("only the trip with this list number"))
    parser.add_argument(
        "--password-ask", action="store_true",
        help=_("under a password, typed unseen or from {variable}").format(variable=PASSWORD_VARIABLE),
    )  # fmt: skip
    parser.add_argument("--save", metavar=_("NAME"), help=_("keep these columns for this recipient"))
    parser.add_argument("--show", action="store_true", help=_("only list the columns and recipients of this kind"))


def _kinds() -> str:
    return ", ".join(kind.value for kind in ExportKind)


def run(args: argparse.Namespace) -> int:
    kind = ExportKind(args.kind)
    if args.out is None and not (args.show or args.save):
        raise UserError("export.no_target", exit_code=2)
    with opened(args) as session:
        if args.show:
            _show(session, kind)
        recipient = _recipient(session, kind, args)
        if args.save:
            say(_("Saved: {name}").format(name=save_recipient(session, recipient).value.name))
        if args.out is not None:
            _send(session, recipient, args)
    return 0


def _send(session: Session, recipient: Recipient, args: argparse.Namespace) -> None:
    wanted = recipient.wanted(args.date or session.today())
    if args.trip:
        wanted = replace(wanted, only=replace(wanted.only, trips=frozenset(args.trip)))
    password = _password() if args.password_ask else ""
    template = template_of(args.template, wanted) if args.template else None
    done = send(session, wanted, args.out, Progress(_("Writing")), password=password, template=template).value
    rows = ngettext("{path}: {n} row.", "{path}: {n} rows.", done.rows).format(path=done.path, n=done.rows)
    people = ngettext("{n} person is named.", "{n} people are named.", done.people).format(n=done.people)
    say(f"{rows} {people}" if done.people else rows)
    for remark in done.remarks:
        where = " ".join(part for part in (remark.at.sheet, remark.at.cell) if part)
        say(f"  {where}: {sentence(remark.code, remark.facts)}")


def _password() -> str:
    """Typed twice, unseen. UserError "passphrase.differs"."""
    password = ask_passphrase(_("Password of the file:"), PASSWORD_VARIABLE)
    if ask_passphrase(_("Once more:"), PASSWORD_VARIABLE) != password:
        raise UserError("passphrase.differs")
    return password


def _recipient(session: Session, kind: ExportKind, args: argparse.Namespace) -> Recipient:
    """The saved one, changed by what the command says; `--save` gives it a name, its own or another."""
    known = recipients(session, kind)
    saved = recipient_named(session, args.recipient, kind) if args.recipient else Recipient(None, "", kind)
    if args.save:
        same = next((one for one in known if one.name.casefold() == args.save.casefold()), None)
        saved = replace(saved, id=same.id if same else None, name=args.save)
    changes: dict[str, object] = {"only": _only(saved.only, args)}
    if args.columns:
        changes["columns"] = tuple(Chosen(*column.strip().split("=", 1)) for column in args.columns.split(","))
    if args.words:
        changes["language"] = args.words
    if args.dates:
        changes["dates"] = DateStyle(args.dates)
    if args.password_ask and args.save:
        changes["protect"] = True
    return replace(saved, **changes)  # type: ignore[arg-type]


def _only(saved: Only, args: argparse.Namespace) -> Only:
    since: date | None = args.since or saved.since
    return Only(
        frozenset(args.settlement or saved.settlements),
        frozenset(args.hromada or saved.hromadas),
        frozenset(Decision(code) for code in args.decision or saved.decisions),
        since,
        args.until or saved.until,
    )


def _show(session: Session, kind: ExportKind) -> None:
    usual = usual_keys(kind)
    for column in columns_of(kind):
        print(f"{'*' if column.key in usual else ' '} {column.key:<16} {column.words}")
    for recipient in recipients(session, kind):
        shown = ", ".join(f"{one.key}={one.header}" if one.header else one.key for one in recipient.columns)
        print(f"{recipient.name}: {shown or _('the usual columns')}")
