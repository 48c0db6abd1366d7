"""`iop-tui`: the full-screen wizard."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from iop_tui.commands.refuse import refuse, refuse_all
from iop_tui.commands.terminal import draw_all_letters, no_terminal

if TYPE_CHECKING:
    from iop_tui.screening.model import Screening


def run(questions: Path | None, *, watch: bool = False) -> int:
    """Start the wizard; the exit status. With `watch` it follows the files of `questions` while it runs."""
    if watch and questions is None:
        return refuse("--watch needs --questions DIR: the directory whose files you change while the wizard runs.")
    # Textual reads from standard input and draws on standard error: with one of the three elsewhere a person sees
    # nothing.
    missing = no_terminal(0, 1, 2, needs="The wizard")
    if missing:
        return refuse(missing)
    draw_all_letters()
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
