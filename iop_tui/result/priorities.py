"""How soon each part of a document is cut where room is short: the higher, the sooner. `ALWAYS` is never cut."""

from __future__ import annotations

from iop_tui.result.blocks import ALWAYS as ALWAYS

SAID_TWICE = 1
"""What opens and closes a page says it, too."""
STEP = 10
"""A first step, in full."""
REASON = 20
"""The first reason; each further one is one more."""
POSSIBLE = 15
"""A kind of care that may also be needed."""
LOCAL = 12
"""The clinic's own phone lines."""
CALL = 30
"""What is said on the phone."""
ADVICE = 35
"""What to do after the first steps."""
OPEN = 38
"""What could not be told."""
TIP = 40
SCALE = 24
"""The kinds of care side by side."""
LINE = 25
"""A phone line that is not among the most urgent."""
HINGE = 28
NOTICE = 16
TABLE = 50
"""A row of the comparison."""
ON_SCREEN = 90
"""Only on a screen, where somebody looks on: no file and no page has it."""
IF_ROOM = 91
"""Only on a screen, and there only where all of it has room on one page."""
