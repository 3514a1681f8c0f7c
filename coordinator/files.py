"""Writing a file whole or not at all, for the floors above: temporary file, fsync, rename, fsync of the folder."""

from db.files import write_atomically

__all__ = ["write_atomically"]
