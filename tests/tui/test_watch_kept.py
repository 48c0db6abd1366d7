"""While somebody writes the questions: what was begun, opened or told on a page survives a save; danger comes first."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from iop_tui.tui import messages
from tests.core.small import SMALL
from tests.tui.authoring import an_author


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


async def test_help_that_was_open_over_problems_stays_open_with_the_lines_there_are_then(directory: Path) -> None:
    whole = (directory / "help.yaml").read_text(encoding="utf-8")
    (directory / "help.yaml").write_text("colour: red\n" + whole, encoding="utf-8")
    async with an_author(directory) as someone:
        await someone.press("h")
        assert "988" not in someone.sees()
        await someone.mends("help.yaml")
        assert someone.page() == "HelpPage"
        assert "Call or text 988" in someone.sees()
        await someone.press("left")
        assert someone.page() == "WelcomePage"


async def test_dropped_answers_are_still_told_when_help_is_closed(directory: Path) -> None:
    async with an_author(directory) as someone:
        await someone.press("1", "1", "3", "c", "4", "0", "c", "h")
        await someone.edits("about.yaml", "highest: 60", "highest: 30")
        assert someone.page() == "HelpPage"
        assert "dropped" not in someone.sees()
        await someone.press("left")
        assert "Answers that no longer fit were dropped: drinks" in someone.sees()
        await someone.press("1")
        assert "dropped" not in someone.sees()


async def test_boxes_that_are_marked_stay_marked_where_they_still_are(directory: Path) -> None:
    async with an_author(directory) as someone:
        await someone.press("1", "1", "2", "3")
        await someone.edits("about.yaml", "alcohol: Alcohol", "alcohol: Drinking")
        assert "[x] Mood or worry" in someone.sees()
        assert "[x] Drinking" in someone.sees()
        assert "› 3  [x] Drinking" in someone.sees()
        await someone.edits("about.yaml", "- mood: Mood or worry", "- worry: Worry")
        assert "[ ] Worry" in someone.sees()
        assert "[x] Drinking" in someone.sees()
        await someone.edits("about.yaml", "- alcohol: Drinking", "- {id: alcohol, text: Drinking, alone: true}")
        await someone.press("c")
        assert someone.app.interview.answers["help_with"] == ("alcohol",)


async def test_marks_that_no_answer_could_have_now_are_taken_away(directory: Path) -> None:
    async with an_author(directory) as someone:
        await someone.press("1", "1", "2", "3")
        await someone.edits("about.yaml", "- mood: Mood or worry", "- {id: mood, text: Mood or worry, alone: true}")
        assert "[x]" not in someone.sees()


async def test_a_mark_taken_off_an_answer_stays_off(directory: Path) -> None:
    async with an_author(directory) as someone:
        await someone.press("1", "1", "2", "c", "left", "2")
        await someone.edits("about.yaml", "What do you want", "What would you like")
        assert "[x]" not in someone.sees()


async def test_a_number_half_typed_stays_and_so_does_why(directory: Path) -> None:
    async with an_author(directory) as someone:
        await someone.press("1", "1", "3", "c", "w", "5")
        await someone.edits("about.yaml", "Many drinks make", "Much drink makes")
        assert "[ 5 ]" in someone.sees()
        assert "Much drink makes it unsafe" in someone.sees()
        await someone.press("0")
        assert "[ 50 ]" in someone.sees()
        await someone.edits("about.yaml", "highest: 60", "highest: 30")
        assert "[ 50 ]" in someone.sees()
        assert "Up to 30." in someone.sees()
        await someone.press("backspace", "backspace", "7", "c")
        assert someone.app.interview.answers["drinks"] == 7


async def test_marks_stay_while_files_are_wrong_and_are_not_taken_for_another_question(directory: Path) -> None:
    async with an_author(directory) as someone:
        await someone.press("1", "1", "2")
        await someone.breaks()
        await someone.mends()
        assert "[x] Mood or worry" in someone.sees()
        await someone.edits("about.yaml", "id: help_with", "id: wants_with")
        await someone.edits("about.yaml", "{help_with: alcohol}", "{wants_with: alcohol}")
        assert someone.page() == "QuestionPage"
        assert "[x]" not in someone.sees()


async def test_a_file_saved_unchanged_changes_no_page(directory: Path) -> None:
    async with an_author(directory) as someone:
        await someone.press("1", "1", "q")
        os.utime(directory / "about.yaml", ns=(1, 1))
        await someone.looked()
        assert someone.page() == "ConfirmPage"
        await someone.edits("about.yaml", "What do you want", "What would you like")
        assert someone.page() == "QuestionPage"


OPENED = "when: {thoughts: often}\n    page"


@pytest.mark.parametrize("stage", ["question", "welcome"])
async def test_an_alarm_that_a_change_raises_takes_away_what_lies_over_its_page(directory: Path, stage: str) -> None:
    async with an_author(directory) as someone:
        await someone.press("1", "1", "2")
        await someone.press(*(["c"] if stage == "question" else ["c", "left", "left", "left"]))
        assert someone.page() == ("QuestionPage" if stage == "question" else "WelcomePage")
        await someone.press("h")
        await someone.edits("safety.yaml", OPENED, OPENED.replace("thoughts: often", "help_with: mood"))
        assert someone.page() == "CrisisPage"
        # What lies over a page of danger that was there before stays.
        await someone.press("h")
        await someone.edits("help.yaml", "Danger to life.", "When life is in danger.")
        assert "When life is in danger." in someone.sees()
        await someone.press("left")
        assert someone.page() == "CrisisPage"


async def test_an_answer_on_its_way_when_files_break_counts_and_leaves_the_problems_on_top(directory: Path) -> None:
    async with an_author(directory) as someone:
        await someone.press("1")
        await someone.breaks()
        someone.app.post_message(messages.Answered("who_for", "self"))
        await someone.pause()
        assert someone.page() == "ProblemsPage"
        await someone.mends()
        assert "What do you want help with?" in someone.sees()
