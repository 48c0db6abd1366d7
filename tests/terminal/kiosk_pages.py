"""The pages of a kiosk, each with the way to it from the welcome page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.terminal import lobby
from tests.terminal.terminal import Terminal

CTRL_L = "\x0c"
SITE = f"""\
{lobby.SITE}printer: {{command: [cat]}}
qr: yes
""".replace("staff:\n", f'staff:\n  pin: "{lobby.PIN_HASH}"\n')
"""A site with everything that can be offered."""


def _welcome(terminal: Terminal) -> None:
    terminal.wait(lobby.WELCOMES)


def _comparison(terminal: Terminal) -> None:
    terminal.press("2")
    terminal.wait("Where you sleep", "Read on")


def _help(terminal: Terminal) -> None:
    lobby.give_number(terminal)
    terminal.press("h")
    terminal.wait("988 Lifeline", gone=["I have a plan"])


def _confirm(terminal: Terminal) -> None:
    lobby.give_number(terminal)
    terminal.press("r")
    terminal.wait("Keep my answers", "Erase and start over")


def pin(terminal: Terminal) -> None:
    """The page that asks staff for their PIN, over whatever is shown."""
    terminal.press(CTRL_L * 3)
    terminal.wait("For staff", "Type the PIN")


def _pin(terminal: Terminal) -> None:
    lobby.give_number(terminal)
    pin(terminal)


def _take(terminal: Terminal) -> None:
    lobby.to_summary(terminal)
    terminal.press("t")
    terminal.wait("Print one page", gone=["That is a lot to carry"])


PAGES: Mapping[str, Callable[[Terminal], None]] = {
    "welcome": _welcome,
    "a number": lobby.type_number,
    "a question": lobby.give_number,
    "review": lobby.to_review,
    "summary": lobby.to_summary,
    "danger": lobby.to_danger,
    "comparison": _comparison,
    "help": _help,
    "start over": _confirm,
    "PIN": _pin,
    "take along": _take,
}
BEFORE_ANSWERS = ("welcome", "comparison")
"""Pages that are reached before the first answer: one key back from them, or on them, a quit key asks nothing."""
