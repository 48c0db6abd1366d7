"""Visitors of a lobby who press random keys, click, paste, change the window, and go in every way that there is.

The same seed gives the same deeds; what comes of them also hangs on time.
"""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator

from msgspec import Struct

_KEYS = (
    *("1", "2", "3", "4", "5", "c", "n", "s", "\r") * 6,
    *("\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", " ", "\t", "\x7f", "b") * 3,
    *("h", "g", "w", "y", "t", "q", "e", "+", "-", "0", "9", "\x1b", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F") * 2,
    *(chr(code) for code in range(1, 27)),
    *(
        "\x1bOP",
        "\x1b[15~",
        "\x1b[24~",
        "\x1bq",
        "\x1bx",
        "\x1b[1;5C",
        "\x1c",
        "\x1d",
        "\x1e",
        "\x1f",
        "\x00",
        "é",
        "語",
    ),
    *("\x1b[12;40R", "\x1b[?62;22c", "\x1b[?2048;2$y", "\x1b[48;24;80;0;0t", "\x1b]52;c;?\x07", "\x1b[I", "\x1b[O"),
)
"""Answers, moves, what opens other pages, control keys, function keys, and what a terminal itself sends. Neither X nor
R: a visit that ends in the middle of random keys would not be the one that was meant to.
"""
SIZES = ((80, 24), (80, 24), (120, 40), (60, 20), (40, 12), (200, 60), (20, 6), (1, 1), (500, 100), (79, 23))
"""Columns and lines of the windows that a visitor may make."""


class Keys(Struct, frozen=True):
    """Bytes to write, and seconds to wait then."""

    data: bytes
    then: float = 0.0


class Window(Struct, frozen=True):
    """Another size of the window."""

    columns: int
    lines: int


class Ending(Struct, frozen=True):
    """How a visitor goes: keys, a signal to the process, or neither: nobody is there any more. Where `asks` is written
    after the keys, `answer` is pressed.
    """

    name: str
    keys: str = ""
    asks: str = ""
    answer: str = ""
    signal: int = 0


LEAVES = (
    *(Ending("X", "x"),) * 8,
    *(Ending("R, then 2", "r", "Erase and start over", "2"),) * 4,
    *(Ending(f"SIG{number.name[3:]}", signal=number) for number in (signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM)),
    *(Ending(f"SIG{number.name[3:]}", signal=number) for number in (signal.SIGABRT, signal.SIGSTOP, signal.SIGHUP)),
)


PASTED = "unmistakable words"
"""What only visitors ever paste."""


def inputs(seed: int, most: int) -> Iterator[Keys | Window]:
    """What a visitor does between the welcome page and the end."""
    choose = random.Random(seed)  # noqa: S311  # the same visitor in every run, not a secret
    yield Keys(b"1", 0.02)
    for _ in range(choose.randint(0, most)):
        yield _deed(choose)


def ending(seed: int, idle: float) -> Ending:
    """How a visitor goes; `idle` is the part of them who just walk away."""
    choose = random.Random(-seed - 1)  # noqa: S311  # the same
    return Ending("walks away") if choose.random() < idle else choose.choice(LEAVES)


def _deed(choose: random.Random) -> Keys | Window:
    what = choose.random()
    pause = choose.choice((0.0, 0.0, 0.002, 0.01, 0.03))
    if what < 0.80:
        return Keys(choose.choice(_KEYS).encode(), pause)
    if what < 0.90:
        return Keys(_mouse(choose), pause)
    if what < 0.94:
        return Keys(_paste(choose), pause)
    if what < 0.96:
        junk = choose.randbytes(choose.randint(1, 40))
        return Keys(bytes(byte for byte in junk if byte not in b"xXrR"), pause)
    return Window(*choose.choice(SIZES))


def _mouse(choose: random.Random) -> bytes:
    """A press, a drag, a wheel, a release, a click; now and then far outside the window."""
    far = choose.random() < 0.05
    column, row = (choose.choice((0, 99999, 2**31)), 99999) if far else (choose.randint(1, 80), choose.randint(1, 22))
    button = choose.choice((0, 0, 0, 1, 2, 32, 35, 64, 65, 128))
    # The last two lines of most windows are the foot, where a click on R or X ends the visit: no click there.
    return f"\x1b[<{button};{column};{row}M\x1b[<{button};{column};{row}m".encode()


def _paste(choose: random.Random) -> bytes:
    inside = choose.choice(("x", "q", "\x03", "\x1b[A", "2" * 500, "\n\n", ""))
    return f"\x1b[200~{PASTED}{inside}\x1b[201~".encode()
