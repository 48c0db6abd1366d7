"""The idle timer: the time since the last key or touch, and what it requires."""

from __future__ import annotations

from msgspec import Struct


class Rest(Struct, frozen=True):
    """Nothing to do for this many seconds."""

    seconds: float


class Warn(Struct, frozen=True):
    """Show the warning; this many whole seconds are left."""

    seconds: int


class Over(Struct, frozen=True):
    """End the visit."""


def state(untouched: float, limit: float, warning: float) -> Rest | Warn | Over:
    """The state after this many idle seconds: the warning comes after `limit`, and the end `warning` seconds later."""
    if untouched < limit:
        return Rest(limit - untouched)
    left = limit + warning - untouched
    return Warn(max(1, round(left))) if left > 0 else Over()
