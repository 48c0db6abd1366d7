"""Choosing colours and one-key use: seen at once, by keys and by the mouse, and no answer is touched."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from iop_tui.tui.appearance import PACES, Sample
from iop_tui.tui.themes import DARK, LIGHT, THEMES
from tests.tui.pilot import Person, person

SIZES = [(60, 20), (80, 24), (120, 40)]


@asynccontextmanager
async def at_display(size: tuple[int, int] = (80, 24), theme: str = DARK.name) -> AsyncIterator[Person]:
    """Somebody on the page, over the second question, in a terminal with all colours."""
    async with person(size=size) as someone:
        someone.app.theme = theme
        await someone.press("1", "1", "d")
        assert someone.page() == "DisplayPage"
        yield someone


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_colours_and_pace_are_chosen_by_digits_and_the_page_stays(size: tuple[int, int]) -> None:
    async with at_display(size) as someone:
        assert "1  [x] Dark" in someone.sees()
        await someone.press("2")
        assert someone.app.theme == LIGHT.name
        assert {segment.style.bgcolor.triplet.hex for segment in someone.strips()[0] if segment.style} == {  # type: ignore[union-attr]  # every cell has a ground
            LIGHT.background
        }
        assert "2  [x] Light" in someone.sees()
        assert "1  [ ] Dark" in someone.sees()
        await someone.press("6")
        assert someone.app.pace == 2.5
        assert "6  [x] Middle" in someone.sees()
        await someone.press("4", "3")
        pace: float | None = someone.app.pace  # mypy holds on to what it was before
        assert pace is None
        assert someone.page() == "DisplayPage"
        await someone.press("left")
        assert someone.page() == "QuestionPage"
        assert dict(someone.app.interview.answers) == {"who_for": "self"}
        assert someone.app.theme == "contrast"


async def test_the_page_under_it_has_the_new_colours_too() -> None:
    async with at_display() as someone:
        await someone.press("2", "left")
        asked = [strip for strip in someone.strips() if "Mood or worry" in strip.text]
        colours = {segment.style.color.triplet.hex for segment in asked[0] if segment.text.strip() and segment.style}  # type: ignore[union-attr]  # every letter has a colour
        assert colours <= {LIGHT.foreground, LIGHT.primary}


async def test_it_works_by_arrows_and_by_clicks() -> None:
    async with at_display() as someone:
        await someone.press("down", "enter")
        assert someone.app.theme == LIGHT.name
        row = next(number for number, line in enumerate(someone.sees().split("\n")) if "Fast" in line)
        await someone.click_at(12, row)
        assert someone.app.pace == 1.5


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_each_theme_is_shown_in_its_own_colours(size: tuple[int, int]) -> None:
    async with at_display(size) as someone:
        assert len(someone.app.screen.query(Sample)) == len(THEMES)
        for theme, name in zip(THEMES, ("Dark", "Light", "High contrast"), strict=True):
            line = next(strip for strip in someone.strips() if name in strip.text and "Most days" in strip.text)
            grounds = {segment.style.bgcolor.triplet.hex for segment in line if segment.style and segment.style.bgcolor}  # type: ignore[union-attr]  # asked before
            assert {theme.background, theme.variables["cursor"]} <= grounds


async def test_with_the_terminals_own_colours_there_are_none_to_choose() -> None:
    async with at_display(theme="ansi-dark") as someone:
        said = someone.sees()
        assert "The colors are this screen's own." in said
        assert "High contrast" not in said
        await someone.press("2")
        assert someone.app.pace == 4.0


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_nothing_is_cut_off(size: tuple[int, int]) -> None:
    async with at_display(size) as someone:
        seen = ""
        for _line in range(8):
            seen += someone.sees()
            await someone.press("down")
        for said in ("Dark", "Light", "High contrast", *(said for _id, _seconds, said in PACES), "lights up"):
            assert said in seen


@pytest.mark.parametrize("size", [(40, 20), (30, 10), (20, 5), (59, 19)], ids=str)
async def test_a_window_that_is_too_small_says_all_of_what_to_do(size: tuple[int, int]) -> None:
    async with person(size=size) as someone:
        said = someone.reads()
        assert said == " ".join(someone.app.too_small_text().split())
        assert "iop-tui --line" in said
        assert "Q" in said
