"""The tables. docs/records.md lists what is stored in the clear; the rest is encrypted."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData()
BOOK = Table(
    "iop_book",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("format", Integer, nullable=False),
    Column("header", Text, nullable=False),
    Column("key_id", String(64), nullable=False),
    Column("changes", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("tip", LargeBinary, nullable=False),
    Column("tag", LargeBinary, nullable=False),
)
"""One row: the head of the records. `changes` counts changes of the passphrase; `sealed` holds the audit's past keys;
`lines`, `tip` and `tag` are the head of the book's chain of the audit.
"""
CALLS = Table(
    "iop_calls",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("key_id", String(64), nullable=False),
    Column("card", LargeBinary, nullable=False),
    Column("contents", LargeBinary, nullable=False),
)
AUDIT = Table(
    "iop_audit",
    METADATA,
    Column("chain", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("who", String(200), nullable=False),
    Column("what", String(60), nullable=False),
    Column("call", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("key_id", String(64), nullable=False),
    Column("mac", LargeBinary, nullable=False),
)
"""Chain "book": what concerns the records as a whole, and each opening, export and deletion of a call. A call's own
chain: its saves, numbered as its versions.
"""
