"""Scrolling by touch, for screens without keys or a wheel."""

from __future__ import annotations

from textual.screen import Screen
from textual.widget import Widget

from iop_tui.tui.choices import Choices


def further(page: Screen[object]) -> None:
    """Scroll the first text or list that continues below by a page; at the end of all, return to the beginning."""
    going = [widget for widget in page.query(Widget) if widget.show_vertical_scrollbar and widget.max_scroll_y > 0]
    below = next((widget for widget in going if widget.scroll_target_y < widget.max_scroll_y), None)
    if below is not None:
        below.scroll_page_down(animate=False)
        return
    for widget in going:
        widget.scroll_home(animate=False)


def scrolled(key: str, text: Widget, choices: Choices) -> bool:
    """Whether a key scrolls the text above a list: Down scrolls before it moves in the list, Up scrolls back."""
    if key in ("down", "pagedown") and text.scroll_y < text.max_scroll_y:
        text.scroll_down(animate=False)
    elif key in ("up", "pageup") and choices.highlighted in (None, 0) and text.scroll_y > 0:
        text.scroll_up(animate=False)
    else:
        return False
    return True
