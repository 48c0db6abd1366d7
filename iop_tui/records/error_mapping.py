"""Map errors of the database to RecordsError. Its own messages are never shown: they may contain a password."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from iop_tui.records.errors import Busy, CannotWrite, Damaged, Lost, Missing, NotAllowed, RecordsError, Replaced

_LOST = ("08", "57P")
"""SQLSTATE classes: connection exception, operator intervention."""


def trouble_of(failure: Exception, where: str) -> RecordsError:
    """The RecordsError for an error of the database. `where` names the records, without a password."""
    original = getattr(failure, "orig", None) or failure
    if isinstance(original, sqlite3.Error):
        return _of_sqlite(original, where)
    return _of_postgresql(failure, original, where)


def malformed(failure: Exception) -> bool:
    """Whether a page of the file is damaged; others may be intact."""
    original = getattr(failure, "orig", None) or failure
    name = str(getattr(original, "sqlite_errorname", ""))
    # Invalid UTF-8 has no error code of its own.
    return name.startswith("SQLITE_CORRUPT") or (isinstance(original, sqlite3.Error) and "decode" in str(original))


def _of_sqlite(original: sqlite3.Error, where: str) -> RecordsError:
    name = str(getattr(original, "sqlite_errorname", ""))
    if malformed(original) or name == "SQLITE_NOTADB":
        return damaged(where)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy()
    if name == "SQLITE_FULL":
        return full(where)
    if name == "SQLITE_READONLY_DBMOVED":
        return Replaced("gone", where)
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM")):
        return read_only(where)
    if name.startswith("SQLITE_CANTOPEN"):
        return NotAllowed(f"The records at {where} cannot be opened. See that you may read and write there.")
    if name.startswith(("SQLITE_IOERR", "SQLITE_NOLFS", "SQLITE_TOOBIG")):
        return CannotWrite(
            f"The disk failed or is full, at {where}. Nothing was saved now; what was saved before is whole."
        )
    return damaged(where)


def _of_postgresql(failure: Exception, original: BaseException, where: str) -> RecordsError:
    state = str(getattr(original, "sqlstate", None) or "")
    said = str(original)
    # A refused connection has no SQLSTATE, only a message.
    if state.startswith("28") or any(words in said for words in ("password", "no pg_hba.conf entry", 'role "')):
        return NotAllowed(
            f"The database server refused this user, at {where}. See the name, the password and its pg_hba.conf."
        )
    if state == "3D000" or ("does not exist" in said and not state):
        return Missing(f"There is no such database at {where}. Whoever runs the server can make it: createdb")
    if state == "42501":
        return NotAllowed(f"This user may not use the records at {where}. Grant the rights on its tables.")
    if state in ("53100", "53200", "53400"):
        return full(where)
    if state == "25006":
        return read_only(where)
    if state in ("57014", "55P03", "40001", "40P01", "25P03", "53300"):
        return Busy()
    gone = isinstance(failure, DBAPIError) and failure.connection_invalidated
    if gone or state.startswith(_LOST) or not state:
        return Lost(
            f"The database at {where} does not answer. What was saved before is whole; "
            "try again when the server or the network is back."
        )
    if state in ("42P01", "42703"):
        return damaged(where)
    return Lost(f"The database at {where} refused, with SQLSTATE {state}. Nothing was changed.")


def full(where: str) -> RecordsError:
    """No room."""
    return CannotWrite(
        f"The disk is full, at {where}. Nothing was saved now; what was saved before is whole. "
        "Make room, and save again."
    )


def read_only(where: str) -> RecordsError:
    """Nothing may be written."""
    return CannotWrite(f"The records at {where} can only be read: nothing was saved. See who may write there.")


def damaged(where: str) -> Damaged:
    """Pages that are no database, or not one of ours."""
    return Damaged(f"The records at {where} are damaged, or are not records of iop-tui. Restore a backup.")


FAILURES = (SQLAlchemyError, sqlite3.Error)
"""What a database raises. psycopg's own are wrapped by SQLAlchemy."""
