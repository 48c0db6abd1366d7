"""Checks of the terminal before a full-screen app starts."""

from __future__ import annotations

import io
import os
import sys

_NAMES = {0: "standard input", 1: "standard output", 2: "standard error"}


def no_terminal(*descriptors: int, needs: str) -> str:
    """Why a page cannot be shown, as a sentence; empty where it can. Each descriptor must be a terminal."""
    missing = next((_NAMES[number] for number in descriptors if not os.isatty(number)), "")
    if missing:
        return f"{missing} is not a terminal. {needs} needs one; 'iop-tui assess' works without."
    terminal = os.environ.get("TERM", "")
    if terminal in ("", "dumb", "unknown"):
        who = needs[0].lower() + needs[1:]
        return f"this terminal (TERM={terminal or 'not set'}) cannot show full pages, and {who} needs them."
    return ""


def draw_all_letters() -> None:
    """Set the stream that Textual draws on to UTF-8, whatever encoding Python uses for files."""
    if isinstance(sys.__stderr__, io.TextIOWrapper):
        sys.__stderr__.reconfigure(encoding="utf-8", errors="replace")
