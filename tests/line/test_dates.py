"""A day, asked for line by line."""

from __future__ import annotations

import pytest

from iop_tui.line import pages, parse_answer
from iop_tui.line.conversation import LineConversation
from iop_tui.screening.engine.interview import begin
from iop_tui.screening.question_types import Wrong
from tests.core.dated import TODAY, ago, last_drink, written


def test_the_question_says_what_can_be_typed() -> None:
    said = pages.question(begin(written(), TODAY), heading=False)
    assert said[0] == "On what day did you have your last drink?"
    assert said[1].startswith("Type a day from 2025-03-01 to 2026-03-01 like this: 2026-03-01, or: ")


@pytest.mark.parametrize("typed", ["2026-02-22", " 2026-02-22. "])
def test_a_day_is_read(typed: str) -> None:
    assert parse_answer.read(last_drink(), typed) == ago(7)


@pytest.mark.parametrize("typed", ["", "7", "yesterday", "2026-02-30", "2026-03-02", "2025-02-28", "22-02-2026"])
def test_what_is_no_such_day_is_answered_with_what_is(typed: str) -> None:
    assert isinstance(parse_answer.read(last_drink(), typed), Wrong)


def test_a_conversation_ends_in_a_summary_that_rests_on_the_day() -> None:
    lines = iter(["1", "2026-02-22", "1", "summary", *["more"] * 12, "quit", "yes"])
    heard: list[str] = []
    LineConversation(written(), lambda _prompt: next(lines, None), heard.append, today=lambda: TODAY).run()
    said = "".join(heard)
    assert "You said: 2026-02-22." in said
    assert "You had a drink within the last week." in said
