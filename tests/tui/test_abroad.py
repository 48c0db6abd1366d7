"""Five levels of care, and other numbers to call than in the United States, in the wizard at 80x24."""

from __future__ import annotations

from collections.abc import AsyncIterator

from textual.containers import VerticalScroll

from tests.core.abroad import ANSWERS, US_NUMBER, abroad
from tests.tui.pilot import Person, person


async def whole(someone: Person) -> str:
    """The page as it is scrolled from top to bottom."""
    seen = [someone.reads()]
    for scroll in someone.app.screen.query(VerticalScroll):
        for _turn in range(40):
            before = scroll.scroll_y
            scroll.scroll_relative(y=max(1, scroll.size.height - 1), animate=False, force=True)
            await someone.pause()
            if scroll.scroll_y == before:
                break
            seen.append(someone.reads())
    return "\n".join(seen)


async def over(someone: Person, key: str) -> tuple[str, str]:
    """A page that a key opens, and left again: its name and what it says."""
    await someone.press(key)
    name, text = someone.page(), await whole(someone)
    await someone.press("left")
    return name, text


async def to_the_summary(someone: Person, name: str) -> None:
    await someone.press("enter")
    await someone.answer(ANSWERS[name])
    assert someone.page() == "ReviewPage"
    await someone.press("enter")
    assert someone.page() == "ResultPage"


async def pages() -> AsyncIterator[tuple[str, str]]:
    """Every page: its name and what it says."""
    async with person(abroad()) as someone:
        yield someone.page(), await whole(someone)
        for key in ("h", "2", "q"):
            yield await over(someone, key)
        await someone.press("enter", "w")
        yield someone.page(), await whole(someone)
        await someone.press("1", "4")
        yield "CrisisPage, danger", await whole(someone)
        yield await over(someone, "h")
        await someone.press("left")
    async with person(abroad()) as someone:
        await someone.press("enter", "1", "s")
        yield "CrisisPage, unsaid", await whole(someone)
    for name in ("dark", "low", "fine", "silent"):
        async with person(abroad()) as someone:
            await to_the_summary(someone, name)
            yield f"ResultPage, {name}", await whole(someone)
            for key in ("h", "c", "s"):
                yield await over(someone, key)


async def test_no_page_says_911_or_988() -> None:
    said: dict[str, str] = {}
    async for name, text in pages():
        said[name] = said.get(name, "") + text
    assert {name for name in said if name.split(",")[0] not in ("CrisisPage", "ResultPage")} == {
        "WelcomePage",
        "HelpPage",
        "ComparePage",
        "ConfirmPage",
        "QuestionPage",
        "SavePage",
    }
    assert {name: text for name, text in said.items() if US_NUMBER.search(text)} == {}
    for name in ("HelpPage", "CrisisPage, danger", "CrisisPage, unsaid"):
        assert "112" in said[name], name
        assert "116 123" in said[name], name


async def test_the_fifth_level_is_the_result_and_stands_in_the_comparison() -> None:
    async with person(abroad()) as someone:
        await to_the_summary(someone, "dark")
        assert "Withdrawal care" in await whole(someone)
        name, comparison = await over(someone, "c")
        assert name == "ComparePage"
        for level in abroad().levels.values():
            assert level.name in comparison or level.short in comparison, level.id
        assert all(len(line) <= 80 for line in someone.lines())
