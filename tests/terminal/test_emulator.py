"""The short ways of our emulator come to the same screen as pyte's own."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pyte
import pytest

from tests.terminal.emulator import HistoryScreen, Screen, Stream

PIECES = (
    "plain words",
    "  spaces   ",
    "─━│›← ñ",
    "e\u0301 combined",
    "宽 wide",
    "a long text that does not fit into one line of so narrow a window and wraps",
    "\r\n",
    "\t",
    "\b",
    "\n",
    *("\x1b[0m", "\x1b[m", "\x1b[1;31m", "\x1b[38;2;1;2;3m", "\x1b[48;5;16m", "\x1b[7m", "\x1b[27;39;49m", "\x1b[?5h"),
    *("\x1b[5;7H", "\x1b[H", "\x1b[24;1H", "\x1b[3A", "\x1b[2B", "\x1b[4C", "\x1b[99D", "\x1b[3G", "\x1b[4d"),
    *("\x1b[2J", "\x1b[J", "\x1b[1J", "\x1b[K", "\x1b[1K", "\x1b[2K", "\x1b[2L", "\x1b[M", "\x1b[3P", "\x1b[2@"),
    *("\x1b[5;10r", "\x1b[r", "\x1b[?25l", "\x1b[?25h", "\x1b[?7l", "\x1b[?7h", "\x1b[4h", "\x1b[4l", "\x1b[?5l"),
    *("\x1bM", "\x1bD", "\x1b7", "\x1b8", "\x1b]0;title\x07", "\x1b[999999999X", "\x1b[5n", "\x1b[c"),
)


def chunks(seed: int) -> Iterator[bytes]:
    """The same pieces in the same order for the same seed, cut anywhere."""
    choose = random.Random(seed)  # noqa: S311  # not a secret
    data = "".join(choose.choice(PIECES) for _piece in range(400)).encode()
    while data:
        size = choose.randint(1, 60)
        yield data[:size]
        data = data[size:]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("history", [0, 50])
def test_every_cell_is_as_pyte_has_it(seed: int, history: int) -> None:
    ours = HistoryScreen(40, 24, history=history) if history else Screen(40, 24)
    theirs = pyte.HistoryScreen(40, 24, history=history) if history else pyte.Screen(40, 24)
    our_stream, their_stream = Stream(ours), pyte.ByteStream(theirs)
    for chunk in chunks(seed):
        our_stream.feed(chunk)
        their_stream.feed(chunk)
        # Read now and then: what was read before must not be kept.
        assert [row.rstrip() for row in ours.rows] == [
            "".join(theirs.buffer[row][column].data for column in range(40)).rstrip() for row in range(24)
        ]
    assert all(ours.buffer[row][column] == theirs.buffer[row][column] for row in range(24) for column in range(40))
    assert (ours.cursor.x, ours.cursor.y, ours.cursor.hidden) == (
        theirs.cursor.x,
        theirs.cursor.y,
        theirs.cursor.hidden,
    )
