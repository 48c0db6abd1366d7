"""Input fields without Textual's ways to copy, cut and paste: what is typed here is private.

A field handles its keys itself, in order. Textual runs bindings in the app's task, later than the letters that follow,
and a slow line sends many keys together: a Backspace would remove the wrong letter, and what follows a Tab would go to
the field before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, Protocol, runtime_checkable

from textual import events
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Input, TextArea


@runtime_checkable
class TakesKeys(Protocol):
    """A page that uses keys typed in its fields."""

    def field_key(self, key: str) -> bool:
        """A key that is no character was pressed in the focused field; True if the page used it."""


class Line(Input, inherit_bindings=False):
    """One line to type. Enter submits it; one that `clears` is empty from then on."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        hidden: bool = False,
        clears: bool = False,
        most: int = 10_000,
        id: str | None = None,  # noqa: A002  # Textual's own parameter name
    ) -> None:
        super().__init__(
            value, placeholder=placeholder, password=hidden, max_length=most, select_on_focus=False, id=id, compact=True
        )
        # A cursor that blinks costs 70 ms of CPU in 10 s.
        self.cursor_blink = False
        self._clears = clears

    def take(self, key: str, character: str | None) -> bool:
        """Handle a key in a line; returns whether it does anything."""
        actions: Mapping[str, Callable[[], object]] = {
            "left": self.action_cursor_left,
            "right": self.action_cursor_right,
            "home": self.action_home,
            "end": self.action_end,
            "backspace": self.action_delete_left,
            "delete": self.action_delete_right,
            "enter": self.submit,
        }
        if key in actions:
            actions[key]()
        elif character is not None and character.isprintable():
            self.insert_text_at_cursor(character)
        else:
            return False
        return True

    def submit(self) -> None:
        """Post what was typed."""
        self.post_message(self.Submitted(self, self.value))
        if self._clears:
            self.value = ""

    def on_key(self, event: events.Key) -> None:
        """In order."""
        _take(self.screen, self, event)


class Area(TextArea, inherit_bindings=False):
    """Several lines to type. Enter begins a new one, unless the page has another use for it."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002  # Textual's own parameter name
        super().__init__(text, id=id, compact=True, highlight_cursor_line=False)
        self.cursor_blink = False

    def on_mount(self) -> None:
        """The cursor begins at the end of the text."""
        self.move_cursor(self.document.end)

    def take(self, key: str, character: str | None) -> bool:
        """Handle a key in a text; returns whether it does anything."""
        actions: Mapping[str, Callable[[], object]] = {
            "up": self.action_cursor_up,
            "down": self.action_cursor_down,
            "left": self.action_cursor_left,
            "right": self.action_cursor_right,
            "home": self.action_cursor_line_start,
            "end": self.action_cursor_line_end,
            "pageup": self.action_cursor_page_up,
            "pagedown": self.action_cursor_page_down,
            "backspace": self.action_delete_left,
            "delete": self.action_delete_right,
        }
        if key in actions:
            actions[key]()
        elif key == "enter":
            self.insert("\n")
        elif character is not None and character.isprintable():
            self.insert(character)
        else:
            return False
        return True

    def on_key(self, event: events.Key) -> None:
        """In order."""
        _take(self.screen, self, event)


def _take(page: Screen[object], field: Line | Area, event: events.Key) -> None:
    """A key reached a field. If the focus has moved to another field, it was meant for that one."""
    focused = page.focused if isinstance(page.focused, Line | Area) else field
    letter = event.character is not None and event.character.isprintable()
    if not letter and isinstance(page, TakesKeys) and page.field_key(event.key):
        used = True
    else:
        used = focused.take(event.key, event.character)
    if used:
        event.stop()
    # Textual's own handling of the key would come after ours.
    event.prevent_default()
