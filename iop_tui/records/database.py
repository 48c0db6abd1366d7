"""The database, SQLite or PostgreSQL, with durable commits and a deadline on everything."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from iop_tui.records import sqlite_path
from iop_tui.records.deadlines import LONG, USUAL, Deadline
from iop_tui.records.error_mapping import FAILURES, trouble_of
from iop_tui.records.errors import BadAddress, NeedsExtra, RecordsError, Replaced
from iop_tui.records.file_identity import FileIdentity

_BUSY_MS = 5000
_PRAGMAS = (
    f"busy_timeout = {_BUSY_MS}",
    "journal_mode = WAL",
    "synchronous = FULL",
    # macOS: fsync alone does not reach the disk.
    "fullfsync = ON",
    # What is deleted or replaced is overwritten with zeros.
    "secure_delete = ON",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
    "cell_size_check = ON",
)
_SETTINGS = (
    "synchronous_commit = on",
    "statement_timeout = '10s'",
    "lock_timeout = '5s'",
    "idle_in_transaction_session_timeout = '30s'",
)
_LINE = {
    "connect_timeout": 5,
    "application_name": "iop-tui",
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15000,
}
"""Of libpq: seconds, but for the last, in milliseconds."""


class Database:
    """Transactions on the records. Its methods raise only RecordsError."""

    def __init__(self, url: URL) -> None:
        self.url, self.where = url, shown(url)
        self.is_file = url.get_backend_name() == "sqlite"
        self._patience = Deadline()
        self._file = FileIdentity(url.database or "") if self.is_file else None
        self._has_let_go = False
        self._engine = _sqlite(url, self._file) if self._file else _postgresql(url, self._patience)

    @property
    def is_touched(self) -> bool:
        """Whether the main file was written since it was last read: by a checkpoint of SQLite, or by a backup that was
        copied over it.
        """
        return self._file is not None and self._file.is_touched

    def check(self) -> None:
        """Raises Replaced where the file at the address is not the one that is open."""
        if self._file is not None:
            try:
                self._file.check()
            except Replaced:
                self._let_go()
                raise

    @contextlib.contextmanager
    def afresh(self, connection: Connection) -> Iterator[Connection]:
        """The connection for reading: a new one, with an empty page cache, if the main file was written meanwhile."""
        if self._file is None or not self.is_touched:
            yield connection
            return
        self._file.is_touched = False
        engine = create_engine(self.url, hide_parameters=True, poolclass=NullPool)
        with self._told(), engine.connect() as fresh:
            yield fresh

    @contextlib.contextmanager
    def reading(self, *, at_one_moment: bool = False) -> Iterator[Connection]:
        """A read-only transaction. Each statement reads the latest committed data; with `at_one_moment` all read one
        snapshot (on SQLite they always do).
        """
        with self._transaction(writes=False, seconds=LONG if at_one_moment else USUAL) as connection:
            if at_one_moment and not self.is_file:
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextlib.contextmanager
    def writing(self, *, long: bool = False) -> Iterator[Connection]:
        """A durable transaction. `long`: with the deadline for rewriting everything."""
        with self._transaction(writes=True, seconds=LONG if long else USUAL) as connection:
            if long and not self.is_file:
                connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
                connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
            yield connection

    def forget(self) -> bool:
        """Remove deleted or replaced data from the files; whether it is gone. SQLite keeps it in its log until a
        checkpoint, which has to wait for readers; the last connection to close makes one. PostgreSQL does it by itself.
        """
        self._let_go()
        return not self.is_file or self._has_let_go or self._empty_log()

    def _let_go(self) -> None:
        """Abandon the address to the file that is there now: checkpoint the log into the open file, and write nothing
        more.
        """
        if self._file is not None and not self._has_let_go and self._file.let_go():
            self._has_let_go = True
            with contextlib.suppress(RecordsError):
                self._empty_log()

    def _empty_log(self) -> bool:
        with self._told(), self._engine.connect() as connection:
            raw = connection.connection.cursor()
            is_busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            raw.close()
        return not is_busy

    def copy(self, path: Path) -> None:
        """Copy the open database, whatever happened to its file, into a new private file. Raises CannotWrite, and then
        leaves no partial file.
        """
        sqlite_path.make(path)
        try:
            target = sqlite3.connect(path)
            with self._told(), self._engine.connect() as connection, contextlib.closing(target):
                source = connection.connection.driver_connection
                if not isinstance(source, sqlite3.Connection):
                    raise TypeError("only a file can be copied")
                source.backup(target)
        except BaseException:
            sqlite_path.take_away(path)
            raise

    def forget_pages(self) -> None:
        """Release the memory that holds data of the database."""
        self._engine.dispose()

    def close(self) -> None:
        """Close the database."""
        self._patience.close()
        self._engine.dispose()

    @contextlib.contextmanager
    def _transaction(self, *, writes: bool, seconds: float) -> Iterator[Connection]:
        # Before it, so that nothing goes into a file that nobody will find; and after it, as "saved" means that the
        # file at the address has it.
        self.check()
        with self._begun(writes=writes, seconds=seconds) as connection:
            yield connection
        self.check()

    @contextlib.contextmanager
    def _begun(self, *, writes: bool, seconds: float) -> Iterator[Connection]:
        patience = contextlib.nullcontext() if self.is_file else self._patience.at_most(seconds)
        with self._told(), patience, self._engine.connect() as connection:
            connection.execution_options(iop_writes=writes)
            if writes:
                with connection.begin():
                    yield connection
            else:
                # Begun by the first statement, and rolled back at the end: a damaged file cannot even commit nothing.
                yield connection

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except FAILURES as failure:
            raise trouble_of(failure, self.where) from None


def address(given: str | None) -> URL:
    """Parse the URL of records, or of this user's own if it is None. Raises BadAddress."""
    if given is None:
        return URL.create("sqlite", database=str(sqlite_path.default_path()))
    if _is_path(given):
        return URL.create("sqlite", database=_full(given))
    try:
        url = make_url(given)
        backend = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError):
        backend = ""
    if backend == "sqlite" and url.database and url.database != ":memory:" and not url.query:
        return URL.create("sqlite", database=_full(url.database))
    if backend == "postgresql" and url.drivername in ("postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    # What was typed is not repeated: it may hold a password.
    raise BadAddress(
        "The address of the records cannot be used. Write /full/path/records.db or "
        "postgresql+psycopg://user@host/database"
    )


def _is_path(given: str) -> bool:
    """Whether it is the path of a file. What could be a mistyped address with a password is not."""
    return given.startswith(("/", "./", "../", "~/")) or bool(given and not set(given) & set(":@=?"))


def _full(path: str) -> str:
    """The absolute path, with a leading ~ expanded, which not every shell does."""
    try:
        return str(Path(path).expanduser().absolute())
    except RuntimeError:
        return str(Path(path).absolute())


def shown(url: URL) -> str:
    """The address without its password, to show."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    return URL.create("postgresql", host=url.host, port=url.port, database=url.database).render_as_string()


def _sqlite(url: URL, file: FileIdentity) -> Engine:
    engine = create_engine(url, hide_parameters=True)

    @event.listens_for(engine, "do_connect")
    def look(*_how: object) -> None:
        # A later connection to the same path must not open another file.
        file.check()

    @event.listens_for(engine, "close")
    def closed(*_which: object) -> None:
        file.closed()

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        file.opened()
        # The driver would begin transactions itself, and too late.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # IMMEDIATE: writers wait for each other at the beginning, and never fail in the middle.
        writes = connection.get_execution_options().get("iop_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: URL, patience: Deadline) -> Engine:
    try:
        engine = create_engine(
            url,
            hide_parameters=True,
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,
            pool_size=2,
            max_overflow=4,
            pool_timeout=10,
            connect_args={name: value for name, value in _LINE.items() if name not in url.query},
        )
    except ImportError:
        raise NeedsExtra("counselor,postgresql") from None

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        patience.know(connection)
        was, connection.autocommit = connection.autocommit, True
        connection.execute("; ".join(f"SET {setting}" for setting in _SETTINGS))
        connection.autocommit = was

    return engine
