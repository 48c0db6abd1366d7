"""A page as bytes, with no other letters than the printer has."""

from __future__ import annotations

import codecs
import unicodedata

from msgspec import Struct

_PLAIN = (
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "\u0131": "i"}
    | {"Æ": "AE", "Œ": "OE", "Ø": "O", "Đ": "D", "Ð": "D", "Þ": "TH", "Ł": "L", "Ħ": "H"}
    # In Spanish the closing sign is enough to be understood.
    | {"¿": "", "¡": "", "€": "EUR", "£": "GBP", "°": "o"}
)
"""What is written for a letter that has no accent to leave out."""


class PageEncoding(Struct, frozen=True):
    """Two names of codecs: whose letters the printer has, and in which the bytes are."""

    letters: str = "utf-8"
    sent: str = "utf-8"


UTF_8 = PageEncoding()
ASCII = PageEncoding("ascii", "ascii")
"""What every printer takes."""


def known(name: str) -> str | None:
    """The usual name of a codec of text; None where there is none of that name."""
    try:
        "".encode(name)
    except LookupError:
        return None
    return codecs.lookup(name).name


def encoded(text: str, how: PageEncoding) -> bytes:
    """A text in bytes. A letter that the printer has not loses its accent; a sign that has no other form is `?`."""
    return folded(text, how.letters).encode(how.sent, "replace")


def folded(text: str, codec: str) -> str:
    """The same words in the letters of a codec."""
    if _has(codec, text):
        return text
    return "".join(_in(codec, sign) for sign in unicodedata.normalize("NFC", text))


def _in(codec: str, sign: str) -> str:
    bare = "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
    return next((written for written in (sign, _PLAIN.get(sign, bare)) if _has(codec, written)), "?")


def _has(codec: str, text: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
