"""The shipped screening and its directory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from iop_tui.screening.compiled import compiled_index

if TYPE_CHECKING:
    from iop_tui.screening.model.definition import Screening


def shipped() -> Path:
    """The shipped questions directory: inside an installed package, beside it in a checkout."""
    return Path(compiled_index.questions())


def sound(questions: Path | None = None) -> Screening:
    """The screening in a directory, or the shipped one; every rule can be true. Raises Unusable with every problem
    found.

    A directory that the user names is always read. The shipped screening was checked when it was compiled, and is
    loaded in that form while its files are unchanged.
    """
    if questions is None and (found := compiled_screening()) is not None:
        return found
    from iop_tui.screening.authoring.checker import load_sound

    return load_sound(questions or shipped())


def compiled_screening() -> Screening | None:
    """The compiled form of the shipped screening; None if it is missing or its files have changed."""
    from iop_tui.screening.compiled.packed_screening import shipped_in

    return shipped_in(compiled_index.ENGLISH)
