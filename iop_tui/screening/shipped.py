"""The screening that comes with the program, and where its files are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from iop_tui.screening.compiled import compiled_index

if TYPE_CHECKING:
    from iop_tui.screening.model.definition import Screening


def shipped() -> Path:
    """The questions directory that comes with the program: inside an installed package, beside it in a checkout."""
    return Path(compiled_index.questions())


def sound(questions: Path | None = None) -> Screening:
    """The screening in a directory, or the shipped one, every rule of which can fire. Raises Unusable with every
    problem found.

    A directory that somebody names is always read. The shipped screening was checked when it was compiled, and is
    taken from there while its files are the same.
    """
    if questions is None and (found := compiled_screening()) is not None:
        return found
    from iop_tui.screening.authoring.checker import load_sound

    return load_sound(questions or shipped())


def compiled_screening() -> Screening | None:
    """The shipped screening where it stands compiled and its files are the same; else None."""
    from iop_tui.screening.compiled.packed_screening import shipped_in

    return shipped_in(compiled_index.ENGLISH)
