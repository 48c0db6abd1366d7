"""The desk, as the counselor in front of it works with it."""

from __future__ import annotations

import random

import pytest

from iop_tui.call.operations import moved_to, open_questions
from iop_tui.counselor.background_assessment import ASSESS_AFTER
from iop_tui.counselor.desk_keys import HINTS
from iop_tui.screening.assessment.assess import as_document, assess
from iop_tui.screening.engine.interview import Alarmed, Asking, NotAnswered, begin
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.site.alarm_protocol import steps_for
from iop_tui.site.settings import STANDARD
from tests.core.after_result import with_life
from tests.counselor.desk_pilot import SHIPPED, SMALL, At, at_desk
from tests.harness.keys import keys_for
from tests.tui.pilot import CALM

STEPS = len(steps_for(STANDARD, SMALL, SMALL.alarms[0].page))


async def test_a_whole_call_by_keys_alone() -> None:
    async with at_desk() as at:
        assert "Who is this for?" in at.sees()
        for question, answer in CALM.items():
            assert at.question == question
            await at.press(*keys_for(SMALL.question(question), answer))
        assert dict(at.work.interview.answers) == CALM
        assert "Result: Outpatient" in at.sees()
        assert open_questions(at.work) == ()


async def test_the_result_stands_once_what_comes_before_it_is_answered() -> None:
    async with at_desk(with_life(), size=(120, 40)) as at:
        assert "── after the result" in at.sees()
        for question, answer in CALM.items():
            assert "Result: Outpatient" not in at.sees()
            await at.press(*keys_for(at.work.screening.question(question), answer))
        assert at.question == "work_hours"
        seen = " ".join(at.sees().split())
        assert "Result: Outpatient" in seen
        assert "1 more make it fit" in seen
        assert "0 of 1 answered" in seen


async def test_keys_that_come_in_one_piece_answer_one_question_after_the_other() -> None:
    async with at_desk() as at:
        await at.press_at_once("1", "2", "3", "enter", "8", "c", "1", "down", "enter", "2", "1")
        assert dict(at.work.interview.answers) == {
            "who_for": "self",
            "help_with": ("mood", "alcohol"),
            "drinks": 8,
            "thoughts": "never",
            "low_mood": "rarely",
            "low_interest": "mostly",
            "night_support": "somebody",
        }


async def test_a_call_by_the_mouse_alone() -> None:
    async with at_desk() as at:
        await at.click("Someone I care about")
        await at.click("Alcohol")
        await at.click("C  Continue")
        assert at.question == "drinks"
        for _ in range(3):
            await at.click("[ + ]")
        await at.click("[ - ]")
        await at.click("C  Continue")
        assert at.work.interview.answers["drinks"] == 2
        await at.click("night support")
        assert at.question == "night_support"
        await at.click("R Result")
        assert at.page() == "ExplanationPage"
        await at.press("left")
        await at.click("Rules")
        assert at.page() == "ExplanationPage"


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.thorough) for seed in range(1, 8))])
@pytest.mark.parametrize("screening", [SMALL, SHIPPED], ids=["small", "shipped"])
async def test_the_result_is_the_one_that_the_interview_leads_to(screening: Screening, seed: int) -> None:
    """The same answers, here in the order of a caller, there in the order of the questions."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    interview = begin(screening)
    told: dict[str, Answer] = {}
    for _ in range(100):
        step = interview.step
        if isinstance(step, Asking):
            told[step.question.id] = _any_answer(step.question, chance)
            interview = interview.answer(told[step.question.id])
        elif isinstance(step, NotAnswered) or (isinstance(step, Alarmed) and step.alarm.urgency == "today"):
            interview = interview.acknowledged()
        else:
            break
    order = list(told)
    chance.shuffle(order)
    async with at_desk(screening) as at:
        for name in order:
            await _go(at, name)
            await at.press(*keys_for(screening.question(name), told[name]))
            if at.page() == "ProtocolPage":
                await at.past_protocol()
        assert dict(at.work.interview.answers) == told
        assert at.work.interview.alarms == interview.alarms
        wanted = assess(screening, interview.answers)
        assert as_document(at.app.assessment) == as_document(wanted)


def _any_answer(question: Question, chance: random.Random) -> Answer:
    if chance.random() < 0.15:
        return chance.choice(list(Unknown))
    if question.kind == "number":
        return chance.randint(question.lowest or 0, question.highest or 0)
    option = chance.choice(question.options).id
    return (option,) if question.kind == "several" else option


async def _go(at: At, name: str) -> None:
    at.app.change_call(lambda work: moved_to(work, name, at.app.now()))
    await at.pause()


# ---- out of order ----


async def test_an_answer_ahead_of_its_question_says_on_what_it_hangs_and_the_way_there() -> None:
    async with at_desk() as at:
        await at.press("j", *"drinks", "enter")
        assert at.question == "drinks"
        assert "This counts once “What do you want help with?”" in at.reads()
        await at.press("9", "c")
        assert at.work.interview.answers["drinks"] == 9
        assert "Too early to say" in at.sees()
        await _go(at, "drinks")
        await at.press("b")
        assert at.question == "help_with"
        await at.press("3", "c")
        assert "At least: IOP" in at.sees()


async def test_a_danger_told_ahead_of_its_question_is_shown_before_the_question_is_reached() -> None:
    async with at_desk(SHIPPED, (120, 40)) as at:
        await at.press("j", *"withdrawal signs", "enter")
        assert at.question == "withdrawal_signs"
        await at.press("7", "c")  # a seizure
        assert at.page() == "ProtocolPage"
        assert at.sees().startswith("  DANGER · perhaps · ")
        assert at.work.interview.alarms == ()


async def test_the_next_open_question_is_a_key_away_and_after_the_last_comes_the_first() -> None:
    async with at_desk() as at:
        await _go(at, "night_support")
        await at.press("1")
        assert at.question == "who_for"
        await at.press("o")
        assert at.question == "help_with"


async def test_before_and_after_pass_over_what_is_not_asked() -> None:
    async with at_desk() as at:
        await at.press("1", "1", "c")
        assert at.question == "thoughts"
        await at.press("left")
        assert at.question == "help_with"
        await at.press("right", "pagedown", "pageup")
        assert at.question == "thoughts"


async def test_what_was_marked_or_typed_is_an_answer_when_the_counselor_goes_elsewhere() -> None:
    async with at_desk() as at:
        await at.press("1", "3", "o")
        assert at.work.interview.answers["help_with"] == ("alcohol",)
        await _go(at, "drinks")
        await at.press("1", "2", "backspace", "right")
        assert at.work.interview.answers["drinks"] == 1


async def test_an_answer_is_taken_back() -> None:
    async with at_desk() as at:
        await at.press("1", "left", "delete")
        assert "who_for" not in at.work.interview.answers
        assert "(*)" not in at.sees()


async def test_enter_alone_answers_nothing() -> None:
    async with at_desk() as at:
        await at.press("enter", "enter", "space")
        assert len(at.work.interview.answers) == 0


async def test_going_on_without_a_mark_says_what_is_missing() -> None:
    async with at_desk() as at:
        await at.press("1", "c")
        assert at.question == "help_with"
        assert "Choose at least one" in at.sees()


# ---- notes and marks ----


async def test_notes_and_marks_stand_in_the_outline_and_beside_the_question() -> None:
    async with at_desk(size=(120, 40)) as at:
        await at.press("m", "t", *"[b]his [/] son[@click=app.quit]x", "escape", "y")
        await at.type_into("note", "calls [/b] again")
        await at.press("escape")
        assert "Note: [b]his [/] son[@click=app.quit]x" in at.sees()
        assert "calls [/b] again" in at.sees()
        assert any(
            "› .*who for" in line and line.split("who for")[1].split()[0] == "n" for line in at.sees().splitlines()
        )
        assert at.work.call.marked == ("who_for",)


async def test_the_reference_stands_at_the_head() -> None:
    async with at_desk() as at:
        await at.press("y")
        await at.type_into("reference", "[/]4711")
        await at.press("escape")
        assert at.sees().startswith("  [/]4711 · About you")


# ---- danger ----


async def test_an_alarm_opens_its_protocol_at_once_and_stays_on_top_of_every_page() -> None:
    async with at_desk() as at:
        await _go(at, "thoughts")
        await at.press("3")
        assert at.page() == "ProtocolPage"
        await at.past_protocol()
        assert at.question == "low_mood", "the call goes on"
        for key, page in {"h": "HelpPage", "k": "ComparePage", "r": "ExplanationPage", "g": "JudgmentPage"}.items():
            await at.press(key)
            assert at.page() == page
            assert at.sees().startswith(f"  DANGER · Please talk to someone right now · 0 of {STEPS} steps done · P")
            await at.press("escape")
        await _go(at, "thoughts")
        await at.press("1")
        assert "DANGER" not in at.sees(), "the answer was put right"


async def test_keys_that_follow_an_alarm_answer_nothing_that_nobody_saw() -> None:
    async with at_desk() as at:
        await _go(at, "thoughts")
        await at.press_at_once("3", "2", "2", "1")
        assert at.page() == "ProtocolPage"
        assert dict(at.work.interview.answers) == {"thoughts": "plan"}
        assert at.work.call.ticks == ()


async def test_the_protocol_is_a_key_away_on_every_page_and_its_steps_are_counted_on_top() -> None:
    async with at_desk() as at:
        await _go(at, "thoughts")
        await at.press("3")
        await at.past_protocol()
        await at.press("h", "p")
        assert at.page() == "ProtocolPage"
        await at.heard()
        await at.press("1", "2")
        assert f"· 2 of {STEPS} steps done · P" in at.sees().splitlines()[0]


async def test_an_alarm_for_today_is_told_in_calmer_words() -> None:
    async with at_desk() as at:
        await _go(at, "thoughts")
        await at.press("2")
        assert at.page() == "ProtocolPage"
        assert at.sees().startswith("  Today · ")


async def test_danger_left_unsaid_shows_its_page_and_the_call_goes_on() -> None:
    async with at_desk() as at:
        await _go(at, "thoughts")
        await at.press("s")
        assert "You do not have to say" in at.sees()
        await at.past_protocol()
        assert at.question == "low_mood"


# ---- whole ----


@pytest.mark.parametrize(
    "size",
    [
        (60, 20),
        (120, 40),
        *(pytest.param(size, marks=pytest.mark.thorough) for size in ((80, 24), (100, 30), (200, 60))),
    ],
    ids=str,
)
async def test_every_key_and_the_words_to_say_are_whole(size: tuple[int, int]) -> None:
    async with at_desk(SHIPPED, size) as at:
        lines = at.sees().splitlines()
        foot = " ".join(lines[-5:])
        for hint in [hint for hint in HINTS if hint.action != "forms"]:
            assert f"{hint.key} {hint.said(short=True)}" in foot or f"{hint.key} {hint.label}" in foot
        assert "0 min" in lines[0] or "0 min" in lines[1]
        assert all(len(line) <= size[0] for line in lines)
        for name in ("danger_signs", "suicide_thoughts", "drinks_per_day"):
            await _go(at, name)
            question = at.work.interview.wording.question(name)
            shown = _column(at, "#question-pane")
            assert (question.say or question.ask) in shown
            assert (question.say_why or question.why) in shown or size[1] < 30


def _column(at: At, selector: str) -> str:
    region = at.app.screen.query_one(selector).region
    lines = at.sees().splitlines()[region.y : region.bottom]
    return " ".join(" ".join(line[region.x : region.right].split()) for line in lines)


async def test_a_wide_screen_shows_every_answer_the_rules_and_what_is_open() -> None:
    async with at_desk(SHIPPED, (120, 40)) as at:
        await _go(at, "danger_signs")
        shown = _column(at, "#question-pane")
        for option in SHIPPED.question("danger_signs").options:
            assert option.text in shown
        assert "Rules that hold" in at.sees()
        await at.wait(ASSESS_AFTER)
        await at.until_sees("Open, and it matters")


async def test_a_result_that_is_longer_than_its_pane_says_where_the_rest_is() -> None:
    async with at_desk(SHIPPED, (120, 24)) as at:
        await at.wait(ASSESS_AFTER)
        await at.until_sees("… R shows all")


async def test_a_window_that_is_too_small_takes_no_answer() -> None:
    async with at_desk() as at:
        await at.resize(50, 15)
        await at.press("1")
        assert len(at.work.interview.answers) == 0
        await at.resize(80, 24)
        await at.press("1")
        assert len(at.work.interview.answers) == 1
