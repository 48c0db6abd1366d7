"""A difference as plain data, for JSON."""

from __future__ import annotations

from typing import Any

import msgspec

from iop_tui.screening.comparison.diff_model import ScreeningDiff

FORMAT = 1
"""Raised when a key changes its meaning or goes."""


def as_document(diff: ScreeningDiff) -> dict[str, Any]:
    """The whole difference: the fields of `ScreeningDiff`, `equal`, and the direction of each meaning."""
    document: dict[str, Any] = {"format": FORMAT, "equal": diff.equal, **msgspec.to_builtins(diff)}
    for change, written in zip(diff.changes, document["changes"], strict=True):
        if change.meaning is not None:
            written["meaning"]["direction"] = change.meaning.direction
    return document
