"""Every page is whole: nothing cut off, nothing wider than the window, no text read as markup."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len
from textual.containers import VerticalScroll

from iop_tui.screening.engine.interview import Alarmed, Interview, NotAnswered
from iop_tui.screening.engine.third_person import proxy_wording
from iop_tui.screening.model.definition import Screening
from iop_tui.tui.blocks import Block, Columns, Paragraph, lay_out
from iop_tui.tui.choices import Choices
from iop_tui.tui.crisis import page_of
from iop_tui.tui.question import QuestionPage
from tests.bounded import rounds
from tests.shipped import CASES, SHIPPED
from tests.tui.documents import texts_of_block
from tests.tui.pilot import SMALL, first_line, person

SIZES = [(60, 20), (80, 24), (100, 30), (140, 45)]


@pytest.mark.parametrize(
    ("size", "who"),
    [
        pytest.param((60, 20), "1", id="small, for oneself", marks=pytest.mark.thorough),
        pytest.param((60, 20), "2", id="small, for another"),
        pytest.param((80, 24), "1", id="usual, for oneself"),
        pytest.param((80, 24), "2", id="usual, for another", marks=pytest.mark.thorough),
    ],
)
async def test_every_question_is_whole_with_its_reason(size: tuple[int, int], who: str) -> None:
    async with person(SHIPPED, size) as someone:
        await someone.press("1", who, *(["1"] if who == "2" else []))
        page = someone.app.screen
        assert isinstance(page, QuestionPage)
        for index, question in enumerate(someone.app.interview.wording.questions):
            page.ask(at_question(someone.app.interview, index))
            await someone.pause()
            await someone.press("w")
            assert page.query_one("#question-top", VerticalScroll).max_scroll_y == 0, question.id
            said = someone.reads()
            assert " ".join(question.ask.split()) in said, question.id
            assert " ".join(question.why.split()) in said, question.id
            await someone.press("w")
            choices = page.query_one(Choices)
            assert choices.size.height >= (6 if size[1] < 24 else 8), question.id
            if size[1] >= 24:
                assert choices.max_scroll_y == 0, question.id


def at_question(interview: Interview, index: int) -> Interview:
    return replace(interview, at=index)


def dangers(told: Screening) -> list[Alarmed | NotAnswered]:
    """All that shows a page of danger; of the alarms with one page, the one with the longest reason comes last."""
    alarms = sorted(told.alarms, key=lambda alarm: len(alarm.because))
    return [*map(Alarmed, alarms), *(NotAnswered(q, q.if_unsaid) for q in told.questions if q.if_unsaid)]


def longest(steps: Sequence[Alarmed | NotAnswered]) -> list[Alarmed | NotAnswered]:
    """Each page of danger once, with the longest reason; and each question left unsaid."""
    return list({step.alarm.page if isinstance(step, Alarmed) else step.question.id: step for step in steps}.values())


VOICES = {"of oneself": SHIPPED, "of another": proxy_wording(SHIPPED)}


@pytest.mark.parametrize(("size", "voice"), [((60, 20), "of another"), ((80, 24), "of oneself")], ids=str)
async def test_every_crisis_page_is_whole(size: tuple[int, int], voice: str) -> None:
    await check_crisis_pages(size, VOICES[voice], longest(dangers(VOICES[voice])))


@pytest.mark.thorough
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("voice", VOICES)
async def test_every_crisis_page_is_whole_for_every_alarm(size: tuple[int, int], voice: str) -> None:
    await check_crisis_pages(size, VOICES[voice], dangers(VOICES[voice]))


async def check_crisis_pages(size: tuple[int, int], told: Screening, steps: Sequence[Alarmed | NotAnswered]) -> None:
    async with person(SHIPPED, size) as someone:
        for step in steps:
            await someone.app.stage(page_of(step, told))
            await someone.pause()
            words = someone.app.screen.query_one("#words", VerticalScroll)
            name = step.alarm.id if isinstance(step, Alarmed) else step.question.id
            assert words.max_scroll_y == 0 or size[1] < 24, name
            said = someone.reads()
            for _ in rounds(f"the end of {name}"):
                if words.scroll_y >= words.max_scroll_y:
                    break
                await someone.press("down")
                said += " " + someone.reads()
            page = told.pages[step.alarm.page if isinstance(step, Alarmed) else step.page]
            if isinstance(step, Alarmed):
                # Where danger is now, words of comfort stand where the reason would.
                now = step.alarm.urgency == "now"
                reasons: tuple[str, ...] = ((now and page.lead) or step.alarm.because, "change it")
            else:
                reasons = ("Go back to that question",)
            for text in (page.title, *page.do, *reasons):
                assert " ".join(text.split()) in said, (name, text)
            for line in page.lines:
                assert told.phone_lines[line].reach.split()[-1] in said, name


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_welcome_is_whole(size: tuple[int, int]) -> None:
    async with person(SHIPPED, size) as someone:
        seen = someone.sees()
        # The ways on are there at once; in the smallest window the last words are a key further down.
        assert "Start the questions" in seen
        assert "Q Leave" in seen
        words = someone.app.screen.query_one("#words", VerticalScroll)
        assert words.max_scroll_y == 0 or size[1] < 24
        await someone.press(*["pagedown"] * 3)
        said = " ".join((seen + " " + someone.sees()).split())
        for text in (SHIPPED.manifest.welcome.lead, *SHIPPED.manifest.welcome.points):
            for line in (text[:20], text[-20:]):
                assert " ".join(line.split()) in said


@pytest.mark.parametrize(
    "size", [(60, 20), *(pytest.param(size, marks=pytest.mark.thorough) for size in SIZES[1:3])], ids=str
)
async def test_the_summary_can_be_read_to_its_end(size: tuple[int, int]) -> None:
    case = next(case for case in CASES if case.expect.level == "iop")
    async with person(SHIPPED, size) as someone:
        await someone.press("1")
        await someone.answer(case.answers)
        await someone.press("enter")
        seen = ""
        scroll = someone.app.screen.query_one("Scroll", VerticalScroll)
        for _ in rounds("the card once more"):
            if seen and "1 of 7" in first_line(someone):
                break
            assert scroll.max_scroll_x == scroll.max_scroll_y == 0
            seen += someone.sees()
            await someone.press("right")
        # Large letters stand beside the lines of the card, and bars in them.
        said = " ".join(re.sub("[▀-▟]", " ", seen).split())
        for section in someone.app.document().sections:
            for block in section.blocks:
                for text in texts_of_block(block, may_be_cut=section.id in ("card", "compare")):
                    assert " ".join(text.split()) in said, text


NASTY = "[/] [bold]x[/bold] [@click=app.quit]y[/] [$primary] \\[z] {a} %s"


def poisoned(screening: Screening) -> Screening:
    """A screening all of whose texts look like markup."""
    about, safety = screening.sections
    questions = tuple(
        replace(q, ask=NASTY, why=NASTY, options=tuple(replace(o, text=NASTY) for o in q.options))
        for q in about.questions
    )
    return replace(
        screening,
        sections=(
            replace(about, title=NASTY, intro=NASTY, questions=questions),
            replace(
                safety,
                alarms=tuple(replace(a, because=NASTY) for a in safety.alarms),
                needs=tuple(replace(n, because=NASTY) for n in safety.needs),
                fits=tuple(replace(f, because=NASTY, suggests=NASTY) for f in safety.fits),
            ),
        ),
        help=replace(
            screening.help,
            lines=tuple(replace(line, name=NASTY, reach=NASTY, about=NASTY) for line in screening.help.lines),
            pages=tuple(replace(p, title=NASTY, do=(NASTY,)) for p in screening.help.pages),
        ),
        manifest=replace(
            screening.manifest,
            title=NASTY,
            welcome=replace(screening.manifest.welcome, lead=NASTY, points=(NASTY,)),
            notices=tuple(replace(n, text=NASTY) for n in screening.manifest.notices),
        ),
    )


async def test_text_that_looks_like_markup_is_shown_as_it_stands_on_every_page() -> None:
    async with person(poisoned(SMALL), (140, 45)) as someone:
        assert NASTY in someone.sees()
        await someone.press("h")
        assert NASTY in someone.sees()
        await someone.press("h", "1", "w")
        assert someone.sees().count(NASTY) >= 4
        await someone.press("2")
        assert someone.page() == "NoticePage"
        assert NASTY in someone.sees()
        await someone.press("1", "1", "c", "2")
        assert someone.page() == "CrisisPage"
        assert NASTY in someone.sees()
        await someone.press("1", "1", "1", "2")
        assert NASTY in someone.sees()
        await someone.press("enter")
        assert someone.page() == "ResultPage"
        assert someone.app.is_running


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=60), max_size=4),
    st.integers(20, 100),
)
def test_a_layout_is_never_wider_than_its_room_and_loses_no_word(texts: list[str], width: int) -> None:
    blocks: list[Block] = [Paragraph(text, mark="· ", indent=2) for text in texts]
    if len(texts) > 1:
        blocks.append(Columns(tuple((text, "") for text in texts)))
    lines = lay_out(blocks, width).plain.split("\n")
    assert all(cell_len(line) <= width for line in lines)
    paragraphs = "".join("".join(lay_out(blocks[: len(texts)], width).plain.split()).replace("·", ""))
    assert paragraphs == "".join("".join(texts).split()).replace("·", "")
