"""What holds on every page of a visit: the keys at the foot, hiding, starting over, and nothing cut off."""

from __future__ import annotations

import pytest

from iop_tui.kiosk.app import VISIT_OVER
from iop_tui.tui.blocks import Prose
from iop_tui.tui.choices import Choices
from tests.kiosk.pages.visitor import SIZES, Visitor, every_page, visitor


async def test_x_or_a_touch_on_its_hint_ends_the_visit_at_once() -> None:
    async with visitor(pin="any") as someone:
        async for name in every_page(someone):
            await someone.press("x")
            assert someone.ended() == [VISIT_OVER], name
            assert someone.page() == name.split(",")[0]  # nothing was laid over it to confirm
            await someone.touch(erases(name))
            assert someone.ended() == [VISIT_OVER], name


async def test_r_asks_before_it_erases() -> None:
    async with visitor(pin="any") as someone:
        async for name in every_page(someone):
            if "ConfirmPage" in name:
                continue
            await someone.press("R")
            assert "Start over? Your answers are erased." in someone.sees(), name
            await someone.press("1")
            assert someone.page() == name.split(",")[0]
            assert someone.ended() == [], name
            await someone.press("r", "2")
            assert someone.ended() == [VISIT_OVER], name


@pytest.mark.parametrize("size", SIZES)
async def test_every_page_is_whole_and_names_its_keys(size: tuple[int, int]) -> None:
    async with visitor(size=size, pin="any") as someone:
        async for name in every_page(someone):
            check_foot(someone, name)
            check_whole(someone, name)


def erases(name: str) -> str:
    """The key that erases, as a page names it."""
    return "X I am done: erase everything" if name.startswith("LobbyResultPage") else "X Hide & erase"


def check_foot(someone: Visitor, name: str) -> None:
    """The keys at the foot, and the one for what goes on below wherever anything does."""
    rows = [row for row in someone.lines() if row.strip()]
    foot = rows[-1]
    assert erases(name) in " ".join(rows[-2:]), name
    # A question and the result have it among all their pages and keys.
    without = ("ConfirmPage", "MorePage", "QuestionPage", "LobbyResultPage")
    assert ("R Start over" in foot) != name.startswith(without), name
    assert ("? More" in foot) == ("QuestionPage" in name), name
    assert ("H Who to call" in foot or "H Help" in foot) == (name != "HelpPage"), name
    assert "Q Leave" not in foot, name
    assert "Save" not in foot, name
    goes_on = any(words in row for words in ("↓ Read on", "↓ More") for row in rows[-2:])
    assert goes_on == any(widget.show_vertical_scrollbar for widget in someone.app.screen.query("*")), name


def check_whole(someone: Visitor, name: str) -> None:
    """Nothing is cut off."""
    page = someone.app.screen
    for choices in page.query(Choices):
        if choices.display:
            assert choices.virtual_size.height <= choices.size.height, name
    if not name.startswith(("LobbyResultPage", "ComparePage", "HelpPage", "QrPage", "LobbyCrisisPage")):
        for prose in page.query(Prose):
            assert page.region.contains_region(prose.region), name
    assert all(len(row) <= someone.app.size.width for row in someone.lines()), name


async def test_without_colours_every_page_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    coloured = {}
    async with visitor(pin="any") as someone:
        async for name in every_page(someone):
            coloured[name] = someone.sees().replace("█", " ").split()
    monkeypatch.setenv("NO_COLOR", "1")
    async with visitor(pin="any") as someone:
        async for name in every_page(someone):
            assert someone.sees().replace("█", " ").split() == coloured[name], name
            styles = [segment.style for strip in someone.strips() for segment in strip if segment.style]
            assert not [style for style in styles if style.color and not style.color.is_default], name
