"""While somebody writes the questions: saved files are on the screen, wrong ones are named, answers are kept."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
from textual.containers import VerticalScroll

from tests.app_driver import send, typed
from tests.bounded import rounds
from tests.core.small import SMALL
from tests.tui.authoring import Author, an_author

CALM = {"low_mood": "rarely", "low_interest": "rarely", "night_support": "somebody"}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


async def test_a_saved_question_is_shown_in_place_and_answers_are_kept(directory: Path) -> None:
    async with an_author(directory) as someone:
        await someone.press("1", "1")
        await someone.edits("about.yaml", "What do you want help with?", "What shall we help with?")
        assert "What shall we help with?" in someone.sees()
        assert dict(someone.app.interview.answers) == {"who_for": "self"}
        assert "dropped" not in someone.sees()
        await someone.press("1", "c")
        assert "Do you think about ending your life?" in someone.sees()


async def test_problems_stand_in_place_of_the_page_until_they_are_mended(directory: Path) -> None:
    async with an_author(directory) as someone:
        await someone.press("1", "1", "3", "c")
        before = someone.sees()
        await someone.breaks()
        assert f"{directory / 'safety.yaml'}:1" in "".join(line.strip(" ▇█") for line in someone.sees().splitlines())
        assert "colour" in someone.sees()
        assert "How many" not in someone.sees()
        await someone.press("left", "escape", "1", "enter", "b")
        assert someone.page() == "ProblemsPage"
        await someone.mends()
        assert someone.sees() == before


async def test_other_problems_take_the_place_of_those_that_were_mended(directory: Path) -> None:
    async with an_author(directory) as someone:
        await someone.breaks("about.yaml")
        await someone.breaks("care.yaml")
        assert "2 problems" in someone.sees()
        await someone.mends("about.yaml")
        assert "One problem" in someone.sees()
        assert "about.yaml" not in someone.sees()
        await someone.mends("care.yaml")
        assert someone.page() == "WelcomePage"


async def test_many_problems_can_be_read_to_the_last(directory: Path) -> None:
    async with an_author(directory, (60, 20)) as someone:
        lines = [f"wrong_{n}: x" for n in range(30)]
        path = directory / "safety.yaml"
        path.write_text("\n".join(lines) + "\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
        await someone.looked()
        scroll = someone.app.screen.query_one("Scroll", VerticalScroll)
        seen, before = someone.sees(), -1.0
        for _ in rounds("the end of the page"):
            if scroll.scroll_y <= before:
                break
            before = scroll.scroll_y
            await someone.press("space")
            seen += someone.sees()
        for n in range(30):
            assert f"wrong_{n}" in seen


async def test_a_rule_that_can_never_fire_is_a_problem_too(directory: Path) -> None:
    async with an_author(directory) as someone:
        await someone.edits("about.yaml", "{drinks: {at_least: 8}}\n", "{drinks: {at_least: 61}}\n")
        assert someone.page() == "ProblemsPage"


async def test_files_that_are_wrong_from_the_start_are_named_and_mended_ones_begin(directory: Path) -> None:
    path = directory / "screening.yaml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[:40], encoding="utf-8")
    async with an_author(directory) as someone:
        assert someone.page() == "ProblemsPage"
        assert "screening.yaml" in "".join(line.strip() for line in someone.sees().splitlines())
        await someone.press("h", "g")
        assert someone.page() == "HelpPage"
        # What cannot be read names no number: what helps anywhere is left.
        assert "Tell someone near you." in someone.sees()
        await someone.press("left", "q", "h", "left", "1")
        assert someone.page() == "ProblemsPage"
        path.write_text(whole, encoding="utf-8")
        await someone.looked()
        assert someone.page() == "WelcomePage"
        assert "A few questions." in someone.sees()
        await someone.press("1", "1", "2", "c")
        # On the way, not back at a review that was never reached: what is answered is asked again on the way back.
        await someone.press("left", "1", "c")
        assert "Do you think about ending your life?" in someone.sees()
        assert not someone.app.interview.reviewed


async def test_a_directory_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    async with an_author(tmp_path / "small") as someone:
        assert "there is no such directory" in someone.sees()
        shutil.copytree(SMALL, tmp_path / "small")
        await someone.looked()
        assert someone.page() == "WelcomePage"


async def test_dropped_answers_are_told_in_one_line_that_goes_with_the_next_answer(directory: Path) -> None:
    async with an_author(directory) as someone:
        await someone.press("1", "1", "3", "c", "4", "0", "c")
        await someone.edits("about.yaml", "highest: 60", "highest: 30")
        assert "Answers that no longer fit were dropped: drinks" in someone.sees()
        assert "Do you think about ending your life?" in someone.sees()
        assert "? More" in someone.sees()
        assert "40" not in someone.sees()
        await someone.press("1")
        assert "dropped" not in someone.sees()
        assert "About how many drinks" in someone.sees()


async def test_the_welcome_page_follows(directory: Path) -> None:
    async with an_author(directory) as someone:
        await someone.edits("screening.yaml", "A few questions.", "Some questions.")
        assert "Some questions." in someone.sees()
        await someone.press("1", "left")
        await someone.edits("screening.yaml", "Some questions.", "Six questions.")
        assert "Six questions." in someone.sees()
        assert someone.page() == "WelcomePage"


async def test_a_crisis_page_follows_and_goes_when_its_alarm_is_gone(directory: Path) -> None:
    async with an_author(directory) as someone:
        await someone.press("1", "1", "1", "c", "3")
        await someone.edits("help.yaml", "Do not stay alone.", "Go to somebody you trust.")
        assert someone.page() == "CrisisPage"
        assert "Go to somebody you trust." in someone.sees()
        await someone.edits("safety.yaml", "when: {thoughts: plan}", "when: {low_mood: mostly}")
        assert "How often is your mood low?" in someone.sees()
        await someone.edits("safety.yaml", "when: {low_mood: mostly}", "when: {thoughts: plan}")
        assert someone.page() == "CrisisPage"


async def to_review(someone: Author) -> None:
    await someone.press("1", "1", "1", "c", "1")
    await someone.answer(CALM)
    assert someone.page() == "ReviewPage"


async def test_the_review_follows(directory: Path) -> None:
    async with an_author(directory) as someone:
        await to_review(someone)
        await someone.edits("about.yaml", "self: Me", "self: Myself")
        assert someone.page() == "ReviewPage"
        assert "Who is this for? Myself" in someone.reads()
        await someone.edits("safety.yaml", "- somebody: Yes", "- a_person: Yes")
        assert "Is someone with you at night?" in someone.sees()
        await someone.press("1")
        assert someone.page() == "ReviewPage"


async def test_the_result_follows_and_stays_at_the_chapter_that_was_read(directory: Path) -> None:
    async with an_author(directory) as someone:
        await to_review(someone)
        await someone.press("enter")
        await someone.press("4")
        head = someone.lines()[0]
        assert "4 of 5" in head
        assert "What to say when you call" in someone.sees()
        await someone.edits("care.yaml", "What to say when you call", "What to tell them")
        assert someone.page() == "ResultPage"
        assert "What to tell them" in someone.sees()
        assert someone.lines()[0] == head
        await someone.press("1", "left")
        assert someone.page() == "ReviewPage"


async def test_pages_that_lie_over_another_follow_too(directory: Path) -> None:
    (directory / "glossary.yaml").write_text("terms: [{id: sleep, name: Sleep, text: Rest.}]", encoding="utf-8")
    async with an_author(directory) as someone:
        await someone.press("1", "1", "h")
        await someone.edits("help.yaml", "Danger to life.", "When life is in danger.")
        assert someone.page() == "HelpPage"
        assert "When life is in danger." in someone.sees()
        await someone.press("g")
        await someone.edits("glossary.yaml", "Rest.", "Rest at night.")
        assert someone.page() == "GlossaryPage"
        assert "Rest at night." in someone.sees()
        await someone.press("left")
        assert someone.page() == "HelpPage"
        await someone.press("left")
        assert "What do you want help with?" in someone.sees()
        await someone.press("left", "left", "2")
        await someone.edits("care.yaml", "1 to 2", "one or two")
        assert someone.page() == "ComparePage"
        assert "one or two" in someone.sees()
        await someone.press("left")
        assert someone.page() == "WelcomePage"


async def test_a_glossary_that_is_deleted_leaves_an_empty_page_that_closes(directory: Path) -> None:
    (directory / "glossary.yaml").write_text("terms: [{id: sleep, name: Sleep, text: Rest.}]", encoding="utf-8")
    async with an_author(directory) as someone:
        await someone.press("1", "g")
        (directory / "glossary.yaml").unlink()
        await someone.looked()
        assert "Rest." not in someone.sees()
        await someone.press("left")
        assert "Who is this for?" in someone.sees()
        assert "Words" not in someone.sees()


@pytest.mark.parametrize("keys", [("s",), ("n",), ("q",)], ids=["save", "start over", "leave"])
async def test_pages_about_what_is_gone_close(directory: Path, keys: tuple[str, ...]) -> None:
    async with an_author(directory) as someone:
        await to_review(someone)
        await someone.press("enter", *keys)
        assert someone.page() in ("SavePage", "ConfirmPage")
        await someone.edits("care.yaml", "One visit a week.", "One visit every week.")
        assert someone.page() == "ResultPage"
        assert "One visit every week." in someone.sees()


async def test_leaving_works_over_problems_and_a_mend_takes_both_pages_away(directory: Path) -> None:
    async with an_author(directory) as someone:
        await someone.press("1")
        await someone.breaks()
        await someone.press("q")
        assert someone.page() == "ConfirmPage"
        await someone.mends()
        assert "Who is this for?" in someone.sees()
        await someone.breaks()
        await someone.press("q", "2")
        assert not someone.app.is_running


async def test_a_key_on_its_way_while_files_change_does_no_harm(directory: Path) -> None:
    async with an_author(directory) as someone:
        await someone.press("1")
        path = directory / "about.yaml"
        whole = path.read_text(encoding="utf-8")
        for text in (whole.replace("self: Me", "me: Me"), "x: [", whole, "", whole):
            path.write_text(text, encoding="utf-8")
            for key in "1g1h":
                send(someone.app, typed(key))
            someone.app.call_later(someone.wizard.look)
            await asyncio.sleep(0)
            send(someone.app, typed("1"))
            someone.app.call_later(someone.wizard.look)
            await someone.pause()
        await someone.looked()
        assert someone.app.is_running
        assert someone.page() in ("QuestionPage", "HelpPage", "CrisisPage", "ReviewPage")
