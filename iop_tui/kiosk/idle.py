"""How long nobody touched the kiosk, and what follows from it."""

from __future__ import annotations

from msgspec import Struct


class Rest(Struct, frozen=True):
    """Nothing to do for so many seconds."""

    seconds: float


class Warn(Struct, frozen=True):
    """Somebody should say that they are here; so many whole seconds are left."""

    seconds: int


class Over(Struct, frozen=True):
    """Nobody is here any more."""


def state(untouched: float, limit: float, warning: float) -> Rest | Warn | Over:
    """What so many seconds without a touch ask for, where a warning comes after `limit` and the end `warning` later."""
    if untouched < limit:
        return Rest(limit - untouched)
    left = limit + warning - untouched
    return Warn(max(1, round(left))) if left > 0 else Over()
