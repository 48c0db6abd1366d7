"""Escaping of text for Markdown."""

from __future__ import annotations

import re

# Characters that begin or end markup anywhere, and those that do so only at the start of a line.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~])|&(?=#?\w+;)")
_ADDRESS = re.compile(r"https?://[^\s<>|`\\]*[^\s<>|`\\.,;:)]")
"""A web address, without the full stop or bracket of its sentence."""
_AT_START = re.compile(r"^(\s*)(#+|[-+=]|\d+[.)])(?=\s|$|[-=])")


def escaped(text: str) -> str:
    """Markdown that shows the text literally, with web addresses as links. Addresses are put between angle brackets
    and not escaped: viewers that link bare addresses would keep an escaped underscore in them (marked, markdown-it,
    pandoc).
    """
    plain = " ".join(text.split())
    made, at = "", 0
    for found in _ADDRESS.finditer(plain):
        made += _ANYWHERE.sub(_shown, plain[at : found.start()]) + f"<{found.group()}>"
        at = found.end()
    made += _ANYWHERE.sub(_shown, plain[at:])
    return _AT_START.sub(
        lambda found: found[1] + (found[2][:-1] + "\\" + found[2][-1] if found[2][0].isdigit() else "\\" + found[2]),
        made,
    )


def _shown(found: re.Match[str]) -> str:
    return "&amp;" if found.group() == "&" else "\\" + found.group()
