"""Sentences of the program itself, in the person's language: gettext, with English where there is no catalogue."""

from __future__ import annotations

import functools
import gettext
from pathlib import Path


@functools.cache
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation("iop_tui", Path(__file__).parent.parent / "locale", fallback=True)


def _(message: str) -> str:
    """The message in the person's language."""
    return _catalogue().gettext(message)
