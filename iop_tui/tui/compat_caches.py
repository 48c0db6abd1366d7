"""Caches of Textual's that reference themselves, repaired: their contents would stay until the garbage collector runs.

Each question leaves a thousand such objects (Textual 8.2.8), which grow old with the page, and are collected only when
there are very many: between two collections they take two megabytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.style import Style
from textual.cache import LRUCache
from textual.strip import Strip

_divide, _crop_extend, _clear = Strip.divide, Strip.crop_extend, LRUCache.clear


def divide(strip: Strip, cuts: Iterable[int]) -> Sequence[Strip]:
    """As Textual's, which caches a strip cut from a strip in that strip: the whole of it is the strip itself."""
    inside = [cut for cut in cuts if cut <= strip.cell_length]
    return [strip] if inside == [strip.cell_length] else _divide(strip, inside)


def crop_extend(strip: Strip, start: int, end: int, style: Style | None) -> Strip:
    """The same."""
    return strip if start <= 0 and end == strip.cell_length else _crop_extend(strip, start, end, style)


def clear(cache: LRUCache[Any, Any]) -> None:
    """As Textual's, which releases a ring of links, but not what holds them together."""
    # Private: each entry is a link, a list with the one before and the next.
    for link in cache._cache.values():
        link.clear()
    _clear(cache)


def repair() -> None:
    """Apply this to all strips and caches."""
    Strip.divide, Strip.crop_extend, LRUCache.clear = divide, crop_extend, clear  # type: ignore[method-assign, assignment]  # that is the repair
