"""Everything that a visit needs, loaded once before the first: a forked process has it at once."""

from __future__ import annotations

import importlib

from iop_tui.result.build import result_for
from iop_tui.result.document import document
from iop_tui.screening.assessment.glossary_terms import found
from iop_tui.screening.engine.interview import begin
from iop_tui.screening.i18n.language import current, use
from iop_tui.screening.i18n.localize import in_language
from iop_tui.screening.model.answers import Unknown
from iop_tui.screening.model.definition import Screening
from iop_tui.site.settings import Site

_PAGES = (
    *(f"iop_tui.tui.{name}" for name in ("question", "review", "result", "compare", "comparison_blocks", "glossary")),
    *(f"iop_tui.kiosk.{name}" for name in ("app", "qr_page", "worker")),
    *(f"iop_tui.takeaway.{name}" for name in ("printed_page", "qr_payload", "qr_code", "printer")),
    "iop_tui.tui.rebuild",
    "textual.drivers.linux_driver",
    "asyncio",
    "ctypes",
)


def preload(screening: Screening, site: Site) -> None:
    """Import every page, and make what the core makes once for a screening. No answer is in it."""
    for name in _PAGES:
        importlib.import_module(name)
    if site.qr:
        importlib.import_module("segno")
    before = current()
    for code in site.languages:
        use(code)
        told = in_language(screening, code)
        begin(told).answer(Unknown.SKIPPED)
        found(told, "")
        document(result_for(told, {}))
    # Each visit chooses its own.
    use(before)
