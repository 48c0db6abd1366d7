"""Whether a machine is ready to be left alone with visitors: `iop-tui kiosk --check`. One file a kind of question."""

from __future__ import annotations

from iop_tui.kiosk.ready.check import findings
from iop_tui.kiosk.ready.finding import Finding, told

__all__ = ["Finding", "findings", "told"]
