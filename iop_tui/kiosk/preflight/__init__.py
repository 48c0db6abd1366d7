"""Whether a machine is ready to be left alone with visitors: `iop-tui kiosk --check`. One file a kind of question."""

from __future__ import annotations

from iop_tui.kiosk.preflight.finding import Finding, told
from iop_tui.kiosk.preflight.preflight import findings

__all__ = ["Finding", "findings", "told"]
