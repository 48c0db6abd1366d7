"""Lines of text for a screen reader, a braille line or a bare terminal: one space between words, nothing that steers a
terminal, and, where a terminal cuts, no line wider than it is.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator

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
_JOINER = "\u200d"


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
        # Letters that stand without spaces between words may be parted anywhere; an address may not.
        *full, piece = [word] if word.isascii() else _cut(word, width)
        pieces.extend(full)
    return [*pieces, piece]


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_cells, _clusters(text)))


# ---- inside ----------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=256)
def _nearest(character: str, encoding: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    for said in (character, _PLAIN.get(character), bare):
        if said is not None and said.encode(encoding, errors="ignore").decode(encoding) == said and (said or not bare):
            return said
    return _PLAIN.get(character, "?")


def _cut(word: str, width: int) -> list[str]:
    pieces = [""]
    for cluster in _clusters(word):
        if pieces[-1] and cells(pieces[-1]) + _cells(cluster) > width:
            pieces.append("")
        pieces[-1] += cluster
    return pieces


def _clusters(text: str) -> Iterator[str]:
    """The text letter by letter, each with the marks and signs that belong to it."""
    cluster = ""
    for character in text:
        if cluster and not _belongs(cluster, character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _belongs(cluster: str, character: str) -> bool:
    if character == _JOINER or cluster.endswith(_JOINER) or unicodedata.category(character) in ("Mn", "Me", "Mc"):
        return True
    if "\U0001f3fb" <= character <= "\U0001f3ff":
        return True  # the colour of a skin
    return _half_flag(character) and len(cluster) == 1 and _half_flag(cluster)


def _half_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _cells(cluster: str) -> int:
    if unicodedata.category(cluster[0]) in ("Mn", "Me", "Cf"):
        return 0
    # A terminal that does not join signs draws one beside the other: room for that, so that nothing is cut.
    wide = sum(2 for c in cluster if unicodedata.east_asian_width(c) in "WF")
    return wide or (2 if "\ufe0f" in cluster or _half_flag(cluster[0]) else 1)
