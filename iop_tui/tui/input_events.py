"""Input events that a person means."""

from __future__ import annotations

from textual import events

DELIBERATE = (events.Key, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp, events.Paste)
"""Deliberate input. A mouse that only moved may have been bumped."""
