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

_MODULES = (
    "iop_tui.tui.question",
    "iop_tui.tui.notice",
    "iop_tui.tui.more",
    "iop_tui.tui.review",
    "iop_tui.tui.result",
    "iop_tui.tui.compare",
    "iop_tui.tui.glossary",
    "iop_tui.tui.rebuild",
    "iop_tui.kiosk.app",
    "iop_tui.kiosk.qr_page",
    "iop_tui.kiosk.worker",
    "iop_tui.takeaway.printed_page",
    "iop_tui.takeaway.qr_payload",
    "iop_tui.takeaway.qr_code",
    "iop_tui.takeaway.printer",
    "textual.drivers.linux_driver",
    "asyncio",
    "ctypes",
)


def preload(screening: Screening, site: Site) -> None:
    """Import every page, and compute what is shared for a screening. It holds no answer."""
    for name in _MODULES:
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
