"""A Linux console, whose font has few characters: replacements for those that it may lack.

Console fonts have little more than code page 437 in common: the kernel's own font has no other characters
(drivers/tty/vt/cp437.uni), and Debian's (console-setup, Lat15-*) draw a thick line like a thin one.
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
"""Each replacement has the same width, so that no line grows longer."""


def is_console(terminal: str) -> bool:
    """Whether a value of TERM means a Linux console."""
    return terminal.partition("-")[0] == "linux"


def in_console() -> bool:
    """Whether this process draws on one, whose fonts lack half blocks: there is no replacement for them."""
    return is_console(os.environ.get("TERM", ""))


def drawn(text: str) -> str:
    """The text as it is sent to a Linux console."""
    return text.translate(_INSTEAD)
