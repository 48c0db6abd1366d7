"""Sentences of the program itself, in the person's language: gettext, with English where there is no catalogue."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

_CATALOGUES = Path(__file__).parent.parent / "locale"


@functools.cache
def _translate() -> Callable[[str], str]:
    if not _CATALOGUES.is_dir():
        return str
    import gettext  # only where there is something to look up: the first page need not wait for it

    return gettext.translation("iop_tui", _CATALOGUES, fallback=True).gettext


def _(message: str) -> str:
    """The message in the person's language."""
    return _translate()(message)
