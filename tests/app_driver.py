"""Driving a Textual app in a test: input goes in as a terminal's driver sends it, and each step ends once the app is at
rest, not once some time has passed.

Textual's own Pilot waits after every key until the process has been idle for 20 ms, several times. Here a step ends
when the event loop has nothing left to run and no screen has anything left to paint (`drained`): what is then still to
come comes from a thread or a timer, and a test that needs it waits for what it brings (`AppDriver.until`).
`tests/tui/test_app_driver.py` compares both ways on every page.

All private touches of Textual and asyncio that tests need are in this module. They hold for Textual 8.2.8 and for
CPython 3.11 to 3.13.
"""

from __future__ import annotations

import asyncio
import functools
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any, Generic, TypeVar, cast

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import OptionList
from textual.worker import WorkerCancelled

from iop_tui.tui.compat import ClosedApp
from iop_tui.tui.shell import Shell
from tests.bounded import rounds
from tests.parsed_css import parse_once
from tests.stepped import DUE, Stepped

A = TypeVar("A", bound=App[Any])
D = TypeVar("D", bound="AppDriver[Any]")
Kind = type[Widget]

PATIENCE = 20.0
"""Seconds until a wait for a thread or a timer fails."""
_LOOK = 0.01
"""Seconds between looks at what no message of the app tells of."""
_ROUNDS = 1000
"""Times that an app may ask to be painted again before it is said to have no end."""
_LEFT_BUTTON = 1
"""As a terminal numbers it. A touch is one, too."""


# ---- at rest ----


async def drained(app: App[Any]) -> None:
    """Until the app is at rest: no message, callback or task is ready to run, and nothing is left to paint.

    Raises AssertionError where it never comes to that.
    """
    for _round in range(_ROUNDS):
        await _loop_has_nothing_to_run()
        if not _paint(app):
            return
    raise AssertionError(f"{app.screen!r} asks to be painted without end")


async def _loop_has_nothing_to_run() -> None:
    """Let every other task run until all of them wait for a thread, for the system or for a time to come.

    Private to asyncio: the loop's queue of callbacks that are ready, and its heap of those that are due later.
    """
    loop = cast("Any", asyncio.get_running_loop())
    end = time.monotonic() + PATIENCE
    while loop._ready or (loop._scheduled and loop._scheduled[0].when() <= loop.time()):
        assert time.monotonic() < end, f"the loop never comes to rest; it has to run {list(loop._ready)[:5]}"
        await asyncio.sleep(0)


def _paint(app: App[Any]) -> bool:
    """Do at once what waits for the next frame; whether anything did.

    Private to Textual: timers of 8 and 16 ms, by which it takes a new size of the window, goes on with what moves, and
    paints. What they call is called here, as Pilot does itself with the last of them.
    """
    if app._exit or not app.is_running or app._batch_count:
        return False
    if app._resize_timer is not None:
        app._check_resize()
        return True
    if app.animator._animations:
        app.animator()
        return True
    waiting = [screen for screen in app.screen_stack if screen.is_running and _waits_for_frame(screen, app)]
    for screen in waiting:
        screen._on_timer_update()
    return bool(waiting)


def _waits_for_frame(screen: Screen[Any], app: App[Any]) -> bool:
    if screen is not app.screen:
        # It may call itself dirty for ever: what it would paint is hidden (Textual 8.2.8).
        return screen._update_timer._active.is_set()
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


_compositor_refresh = Screen._compositor_refresh


def _lay_out_only(self: Screen[Any]) -> None:
    """Draw nothing where nobody sees it: an app without a terminal renders each change and throws it away, which is a
    third of the time that a test of a page takes. `AppDriver.strips` renders what a test looks at.

    Private to Textual 8.2.8.
    """
    app = self.app
    if not app.is_headless or "_display" in vars(app) or self is not app.screen:
        _compositor_refresh(self)
        return
    self._compositor._dirty_regions.clear()
    app._display(self, None)
    self._dirty_widgets.clear()
    app._update_mouse_over(self)


Screen._compositor_refresh = _lay_out_only  # type: ignore[method-assign]  # for all apps of a test
parse_once()


# ---- what a terminal sends ----


_SENT = {
    **{
        keys[0].value: sent
        for sent, keys in reversed(list(ANSI_SEQUENCES_KEYS.items()))
        if isinstance(keys, tuple) and len(keys) == 1
    },
    "backspace": "\x7f",
    "enter": "\r",
    "space": " ",
}
"""What a terminal sends for a key with a name; for one that has several ways, the first that Textual knows."""


@functools.cache
def _parsed(name: str) -> tuple[tuple[str, str | None], ...]:
    if name == "escape":
        # By itself it is known only once nothing more comes for a while.
        return (("escape", "\x1b"),)
    if name.startswith("alt+"):
        return ((name, name[-1]),)
    sent = name if len(name) == 1 else _SENT[name]
    return tuple((event.key, event.character) for event in XTermParser().feed(sent) if isinstance(event, events.Key))


def typed(name: str) -> list[Message]:
    """What Textual reads of a terminal where a key is pressed: a letter, or the name of a key."""
    return [events.Key(key, character) for key, character in _parsed(name)]


def mouse(kind: type[events.MouseEvent], column: int, row: int) -> events.MouseEvent:
    """What Textual reads of a terminal for the left button, or for the pointer alone."""
    button = 0 if kind is events.MouseMove else _LEFT_BUTTON
    return kind(None, column, row, 0, 0, button, False, False, False, screen_x=column, screen_y=row)


def send(app: App[Any], messages: Iterable[Message]) -> None:
    """Pass on what was read, as the driver of the program's does (`QuietDriver`): the app's thread has not seen it."""
    driver = app._driver
    assert driver is not None
    for message in messages:
        if isinstance(app, ClosedApp):
            app.on_input_read(message)
        driver.process_message(message)


# ---- a person in front of it ----


class AppDriver(Generic[A]):
    """Somebody in front of an app. Everything that they do is answered before they go on. The time that the app's waits
    run by stands still until a test steps it.
    """

    def __init__(self, app: A, time: Stepped | None = None) -> None:
        self.app = app
        self.time = time or Stepped()
        if isinstance(app, Shell):
            app.time = self.time
            app.owns_process = False
        self._stirred = asyncio.Event()
        """Set by every message that the app looks at."""

    # ---- what is done ----

    async def press(self, *keys: str) -> None:
        """Press keys, each answered before the next."""
        for key in keys:
            send(self.app, typed(key))
            await self.pause()

    async def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        await self.press(*text)

    async def press_at_once(self, *keys: str) -> None:
        """Keys that come in one piece, as over a slow line: all of them are there before the first is looked at."""
        for key in keys:
            send(self.app, typed(key))
        await self.pause()

    async def point(self, *events_at: events.MouseEvent) -> None:
        """Events of the mouse, each answered before the next."""
        for event in events_at:
            send(self.app, [event])
            await self.pause()

    async def click_at(self, column: int, row: int) -> None:
        """Press the left button in a cell of the screen, and let go."""
        await self.point(mouse(events.MouseDown, column, row), mouse(events.MouseUp, column, row))

    async def click(self, text: str, *, nth: int = 0) -> None:
        """Click on the first letter of a text on the screen."""
        places = [(column, row) for row, line in enumerate(self.lines()) if (column := line.find(text)) >= 0]
        await self.click_at(*places[nth])

    async def click_on(self, widget: Widget | Kind, offset: tuple[int, int] = (0, 0)) -> None:
        """Click on a widget, so many cells from its left and its top."""
        found = widget if isinstance(widget, Widget) else self.app.screen.query_one(widget)
        column, row = found.region.offset + offset
        assert self.app.screen.region.contains(column, row), f"{found!r} is not on the screen there"
        await self.click_at(column, row)

    async def resize(self, columns: int, rows: int) -> None:
        """Make the window larger or smaller."""
        driver = self.app._driver
        assert isinstance(driver, HeadlessDriver)
        driver._size = (columns, rows)  # private: what the driver says when it is asked
        send(self.app, [events.Resize.from_dimensions((columns, rows), None)])
        await self.pause()

    async def open(self, page: Screen[Any]) -> None:
        """Lay a page over what is shown."""
        await self.app.push_screen(page)
        await self.pause()

    # ---- what is waited for ----

    async def pause(self) -> None:
        """Until the app is at rest. It is not waited for threads, nor for what is done after a time."""
        await drained(self.app)

    async def wait(self, seconds: float) -> None:
        """Let the app's time go on by so much. What is due in it is done in order, each answered before the next."""
        end = self.time.moment + seconds
        for _ in rounds(f"the end of {seconds} s in which something is due again and again", DUE):
            if not self.time.step_to_next(end):
                break
            await self.pause()
        await self.pause()

    async def settle(self) -> None:
        """Until the app is at rest, and all its workers are done with what they do in threads."""
        await self.pause()
        end = time.monotonic() + PATIENCE
        while running := [worker for worker in self.app.workers if not worker.is_finished]:
            assert time.monotonic() < end, f"workers never end: {running}"
            with suppress(WorkerCancelled, TimeoutError):
                await asyncio.wait_for(self.app.workers.wait_for_complete(running), PATIENCE)
            await self.pause()

    async def until(self, holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Until something has come about that a thread or a timer brings."""
        end = time.monotonic() + seconds
        await self.pause()
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"it did not come about; on the screen:\n{self.sees()}")
            self._stirred.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stirred.wait(), _LOOK)
            await self.pause()

    async def until_sees(self, text: str, seconds: float = PATIENCE) -> None:
        """Until a text is on the screen."""
        await self.until(lambda: text in self.sees(), seconds)

    async def until_on(self, page: str) -> None:
        """Until a page of that kind is shown."""
        await self.until(lambda: self.page() == page)

    # ---- what is seen ----

    def strips(self) -> list[Strip]:
        """The screen, cell by cell, as it was painted last."""
        return self.app.screen._compositor.render_strips()

    def lines(self) -> list[str]:
        """The screen, line by line."""
        return [strip.text.rstrip() for strip in self.strips()]

    def sees(self) -> str:
        """The screen as a text of lines."""
        return "\n".join(self.lines())

    def reads(self) -> str:
        """The screen as one line of words."""
        return " ".join(self.sees().split())

    def row_of(self, options: OptionList, index: int) -> int:
        """The row of a list, from its top, in which an option begins; below 0 or past its height where it is out of
        sight. Private to Textual: where each option was laid out.
        """
        return round(options._index_to_line[index] - options.scroll_y)

    def page(self) -> str:
        """The kind of page that is shown."""
        return type(self.app.screen).__name__


@asynccontextmanager
async def running(driver: D, size: tuple[int, int]) -> AsyncIterator[D]:
    """Somebody in front of their app once it runs and shows its first page."""

    def stirs(_message: Message) -> None:
        driver._stirred.set()

    async with driver.app.run_test(size=size, message_hook=stirs):
        await driver.pause()
        yield driver
