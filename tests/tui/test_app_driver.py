"""The tests' own way to drive an app ends every step on the same screen as Textual's Pilot does, without waiting."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Sequence

import pytest
from textual import events, work
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Input, Static

from iop_tui.tui.app import Wizard
from tests.app_driver import AppDriver, running, typed
from tests.tui.pilot import SMALL

SIZE = (80, 24)
EVERY_PAGE = (
    *("h", "left", "d", "2", "left", "2", "down", "space", "left"),  # help, display, the comparison
    *("1", "w", "w", "down", "enter", "left", "1"),  # the first question
    *("2", "3", "down", "c", "1", "2", "backspace", "c"),  # several, a number
    *("3", "down", "1", "s", "2", "2", "1"),  # danger: a plan, left unsaid, today
    *("1", "1", "1", "down", "up", "1", "space", "end"),  # to the review, and to the summary
    *("s", "tab", "x", "y", "tab", "left", "n", "1", "left", "q", "1"),  # saving, starting over, leaving
)
"""Keys from the welcome page over all pages of the wizard."""


class Seen(AppDriver[Wizard]):
    """What is on the screen after every key, cell by cell with its colours."""

    def screen(self) -> tuple[str, list[list[tuple[str, str]]]]:
        cells = [[(segment.text, str(segment.style)) for segment in strip] for strip in self.strips()]
        return self.page(), cells


def wizard() -> Seen:
    return Seen(Wizard(SMALL.manifest, lambda: SMALL))


async def same_as_with_pilot(keys: Sequence[str]) -> set[str]:
    """Press the keys in both ways, and compare after each; the pages that were seen."""
    here, there, pages = wizard(), wizard(), set()
    async with running(here, SIZE):
        first = [here.screen()]
        for key in keys:
            await here.press(key)
            first.append(here.screen())
            pages.add(here.page())
    async with there.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert there.screen() == first[0]
        for key, screen in zip(keys, first[1:], strict=True):
            await pilot.press(key)
            await pilot.pause()
            assert there.screen() == screen, key
    return pages


async def test_a_few_keys_end_where_they_end_with_pilot() -> None:
    assert await same_as_with_pilot(("h", "left", "1", "w", "1", "2", "c")) == {
        "HelpPage",
        "WelcomePage",
        "QuestionPage",
    }


@pytest.mark.thorough
async def test_every_page_is_the_same_as_with_pilot_after_every_key() -> None:
    assert await same_as_with_pilot(EVERY_PAGE) == {
        *("WelcomePage", "HelpPage", "DisplayPage", "ComparePage", "QuestionPage", "CrisisPage", "ReviewPage"),
        *("ResultPage", "SavePage", "ConfirmPage", "NoticePage"),
    }


@pytest.mark.thorough
async def test_clicks_and_sizes_end_where_they_end_with_pilot() -> None:
    texts = ("Start the questions", "1  Me", "Mood or worry", "Continue", "Who to call")
    sizes = ((60, 20), (50, 12), (120, 40))
    here, there, screens = wizard(), wizard(), []
    async with running(here, SIZE):
        for text in texts:
            await here.click(text)
            screens.append(here.screen())
        for size in sizes:
            await here.resize(*size)
            screens.append(here.screen())
    async with there.app.run_test(size=SIZE) as pilot:
        for text in texts:
            rows = there.lines()
            row = next(number for number, line in enumerate(rows) if text in line)
            await pilot.click(offset=(rows[row].index(text), row))
            await pilot.pause()
            assert there.screen() == screens.pop(0), text
        for size in sizes:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert there.screen() == screens.pop(0), size


@pytest.mark.parametrize(
    ("name", "key", "character"),
    [
        ("a", "a", "a"),
        ("A", "A", "A"),
        ("1", "1", "1"),
        ("ñ", "ñ", "ñ"),
        ("/", "slash", "/"),
        (" ", "space", " "),
        ("space", "space", " "),
        ("enter", "enter", "\r"),
        ("tab", "tab", "\t"),
        ("backspace", "backspace", "\x7f"),
        ("escape", "escape", "\x1b"),
        ("ctrl+c", "ctrl+c", "\x03"),
        ("up", "up", None),
        ("pagedown", "pagedown", None),
        ("shift+tab", "shift+tab", None),
        ("f1", "f1", None),
    ],
)
def test_a_key_is_what_textual_reads_of_a_terminal(name: str, key: str, character: str | None) -> None:
    (event,) = typed(name)
    assert isinstance(event, events.Key)
    assert (event.key, event.character) == (key, character)


class Busy(App[None]):
    """Does what comes after a key in every way that there is, one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.go_on = threading.Event()

    def compose(self) -> ComposeResult:
        yield Static("at first")
        yield Input()

    def on_key(self, event: events.Key) -> None:
        self.done.append(event.key)
        self.call_later(self._later)

    def _later(self) -> None:
        self.done.append("later")
        self.call_after_refresh(self._painted)

    async def _painted(self) -> None:
        self.done.append("painted")
        await asyncio.sleep(0)
        self.call_next(self._next)

    def _next(self) -> None:
        self.done.append("next")
        self.query_one(Static).update("at last")
        self.query_one(Static).call_after_refresh(self.push_screen, Screen())
        self._in_a_thread()

    @work
    async def _in_a_thread(self) -> None:
        await asyncio.to_thread(self.go_on.wait, 10)
        self.done.append("thread")


async def test_a_step_ends_when_all_that_it_set_off_is_done_but_for_threads() -> None:
    driver = AppDriver(Busy())
    async with running(driver, SIZE):
        driver.app.set_focus(None)
        assert driver.lines()[0] == "at first"
        await driver.press("f1")
        assert driver.app.done == ["f1", "later", "painted", "next"]
        assert len(driver.app.screen_stack) == 2
        driver.app.go_on.set()
        await driver.settle()
        assert driver.app.done[-1] == "thread"
        await driver.app.pop_screen()
        await driver.pause()
        assert driver.lines()[0] == "at last"


async def test_what_a_thread_brings_is_waited_for_until_it_is_there() -> None:
    driver = AppDriver(Busy())
    async with running(driver, SIZE):
        threading.Timer(0.05, driver.app.go_on.set).start()
        driver.app.set_focus(None)
        await driver.press("f1")
        await driver.until(lambda: "thread" in driver.app.done)


async def test_what_never_comes_is_told_with_the_screen() -> None:
    driver = AppDriver(Busy())
    async with running(driver, SIZE):
        with pytest.raises(AssertionError, match="at first"):
            await driver.until_sees("never", seconds=0.05)


async def test_the_time_of_an_app_stands_still_until_it_is_stepped() -> None:
    here, done = wizard(), list[str]()
    async with running(here, SIZE):
        began = time.monotonic()
        here.app.time.after(here.app, 60.0, lambda: here.app.call_later(done.append, "a minute"))
        here.app.time.after(here.app.screen, 90.0, lambda: done.append("of a page that is gone"))
        await here.press("1")
        await here.wait(59.9)
        assert done == []
        await here.wait(600)
        assert done == ["a minute"]
        assert time.monotonic() - began < 30
