"""Texts of a file made fit to be shown: nothing in them moves the cursor, and nothing is left out in silence."""

from __future__ import annotations

import json
import re

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029")
_LONGEST = 80


def has_control(text: str) -> bool:
    """Whether a text has characters that a terminal obeys instead of showing them."""
    return _CONTROL.search(text) is not None


def shown(text: str) -> str:
    """A text as people read it: lines end in one way, tabs are spaces, and control characters have a visible stand-in.

    Tags and markdown stay as they are: they are characters.
    """
    if text.isprintable():
        return text.strip()
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return _CONTROL.sub(_stand_in, text).strip()


def visible(text: object) -> str:
    """A value of the file within a sentence: on one line, and not longer than can be read there."""
    if isinstance(text, (list, dict)):
        text = json.dumps(text, ensure_ascii=False, default=str)
    line = " ".join(shown(str(text)).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _stand_in(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 32:
        return chr(0x2400 + code)
    return "\u2421" if code == 127 else "\ufffd"
