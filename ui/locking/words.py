"""What is said while a register closes, and before somebody leaves without its last edits."""

from __future__ import annotations

from coordinator.errors import UserError
from resources.i18n import _, ngettext
from resources.messages import sentence
from ui.drafts import title
from ui.locking.closing import Unwritten


def held_words(why: UserError | None) -> str:
    """Why a locked register is not closed yet; None: it is not known. No name of the register stands on that page."""
    if why is None:
        return sentence("closing.slow")
    return sentence("closing.held" if "host" in why.facts else "closing.busy", why.facts)


def would_be_lost(unwritten: Unwritten) -> str:
    """What a person loses who leaves now, by number and by name."""
    said = []
    if unwritten.edits:
        edits = ngettext("{n} edit is not written yet.", "{n} edits are not written yet.", unwritten.edits)
        said.append(edits.format(n=unwritten.edits))
    if unwritten.forms:
        names = "; ".join(dict.fromkeys(title(kind) for kind in unwritten.forms))
        said.append(_("Half-typed and not kept yet: {names}.").format(names=names))
    return " ".join(said) or _("The last edits are written; only the file is not closed yet.")
