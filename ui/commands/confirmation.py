"""coordinator confirmation FILE check NUMBER CODE: is a confirmation ours, and does it hold; withdraw one."""

from __future__ import annotations

import argparse

from coordinator.errors import UserError
from coordinator.queries.confirmations import Checked, Standing, check_confirmation
from coordinator.services.confirmations import withdraw_confirmation
from resources.i18n import _
from ui.commands.common import add_json, add_register, opened, print_json
from ui.confirmation_words import checked_words

DOES_NOT_HOLD = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    parser.add_argument(
        "verb", choices=("check", "withdraw"), help=_("check: does it hold; withdraw: from now on it does not")
    )
    parser.add_argument("number", metavar=_("NUMBER"), type=int, help=_("as it stands in the frame on the paper"))
    parser.add_argument("code", metavar=_("CODE"), help=_("the code beside the number"))
    parser.add_argument("--reason", metavar=_("REASON"), default="", help=_("why it is withdrawn"))
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Exit code 1 where the confirmation does not hold."""
    with opened(args) as session:
        found = check_confirmation(session, args.number, args.code)
        if args.verb == "withdraw":
            if found.line is None:
                raise UserError("confirmation.gone")
            withdraw_confirmation(session, found.line.id, args.reason)
            found = check_confirmation(session, args.number, args.code)
    if args.json:
        print_json(_facts(found))
    else:
        print(checked_words(found))
    holds = found.standing is Standing.VALID
    return 0 if holds or args.verb == "withdraw" else DOES_NOT_HOLD


def _facts(found: Checked) -> dict[str, object]:
    line = found.line
    if line is None:
        return {"standing": found.standing}
    return {
        "standing": found.standing, "number": line.paper.number, "version": line.paper.version,
        "household": line.paper.household_number, "people": line.paper.count, "issued_at": line.paper.issued_at,
        "replaced_by": line.replaced_by, "reason": line.reason,
    }  # fmt: skip
