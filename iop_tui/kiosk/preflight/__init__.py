"""Preflight: checks that a machine is ready for unattended use (`iop-tui kiosk --check`). One file for each subject."""

from __future__ import annotations

from iop_tui.kiosk.preflight.finding import Finding, report_lines
from iop_tui.kiosk.preflight.preflight import findings

__all__ = ["Finding", "findings", "report_lines"]
