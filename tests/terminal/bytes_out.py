"""What a program told its terminal: private modes, colours, and what came after the full screen was left."""

from __future__ import annotations

import re

ENTER, LEAVE = b"\x1b[?1049h", b"\x1b[?1049l"
TEXTUAL_RUNS = b"\x1b[?2026$p"
"""Textual asks the terminal this when it starts."""
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_KEYBOARD = re.compile(rb"\x1b\[([<>])([0-9]*)[0-9;]*u")
_SGR = re.compile(rb"\x1b\[([0-9;:]*)m")
_ESCAPE = re.compile(rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP[^\x1b]*\x1b\\|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[@-Z\\-_]")

CURSOR, WRAP = 25, 7
"""The two private modes that a terminal begins with; all others begin switched off."""


def modes_on(sent: bytes) -> set[int]:
    """The private modes that are switched on after these bytes: at the start the cursor shows and lines wrap."""
    on = {CURSOR, WRAP}
    for numbers, letter in _MODE.findall(sent):
        for number in numbers.split(b";"):
            (on.add if letter == b"h" else on.discard)(int(number))
    return on


def keyboard_pushed(sent: bytes) -> int:
    """How many times the program asked for another keyboard protocol and did not take it back."""
    pushed = 0
    for sign, number in _KEYBOARD.findall(sent):
        pushed = pushed + 1 if sign == b">" else max(0, pushed - int(number or 1))
    return pushed


def after_leaving(sent: bytes) -> bytes:
    """What was sent after the full screen was left; everything, where it was never entered."""
    return sent.rpartition(LEAVE)[2]


def words_in(sent: bytes) -> str:
    """What was written, without the sequences around it."""
    return _ESCAPE.sub(b"", sent).decode("utf-8", "replace")


def colours(sent: bytes) -> set[str]:
    """Every colour that was asked for, as its SGR parameters: "31", "48;5;16", "38;2;1;2;3"."""
    found: set[str] = set()
    for sequence in _SGR.findall(sent):
        found |= _colours_of(sequence.decode().replace(":", ";").split(";"))
    return found


def _colours_of(numbers: list[str]) -> set[str]:
    found: set[str] = set()
    rest = iter(numbers)
    for number in rest:
        if number in ("38", "48"):
            kind = next(rest, "")
            found.add(";".join([number, kind, *(next(rest, "") for _ in range({"5": 1, "2": 3}.get(kind, 0)))]))
        elif re.fullmatch(r"3[0-7]|4[0-7]|9[0-7]|10[0-7]", number):
            found.add(number)
    return found
