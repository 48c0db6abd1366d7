"""The pages for the professional: every rule with its source, and what would change the result."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import pytest
from textual.containers import VerticalScroll

from iop_tui.counselor.pages.explanation import ExplanationPage
from iop_tui.counselor.pages.what_if import WhatIfPage, change_words
from iop_tui.screening.assessment.answer_words import answer_text
from iop_tui.screening.model.answers import Answer, Known
from iop_tui.screening.model.definition import Alarm, Fit, Need, Screening
from iop_tui.screening.search.counterfactuals import Counterfactuals, nearest
from tests.bounded import rounds
from tests.counselor.pages.around import Someone, call, someone
from tests.shipped import SHIPPED

WORK = call(
    {
        "who_for": "self",
        "suicide_thoughts": "often",
        "living": ("users",),
    }
)


async def read(counselor: Someone) -> str:
    """All of a page that scrolls, as one line of words."""
    scroll = counselor.app.screen.query_one("Scroll", VerticalScroll)
    assert scroll.max_scroll_x == 0
    texts = [counselor.reads()]
    for _ in rounds("the end of the page"):
        if scroll.scroll_y >= scroll.max_scroll_y:
            break
        await counselor.press("down")
        line = scroll.content_region.bottom - 1
        texts.append(counselor.lines()[line].strip())
    return " ".join(" ".join(texts).split())


@pytest.mark.parametrize("size", [(80, 24), pytest.param((120, 40), marks=pytest.mark.thorough)], ids=str)
async def test_every_rule_that_fired_is_told_with_its_name_source_and_answers(size: tuple[int, int]) -> None:
    async with someone(WORK, size) as counselor:
        result = counselor.app.assessment
        await counselor.open(ExplanationPage(WORK, result))
        said = await read(counselor)
        squeezed = said.replace(" ", "")
        assert result.reasons
        assert result.alarms
        assert result.fits
        assert result.unknown
        fired: list[tuple[Need | Alarm | Fit, Mapping[str, Known]]] = [
            *((reason.need, reason.answers) for reason in result.reasons),
            *((raised.alarm, raised.answers) for raised in result.alarms),
            *((fitting.fit, fitting.answers) for fitting in result.fits),
        ]
        for rule, answers in fired:
            assert rule.id in said
            assert " ".join(rule.because.split()) in said
            # A long address is broken where a line ends.
            assert "".join((rule.source or "").split()) in squeezed, rule.id
            for name, answer in answers.items():
                question = SHIPPED.question(name)
                assert "".join(answer_text(question, answer).split()) in squeezed
        for matter in result.unknown:
            assert " ".join(matter.question.ask.split()) in said
        assert SHIPPED.sha256 in squeezed


async def test_while_an_alarm_stops_everything_no_level_is_named() -> None:
    work = call({"suicide_attempts": "recent"})
    async with someone(work) as counselor:
        await counselor.open(ExplanationPage(work, counselor.app.assessment))
        assert "No level: an active alarm comes before everything else." in counselor.reads()


async def test_what_would_change_it_is_what_the_search_found_in_both_directions() -> None:
    async with someone(WORK, (120, 40)) as counselor:
        await counselor.open(WhatIfPage(WORK, counselor.app.assessment))
        await counselor.settle()
        said = await read(counselor)
        found = nearest(SHIPPED, WORK.interview.answers)
        found_levels = [
            each for side in (found.up, found.down) if side is not None for each in (side, *side.other_levels)
        ]
        assert found_levels
        for side in found_levels:
            assert f"It would be {SHIPPED.levels[side.level].name}, if" in said
            for change_set in side.change_sets:
                for change in change_set:
                    assert " ".join(change_words(change).split()) in said
        for why in (found.why_up if found.up is None else "", found.why_down if found.down is None else ""):
            assert " ".join(why.split()) in said
        purpose = said.index("It is not for trying answers until a level fits.")
        assert purpose < said.index("It would be"), "what it is not for is read before what was found"


async def test_the_page_is_there_before_the_search_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    may_end = threading.Event()

    def slow(screening: Screening, answers: Mapping[str, Answer]) -> Counterfactuals:
        assert may_end.wait(10)
        return nearest(screening, answers)

    monkeypatch.setattr("iop_tui.counselor.pages.what_if.nearest", slow)
    async with someone(WORK) as counselor:
        page = WhatIfPage(WORK, counselor.app.assessment)
        await counselor.app.push_screen(page)
        await counselor.pause()
        assert "Looking…" in counselor.reads()
        await counselor.press("escape")
        assert counselor.page() == "Empty"
        may_end.set()
        await counselor.settle()
