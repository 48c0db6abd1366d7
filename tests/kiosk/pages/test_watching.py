"""The watch over idle time, driven by its own timers: every wait that the app asks for, and no other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual import events

from iop_tui.kiosk.app import VISIT_OVER
from iop_tui.kiosk.heartbeat import HeartbeatMessage
from iop_tui.kiosk.restart_policy import silence
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.site.settings import Site, Times
from tests.app_driver import mouse
from tests.kiosk.pages.visitor import Visitor, to_crisis, to_pin, to_question, to_result, visitor

AT = SourceLocation("site.yaml", 1)
TIMES = Times(AT, idle=20, reading=100, warning=20, crisis=300)


async def warned_after(someone: Visitor, most: int) -> int:
    """Whole seconds until the warning is there."""
    for second in range(most):
        if someone.page() == "WarningPage":
            return second
        await someone.wait(1)
    raise AssertionError(f"no warning in {most} s")


@pytest.mark.parametrize(("go", "limit"), [(to_question, 20), (to_result, 100), (to_crisis, 300)])
async def test_the_warning_comes_when_it_is_due_and_then_everything_is_erased(
    go: Callable[[Visitor], Awaitable[None]], limit: int
) -> None:
    async with visitor(site=Site(AT, times=TIMES)) as someone:
        await go(someone)
        assert abs(await warned_after(someone, 400) - limit) <= 1
        await someone.wait(18)
        assert someone.left == []
        await someone.wait(3)
        assert someone.left[:1] == [VISIT_OVER]


@pytest.mark.parametrize(("go", "back"), [(to_crisis, "2"), (to_result, "left")])
async def test_a_page_that_may_stand_for_long_does_not_lend_its_time_to_the_next(
    go: Callable[[Visitor], Awaitable[None]], back: str
) -> None:
    async with visitor(site=Site(AT, times=TIMES)) as someone:
        await go(someone)
        await someone.wait(90)
        await someone.press(back)
        assert someone.page() in ("QuestionPage", "ReviewPage")
        assert abs(await warned_after(someone, 100) - 20) <= 1
        assert someone.left == []


async def test_the_parent_hears_at_once_that_a_page_of_danger_stands_and_that_it_is_gone() -> None:
    async with visitor() as someone:
        await to_crisis(someone)
        last = someone.heartbeats()[-1]
        times = someone.app.site.times
        assert last is HeartbeatMessage.CRISIS
        assert silence(last, times) > times.crisis + times.warning
        await someone.press("2", apart=0.2)
        assert someone.heartbeats()[-1] is HeartbeatMessage.ALIVE


async def test_a_pin_page_that_nobody_goes_on_with_is_taken_away() -> None:
    async with visitor(site=Site(AT, times=TIMES), pin="any") as someone:
        await to_pin(someone)
        assert someone.page() == "PinPage"
        assert abs(await warned_after(someone, 100) - 20) <= 1


async def test_a_touch_whose_end_never_came_does_not_swallow_the_next_one() -> None:
    async with visitor() as someone:
        await to_question(someone)
        await someone.wait(95)
        await someone.point(mouse(events.MouseDown, 5, 5))
        assert someone.page() == "QuestionPage"
        await someone.touch("Me")
        assert len(someone.app.interview.answers) == 1
