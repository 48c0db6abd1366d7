"""Modules that are imported while the passphrase is typed: a page must not wait for an import."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

PAGES = (
    "iop_tui.counselor.pages.calls",
    "iop_tui.counselor.pages.protocol",
    "iop_tui.counselor.pages.jump",
    "iop_tui.counselor.pages.notes",
    "iop_tui.counselor.pages.explanation",
    "iop_tui.counselor.pages.what_if",
    "iop_tui.counselor.pages.judgment",
    "iop_tui.counselor.pages.finish",
    "iop_tui.counselor.pages.conflict",
)
"""Modules of pages that are first shown later."""
FORM_PAGES = (
    "iop_tui.counselor.pages.forms",
    "iop_tui.counselor.form_on_desk",
    "iop_tui.forms.reading.read_form",
)
"""The same, where the site file names forms."""


def import_pages(names: Sequence[str]) -> None:
    """Import these modules."""
    for name in names:
        importlib.import_module(name)
