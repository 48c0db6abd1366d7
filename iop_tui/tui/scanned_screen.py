"""A page whose targets can be offered in turn to a person with one switch (`switch_scanning.py`)."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace
from textual import events
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.widget import Widget

from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.compat_early import DrawnOnce
from iop_tui.tui.compat_prefetch import ScreenAhead
from iop_tui.tui.footer import READ_ON, FooterKey, PageFooter

if TYPE_CHECKING:
    from iop_tui.tui.host import Host
    from iop_tui.tui.switch_scanning import Scan, Target

SWITCH = ("space", "enter")
"""The keys that act as the switch during switch scanning. A click anywhere does, too."""
_AGAIN = "read again"
"""The name of the target that goes from the end of a text to its beginning."""
_WHEEL = 3
"""Lines per turn of the wheel."""


class ScannedScreen(ScreenAhead, DrawnOnce):
    """The actions of a page, also for a switch. Without switch scanning there is no timer, and no scan is loaded."""

    _scan: Scan | None = None

    @property
    def host(self) -> Host:
        """What the page may ask of the app."""
        return cast("Host", self.app)

    @property
    def too_small(self) -> bool:
        """Whether the window hides the page."""
        return False

    def choose(self, choice: str) -> None:
        """Carry out a choice of the page."""

    def action_read_on(self) -> None:
        """Scroll what continues below by a page: the text, then the list; from the end of all to its beginning."""
        going = [widget for widget in (*self.query(VerticalScroll), *self.query(Choices)) if widget.max_scroll_y > 0]
        below = next((widget for widget in going if widget.scroll_target_y < widget.max_scroll_y), None)
        if below is not None:
            page = below.scrollable_content_region.height
            below.scroll_to(y=below.scroll_target_y + page, animate=False, immediate=True)
            return
        for widget in going:
            widget.scroll_to(y=0, animate=False, immediate=True)

    def on_screen_resume(self) -> None:
        """Start scanning, if a switch is used: the page was opened or uncovered."""
        if self._scan is not None or self.host.pace is not None:
            self.follow_pace()

    def on_screen_suspend(self) -> None:
        """Another page covers this one, and scans its own targets."""
        if self._scan is not None:
            self._scan.stop()

    def follow_pace(self) -> None:
        """Scan at the app's present pace, or not at all."""
        pace = self.host.pace
        if self._scan is not None:
            self._scan.stop()
        self._scan = None
        for choices in self.query(Choices):
            choices.point_at(None)
        for footer in self.query(PageFooter):
            footer.show_for_switch(serve=pace is not None)
        if pace is not None:
            from iop_tui.tui.switch_scanning import Scan

            self._scan = Scan(self, pace, self.targets, self._moved_to, self.host.time)
            self.offer_anew()

    def offer_anew(self, at: str = "") -> None:
        """Scan from the top, or from what was just taken, once the changes are laid out."""
        if self._scan is not None:
            self._scan.stop()
            self.call_after_refresh(self._begin_scan, at)

    def _begin_scan(self, at: str) -> None:
        if self._scan is not None and self.is_attached and self.app.screen is self:
            self._scan.begin(at)

    def targets(self) -> Sequence[Target]:
        """The targets for a switch, in order: the text to read, the choices, the footer's keys."""
        from iop_tui.tui.switch_scanning import Target

        if self.too_small:
            return ()
        reads, keys = [], []
        for key in self.query(FooterKey):
            hint, name = key.hint, f"key {key.hint.action}"
            if not key.display:
                continue
            show = key.offer
            if hint.scrolls or hint.action == READ_ON.action:
                reads = [Target(name, functools.partial(ScannedScreen.action_read_on, self), show, stays=True)]
            else:
                keys.append(Target(name, functools.partial(self.call_later, self.run_action, hint.action), show))
        texts = [text for text in self.query(VerticalScroll) if text.max_scroll_y > 0]
        goes_on = any(text.scroll_target_y < text.max_scroll_y for text in texts)
        if texts and not goes_on:
            keys[:0] = [replace(target, name=_AGAIN, stays=False) for target in reads]
        return [*(reads if goes_on else ()), *self.answer_targets(), *keys]

    def answer_targets(self) -> Sequence[Target]:
        """The choices of the page as targets."""
        return [target for choices in self.query(Choices) for target in self.choice_targets(choices, choices.offered)]

    def choice_targets(self, choices: Choices, some: Sequence[Choice]) -> list[Target]:
        """Some of the choices as targets. A marked one can be unmarked at once."""
        from iop_tui.tui.switch_scanning import Target

        return [
            Target(
                named(choice.id),
                functools.partial(self.choose, choice.id),
                functools.partial(choices.show_pointed, choice.id),
                stays=bool(choice.mark),
            )
            for choice in some
            if not choice.heading
        ]

    def _moved_to(self, offered: str | None) -> str | None:
        """Where other keys moved the cursor since it was offered, if they did."""
        for choices in self.query(Choices):
            under = choices.highlighted_option
            if under is not None and (name := named(under.id or "")) != offered:
                return name
        return None

    @property
    def is_scanned(self) -> bool:
        """Whether switch scanning runs: Enter and Space are then the switch."""
        return self._scan is not None

    def switched(self, key: str) -> bool:
        """A key was pressed; returns whether it was the switch."""
        if self._scan is None or key not in SWITCH:
            return False
        self._switch()
        return True

    def _switch(self) -> None:
        if self._scan is not None and (taken := self._scan.press()) is not None:
            self.offer_anew(taken)

    def get_widget_at(self, x: int, y: int) -> tuple[Widget, Region]:
        """During switch scanning a click anywhere is the switch: no widget may take it."""
        return (self, self.region) if self._scan is not None else super().get_widget_at(x, y)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click is the switch."""
        if self._scan is not None:
            event.stop()
            self._switch()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel still scrolls."""
        self._wheel(event, _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel still scrolls."""
        self._wheel(event, -_WHEEL)

    def _wheel(self, event: events.MouseEvent, lines: int) -> None:
        if self._scan is not None:
            under, _region = super().get_widget_at(event.screen_x, event.screen_y)
            scrolls = [node for node in under.ancestors_with_self if isinstance(node, Widget) and node.max_scroll_y > 0]
            for widget in scrolls[:1]:
                widget.scroll_relative(y=lines, animate=False)


def named(choice: str) -> str:
    """The target name of a choice."""
    return f"choice {choice}"
