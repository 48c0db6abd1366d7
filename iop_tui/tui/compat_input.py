"""From the bytes of a terminal to Textual's events: known keys and the left mouse button, and nothing else.

Private and version-bound (Textual 8.2.8): the names of keys, and the parsing of a key or mouse report, are Textual's
own, by methods of its parser. Its way to find the end of a sequence is not used: it replays an unknown sequence letter
by letter, and digits are answers.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from textual import events, messages
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

from iop_tui.tui.sequences import Escape, Pasted, Sequence, Token, Tokenizer, Typed

_MOUSE = re.compile(r"\x1b\[<(\d{1,5});(\d{1,5});(\d{1,5})[Mm]")
_KITTY = re.compile(r"\x1b\[(\d{0,7})(?::\d*)*(?:;(\d{0,3}))?(?:;((?:\d{1,7})(?::\d{1,7})*)?)?([u~ABCDEFHPQRS])")
_CURSOR = re.compile(r"\x1b\[\d+;\d+R")
"""Where the cursor is. F3 with a modifier reads the same; no page has a use for it."""
_LEFT, _MOVING, _WHEEL, _FURTHER = 0, 32, 64, 128
"""Bits of a mouse report (ctlseqs of xterm, "Mouse Tracking"); the last marks buttons beyond the usual ones."""
_SYNCHRONIZED = re.compile(r"\x1b\[\?2026;[1-4]\$y")


_NO_UTF8 = dict.fromkeys(range(0xDC80, 0xDD00), 0xFFFD) | {0xDC00 + byte: byte for byte in range(0x80, 0xA0)}
"""The characters that Python makes of invalid UTF-8 (PEP 383), and the key that they count as."""


class Input:
    """The input of one terminal as Textual's messages. Mouse positions are cells: pixels (mode 1016) are never
    requested. Size reports are not believed, since the kernel reports sizes.
    """

    def __init__(self) -> None:
        self._tokenizer = Tokenizer()
        # An eight-bit control is invalid UTF-8; kept apart from letters, it is still recognised.
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
        self._parser = XTermParser()

    def feed(self, data: bytes, now: float) -> Iterator[Message]:
        """The events of these bytes; `now` in seconds, as in `Tokenizer`."""
        return self._events(self._tokenizer.feed(_as_text(self._decode(data)), now))

    def tick(self, now: float) -> Iterator[Message]:
        """The events that are due after the elapsed time."""
        return self._events(self._tokenizer.tick(now))

    def waits(self, now: float) -> float | None:
        """Seconds until `tick` has something to do; None if only input can."""
        return self._tokenizer.waits(now)

    def _events(self, tokens: list[Token]) -> Iterator[Message]:
        for token in tokens:
            if isinstance(token, Escape):
                yield events.Key("escape", "\x1b")
            elif isinstance(token, Typed):
                yield from self._keys(token.character, alt=token.alt)
            elif isinstance(token, Pasted):
                yield events.Paste(token.text.replace("\x00", ""))
            elif isinstance(token, Sequence):
                yield from self._of_sequence(token.text)

    def _of_sequence(self, text: str) -> Iterator[Message]:
        if text == "\x1b[I":
            yield events.AppFocus()
        elif text == "\x1b[O":
            yield events.AppBlur()
        elif _SYNCHRONIZED.fullmatch(text):
            yield messages.TerminalSupportsSynchronizedOutput()
        elif mouse := _MOUSE.fullmatch(text):
            if _is_left_or_none(int(mouse[1])) and (event := self._parser.parse_mouse_code(text)) is not None:
                yield event
        elif is_key(text):
            yield from self._keys(text)

    def _keys(self, text: str, *, alt: bool = False) -> Iterator[Message]:
        # Alt and a character is the character. GNU screen 4.9.0 holds Escape back while the mouse is in use, and sends
        # it in one piece with the next key: that key counts, and no page needs Escape. With Tab or Backspace, ESC makes
        # keys that have names of their own.
        named = list(self._parser._sequence_to_key_events("\x1b" + text)) if alt and not text.isprintable() else []
        for key in named or self._parser._sequence_to_key_events(text):
            if key.key != Keys.Ignore:
                yield key


def is_key(text: str) -> bool:
    """Whether a whole sequence is a key, in the form of xterm, rxvt, the Linux console or the kitty protocol."""
    if _CURSOR.fullmatch(text):
        return False
    if text in ANSI_SEQUENCES_KEYS:
        return True
    found = _KITTY.fullmatch(text)
    if found is None:
        return False
    number, _modifiers, said, end = found.groups()
    if f"{number or 1}{end}" in FUNCTIONAL_KEYS:
        return not said or end == "u"
    codepoints = [int(number or 0), *(int(code) for code in (said or "").split(":") if code)]
    return end == "u" and all(map(_is_character, codepoints))


def _is_character(codepoint: int) -> bool:
    """Whether it is a printable character. The kitty protocol puts keys without one between U+E000 and U+F8FF."""
    return (32 <= codepoint < 0xD800 and codepoint not in range(0x7F, 0xA0)) or 0xF900 <= codepoint <= 0x10FFFF


def _is_left_or_none(code: int) -> bool:
    """Whether a mouse report is about the left button alone, the wheel, or a movement. Elsewhere the middle button
    pastes and the right one opens a menu: neither may answer, nor a click with a modifier key, which selects text.
    """
    return code == _LEFT or (bool(code & (_WHEEL | _MOVING)) and not code & _FURTHER)


def _as_text(decoded: str) -> str:
    """Bytes that are no UTF-8: eight-bit controls as such, others as the replacement character."""
    return decoded if decoded.isascii() else decoded.translate(_NO_UTF8)
