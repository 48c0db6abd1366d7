"""Refuse to run under textual-serve or textual-web, and say why in the browser.

They set Textual's WebDriver, and exchange packets over standard input and output. Answers would cross a network and a
web server that this program knows nothing about, files would be saved on the server, and that driver takes terminal
reports for keys. Without a packet the browser would show a blank page for ever.
"""

from __future__ import annotations

import os
import sys
import textwrap
from pathlib import Path

from iop_tui.screening.assessment.call_sentences import in_danger
from iop_tui.screening.i18n.language import _, current
from iop_tui.screening.i18n.localize import in_language
from iop_tui.screening.problems import Unusable
from iop_tui.screening.shipped import sound

_DRIVER = "WebDriver"
_PRELUDE = b"__GANGLION__\n"
"""The handshake of textual-serve 1.1.3. Packets follow: a letter for the type, the length as four bytes, big-endian,
and the payload. Type D is output for the terminal in the browser.
"""


def is_served() -> bool:
    """Whether textual-serve or textual-web started this process."""
    return os.environ.get("TEXTUAL_DRIVER", "").endswith(_DRIVER) and not os.isatty(1)


def why_not(questions: Path | None) -> str:
    """Show in the browser why there is no page, and the phone lines for danger of the screening in a directory (None:
    the shipped one). Returns the reason, for the server's own terminal.
    """
    why = _(
        "This does not work in a web browser. Your answers would leave your computer. Start it in a terminal: iop-tui"
    )
    said = "\r\n\r\n".join("\r\n".join(_lines(text)) for text in (why, _in_danger(questions))).encode()
    # Send no packet that ends the app: the browser would cover the text with a page of its own.
    sys.stdout.buffer.write(_PRELUDE + b"D" + len(said).to_bytes(4, "big") + said)
    sys.stdout.buffer.flush()
    return why


def _in_danger(questions: Path | None) -> str:
    try:
        return in_danger(in_language(sound(questions), current()))
    except Unusable:
        return in_danger(None)


def _lines(text: str) -> list[str]:
    """The text wrapped at the width of the terminal in the browser, which the environment gives."""
    try:
        width = max(10, int(os.environ["COLUMNS"]) - 1)
    except (KeyError, ValueError):
        width = 79
    return textwrap.wrap(text, width, break_on_hyphens=False)
