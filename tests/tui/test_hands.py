"""Every pair of hands goes the whole way: a keyboard alone, a mouse alone, one switch alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from iop_tui.screening.engine.interview import Alarmed, Asking, NotAnswered, Reviewing
from iop_tui.screening.model.answers import Answer
from iop_tui.tui.base_screen import Page
from iop_tui.tui.footer import FooterKey
from tests.bounded import rounds
from tests.shipped import CASES, SHIPPED
from tests.stepped import Stepped
from tests.tui.hands import Hands, Keyboard, Mouse, question_of, with_switch
from tests.tui.pilot import SMALL, person

CASE = next(case for case in CASES if case.id == "seizure_years_ago")
TRIED = next(case for case in CASES if case.id == "attempt_last_month").answers["suicide_attempts"]


# ---- the whole way ----


async def give(hands: Hands, answer: Answer) -> None:
    question = question_of(hands.someone)
    if isinstance(answer, int):
        await hands.number(question, answer)
    elif isinstance(answer, tuple):
        for option in answer:
            await hands.choose(option)
        await hands.choose("to next question")
    else:
        await hands.choose(str(answer))


async def answer_all(hands: Hands, *, danger_first: bool) -> None:
    """To the review; where `danger_first`, by way of a dangerous answer that was a mistake."""
    app, passed, mistaken = hands.someone.app, 0, not danger_first
    for _ in rounds("the review"):
        if isinstance(step := app.interview.step, Reviewing):
            break
        if isinstance(step, Asking):
            is_mistake = step.question.id == "suicide_attempts" and not mistaken
            mistaken = mistaken or is_mistake
            await give(hands, TRIED if is_mistake else CASE.answers[step.question.id])
        elif isinstance(step, NotAnswered) or (isinstance(step, Alarmed) and step.alarm.urgency == "today"):
            passed += 1
            assert passed < 5
            await hands.choose("on")
        else:
            assert isinstance(step, Alarmed)
            assert hands.someone.page() == "CrisisPage"
            assert "988" in hands.someone.sees()
            await hands.choose("change")


async def go_the_whole_way(hands: Hands, folder: Path) -> None:
    someone = hands.someone
    await hands.choose("start")
    await hands.do("why")
    assert "Why:" in someone.sees()
    await answer_all(hands, danger_first=True)
    assert {name: CASE.answers[name] for name in someone.app.interview.answers} == dict(someone.app.interview.answers)
    assert someone.page() == "ReviewPage"
    await hands.choose("daily_life")
    await give(hands, SHIPPED.question("daily_life").options[0].id)
    for _ in rounds("the review"):
        if isinstance(someone.app.interview.step, Reviewing):
            break
        await give(hands, CASE.answers[question_of(someone).id])
    assert someone.app.interview.answers["daily_life"] == SHIPPED.question("daily_life").options[0].id
    await hands.choose("to summary")
    assert "Care to ask about" in someone.sees()
    assert "Not a diagnosis." in someone.sees()
    pages = [someone.lines()[0]]
    for _ in range(60):
        await hands.do("next")
        pages.append(someone.lines()[0])
        if "1 of " in pages[-1] and "page" not in pages[-1]:
            break
    assert pages[-1] == pages[0]
    assert len(set(pages)) == len(pages) - 1 >= len(someone.app.document().sections)
    await hands.do("contents")
    await hands.choose("1")
    assert "2 of " in someone.lines()[0]
    reason = someone.app.document().sections[1].blocks[0].entries[0]  # type: ignore[union-attr]  # a list of reasons
    assert reason.details[0][:20] not in someone.sees()
    await hands.choose("reason 0")
    assert reason.details[0][:20] in someone.sees()
    await hands.do("back")
    await hands.do("help")
    assert "988" in someone.sees()
    await hands.do("back")
    await hands.do("save")
    await hands.choose("text")
    assert "Saved:" in someone.sees()
    assert len(list(folder.iterdir())) == 1
    await hands.choose("back")
    await hands.do("contents")
    await hands.choose("do over")
    await hands.choose("no")
    assert someone.page() == "ResultPage"
    await hands.do("contents")
    await hands.choose("do over")
    await hands.choose("yes")
    assert someone.page() == "WelcomePage"
    assert not someone.app.interview.answers
    await hands.do("leave")
    await hands.choose("yes")
    assert not someone.app.is_running
    assert someone.app.exit_status() == 0


async def test_a_keyboard_alone_goes_the_whole_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with person(SHIPPED) as someone:
        await go_the_whole_way(Keyboard(someone), tmp_path)


async def test_a_mouse_alone_goes_the_whole_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with person(SHIPPED) as someone:
        await go_the_whole_way(Mouse(someone), tmp_path)


async def test_one_switch_alone_goes_the_whole_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, time: Stepped
) -> None:
    monkeypatch.chdir(tmp_path)
    async with with_switch(time, SHIPPED) as switch:
        await go_the_whole_way(switch, tmp_path)


# ---- no key is held, or pressed together with another ----


def all_pages(base: type[Page] = Page) -> Iterator[type[Page]]:
    yield base
    for page in base.__subclasses__():
        yield from all_pages(page)


def test_every_action_has_a_plain_key() -> None:
    for page in all_pages():
        keys: dict[str, list[str]] = {}
        for key, binding in page._merge_bindings():
            keys.setdefault(binding.action, []).append(key)
        for action, of_action in keys.items():
            if action in OF_TEXTUAL:
                continue
            assert any(is_plain(key) for key in of_action), (page.__name__, action, of_action)


def is_plain(key: str) -> bool:
    """One key by itself. A capital is named like its letter, and has it beside it."""
    return (
        not any(key.startswith(f"{held}+") for held in ("ctrl", "alt", "shift", "super", "meta")) and not key.isupper()
    )


OF_TEXTUAL = ("screen.copy_text", "app.focus_previous", "maximize", "minimize")
"""What Textual's own screens bind, and this program does nothing with or has another key for: Tab goes round."""


# ---- small things that hands meet ----


async def test_enter_after_a_click_goes_on_and_unticks_nothing() -> None:
    async with person() as someone:
        await someone.press("1", "1")
        await Mouse(someone).choose("mood")
        await Mouse(someone).choose("alcohol")
        assert "[x] Mood or worry" in someone.sees()
        await someone.press("enter")
        assert someone.app.interview.answers["help_with"] == ("mood", "alcohol")


@pytest.mark.parametrize("hands", [Keyboard, Mouse], ids=["keyboard", "mouse"])
async def test_a_question_and_answers_too_long_for_the_window_can_be_read_to_the_end(
    hands: type[Keyboard | Mouse],
) -> None:
    about, safety = SMALL.sections
    words = " ".join(f"word{number}" for number in range(160))
    options = tuple(replace(option, text=f"{option.text} {words[:300]} end.") for option in about.questions[0].options)
    long = replace(about.questions[0], ask=f"{words}. The last word?", options=options)
    longer = replace(SMALL, sections=(replace(about, questions=(long, *about.questions[1:])), safety))
    async with person(longer) as someone:
        await someone.press("1")
        seen = someone.sees()
        assert "The last word?" not in seen
        assert "Read on" in seen
        for _ in range(40):
            await (someone.press("down") if hands is Keyboard else Mouse(someone).do("read_on"))
            seen += someone.sees()
        said = " ".join(seen.split())
        assert all(f"word{number}" in said for number in range(160))
        assert "The last word?" in said
        assert said.count("end.") >= 2


@pytest.mark.parametrize(("size", "part"), [((60, 20), False), ((80, 24), True)], ids=["60", "80"])
async def test_a_title_is_never_cut(size: tuple[int, int], part: bool) -> None:
    title = "What happens in your family when somebody cannot go on today"
    about, safety = SMALL.sections
    async with person(replace(SMALL, sections=(replace(about, title=title), safety)), size) as someone:
        await someone.press("1")
        assert title in someone.reads()
        assert "…" not in someone.sees()
        assert ("about 6 left" in someone.sees()) is part
        assert "Who is this for?" in someone.sees()


async def test_no_hint_at_the_foot_is_cut_where_words_are_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iop_tui.tui.footer._", lambda message: f"{message} {'x' * len(message)}")
    for size in ((60, 20), (80, 24)):
        async with person(SHIPPED, size) as someone:
            await someone.press("1")
            feet = [foot for foot in someone.app.screen.query(FooterKey) if foot.display]
            assert {"back", "why", "help", "more"} <= {foot.hint.action for foot in feet}
            lines = someone.sees().splitlines()
            for foot in feet:
                said = f"{foot.hint.shown} {foot.hint.said(short=foot._short)}"
                x, y = foot.region.x, foot.region.y
                assert lines[y][x : x + len(said)] == said
            await Mouse(someone).do("help")
            assert someone.page() == "HelpPage"
