"""iop-tui: which kind of care to ask about first, and why."""

__version__ = "2026.11.0"
