"""Pages of danger in a lobby: staff first, 911 and 988 in sight, and no way on but help or a mistake."""

from __future__ import annotations

import pytest

from iop_tui.kiosk.app import VISIT_OVER
from iop_tui.kiosk.crisis import LobbyCrisisPage
from iop_tui.kiosk.heartbeat import HeartbeatMessage
from iop_tui.screening.engine.third_person import proxy_wording
from iop_tui.screening.model.content import CrisisPage
from iop_tui.screening.model.definition import Screening
from iop_tui.tui.block_font import large
from tests.kiosk.pages.visitor import SITE, SIZES, Visitor, to_crisis, to_crisis_today, to_unsaid, visitor
from tests.shipped import SHIPPED

VOICES = {"self": SHIPPED, "someone else": proxy_wording(SHIPPED)}


BECAUSE = "You often have thoughts of ending your life."


@pytest.mark.parametrize(
    ("voice", "passable"),
    [
        ("self", False),
        ("someone else", True),
        pytest.param("self", True, marks=pytest.mark.thorough),
        pytest.param("someone else", False, marks=pytest.mark.thorough),
    ],
)
async def test_every_shipped_page_shows_who_to_call_and_its_keys_without_scrolling(voice: str, passable: bool) -> None:
    screening = VOICES[voice]
    async with visitor(SHIPPED) as someone:
        for page in screening.pages.values():
            await someone.app.stage(LobbyCrisisPage(screening, SITE, page.id, BECAUSE, passable=passable))
            for size in SIZES:
                await someone.resize(*size)
                check_page(someone, page, screening, passable)


def check_page(someone: Visitor, page: CrisisPage, screening: Screening, passable: bool) -> None:
    size = someone.app.size
    where = (page.id, size)
    seen, words = someone.sees(), someone.reads()
    assert page.title in words, where
    assert (SITE.staff.call or "") in words, where
    urgent = [screening.phone_lines[name] for name in page.lines if name in ("emergency", "lifeline")]
    assert all(line.reach in seen for line in urgent), where
    assert "I pressed the wrong key: change it" in seen, where
    assert ("Someone is with me now: erase my answers" in seen) is not passable, where
    assert ("go on with the questions" in seen) is passable, where
    assert (BECAUSE in words) is passable, where
    if not passable and size.height < 30 <= size.width - 50:
        assert all(row.rstrip() in seen for row in large(SITE.staff.large, tall=False)[1:3]), where
    # Where something scrolls in the smallest window, the keys stand in two lines.
    foot = " ".join([row for row in someone.lines() if row.strip()][-2:])
    assert "X Hide & erase" in foot, where
    assert "R Start over" in foot, where
    assert "H " in foot, where
    assert ("← Back" in foot) == passable, where


@pytest.mark.thorough
@pytest.mark.parametrize("voice", VOICES)
async def test_all_of_every_page_can_be_read_by_keys_and_by_touch(voice: str) -> None:
    async with visitor(SHIPPED, size=(60, 20)) as someone:
        for page in VOICES[voice].pages.values():
            await read_all(someone, page, VOICES[voice])


async def test_all_of_the_longest_page_can_be_read_by_keys_and_by_touch() -> None:
    async with visitor(SHIPPED, size=(60, 20)) as someone:
        longest = max(SHIPPED.pages.values(), key=lambda page: len("".join(page.do)) + 40 * len(page.lines))
        await read_all(someone, longest, SHIPPED)


async def read_all(someone: Visitor, page: CrisisPage, screening: Screening) -> None:
    await someone.app.stage(LobbyCrisisPage(screening, SITE, page.id, "", passable=False))
    await someone.pause()
    seen = someone.reads()
    for turn in range(8):
        if turn % 2:
            await someone.press("down", "down", "down")
        elif "Read on" in someone.sees():
            await someone.touch("Read on")
        seen += someone.reads()
    last = screening.phone_lines[page.lines[-1]]
    assert last.reach.split(",")[0].split(" or ")[0] in seen, page.id


async def test_it_tells_staff_in_large_words_and_the_clinics_own_sentence() -> None:
    async with visitor(size=(80, 24)) as someone:
        await to_crisis(someone)
        assert all(row.strip() in someone.sees() for row in large(("Tell staff", "now"), tall=False) if "█" not in row)
        assert "Maria at the front desk will sit with you." in someone.sees()
        assert "Dial 0 on the wall phone" in someone.sees()
        assert "You have a plan" not in someone.sees()


async def test_nothing_leads_on_but_help_or_a_mistake() -> None:
    async with visitor() as someone:
        await to_crisis(someone)
        for key in ("enter", "space", "left", "escape", "backspace", "3", "c", "n", "s", "right", "tab"):
            await someone.press(key)
            assert someone.page() == "LobbyCrisisPage"
        await someone.press("2")
        assert someone.page() == "QuestionPage"
        assert "Do you think about ending your life?" in someone.sees()


async def test_help_is_here_asks_once_and_erases() -> None:
    async with visitor() as someone:
        await to_crisis(someone)
        await someone.press("1")
        assert "Is somebody with you? Then everything here is erased." in someone.sees()
        await someone.press("enter")
        assert someone.page() == "LobbyCrisisPage"
        assert someone.left == []
        await someone.press("1", "2")
        assert someone.left == [VISIT_OVER]


async def test_less_urgent_pages_can_be_read_and_left_behind() -> None:
    for go in (to_crisis_today, to_unsaid):
        async with visitor() as someone:
            await go(someone)
            assert "Go to the front desk now. If nobody is there, call 911." in someone.sees()
            await someone.press("1")
            assert someone.page() == "QuestionPage"
            await someone.press("left")
            assert someone.page() == "QuestionPage"


async def test_the_way_back_from_an_unsaid_answer_is_named() -> None:
    async with visitor() as someone:
        await to_unsaid(someone)
        assert "You left a question about safety open. That is all right." in someone.sees()
        await someone.press("2")
        assert "Do you think about ending your life?" in someone.sees()


async def test_the_parent_hears_that_a_page_of_danger_stands() -> None:
    async with visitor() as someone:
        await to_crisis(someone)
        someone.heartbeats()
        await someone.press("down")
        assert someone.heartbeats() == (HeartbeatMessage.CRISIS,)
