"""A Linux console, whose font has few signs: what is drawn there in place of those that it may lack.

What its fonts have in common is little more than code page 437: the kernel's own font has no sign but those
(drivers/tty/vt/cp437.uni), and Debian's (console-setup, Lat15-*) draw a thick line as they draw a thin one.
"""

from __future__ import annotations

import os

_INSTEAD = str.maketrans(
    {
        "›": ">",
        "━": "=",
        "—": "-",
        "–": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
        "…": ".",
        "•": "·",
        "▌": "█",
    }
)
"""Each by a sign of the same width, so that no line grows longer."""


def is_console(terminal: str) -> bool:
    """Whether that value of TERM means a Linux console."""
    return terminal.partition("-")[0] == "linux"


def in_console() -> bool:
    """Whether this process draws on one, whose fonts lack half blocks: there is no sign to draw in their place."""
    return is_console(os.environ.get("TERM", ""))


def drawn(text: str) -> str:
    """The text as it is sent to a Linux console."""
    return text.translate(_INSTEAD)
