"""Lines of plain text broken at a width, as Textual breaks them. Texts whose letters are not all one cell wide, each by
itself, are left to Textual: wide signs, signs that join, and scripts that run from right to left.
"""

from __future__ import annotations

_LATIN = ((0x20, 0x7E), (0xA1, 0xAC), (0xAE, 0x24F))
"""Letters that take one cell on every terminal, first and last of each range. No space but the usual one, and no hyphen
that may not be there.
"""
_SIGNS = frozenset(
    "\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u2022\u2026\u203a\u2190\u2191\u2192\u2193"
)
"""Dashes, quotation marks, an ellipsis, arrows: the same."""


def is_simple(text: str) -> bool:
    """Whether each letter takes one cell. `wrapped` breaks only such texts as Textual does."""
    if text.isascii():
        return text.isprintable()
    return all(sign in _SIGNS or any(first <= ord(sign) <= last for first, last in _LATIN) for sign in text)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` letters, without the spaces at their ends. A longer word is cut."""
    lines, at = [""], 0
    for word in _with_spaces(text):
        long = len(word.rstrip(" "))
        if width - at >= long:
            lines[-1] += word
            at += len(word)
        elif long > width:
            pieces = [word[start : start + width] for start in range(0, len(word), width)]
            lines += pieces if lines != [""] else []
            lines = lines if lines != [""] else pieces
            at = len(pieces[-1])
        else:
            lines.append(word)
            at = len(word)
    return [line.rstrip(" ") for line in lines]


def _with_spaces(text: str) -> list[str]:
    """The words of a text, each with the spaces after it; those at the beginning are with the first."""
    words: list[str] = []
    for part in text.split(" "):
        if part and (not words or words[-1].strip(" ")):
            words.append(part + " ")
        elif words:
            words[-1] += part + " "
        else:
            words.append(part + " ")
    if words:
        words[-1] = words[-1][:-1]
    return words
