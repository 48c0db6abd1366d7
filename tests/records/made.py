"""Calls and cards to save, and how they are made at random."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from iop_tui.call.record import Call, Card, RecordedAnswer, Ref, State

SECRET = "four words nobody says"  # noqa: S105  # of records that are made and thrown away in a test
OTHER = "other words somebody says"
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


class Ages(Struct, frozen=True):
    """How many days calls may become old, by their state."""

    finished: int | None = None
    open: int | None = None
    call_back: int | None = None


def a_call(note: str = "", *, name: str | None = None, answers: int = 3) -> Call:
    """A call with answers, in which `note` is the counselor's."""
    given = {
        f"question_{number}": RecordedAnswer("yes", NOW, "Do you feel safe where you live?", "Yes, mostly")
        for number in range(answers)
    }
    return Call(name or os.urandom(16).hex(), Ref("level-of-care", "1", "0" * 64), "ada", NOW, answers=given, note=note)


def card_of(
    call: Call, *, state: State = "open", changed: datetime = NOW, level: str | None = "iop", words: str = ""
) -> Card:
    """The card of a call."""
    return Card(
        call.id, state, call.reference, call.by, call.began, changed, call.seconds, len(call.answers), 9, "safety",
        level, ("iop",), (), None, words or call.note,
    )  # fmt: skip


def noted(call: Call, note: str) -> Call:
    """The call with another note."""
    return msgspec.structs.replace(call, note=note)


class Clock:
    """A machine's clock."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)


def copy_of(file: Path, to: Path) -> Path:
    """What a backup would be: all of it, in one file."""
    with sqlite3.connect(file) as one, sqlite3.connect(to) as other:
        one.backup(other)
    one.close()
    other.close()
    to.chmod(0o600)
    return to
