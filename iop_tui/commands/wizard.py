"""`iop-tui`: the full-screen wizard."""

from __future__ import annotations

import gc
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from iop_tui.commands.refuse import refuse, refuse_all

if TYPE_CHECKING:
    from iop_tui.screening.model import Screening


def run(questions: Path | None, *, watch: bool = False) -> int:
    """Start the wizard; the exit status. With `watch` it follows the files of `questions` while it runs."""
    if watch and questions is None:
        return refuse("--watch needs --questions DIR: the directory whose files you change while the wizard runs.")
    missing = _not_a_terminal()
    if missing:
        return refuse(f"{missing} is not a terminal. The wizard needs one; 'iop-tui assess' works without.")
    terminal = os.environ.get("TERM", "")
    if terminal in ("", "dumb", "unknown"):
        return refuse(
            f"this terminal (TERM={terminal or 'not set'}) cannot show full pages, and the wizard needs them."
        )
    _draw_all_letters()
    # Importing makes very many objects that stay: the collector would only walk over them again and again.
    gc.disable()
    from iop_tui.screening.load import load_manifest, shipped
    from iop_tui.screening.problems import Unusable
    from iop_tui.tui.start import start

    try:
        if watch and questions is not None:
            return _watching(questions)
        if questions is None:
            # The shipped screening is known to be sound, so its first page need not wait for the rest of it.
            return start(load_manifest(shipped()), lambda: _sound(shipped()))
        screening = _sound(questions)
        return start(screening.manifest, lambda: screening)
    except Unusable as unusable:
        return refuse_all(unusable)


def _watching(directory: Path) -> int:
    from iop_tui.screening.watch import Watch
    from iop_tui.tui.start import start_watching

    return start_watching(Watch(directory, lambda: _sound(directory)))


def _sound(directory: Path) -> Screening:
    from iop_tui.screening.check import load_sound

    return load_sound(directory)


def _draw_all_letters() -> None:
    """Textual draws through this stream, and a terminal reads UTF-8 whatever encoding was set for Python's files."""
    if isinstance(sys.__stderr__, io.TextIOWrapper):
        sys.__stderr__.reconfigure(encoding="utf-8", errors="replace")


def _not_a_terminal() -> str:
    # Textual reads from standard input and draws on standard error: with one of the three elsewhere a person sees
    # nothing.
    names = {0: "standard input", 1: "standard output", 2: "standard error"}
    return next((name for number, name in names.items() if not os.isatty(number)), "")
