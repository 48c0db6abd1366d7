"""Splits terminal input into keys, control sequences and pastes, following ECMA-48 (5th edition, 1991).

A terminal sends keys and its own reports in one stream: device attributes, colours, sizes, the clipboard. Both begin
with the same byte, so what is no key must be recognised by its grammar and taken whole, or its letters and digits count
as keys, and digits are answers. A sequence may come in pieces, with any time between them: a network delivers what it
has. So nothing of a sequence that has begun is passed on before its end.

No clock and no terminal in here: `now` is seconds of any monotonic clock.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

ESCAPE_DELAY = 0.1
"""Seconds of silence after which ESC is the Escape key, as in Textual."""
PASTE_PAUSE = 0.25
"""Seconds of silence that end a bracketed paste whose own end did not come; it is dropped."""
GIVE_UP = 10.0
"""Seconds after which an unfinished sequence is given up: its end was lost, and the keyboard must not stay blocked."""
LONGEST_PASTE = 100_000
"""Characters of a paste that are kept; no field takes as many."""

ESC, BEL, CAN, SUB = "\x1b", "\x07", "\x18", "\x1a"
PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"
_STRINGS = frozenset("]P_^X")
"""After ESC: OSC, DCS, APC, PM and SOS, each a string up to ST (ESC and a backslash)."""
_SINGLE_SHIFTS = frozenset("NO")
"""After ESC: SS2 and SS3, each with one character."""
_C1 = {chr(ord(letter) + 0x40): letter for letter in "[]P_^XON"}
"""The same introducers as one eight-bit character, and the letter that each has after ESC."""
_ST = chr(0x9C)
_FIRST_C1, _LAST_C1 = chr(0x80), chr(0x9F)
_DOLLAR_KEYS = frozenset(f"\x1b[{number}$" for number in (3, 7, 8, 23, 24))
"""Keys of rxvt that end in an intermediate byte of ECMA-48: they are complete if nothing follows at once."""
_MOUSE_BYTES = 3
"""Characters after CSI M, in the mouse report of X10, which has no grammar of its own."""


class Typed(NamedTuple):
    """One character that belongs to no sequence: a key. `alt` if ESC came directly before it."""

    character: str
    alt: bool = False


class Escape(NamedTuple):
    """The Escape key."""


class Sequence(NamedTuple):
    """A complete control sequence or single shift, in its seven-bit form. The caller decides whether it is a key."""

    text: str


class Pasted(NamedTuple):
    """A bracketed paste."""

    text: str


Token = Typed | Escape | Sequence | Pasted


class Tokenizer:
    """Splits the stream of one terminal into tokens. Command strings (OSC, DCS, APC, PM, SOS) are dropped whole."""

    def __init__(self) -> None:
        self._state: Callable[[str, float], None] = self._ground
        self._text = ""
        """The beginning of an unfinished sequence."""
        self._began = 0.0
        """When that sequence began."""
        self._last = 0.0
        """When the last character came."""
        self._after_escape: float | None = None
        """When an ESC that counted as the Escape key came, while it may still begin a sequence."""
        self._wanted = 0
        """How many more characters belong to a mouse report."""
        self._tokens: list[Token] = []

    def feed(self, text: str, now: float) -> list[Token]:
        """The tokens that these characters complete."""
        self._expire(now)
        for at, character in enumerate(text):
            self._alone = len(text) == at + 1
            self._last = now
            self._state(character, now)
        return self._taken()

    def tick(self, now: float) -> list[Token]:
        """The tokens that are due after the elapsed time: the Escape key, or the end of a sequence that was
        given up.
        """
        self._expire(now)
        return self._taken()

    def waits(self, now: float) -> float | None:
        """Seconds until `tick` may have a token; None if only input can."""
        due = self._due()
        return None if due is None else max(0.0, due - now)

    # ---- time ----

    def _due(self) -> float | None:
        if self._state == self._escape:
            return self._last + ESCAPE_DELAY
        if self._state == self._paste:
            return self._last + PASTE_PAUSE
        if self._text in _DOLLAR_KEYS:
            return self._last + ESCAPE_DELAY
        return None if self._state == self._ground else self._began + GIVE_UP

    def _expire(self, now: float) -> None:
        due = self._due()
        if due is None or now < due:
            return
        if self._state == self._escape:
            self._tokens.append(Escape())
            self._after_escape = now
        elif self._text in _DOLLAR_KEYS:
            self._tokens.append(Sequence(self._text))
        self._to_ground()

    def _taken(self) -> list[Token]:
        taken, self._tokens = self._tokens, []
        return taken

    def _to_ground(self) -> None:
        self._state, self._text, self._wanted = self._ground, "", 0

    def _begin(self, state: Callable[[str, float], None], text: str, now: float) -> None:
        self._state, self._text, self._began = state, text, now

    def _finish(self) -> None:
        token = Sequence(self._text)
        self._to_ground()
        self._tokens.append(token)

    # ---- states: each takes one character ----

    def _ground(self, character: str, now: float) -> None:
        before, self._after_escape = self._after_escape, None
        if character == ESC:
            self._begin(self._escape, ESC, now)
        elif character in _C1:
            self._introduce(_C1[character], now)
        elif before is not None and now - before < GIVE_UP and self._introduces_late(character):
            self._introduce(character, now)
        elif not _FIRST_C1 <= character <= _LAST_C1:
            self._tokens.append(Typed(character))

    def _introduces_late(self, character: str) -> bool:
        """Whether this is the rest of a sequence whose ESC came so long before that it was taken for a key.

        Brackets are no keys of any page, so they always are. The letters are keys, too (X hides everything in a lobby):
        a person presses one at a time, while a report continues in the same piece.
        """
        return character in "[]" or (not self._alone and (character in _STRINGS or character in _SINGLE_SHIFTS))

    def _introduce(self, introducer: str, now: float) -> None:
        if introducer == "[":
            self._begin(self._control, ESC + introducer, now)
        elif introducer in _STRINGS:
            self._begin(self._string, ESC + introducer, now)
        else:
            self._begin(self._shifted, ESC + introducer, now)

    def _escape(self, character: str, now: float) -> None:
        if character == ESC:
            # Some terminals send ESC twice for Alt and a key that has a sequence of its own.
            self._tokens.append(Escape())
            self._begin(self._escape, ESC, now)
        elif character == "[" or character in _STRINGS or character in _SINGLE_SHIFTS:
            self._introduce(character, now)
        else:
            self._to_ground()
            self._tokens.append(Typed(character, alt=True))

    def _control(self, character: str, now: float) -> None:
        """CSI: parameter bytes, intermediate bytes, and a final byte."""
        if self._restarts(character, now):
            return
        if character < " ":
            # A control character within a sequence takes effect by itself, as on a terminal.
            self._tokens.append(Typed(character))
        elif character == "[" and self._text == "\x1b[":
            # The Linux console names its first five function keys CSI [ A to CSI [ E.
            self._text += character
            self._state = self._console_key
        elif character == "M" and self._text == "\x1b[":
            self._text += character
            self._wanted, self._state = _MOUSE_BYTES, self._mouse
        elif "@" <= character <= "~":
            self._text += character
            self._end_control()
        elif character <= "?":
            self._text += character
        else:
            # No letter beyond ASCII belongs to a sequence: its end was lost.
            self._to_ground()
            self._ground(character, now)

    def _end_control(self) -> None:
        if self._text == PASTE_BEGINS:
            self._text, self._state = "", self._paste
        else:
            self._finish()

    def _console_key(self, character: str, now: float) -> None:
        if "A" <= character <= "E":
            self._text += character
            self._finish()
        else:
            self._to_ground()
            self._ground(character, now)

    def _mouse(self, character: str, now: float) -> None:
        self._text += character
        self._wanted -= 1
        if not self._wanted:
            self._finish()

    def _shifted(self, character: str, now: float) -> None:
        """SS2 and SS3: one character; in keys with modifiers, digits before it."""
        if self._restarts(character, now):
            return
        if character < " ":
            self._tokens.append(Typed(character))
        else:
            self._text += character
            if not character.isdecimal():
                self._finish()

    def _string(self, character: str, now: float) -> None:
        """OSC, DCS, APC, PM, SOS: everything up to ST. xterm ends OSC by BEL, too."""
        if character == ESC:
            self._state = self._string_escape
        elif character in (_ST, CAN, SUB) or (character == BEL and self._text == "\x1b]"):
            self._to_ground()

    def _string_escape(self, character: str, now: float) -> None:
        self._to_ground()
        if character != "\\":
            # The string was cut off, and a new sequence begins.
            self._begin(self._escape, ESC, now)
            self._escape(character, now)

    def _paste(self, character: str, now: float) -> None:
        self._text += character
        if self._text.endswith(PASTE_ENDS):
            pasted = self._text.removesuffix(PASTE_ENDS)[:LONGEST_PASTE]
            self._to_ground()
            self._tokens.append(Pasted(pasted))

    def _restarts(self, character: str, now: float) -> bool:
        """Whether a character aborts a sequence, and what it does then."""
        if character == ESC:
            self._begin(self._escape, ESC, now)
        elif character in (CAN, SUB):
            self._to_ground()
        elif _FIRST_C1 <= character <= _LAST_C1:
            self._to_ground()
            self._ground(character, now)
        else:
            return False
        return True
