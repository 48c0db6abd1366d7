"""What a terminal, or somebody who plays with it, may send that is no key."""

from __future__ import annotations

import pytest

from iop_tui.tui.sequences import PASTE_PAUSE
from tests.terminal import walk
from tests.terminal.conftest import Start
from tests.terminal.terminal import Terminal

pytestmark = pytest.mark.terminal

OPEN_PASTES = (b"\x1b[200~", b"\x1b[200~1\x1b[201", b"\x1b[200~a\x1b[201~\x1b[200~b")
HALF_LETTERS = (b"\xe2", b"\x82", b"\xf0")
NONSENSE = (b"\x1b[1114112u", b"\x1b[48;24;80;0;0t\x1b[<35;9;9M")
SIZES = (b"\x1b[48;9999;9999;1;1t", b"\x1b[48;0;0;1;1t")


def assert_keys_work(terminal: Terminal, after: bytes) -> None:
    """Help opens and closes."""
    helps = "In danger right now?"
    terminal.press("h")
    terminal.wait_for(lambda: helps in terminal.text, f"H did nothing after {after!r}")
    terminal.until_idle()
    terminal.press("h")
    terminal.wait_for(lambda: helps not in terminal.text, f"H did nothing after {after!r}, and then once more")
    terminal.wait("Start the questions")


@pytest.mark.parametrize("sent", [OPEN_PASTES, NONSENSE, SIZES], ids=["a paste without end", "nonsense", "a size"])
def test_what_is_no_key_does_not_deafen_the_keys(start: Start, sent: tuple[bytes, ...]) -> None:
    terminal = start()
    terminal.wait("Start the questions")
    for data in sent:
        terminal.type(data)
        # A paste without end is over after a while; nothing else is waited for.
        terminal.until_idle(PASTE_PAUSE + 0.1 if sent is OPEN_PASTES else 0.15)
        assert "Start the questions" in terminal.text, f"{data!r} did something"
        assert_keys_work(terminal, data)
    assert walk.leave(terminal) == 0


def test_half_a_letter_does_not_deafen_the_keys(start: Start) -> None:
    terminal = start()
    terminal.wait("Start the questions")
    for piece in HALF_LETTERS:
        terminal.type(piece)
        terminal.until_read()
    assert_keys_work(terminal, b"".join(HALF_LETTERS))


def test_a_paste_in_pieces_is_no_key(start: Start) -> None:
    terminal = start()
    terminal.wait("Start the questions")
    for piece in (b"\x1b[20", b"0~", b"hhq", b"1" * 5000, b"\x1b[2", b"01~"):
        terminal.type(piece)
        terminal.until_read()
    terminal.until_idle()
    assert "Start the questions" in terminal.text
    assert_keys_work(terminal, b"a paste in pieces")
    assert walk.leave(terminal) == 0
