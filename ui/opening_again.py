"""A register that can only be looked at here is opened again for writing, once what was in the way is over."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from coordinator.keyring import Keyring
from coordinator.register import Access, open_unlocked
from coordinator.session import Session


def opening_again(session: Session) -> Callable[[], Session]:
    """What to do off the GUI thread. The key is taken now: a lock meanwhile makes the session forget it."""
    return partial(_open, Keyring(session.folder, session.keyring.key), session)


def _open(keyring: Keyring, before: Session) -> Session:
    """The same register for the same user, who is not asked for the passphrase again.

    Read-only too where the reason still stands. UserError as `open_register`.
    """
    return open_unlocked(keyring, before.user_id, access=Access.WINDOW, clock=before.clock)
