"""Sanitize typed text for a page or a clinic's record, without losing a letter.

Records are pasted through systems that keep letters, and break box characters, typographic quotes and symbols. So our
own text is ASCII; letters, digits and their marks are kept in any script; symbols are transliterated to ASCII where
that is faithful, and named where it is not, such as `[grinning face]`.
"""

from __future__ import annotations

import re
import unicodedata

_TYPED = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′ʼ‹›", "'"),  # noqa: RUF001  # the signs that are replaced
        **dict.fromkeys("‐‑‒–—―−⁃", "-"),  # noqa: RUF001  # the same
        **dict.fromkeys("•‣·●▪◦", "-"),
        "…": "...",
        "→": "->",
        "←": "<-",
        "⇒": "=>",
        "≥": ">=",
        "≤": "<=",
        "≠": "!=",
        "≈": "~",
        "⁄": "/",  # noqa: RUF001  # the same
        "×": "x",  # noqa: RUF001  # the same
        "™": "(TM)",
        "✓": "[x]",
        "✔": "[x]",
    }
)
_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_JOINERS = "\u200c\u200d"
"""Characters without a look of their own that some scripts need inside a word."""


def visible(text: str) -> str:
    """The text without invisible characters: control characters and direction marks. Line ends become `\\n`; letters
    are composed with their marks (NFC).
    """
    lines = _LINE_ENDS.split(unicodedata.normalize("NFC", text))
    return "\n".join("".join(_seen(sign) for sign in line).rstrip() for line in lines).strip("\n")


def typed(text: str) -> str:
    """Visible text as it could be typed into a record: letters of any script, and ASCII signs."""
    return "".join(_sign(sign) for sign in visible(text).translate(_TYPED))


def _seen(sign: str) -> str:
    if sign.isspace():
        return " "
    category = unicodedata.category(sign)
    if category in ("Cc", "Cf"):
        return sign if sign in _JOINERS else ""
    # Halves of a pair, and what Unicode has not given a meaning, have no look and no encoding to rely on.
    return numbered(sign) if category in ("Cs", "Cn", "Co") else sign


def numbered(sign: str) -> str:
    """A character by its number, such as `[U+4E2D]`."""
    return f"[U+{ord(sign):04X}]"


def _sign(sign: str) -> str:
    if sign.isascii() or unicodedata.category(sign)[0] in "LMN" or sign in _JOINERS:
        return sign
    name = unicodedata.name(sign, "")
    if name.startswith("BOX DRAWINGS"):
        flat, upright = "HORIZONTAL" in name, "VERTICAL" in name
        return "+" if flat is upright else "-" if flat else "|"
    if sign in "°€£¥§¶±":
        return sign
    return f"[{name.lower()}]" if name else numbered(sign)
