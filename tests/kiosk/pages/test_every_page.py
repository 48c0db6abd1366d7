"""What holds on every page of a visit: the keys at the foot, hiding, starting over, and nothing cut off."""

from __future__ import annotations

import pytest

from iop_tui.kiosk.app import VISIT_OVER
from iop_tui.tui.blocks import Prose
from iop_tui.tui.choices import Choices
from tests.kiosk.pages.visitor import PAGES, SIZES, visitor


@pytest.mark.parametrize("name", PAGES)
async def test_x_ends_the_visit_at_once(name: str) -> None:
    async with visitor(pin="any") as someone:
        await PAGES[name](someone)
        assert someone.page() == name.split(",")[0]
        await someone.press("x")
        assert someone.left == [VISIT_OVER]
        assert someone.page() == name.split(",")[0]  # nothing was laid over it to confirm


@pytest.mark.parametrize("name", PAGES)
async def test_a_touch_on_the_hint_hides_too(name: str) -> None:
    async with visitor(pin="any") as someone:
        await PAGES[name](someone)
        await someone.touch("X Hide & erase")
        assert someone.left == [VISIT_OVER]


@pytest.mark.parametrize("name", [name for name in PAGES if "ConfirmPage" not in name])
async def test_r_asks_before_it_erases(name: str) -> None:
    async with visitor(pin="any") as someone:
        await PAGES[name](someone)
        await someone.press("R")
        assert "Start over? Your answers are erased." in someone.sees()
        await someone.press("1")
        assert someone.page() == name.split(",")[0]
        assert someone.left == []
        await someone.press("r", "2")
        assert someone.left == [VISIT_OVER]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
async def test_the_keys_are_named_at_the_foot(name: str, size: tuple[int, int]) -> None:
    async with visitor(size=size, pin="any") as someone:
        await PAGES[name](someone)
        rows = someone.sees().split("\n")
        foot = next(row for row in reversed(rows) if row.strip())
        assert "X Hide & erase" in foot
        assert ("R Start over" in foot) == ("ConfirmPage" not in name)
        assert ("H Who to call" in foot or "H Help" in foot) == (name != "HelpPage")
        assert "Q Leave" not in foot
        assert "Save" not in foot


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
async def test_nothing_is_cut_off(name: str, size: tuple[int, int]) -> None:
    async with visitor(size=size, pin="any") as someone:
        await PAGES[name](someone)
        page = someone.app.screen
        for choices in page.query(Choices):
            if choices.display:
                assert choices.virtual_size.height <= choices.size.height
        if not name.startswith(("LobbyResultPage", "ComparePage", "HelpPage", "QrPage", "LobbyCrisisPage")):
            for prose in page.query(Prose):
                assert page.region.contains_region(prose.region)
        assert all(len(row) <= size[0] for row in someone.sees().split("\n"))


@pytest.mark.parametrize("name", PAGES)
async def test_without_colours_every_page_says_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with visitor(pin="any") as someone:
        await PAGES[name](someone)
        coloured = someone.sees().replace("█", " ").split()
    monkeypatch.setenv("NO_COLOR", "1")
    async with visitor(pin="any") as someone:
        await PAGES[name](someone)
        plain = someone.sees().replace("█", " ").split()
        colours = {
            segment.style.color
            for strip in someone.strips()
            for segment in strip
            if segment.style and segment.style.color and not segment.style.color.is_default
        }
    assert plain == coloured
    assert not colours
