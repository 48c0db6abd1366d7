"""Inside textual-serve or textual-web, which show a Textual app in a browser: why no page is shown there.

They ask for Textual's WebDriver, and talk in packets over standard input and output. Answers would pass over a network
and through a web server that this program cannot vouch for, files would be saved on the server, and that driver plays
what a terminal says of itself as keys. Were nothing said in packets, the browser would show a blank page for ever.
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
"""What textual-serve 1.1.3 waits for, and then packets: a letter for the kind, four bytes for the length, most
significant first, and so many bytes. D is what goes to the terminal in the browser.
"""


def is_served() -> bool:
    """Whether a program that shows apps in a browser started this one."""
    return os.environ.get("TEXTUAL_DRIVER", "").endswith(_DRIVER) and not os.isatty(1)


def why_not(questions: Path | None) -> str:
    """Say in the browser why no page is shown there, and whom the screening in a directory (None: the shipped one) has
    for danger; the first of the two, for the server's own terminal.
    """
    why = _(
        "This does not work in a web browser. Your answers would leave your computer. Start it in a terminal: iop-tui"
    )
    said = "\r\n\r\n".join("\r\n".join(_lines(text)) for text in (why, _in_danger(questions))).encode()
    # No packet says that the app is over: the browser would lay a page of its own over the words.
    sys.stdout.buffer.write(_PRELUDE + b"D" + len(said).to_bytes(4, "big") + said)
    sys.stdout.buffer.flush()
    return why


def _in_danger(questions: Path | None) -> str:
    try:
        return in_danger(in_language(sound(questions), current()))
    except Unusable:
        return in_danger(None)


def _lines(text: str) -> list[str]:
    """Broken at the width of the terminal in the browser: there is no other way to learn it."""
    try:
        width = max(10, int(os.environ["COLUMNS"]) - 1)
    except (KeyError, ValueError):
        width = 79
    return textwrap.wrap(text, width, break_on_hyphens=False)
