"""A register that can only be looked at here is opened again for writing, once what was in the way is over."""

from __future__ import annotations

from coordinator.keyring import Keyring
from coordinator.register import Access, open_unlocked
from coordinator.session import Session


def open_again(session: Session) -> Session:
    """The same register for the same user, who is not asked for the passphrase again; off the GUI thread.

    Read-only too where the reason still stands. UserError as `open_register`.
    """
    keyring = Keyring(session.folder, session.keyring.key)
    return open_unlocked(keyring, session.user_id, access=Access.WINDOW, clock=session.clock)
