"""Writing a file whole or not at all, for the floors above: temporary file, fsync, rename, fsync of the folder."""

from db.files import replacing, write_atomically

__all__ = ["replacing", "write_atomically"]
