"""Who to call is in sight on the page for it, and in windows that are too small for any page."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from iop_tui.kiosk.app import VISIT_OVER
from iop_tui.site.settings import LocalLine, Staff
from tests.kiosk.pages.visitor import AT, SITE, SIZES, Visitor, every_page, to_crisis, to_question, visitor
from tests.shipped import SHIPPED

OWN = tuple(LocalLine(f"Team {n}", f"Call 555-010{n}", "2026-11-01", AT, "They come to you.") for n in range(8))
MANY = replace(SITE, staff=Staff(AT, call="Press the red button on the wall, or go to the desk. " * 3), phones=OWN)


@pytest.mark.parametrize("size", SIZES)
async def test_911_and_988_are_in_sight_however_many_lines_a_clinic_has(size: tuple[int, int]) -> None:
    async with visitor(SHIPPED, MANY, size=size) as someone:
        await to_question(someone)
        await someone.press("h")
        assert someone.page() == "HelpPage"
        rows = [row.strip() for row in someone.sees().split("\n")]
        assert any(row.startswith("Call 911") for row in rows)
        assert any(row.startswith("Call or text 988") for row in rows)


async def test_the_clinics_lines_come_next_and_then_the_others() -> None:
    async with visitor(SHIPPED, MANY, size=(80, 200)) as someone:
        await to_question(someone)
        await someone.press("h")
        seen = someone.sees()
        places = [
            seen.index(words) for words in (" Call 911\n", " Call or text 988\n", "555-0100", "555-0107", "741741")
        ]
        assert places == sorted(places)


SMALL_WINDOWS = [(59, 24), (80, 19), (40, 12), (30, 10)]
SPEAKING_THEMSELVES = ("ConfirmPage", "PinPage", "QrPage")


async def shrunk(someone: Visitor, size: tuple[int, int]) -> str:
    await someone.resize(*size)
    return someone.reads()


async def test_a_window_that_is_too_small_says_whom_to_call_and_to_tell_staff() -> None:
    async with visitor(pin="any") as someone:
        async for name in every_page(someone):
            if name.split(",")[0] in SPEAKING_THEMSELVES:
                continue
            for size in SMALL_WINDOWS:
                words = await shrunk(someone, size)
                assert "Go to the front desk now. If nobody is there, call 911." in words, (name, size)
                assert "Call 911 · Call or text 988" in words, (name, size)
                assert "This screen is too small. Please tell staff." in words, (name, size)
                assert "make this window larger" not in words, (name, size)
            await someone.press("x")
            assert someone.ended() == [VISIT_OVER], name
            await someone.resize(80, 24)


async def test_a_page_of_danger_comes_back_with_the_window() -> None:
    async with visitor() as someone:
        await to_crisis(someone)
        await shrunk(someone, (40, 12))
        await someone.press("1", "2")
        assert "Someone is with me now: erase my answers" in await shrunk(someone, (80, 24))
        assert someone.left == []
