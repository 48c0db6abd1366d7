"""Pages that are mounted and laid out before they are shown: Textual has no public way for this.

Showing a page of twenty widgets takes Textual (8.2.8) tens of milliseconds: it composes the page, applies the style
sheet to each widget, lays the page out, draws it, informs the widgets of their sizes, lays it out and draws it again. A
page that is not on the screen stack can be made to do all of that but draw.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from textual import events
from textual.app import App
from textual.screen import Screen

Result = TypeVar("Result")


class ScreenAhead(Screen[None]):
    """A screen that can be mounted and laid out while another is shown. It is then drawn at once, and once."""

    _styled_for = -1
    """The state of the style sheet with which it was mounted, while it is not shown yet."""
    _is_drawn = False
    """Whether it was laid out, and its widgets have drawn their lines."""

    def mount_ahead(self, app: App[Any]) -> None:
        """Begin to mount it. It is composed in pieces, between the app's other work."""
        # Private: each public way to mount a screen shows it.
        self._styled_for = app._css_update_count
        app._register(app, self)

    async def mounted_ahead(self) -> None:
        """Wait until it is mounted, which is needed to show it. It takes as long as showing it would have."""
        # Private: the app does not wait for a screen that is being mounted.
        await self._mounted_event.wait()

    def lay_out_ahead(self) -> None:
        """Do one piece of the rest: a layout, or the drawing. Call it until the screen is ready, by its own
        `call_later`: widgets are informed of their sizes in between.
        """
        # Private: a screen lays itself out only while it is shown.
        app = self.app
        if not self.is_mounted or self.is_current or self.is_ready:
            return
        if self._size != app.size or self._layout_required:
            self._layout_required = False
            self._refresh_layout(app.size)
        else:
            # The drawing is discarded; the widgets keep their lines.
            self._compositor.render_update(full=True, screen_stack=[])
            self._is_drawn = True

    @property
    def is_ready(self) -> bool:
        """Whether its layout is still valid."""
        app = self.app
        same = self._styled_for == app._css_update_count and self._size == app.size
        return self._is_drawn and same and not self._layout_required

    def forget_ahead(self) -> None:
        """Remove it, though it was never shown."""
        # By its own messages, which begin once it is mounted: a removed screen mounts no more children, and then waits
        # for them. Private: the public way lays out and draws the present screen again.
        self.call_later(self.app._prune, self)

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        # Private: Textual's own applies the style sheet again, and draws at the next tick of the screen's clock.
        ready, app = self.is_ready and not self.app._batch_count, self.app
        self._is_drawn = False
        if ready:
            event.prevent_default()
            self.stack_updates += 1
            self._update_auto_focus()
            self._repaint_required = False
            self._dirty_widgets.clear()
            app._display(self, self._compositor.render_update(full=True, screen_stack=app._background_screens))
            app._update_mouse_over(self)


class AheadApp(App[Result], Generic[Result], inherit_bindings=False):
    """An app that draws a page once when it is shown, and closes a page that was never shown."""

    async def _replace_screen(self, screen: Screen[Any]) -> Screen[Any]:
        # Private: Textual's own lays out and draws the uncovered screen again, though nothing of it changed (8.2.8).
        screen.post_message(events.ScreenSuspend())
        if not self.is_screen_installed(screen) and all(screen not in stack for stack in self._screen_stacks.values()):
            self.capture_mouse(None)
            await self._prune(screen)
        return screen

    async def _close_all(self) -> None:
        # Private: Textual's own knows only screens that were shown. One prepared ahead would be closed part by part, in
        # any order, though it may still be composing.
        shown = {screen for stack in self._screen_stacks.values() for screen in stack}
        for node in [*self._nodes]:
            if isinstance(node, ScreenAhead) and node not in shown:
                await node.mounted_ahead()
                await self._prune(node)
        await super()._close_all()
