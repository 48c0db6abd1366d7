"""Whether anything may move on the screen, by what the environment says of the person and of the line.

There is no standard for it in terminals. `NO_MOTION` is ours, after `NO_COLOR`; `TEXTUAL_ANIMATIONS` is Textual's.
"""

from __future__ import annotations

from collections.abc import Mapping

_STILL = (
    *("NO_MOTION", "ACCESSIBLE"),
    # Without colour the marker is all that tells the own step: it stands there from the start.
    "NO_COLOR",
    # Through such a line each picture may take longer than the motion is to last.
    *("SSH_CONNECTION", "SSH_TTY", "MOSH_CONNECTION"),
)
"""Variables that are set where nothing is to move, whatever their value."""
_TEXTUALS = "TEXTUAL_ANIMATIONS"
"""`none`, `basic` (what holds no content up), or `full`, which is also what any other value means (Textual 8.2.8)."""


def may_move(environment: Mapping[str, str]) -> bool:
    """Whether anything may move: to be asked before Textual's own switches are dropped."""
    if any(environment.get(name) for name in _STILL):
        return False
    return environment.get(_TEXTUALS, "").lower() not in ("none", "basic")
