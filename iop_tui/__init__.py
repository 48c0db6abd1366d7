"""iop-tui: which kind of care to ask about first, and why."""

__version__ = "2026.11.0"

CRASHED = 70
"""The exit status after an internal error: EX_SOFTWARE of sysexits.h."""
