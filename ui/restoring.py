"""The window's part of a restore: finish the open register's work, let the copy take its place, open it again."""

from __future__ import annotations

from dataclasses import dataclass

from coordinator.copies import CopyInfo
from coordinator.errors import UserError
from coordinator.services import backups
from coordinator.services.restore import NotRestored, restore
from coordinator.session import Session
from resources.i18n import _
from ui import texts
from ui.desk import OpenRegister
from ui.drafts import LastWords, Patience


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it. `session` None: the register has to be opened anew. `aside`: the register as it was before.

    `lost`: what went wrong with the last edits before it.
    """

    session: Session | None
    copy: CopyInfo
    aside: CopyInfo | None = None
    fault: BaseException | None = None
    lost: tuple[BaseException, ...] = ()


def restore_open(register: OpenRegister, last: LastWords, copy: CopyInfo, patience: Patience) -> Restored:
    """In a worker: the last writes of a stopped register, then the copy in its place."""
    session = register.session
    lost = tuple(register.tasks.finish())
    try:
        last.write(session, bool(lost), patience)
        opened = restore(session, copy.path)
    except NotRestored as fault:
        return Restored(fault.session, copy, fault=fault, lost=lost)
    except UserError as fault:
        return Restored(session if session.keyring.key else None, copy, fault=fault, lost=lost)
    except Exception as fault:
        session.close()
        return Restored(None, copy, fault=fault, lost=lost)
    made = (info for info in backups.list_copies(opened) if info.why == "before-restore")
    return Restored(opened, copy, next(made, None), lost=lost)


def is_restored(copy: CopyInfo) -> str:
    return _("The copy of {when} is restored.").format(when=texts.moment(copy.made_at))


def words(restored: Restored) -> str:
    """What was done, and where the register as it was lies now."""
    done = is_restored(restored.copy)
    if restored.aside is None:
        return done
    kept = _("The register as it was is kept as the copy of {when}.")
    return f"{done} {kept.format(when=texts.moment(restored.aside.made_at))}"
