"""Every page, read for what a screen reader or a braille line would stumble over."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from iop_tui.line import glossary, pages, result
from iop_tui.result.document import document
from iop_tui.screening.assessment.cases import Case
from iop_tui.screening.engine.interview import Alarmed, NotAnswered, begin
from iop_tui.screening.engine.third_person import proxy_wording
from iop_tui.screening.model.definition import Screening
from tests.line.conversation import Conversation, stumbles, typing
from tests.shipped import SHIPPED, each_person, result_of


def aloud(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("told", [SHIPPED, proxy_wording(SHIPPED)], ids=["of oneself", "of another"])
def test_every_page_can_be_read_aloud(told: Screening) -> None:
    interview = begin(SHIPPED)
    said = [
        pages.welcome(told, ["Start the questions", "Leave"]),
        pages.who_to_call(told),
    ]
    for index, question in enumerate(told.questions):
        said.append(pages.question(replace(interview, screening=told, at=index), heading=True))
        said.append([pages.why(question), pages.asked_now(question)])
    said += [pages.crisis(Alarmed(alarm), told) for alarm in told.alarms]
    said += [pages.crisis(NotAnswered(q, q.if_unsaid), told) for q in told.questions if q.if_unsaid]
    said += [*pages.comparison(told), *glossary.parts(told, ["detox"])]
    for page in said:
        assert stumbles(aloud(page)) == []


def test_every_summary_can_be_read_aloud(people: Sequence[Case]) -> None:
    def check(case: Case) -> None:
        for part in result.parts(document(result_of(case))):
            assert stumbles(aloud(part)) == []

    each_person(check, people)


def test_a_prompt_is_short_and_ends_in_a_colon() -> None:
    person = typing(["1", "1", "back", "start over", "no", "quit", "no", "language"])
    conversation = Conversation(SHIPPED, person)
    conversation.run()
    assert set(conversation.prompts) == {"Your choice: ", "Your answer: ", "Yes or no: "}


@pytest.mark.parametrize(
    "text", ["a  b\n", " a\n", "a \n", "a\tb\n", "---\n", "· a\n", "a.. b\n", "\n", "a\n\n\nb\n", "a ›\n", "\x1b[1ma\n"]
)
def test_the_reading_itself_hears_what_is_wrong(text: str) -> None:
    assert stumbles(text)
