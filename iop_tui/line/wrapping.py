"""Lines of text for a screen reader, a braille display or a plain terminal: one space between words, no control
characters, and wrapped where a width is given.

wcwidth is imported where a line that is not ASCII is measured: it takes 13 ms.
"""

from __future__ import annotations

import functools
import unicodedata

_ENDS = tuple(".!?:…。؟।\uff01\uff1f")
_CLOSING = "”’\"')»"
_PLAIN = {
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "‘": "'",
    "’": "'",
    "–": "-",
    "—": "-",
    "−": "-",
    "…": "...",
    "\u00a0": " ",
    "¿": "",
    "¡": "",
    # Without its tilde "año" is another word, and not a nice one; who has no ñ writes it so.
    "ñ": "ni",
    "Ñ": "Ni",
}
"""How a letter is written where a terminal does not have it."""


def plain(text: str) -> str:
    """A text as one line, with single spaces."""
    return " ".join(text.split())


def sentence(text: str) -> str:
    """A text as one line that ends like a sentence, so that a voice pauses there."""
    said = plain(text)
    return said if not said or said.rstrip(_CLOSING).endswith(_ENDS) else f"{said}."


def harmless(line: str) -> str:
    """A line without anything that steers a terminal, or that ends the line."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c for c in line).rstrip()


def fitted(text: str, encoding: str) -> str:
    """A text in the letters that an encoding has: others by what is nearest to them, at worst by a question mark."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_nearest(character, encoding) for character in text)
    return text


def wrapped(line: str, width: int) -> list[str]:
    """A line in pieces of at most `width` cells. A web address and a number to call stay whole, whatever they need."""
    pieces: list[str] = []
    piece = ""
    for word in line.split():
        longer = f"{piece} {word}" if piece else word
        if cells(longer) <= width:
            piece = longer
            continue
        if piece:
            pieces.append(piece)
        # Scripts without spaces between words may be broken anywhere; an address may not.
        *full, piece = [word] if word.isascii() else _cut(word, width)
        pieces.extend(full)
    return [*pieces, piece]


def cells(text: str) -> int:
    """The width of a text in cells of a terminal; with control characters, as many as it has characters."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    wide = wcswidth(text)
    return len(text) if wide < 0 else wide


# ---- inside ----------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=256)
def _nearest(character: str, encoding: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    for said in (character, _PLAIN.get(character), bare):
        if said is not None and said.encode(encoding, errors="ignore").decode(encoding) == said and (said or not bare):
            return said
    return _PLAIN.get(character, "?")


def _cut(word: str, width: int) -> list[str]:
    from wcwidth import iter_graphemes

    pieces = [""]
    for cluster in iter_graphemes(word):
        if pieces[-1] and cells(pieces[-1] + cluster) > width:
            pieces.append("")
        pieces[-1] += cluster
    return pieces
