"""Opening the encrypted database. What only SQLite can do stays here, in journal, search and snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from peewee import DatabaseError, OperationalError
from playhouse.sqlcipher_ext import SqlCipherDatabase

from db.errors import StorageError, code_of

_PLAINTEXT = b"SQLite format 3\x00"
_PRAGMAS = {
    # What is wrong with a file is told by us; the engine would write its own lines to the terminal.
    "cipher_log_level": "NONE",
    "foreign_keys": 1,
    "synchronous": "FULL",
    # Only macOS knows these: there fsync alone leaves the data in the disk's cache.
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "busy_timeout": 5000,
    "temp_store": "MEMORY",
    "cache_size": -32_000,
}
_SMALL_CACHE = -8_000
_LOG_PAGES = 1000
"""From so many on, a commit brings the log into the file: the engine's own measure."""

_STEPS = 4000
"""Of the engine, between two looks at the clock: less than a thousandth of a second."""
_ASK_EVERY = 0.1
_AT_ONCE = 500
"""Rows that are read before the first of them is looked at."""

Ask = Callable[[], object]
"""Called while something lasts; what it raises ends that."""


def nobody() -> None:
    """Nobody asks."""


class Database(SqlCipherDatabase):  # type: ignore[misc]
    """One connection. Not shared between threads at the same time: its owner holds a lock.

    Once closed it stays closed, and its key is forgotten: nothing opens the file again by the way.
    """

    def __init__(self, path: Path, key: bytes, *, read_only: bool = False, immutable: bool = False) -> None:
        pragmas = {**_PRAGMAS, "query_only": int(read_only)}
        if not read_only:
            pragmas["journal_mode"] = "WAL"
        super().__init__(
            f"{path.absolute().as_uri()}?immutable=1" if immutable else str(path),
            uri=immutable,
            passphrase=f"x'{key.hex()}'",
            pragmas=pragmas,
            autoconnect=False,
            thread_safe=False,
            check_same_thread=False,
        )
        self.path = path

    def connection(self) -> Any:
        # peewee's own connects here whatever `autoconnect` says.
        if self.is_closed():
            raise StorageError("register.closed")
        return super().connection()

    def cursor(self, named_cursor: Any = None) -> Any:
        return self.connection().cursor()

    def rollback(self) -> None:
        # On a full disk SQLite has rolled back already; a second time would hide why.
        if self.connection().in_transaction:
            super().rollback()

    def close(self) -> bool:
        closed = bool(super().close())
        self.connect_params["passphrase"] = ""
        return closed

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """A read transaction that ends with the block; inside another one it is that one."""
        if self.connection().in_transaction:
            yield
            return
        self.execute_sql("BEGIN")
        try:
            yield
        finally:
            if not self.is_closed() and self.connection().in_transaction:
                self.execute_sql("ROLLBACK")

    @contextmanager
    def asked_meanwhile(self, ask: Ask) -> Iterator[None]:
        """While the block runs, a long statement calls `ask` a few times a second, in this thread.

        What `ask` raises ends the statement and the block.
        """
        raised: list[BaseException] = []
        asked = monotonic()

        def goes_on() -> int:
            nonlocal asked
            if monotonic() - asked < _ASK_EVERY:
                return 0
            asked = monotonic()
            try:
                ask()
            except BaseException as reason:
                raised.append(reason)
            return len(raised)

        connection: Any = self.connection()
        connection.set_progress_handler(goes_on, _STEPS)
        try:
            yield
        except Exception:
            if raised:
                raise raised[0] from None
            raise
        finally:
            connection.set_progress_handler(None, 0)

    @contextmanager
    def at_length(self) -> Iterator[None]:
        """Around a transaction of very many rows: its commit, which nobody can stop, is then short.

        Pages go to the log as they are filled instead of waiting for the commit, and the log stays beside the file
        until `into_file` or the next commit. What is committed is on the disk all the same: the log is synced.
        """
        self.execute_sql(f"PRAGMA cache_size = {_SMALL_CACHE}")
        self.execute_sql("PRAGMA wal_autocheckpoint = 0")
        try:
            yield
        finally:
            if not self.is_closed():
                self.execute_sql(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
                self.execute_sql(f"PRAGMA cache_size = {_PRAGMAS['cache_size']}")

    def into_file(self) -> None:
        """Bring what the log holds into the file, as far as no reader still needs the file as it is."""
        self.execute_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def let_go_of_pages(self) -> None:
        """Free the pages that were read: after a whole table they are as many as may be kept, and of little use."""
        self.execute_sql("PRAGMA shrink_memory")

    def changed_elsewhere(self) -> Callable[[], bool]:
        """A function that says whether another connection has committed since it was last asked."""
        seen = self._data_version()

        def ask() -> bool:
            nonlocal seen
            before, seen = seen, self._data_version()
            return seen != before

        return ask

    def _data_version(self) -> int:
        return int(self.execute_sql("PRAGMA data_version").fetchone()[0])

    def rows(self, sql: str, params: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of a hand-written SELECT."""
        return list(self.execute_sql(sql, params).fetchall())

    def each(self, sql: str, params: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a hand-written SELECT one by one, where all of them at once would take too much memory."""
        cursor = self.execute_sql(sql, params)
        while found := cursor.fetchmany(_AT_ONCE):
            yield from found


def create(path: Path, key: bytes) -> Database:
    """Make a new, empty, encrypted file; raises StorageError if it came out in plain text."""
    if path.exists():
        raise StorageError("register.exists", path=str(path))
    path.touch(0o600)
    database = Database(path, key)
    try:
        database.connect()
        database.execute_sql("CREATE TABLE probe (x)")
        database.execute_sql("DROP TABLE probe")
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        refuse_plaintext(path)
    except BaseException:
        database.close()
        raise
    return database


def open_existing(path: Path, key: bytes, *, read_only: bool = False) -> Database:
    """Open a file that must already be a register of ours; StorageError says what is wrong with it.

    To read, a full disk or a medium that cannot be written is no obstacle where no log has to be read: SQLite then
    needs neither locks nor its shared memory.
    """
    try:
        return _opened(path, key, read_only=read_only)
    except StorageError as fault:
        log = path.with_name(path.name + "-wal")
        cannot_write = fault.code.startswith("disk.") or fault.code == "register.read_only"
        if not (read_only and cannot_write) or (log.exists() and log.stat().st_size):
            raise
        return _opened(path, key, read_only=True, immutable=True)


def _opened(path: Path, key: bytes, *, read_only: bool, immutable: bool = False) -> Database:
    if not path.exists():
        raise StorageError("register.no_data", path=str(path.parent))
    if not path.is_file() or path.stat().st_size < 512:
        raise StorageError("register.damaged", path=str(path.parent))
    refuse_plaintext(path)
    database = Database(path, key, read_only=read_only, immutable=immutable)
    try:
        database.connect()
        database.execute_sql("SELECT count(*) FROM sqlite_master").fetchone()
    except OperationalError as fault:
        # A full disk, a lock, a folder that cannot be entered: nothing is wrong with the file.
        database.close()
        raise StorageError(code_of(str(fault)), path=str(path.parent), reason=str(fault)) from fault
    except DatabaseError as fault:
        database.close()
        raise StorageError("register.damaged", path=str(path.parent)) from fault
    return database


def refuse_plaintext(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(16) == _PLAINTEXT:
            raise StorageError("register.plaintext", path=str(path))
