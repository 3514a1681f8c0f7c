"""What can go wrong with the file itself, as codes; services turn them into a UserError."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from peewee import DatabaseError, IntegrityError, OperationalError
from sqlcipher3 import dbapi2

from db.layout import DATA


class StorageError(Exception):
    """`code` is a stable key such as "register.damaged", `facts` what its sentence needs."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


Clash = IntegrityError
"""Raised where a write would break a rule that the database itself keeps, such as one open stop a day."""


@contextmanager
def storage_faults() -> Iterator[None]:
    """Turn what the engine and the disk raise into a StorageError; a broken constraint is our own fault and passes.

    The engine's own errors too: peewee turns into its own only what a statement raises, not the fetching of its rows.
    """
    try:
        yield
    except (IntegrityError, dbapi2.IntegrityError):
        raise
    except (OperationalError, dbapi2.OperationalError) as fault:
        raise StorageError(code_of(str(fault)), reason=str(fault)) from fault
    except (DatabaseError, dbapi2.DatabaseError) as fault:
        raise StorageError("register.damaged", path=DATA, reason=str(fault)) from fault
    except OSError as fault:
        full = fault.errno in (errno.ENOSPC, errno.EDQUOT)
        code = "disk.full" if full else "disk.failed"
        raise StorageError(code, path=str(fault.filename or ""), reason=str(fault.strerror or fault)) from fault


def code_of(message: str) -> str:
    """The code for what the engine says where it could not work at all."""
    if "locked" in message or "busy" in message:
        return "register.busy"
    if "full" in message:
        return "disk.full"
    if "readonly" in message or "read-only" in message:
        return "register.read_only"
    return "disk.failed"
