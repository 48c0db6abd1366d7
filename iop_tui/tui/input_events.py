"""Which events of a terminal a person means."""

from __future__ import annotations

from textual import events

DELIBERATE = (events.Key, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp, events.Paste)
"""What a person does on purpose. A mouse that is only moved may have been bumped."""
