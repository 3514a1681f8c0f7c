"""Sentences about removing personal data, shared by the window and the terminal."""

from __future__ import annotations

from pathlib import Path

from coordinator.queries.retention import RetentionPreview
from coordinator.services.erasing import Erased
from coordinator.services.old_copies import LetGo
from coordinator.services.retention import Removed
from resources.i18n import _, ngettext
from ui import texts


def due(shown: RetentionPreview) -> str:
    """What could be removed now, in one sentence."""
    if shown.until is None:
        return _("No term is set, so personal data stay.")
    if not shown.households:
        return _("Nothing is due: nobody delivered on {day} or before is left with personal data.").format(
            day=texts.day_short(shown.until)
        )
    return _("Due: {households} with {people}, delivered on {day} or before.").format(
        households=texts.households(len(shown.households)),
        people=texts.people(shown.people),
        day=texts.day_short(shown.until),
    )


def removed(what: Removed) -> str:
    return _("Personal data removed: {households}, {people}. The counts are as before.").format(
        households=texts.households(what.households), people=texts.people(what.people)
    )


def what_goes(names: bool) -> str:
    """What is removed of each household, and what stays."""
    goes = _("Addresses, phones, needs, notes and documents are removed, also from the history.")
    who = (
        _("Names and birth dates go too; sex, the age and a mark of a disability stay for the counts.")
        if names
        else _("Names, birth dates and a mark of a disability stay.")
    )
    return f"{goes} {who}"


def copies(n: int) -> str:
    return ngettext("{n} copy", "{n} copies", n).format(n=texts.number(n))


def let_go(what: LetGo) -> str:
    """How many copies went, and which folders are left to a person."""
    went = _("A new copy is made; {copies} made before went.").format(copies=copies(what.gone))
    return "\n".join([went, *map(_left_to_you, what.left)])


def _left_to_you(path: Path) -> str:
    text = _(
        "{path} was left: somebody has it open or has worked in it, or it is damaged. It may still hold what was "
        "removed; look at it, and delete it yourself."
    )
    return text.format(path=path)


def erased(what: Erased) -> list[str]:
    """What became of a register that was erased, in sentences."""
    keyless = _("The register is erased. Nobody can open it any more.")
    partly = _("The register is erased, but not everything that belongs to it. See to the folders named here.")
    keys = _(
        "{path} still holds keys: its key file could not be overwritten. Whoever has a passphrase can open what lies "
        "there. Make it writable and delete it, or destroy the stick or disk."
    )
    files = _("{path} could not be removed. It holds no key any more; delete it by hand.")
    others = _(
        "{path} was not touched: it opens with the same passphrases, but somebody has it open or has worked in it. "
        "Delete it yourself if it shall go too."
    )
    return [
        partly if what.keyed or what.others else keyless,
        *(keys.format(path=path) for path in what.keyed),
        *(others.format(path=path) for path in what.others),
        *(files.format(path=path) for path in what.left),
    ]
