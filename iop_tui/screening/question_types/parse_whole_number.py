"""Whole numbers as people type them."""

from __future__ import annotations

_MOST_DIGITS = 9
"""A longer number is out of every bound, and Python refuses to read numbers of thousands of digits."""
_MARKS = (".", ")", "'", "’")


def parse_whole_number(said: str) -> int | None:
    """A whole number without a sign; None if the text is none.

    One mark after it is ignored: a person types "2." or "2)", and liblouis 3.24 (es-g1) makes "2'" of Spanish braille's
    "2.".
    """
    said = said[:-1] if said[-1:] in _MARKS and said[:-1].isdecimal() else said
    return int(said) if said.isdecimal() and len(said) <= _MOST_DIGITS else None
