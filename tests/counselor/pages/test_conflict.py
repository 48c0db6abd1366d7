"""Two people changed the same call: every difference is shown, and the default loses nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_tui.call.operations import (
    CallState,
    answered,
    judged,
    marked,
    noted,
    noted_call,
    ticked,
    with_reference,
    with_state,
)
from iop_tui.call.record import Call, Judgment
from iop_tui.counselor.call_diff import differences
from iop_tui.counselor.messages import ConflictResolved
from iop_tui.counselor.pages.conflict import ConflictPage
from iop_tui.records.stored import Stored
from iop_tui.tui.choices import Choices
from tests.counselor.pages.around import BEGAN, Someone, call, someone
from tests.shipped import SHIPPED

LATER = BEGAN + timedelta(minutes=5)
COMMON = call({"who_for": "self", "help_with": ("alcohol",)})
MINE = noted_call(answered(COMMON, "living", (SHIPPED.question("living").options[1].id,), LATER), "mine alone", LATER)
THEIRS = with_state(with_reference(COMMON, "folder 17", LATER), "call_back", LATER)
CHANGES = {
    "answer": lambda work: answered(work, "care_now", SHIPPED.question("care_now").options[1].id, LATER),
    "other answer": lambda work: answered(work, "who_for", "someone_else", LATER),
    "note": lambda work: noted(work, "living", "in a van", LATER),
    "call note": lambda work: noted_call(work, "whispers", LATER),
    "reference": lambda work: with_reference(work, "A-7", LATER),
    "mark": lambda work: marked(work, "living", LATER),
    "tick": lambda work: ticked(work, "suicide_now", "Stay on the line.", "ben", LATER),
    "judgment": lambda work: judged(work, Judgment(False, LATER, "ben", "php", "he sounds worse")),
    "state": lambda work: with_state(work, "finished", LATER),
}


async def opened(counselor: Someone) -> None:
    await counselor.open(ConflictPage(MINE.call, Stored(THEIRS.call, 4, LATER, "ben")))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
async def test_each_difference_is_shown_with_mine_and_theirs(size: tuple[int, int]) -> None:
    async with someone(MINE, size) as counselor:
        await opened(counselor)
        seen = counselor.reads()
        await counselor.press("end")
        for _page in range(3):
            counselor.app.screen.action_read_on()  # type: ignore[attr-defined]  # a ConflictPage
            await counselor.pause()
            seen += " " + counselor.reads()
        for text in ("ben saved this call", "mine alone", "folder 17", "to call back"):
            assert text in seen
        assert SHIPPED.question("living").options[1].text.split()[-1] in seen


@pytest.mark.parametrize(
    ("keys", "keep"), [(("enter",), "both"), (("1",), "both"), (("2",), "mine"), (("3",), "theirs")]
)
async def test_the_default_keeps_both(keys: tuple[str, ...], keep: str) -> None:
    async with someone(MINE) as counselor:
        await opened(counselor)
        await counselor.press(*keys)
        (resolved,) = counselor.app.heard
        assert isinstance(resolved, ConflictResolved)
        assert resolved.keep == keep


async def test_it_must_be_decided() -> None:
    async with someone(MINE) as counselor:
        await opened(counselor)
        await counselor.press("escape", "left", "b", "backspace")
        assert counselor.page() == "ConflictPage"
        assert counselor.app.heard == []
        await counselor.click_on(Choices, (10, 2))
        assert [event.keep for event in counselor.app.heard if isinstance(event, ConflictResolved)] == ["theirs"]


def test_the_same_call_does_not_differ_from_itself() -> None:
    assert differences(MINE.call, MINE.call, SHIPPED) == ()


@given(st.sets(st.sampled_from(sorted(CHANGES))), st.sets(st.sampled_from(sorted(CHANGES))))
def test_a_change_shows_on_its_side_and_nothing_else_does(mine: set[str], theirs: set[str]) -> None:
    found = differences(_with(mine), _with(theirs), SHIPPED)
    assert len(found) == len(mine ^ theirs)
    assert sum(1 for each in found if each.mine and not each.theirs) <= len(mine)
    again = differences(_with(theirs), _with(mine), SHIPPED)
    assert {(each.what, each.mine, each.theirs) for each in found} == {
        (each.what, each.theirs, each.mine) for each in again
    }


def _with(names: set[str]) -> Call:
    work: CallState = COMMON
    for name in sorted(names):
        work = CHANGES[name](work)
    return work.call
