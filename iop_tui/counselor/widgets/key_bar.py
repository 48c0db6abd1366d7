"""The key bar in the footer of the desk, in as many lines as it needs. Each key can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.style import Style
from textual.widget import Widget

from iop_tui.tui.base_screen import KeyHint

_WIDE = 112
"""Columns from which on the labels are shown in full."""
_APART = 2


def flowed(hints: Sequence[KeyHint], width: int) -> list[list[KeyHint]]:
    """The keys in lines of at most `width` cells."""
    lines: list[list[KeyHint]] = [[]]
    room = width
    for hint in hints:
        takes = Content(_said(hint, width)).cell_length
        if takes > room and lines[-1]:
            lines.append([])
            room = width
        lines[-1].append(hint)
        room -= takes + _APART
    return lines


def _said(hint: KeyHint, width: int) -> str:
    return f"{hint.key} {hint.said(short=width < _WIDE)}"


class KeyBar(Widget):
    """All keys in one widget: seventeen of them would delay every page that opens."""

    def __init__(self, hints: Sequence[KeyHint]) -> None:
        super().__init__(id="key-bar")
        self._hints = hints

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as they need."""
        return len(flowed(self._hints, width))

    def render(self) -> RenderResult:
        """The keys, and what they do."""
        width = self.content_size.width
        lines = [
            Content(" " * _APART).join([_shown(hint, width) for hint in line]) for line in flowed(self._hints, width)
        ]
        return Content("\n").join(lines)

    async def on_click(self, event: events.Click) -> None:
        """Do what the key does."""
        action = event.style.meta.get("action")
        if isinstance(action, str):
            event.stop()
            await self.screen.run_action(action)


def _shown(hint: KeyHint, width: int) -> Content:
    said = _said(hint, width)[len(hint.key) :]
    shown = Content.styled(hint.key, "bold $key") + Content.styled(said, "$muted")
    return shown.stylize(Style.from_meta({"action": hint.action}))
