"""Every page of the wizard, one after the other, as a person comes to see them: for tests of how they look."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence

from textual.containers import VerticalScroll
from textual.strip import Strip

from iop_tui.screening.format.loader import load
from iop_tui.screening.problems import Problem
from iop_tui.tui.appearance import DisplayPage
from iop_tui.tui.base_screen import Overlay
from iop_tui.tui.problems import ProblemsPage
from tests.core.small import SMALL as SMALL_FILES
from tests.tui.pilot import Person, person

SCRIPTS_FILES = SMALL_FILES.parent / "scripts"
SCRIPTS = load(SCRIPTS_FILES)
"""All kinds of question, all kinds of page, in writing from right to left, wide, combined, and in words without end."""


_WALKED: dict[tuple[int, int], Mapping[str, Sequence[Strip]]] = {}


async def walked(size: tuple[int, int]) -> Mapping[str, Sequence[Strip]]:
    """Every page in a window of that size, cell by cell. Walked once a process: who only looks shares it."""
    if size not in _WALKED:
        async with person(SCRIPTS, size) as someone:
            _WALKED[size] = {name: someone.strips() async for name in pages(someone)}
    return _WALKED[size]


async def pages(someone: Person) -> AsyncIterator[str]:
    """Walk the sample of scripts from the first page on; the name of each page once it is shown."""
    yield "welcome"
    async for name in _over(someone, "h", "who to call"):
        yield name
    async for name in _over(someone, "2", "comparison"):
        yield name
    async for name in _over(someone, "q", "leave?"):
        yield name
    await someone.press("1")
    yield "one"
    await someone.press("w", "down")
    async for name in _to_the_end(someone, "one, with why and the cursor on an answer"):
        yield name
    await someone.press("1")
    yield "several"
    await someone.press("c")
    yield "several, with nothing chosen"
    await someone.press("2", "3", "down", "up")
    yield "several, with two chosen"
    await someone.press("c")
    yield "number"
    await someone.press("1", "2")
    yield "number, with digits"
    await someone.press("c")
    async for name in _crisis(someone):
        yield name
    await someone.press("1", "2")
    async for name in _to_the_end(someone, "review"):
        yield name
    async for name in _over(someone, "g", "words"):
        yield name
    await someone.press("1")
    async for name in _result(someone):
        yield name
    await someone.press("s")
    yield "save"
    await someone.press("tab", "shift+home")
    yield "save, with the name marked"
    await someone.press("tab", "left")
    over: list[tuple[str, Overlay]] = [
        ("display", DisplayPage("dark", 2.5)),
        ("display, with the terminal's colours", DisplayPage(None, None)),
        ("problems", ProblemsPage([Problem("letters.yaml", 3, "现在拨打"), Problem("help.yaml", 9, "אל תישארו")])),
    ]
    for name, page in over:
        await someone.app.push_screen(page)
        await someone.pause()
        yield name
        await someone.app.pop_screen()
        await someone.pause()


async def _crisis(someone: Person) -> AsyncIterator[str]:
    """From the question about danger: every kind of crisis page, and the page of being with someone."""
    await someone.press("3")
    async for name in _to_the_end(someone, "crisis, now"):
        yield name
    async for name in _over(someone, "1", "with someone"):
        yield name
    await someone.press("2", "2")
    async for name in _to_the_end(someone, "crisis, today"):
        yield name
    await someone.press("2", "s")
    async for name in _to_the_end(someone, "crisis, unsaid"):
        yield name


async def _result(someone: Person) -> AsyncIterator[str]:
    """Every section of the result, and the page that names them all."""
    for section in someone.app.document().sections:
        async for name in _to_the_end(someone, f"result, {section.id}"):
            yield name
        await someone.press("right")
    await someone.press("0")
    yield "result, all pages"
    await someone.press("left")


async def _over(someone: Person, key: str, name: str) -> AsyncIterator[str]:
    await someone.press(key)
    async for part in _to_the_end(someone, name):
        yield part
    await someone.press("left")


async def _to_the_end(someone: Person, name: str) -> AsyncIterator[str]:
    """The page, and again each time that what scrolls has been scrolled by less than what is seen of it."""
    yield name
    for scroll in someone.app.screen.query(VerticalScroll):
        for turn in range(1, 60):
            before = scroll.scroll_y
            scroll.scroll_relative(y=max(1, scroll.size.height - 1), animate=False, force=True)
            await someone.pause()
            if scroll.scroll_y == before:
                break
            yield f"{name}, {scroll.id or 'text'} {turn}"
