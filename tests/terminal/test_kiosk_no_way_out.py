"""No key, click, paste or byte leads out of the kiosk, writes a file, copies anything, or keeps the next person out."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import pytest

from iop_tui.tui.sequences import ESCAPE_DELAY
from tests.harness.processes import children
from tests.harness.visitors import Keys, inputs
from tests.terminal import lobby
from tests.terminal.conftest import Lobby, Open
from tests.terminal.kiosk_pages import BEFORE_ANSWERS, CTRL_L, PAGES, SITE
from tests.terminal.terminal import CTRL_C, CTRL_Q, Terminal
from tests.terminal.traces import files

pytestmark = pytest.mark.terminal

CTRL_D, CTRL_P, CTRL_S, CTRL_V, CTRL_Z, CTRL_BACKSLASH = "\x04", "\x10", "\x13", "\x16", "\x1a", "\x1c"
FUNCTION_KEYS = [f"\x1bO{letter}" for letter in "QRS"] + [
    f"\x1b[{number}~" for number in (15, 17, 18, 19, 20, 21, 23, 24)
]
ALT = [f"\x1b{letter}" for letter in "rq"]
OTHER_KEYS = [f"\x1b[{code};{modifier}u" for code in (99, 113, 120, 122) for modifier in (6, 7, 9)]
"""C, Q, X and Z with Ctrl and Shift, Ctrl and Alt, and Super, as the kitty keyboard protocol tells them."""
REPLIES = [
    "\x1b[12;40R",
    "\x1b[?2026;2$y",
    "\x1b[?2048;2$y",
    "\x1b[48;24;80;480;800t",
    "\x1b[I",
    "\x1b[O",
]
"""Where the cursor is, what the terminal is, its modes, its size, its focus."""
PASTES = [f"\x1b[200~{text}\x1b[201~" for text in ("q", "x", "r2", "\x03\x11\x1a", "2\r2\r", "")]
LONG_PASTE = f"\x1b[200~{'a' * 100_000}\x1b[201~"
"""For pages on which one can type."""
MOUSE = [
    *(f"\x1b[<{button};40;21M\x1b[<{button};40;21m" for button in (1, 2, 4, 8, 16)),
    "\x1b[<0;2;21M\x1b[<32;60;21M\x1b[<0;60;21m",
    *(f"\x1b[<35;{column};{row}M" for column, row in ((0, 0), (9_999_999, 9_999_999), (-5, 3))),
]
"""Middle, right, and with Shift, Alt and Ctrl; a selection; a pointer outside the window."""
NOTHING = [
    *(CTRL_P, CTRL_Z, CTRL_BACKSLASH, CTRL_D, CTRL_S, CTRL_V, "\x00", "\x1d", "\x1e", "\x1f", "\x0f", "\x14"),
    *FUNCTION_KEYS,
    *OTHER_KEYS,
    *REPLIES,
    *PASTES,
    *MOUSE,
]
"""What no page answers."""
ASKED = ["\x1b]c;?\x07", "\x1bP$q\x1b\\", CTRL_C * 5, CTRL_Q * 5, "\x1b", "\x1bOP", CTRL_L, *ALT]
"""What a page may answer, but never by leaving: quit keys ask, F1 is help, Alt and a letter is the letter."""
JUNK = [
    b"\xf0\x9f",
    b"\xff\xfe\xc3\x28\xa0\xed\xa0\x80",
    b"\x80" * 50,
    bytes(range(128, 256)),
]
"""Half a letter, and no text in UTF-8."""
NONSENSE = [
    "\x1b[1114112u",
    "\x1b[9;9;99999999999u",
    "\x1b[99999999999999999999u",
    "\x1b[48;99999;99999;0;0t",
    "\x1b[48;0;0;0;0t",
    "\x1b[48;24;80;0;0t\x1b[<35;5;5M",
]
"""Letters and windows that do not exist."""


HINTS = {
    "a number": "Type a number from 0 to 999999, or say that you are not sure.",
    "a question": "Press 1, 2 or 3.",
}
"""What a question says to a character that it has no use for."""
TYPED = ("a number", "PIN")
"""Pages on which one can type."""
POINTER = re.compile(rb"\x1b\]22;\w*\x07")
"""The shape of the mouse's pointer; its end is no bell."""


_ALONE = 1.5 * ESCAPE_DELAY
"""Seconds in which a sequence that is not finished is taken for what it is."""


def press_all(terminal: Terminal, keys: Sequence[str]) -> None:
    for key in keys:
        terminal.type(key.encode())
        terminal.until_read()


def words_without(lines: Sequence[str], hint: str | None) -> list[str]:
    """The lines that say something, without a hint."""
    return [line for line in lines if line.strip() and (hint is None or line.strip() != hint)]


def assert_nothing_got_out(lobby_: Lobby) -> None:
    """Not by the clipboard, a link, a title or a bell, and no file was made."""
    sent = POINTER.sub(b"", lobby_.terminal.sent)
    for told in (b"\x1b]52", b"\x1b]8;", b"\x1b]0;", b"\x1b]2;", b"\x1b[22;0t", b"\x1b[5i", b"\x07"):
        assert told not in sent
    assert files(lobby_.rooms) == []


def assert_serves(terminal: Terminal) -> None:
    """Hiding leads to the inviting page, and from it the next visit begins."""
    if lobby.INVITES not in terminal.text:
        terminal.press("x")
    lobby.begin(terminal)
    terminal.press("x")
    terminal.wait(lobby.INVITES)


def test_no_page_has_a_way_out(kiosk: Open) -> None:
    opened = kiosk(site=SITE)
    for page in PAGES:
        print(page)
        assert_no_way_out(opened, page)


def assert_no_way_out(opened: Lobby, page: str) -> None:
    """From that page of a new visit, whatever is pressed. The inviting page is shown then."""
    terminal = opened.terminal
    lobby.begin(terminal)
    PAGES[page](terminal)
    terminal.until_idle()
    visit, shown = lobby.visit_of(terminal), terminal.lines
    press_all(terminal, [*NOTHING, LONG_PASTE] if page in TYPED else NOTHING)
    terminal.until_idle(_ALONE)
    for junk in JUNK:
        terminal.type(junk)
    terminal.until_read()
    terminal.until_idle()
    assert words_without(terminal.lines, HINTS.get(page)) == words_without(shown, None)
    press_all(terminal, ASKED)
    terminal.until_idle()
    # On the welcome, where nothing was answered, a quit key ends the visit without a question; the kiosk stays. One of
    # the keys before it may lead back there.
    assert page in BEFORE_ANSWERS or children(terminal.pid) == [visit]
    assert_nothing_got_out(opened)
    assert_serves(terminal)
    assert_nothing_got_out(opened)
    assert opened.log_lines == []


def test_a_held_key_rings_no_bell(kiosk: Open) -> None:
    opened = kiosk()
    lobby.begin(opened.terminal)
    lobby.type_number(opened.terminal)
    opened.terminal.type(b"9" * 500)
    opened.terminal.until_read()
    opened.terminal.until_idle()
    assert_nothing_got_out(opened)


def test_every_key_and_touch_begins_and_none_ends_the_kiosk(kiosk: Open) -> None:
    opened = kiosk()
    terminal = opened.terminal
    for key in (CTRL_C, CTRL_Q, CTRL_Z, CTRL_BACKSLASH, CTRL_P, "\x1b", "x", "q", "\x1b[<0;40;12M"):
        lobby.begin(terminal, key)
        terminal.press("x")
    terminal.wait(lobby.INVITES)
    visit = lobby.visit_of(terminal)
    terminal.press("".join(PASTES[:3]) + "".join(REPLIES) + "\x1b[<35;3;3M")
    terminal.until_read()
    terminal.until_idle()
    assert children(terminal.pid) == [visit]
    assert_serves(terminal)
    assert_nothing_got_out(opened)


def test_nonsense_ends_a_visit_at_most(kiosk: Open) -> None:
    opened = kiosk()
    terminal = opened.terminal
    for sent in NONSENSE:
        lobby.begin(terminal)
        lobby.type_number(terminal)
        terminal.press(sent)
        assert_serves_in_the_end(terminal)
        assert_nothing_got_out(opened)
    assert b"Traceback" not in terminal.sent


def test_escape_and_x_in_a_hurry_hide(kiosk: Open) -> None:
    terminal = kiosk().terminal
    lobby.begin(terminal)
    lobby.give_number(terminal)
    terminal.press("\x1bx")
    terminal.wait(lobby.INVITES, gone=["Do you think"])


@pytest.mark.parametrize("size", [1 << 12, pytest.param(1 << 17, marks=pytest.mark.thorough)])
@pytest.mark.parametrize("junk", ["one letter", "any bytes"])
def test_a_flood_is_taken(kiosk: Open, junk: str, size: int) -> None:
    """As when something lies on the keyboard, or a cable is loose."""
    opened = kiosk()
    terminal = opened.terminal
    lobby.begin(terminal)
    choose = random.Random(1)  # noqa: S311  # the same bytes in every run, not a secret
    terminal.type(b"w" * (size // 4) if junk == "one letter" else choose.randbytes(size), patience=120)
    assert_serves_in_the_end(terminal)
    assert_nothing_got_out(opened)


@pytest.mark.parametrize(
    "seed",
    [1_000_000, 1_000_002, *(pytest.param(seed, marks=pytest.mark.thorough) for seed in range(1_000_003, 1_000_033))],
)
def test_random_keys_lead_nowhere_else(kiosk: Open, seed: int) -> None:
    opened = kiosk(site=SITE)
    terminal = opened.terminal
    lobby.begin(terminal)
    for one_input in inputs(seed, most=150):
        if isinstance(one_input, Keys):
            terminal.type(one_input.data)
        else:
            terminal.resize(one_input.columns, one_input.lines)
        terminal.until_read()
    terminal.resize(80, 24)
    assert_serves_in_the_end(terminal)
    assert_nothing_got_out(opened)


def assert_serves_in_the_end(terminal: Terminal) -> None:
    """The same kiosk still runs; hiding, however often it takes, leads to the inviting page."""
    terminal.wait_for(lambda: _hidden(terminal), "the kiosk serves no more")
    assert_serves(terminal)


def _hidden(terminal: Terminal) -> bool:
    terminal.until_idle()
    if lobby.INVITES in terminal.text:
        return True
    terminal.press("x")
    return False
