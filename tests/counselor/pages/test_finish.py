"""The end of a call, and what is written to a file."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from iop_tui.call.operations import CallState, judged, marked, ticked, with_reference, with_state
from iop_tui.call.question_states import safety_open_in
from iop_tui.call.record import Judgment
from iop_tui.counselor.alarms import call_alarms
from iop_tui.counselor.messages import LeftDesk
from iop_tui.counselor.pages.export import ExportPage
from iop_tui.counselor.pages.finish import FinishPage, not_done, still_to_do
from iop_tui.export.formats import FORMATS
from iop_tui.records.errors import Lost
from iop_tui.screening.format.loader import load
from iop_tui.screening.model.answers import Answer
from iop_tui.site.alarm_protocol import steps_for
from iop_tui.site.settings import STANDARD
from iop_tui.tui.choices import Choices
from iop_tui.tui.fields import Line
from tests.core.small import SMALL
from tests.counselor.pages.around import BEGAN, Someone, call, someone
from tests.shipped import SHIPPED

DANGER = call({"who_for": "self", "danger_signs": ("chest_pain",)})
JUDGMENT = Judgment(True, BEGAN, "ana")


async def test_a_call_is_finished_kept_to_call_back_or_opened_again() -> None:
    async with someone(call({"who_for": "self"})) as counselor:
        await counselor.open(FinishPage(counselor.work))
        for key, state in (("1", "finished"), ("2", "call_back"), ("3", "open")):
            await counselor.press(key)
            assert counselor.work.call.state == state
        await counselor.press("1")
        assert "This call is finished." in counselor.reads()
        await counselor.press("5")
        assert isinstance(counselor.app.heard[-1], LeftDesk)
        assert counselor.app.heard[-1].seen is counselor.app.screen


async def test_nothing_is_finished_by_looking() -> None:
    async with someone(DANGER) as counselor:
        await counselor.open(FinishPage(counselor.work))
        await counselor.press("enter", "escape")
        assert counselor.work is DANGER
        assert counselor.page() == "Empty"


async def test_what_is_still_open_is_told_and_shown() -> None:
    work = marked(DANGER, "living", BEGAN)
    async with someone(work, (80, 50)) as counselor:
        await counselor.open(FinishPage(work))
        seen = counselor.reads()
        missing, todo = not_done(work, STANDARD), still_to_do(work, STANDARD)
        for sentence in (*missing, *todo):
            assert " ".join(sentence.split()) in seen
        assert seen.index("Not done:") < seen.index(missing[0]) < seen.index("Still open,") < seen.index(todo[0])
        for word in ("1, 2, 3, 4, 5, 6", "without an answer", "marked", "No judgment", "no caller reference"):
            assert word in seen


def test_what_is_done_is_not_told_as_open() -> None:
    screening = load(SMALL)
    work = call({"who_for": "self", "help_with": ("none",), "thoughts": "often"}, screening)
    for question in screening.questions:
        if question.id in {"low_mood", "low_interest", "night_support"}:
            work = call({**_given(work), question.id: question.options[0].id}, screening)
    alarm = call_alarms(work)[0].alarm
    for step in steps_for(STANDARD, screening, alarm.page, today=True):
        work = ticked(work, alarm.id, step, "ana", BEGAN)
    work = judged(with_reference(work, "A-1", BEGAN), JUDGMENT)
    assert still_to_do(work, STANDARD) == ()
    assert not_done(work, STANDARD) == ()


def test_only_open_questions_that_may_stop_everything_are_told_as_never_asked() -> None:
    names = {question.id for question in safety_open_in(DANGER.interview)}
    assert "suicide_thoughts" in names
    assert not names & {"danger_signs", "living", "who_for"}


def test_a_page_with_several_alarms_is_told_once() -> None:
    work = call({"who_for": "self", "suicide_thoughts": "often", "suicide_plan": "plan"})
    pages = [danger.alarm.page for danger in call_alarms(work)]
    assert len(pages) > len(set(pages))
    lines = [line for line in (*not_done(work, STANDARD), *still_to_do(work, STANDARD)) if "not ticked" in line]
    assert len(lines) == len(set(pages))


async def test_finishing_with_steps_left_while_danger_stands_asks_once_more() -> None:
    async with someone(DANGER) as counselor:
        await counselor.open(FinishPage(counselor.work))
        await counselor.press("1")
        assert f"Finish with {len(steps_for(STANDARD, SHIPPED, 'medical'))} steps not done?" in counselor.reads()
        await counselor.press("enter")
        assert counselor.page() == "FinishPage"
        assert counselor.work is DANGER
        await counselor.press("1", "2")
        assert counselor.page() == "FinishPage"
        assert counselor.work.call.state == "finished"


async def test_finishing_asks_nothing_once_all_steps_are_ticked() -> None:
    alarm, work = call_alarms(DANGER)[0].alarm, DANGER
    for step in steps_for(STANDARD, SHIPPED, alarm.page):
        work = ticked(work, alarm.id, step, "ana", BEGAN)
    async with someone(work) as counselor:
        await counselor.open(FinishPage(work))
        await counselor.press("1")
        assert counselor.work.call.state == "finished"


async def test_g_leads_to_the_judgment_and_back() -> None:
    async with someone(DANGER) as counselor:
        await counselor.open(FinishPage(counselor.work))
        await counselor.press("g")
        assert counselor.page() == "JudgmentPage"
        await counselor.press("escape")
        assert counselor.page() == "FinishPage"


async def test_the_end_of_a_call_says_where_its_files_are_and_that_they_are_not_encrypted(tmp_path: Path) -> None:
    work = call({"who_for": "self"})
    async with someone(work, (120, 40)) as counselor:
        await counselor.open(FinishPage(work))
        assert "not encrypted" not in counselor.reads()
        await counselor.press("4")
        counselor.app.screen.query_one("#path", Line).value = str(tmp_path / "note")
        await counselor.press("1")
        await counselor.settle()
        await counselor.press("escape", "1")
        squeezed = counselor.reads().replace(" ", "")
        assert "not encrypted" in counselor.reads()
        assert str(tmp_path / "note.txt") in squeezed


def _given(work: CallState) -> dict[str, Answer]:
    return dict(work.interview.answers)


# ---- files ----


async def exported(counselor: Someone, path: Path, key: str) -> str:
    await counselor.open(ExportPage(counselor.work))
    counselor.app.screen.query_one("#path", Line).value = str(path)
    counselor.app.screen.set_focus(counselor.app.screen.query_one(Choices))
    await counselor.press(key)
    await counselor.settle()
    return counselor.reads()


@pytest.mark.parametrize("number", range(len(FORMATS)), ids=lambda n: FORMATS[n].id)
async def test_a_call_is_written_in_every_form_for_its_owner_alone_with_a_line_in_the_audit(
    number: int, tmp_path: Path
) -> None:
    form = FORMATS[number]
    work = with_state(with_reference(DANGER, "folder 17", BEGAN), "finished", BEGAN)
    async with someone(work, (120, 40)) as counselor:
        seen = await exported(counselor, tmp_path / "note", str(number + 1))
        (path,) = tmp_path.iterdir()
        assert path.name == "note" + form.ending
        assert "Written:" in seen
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        data = path.read_bytes()
        if form.id in ("json", "fhir"):
            assert "folder 17" in json.dumps(json.loads(data))
        elif form.id == "pdf":
            assert data.startswith(b"%PDF")
        else:
            assert "folder 17" in data.decode()
        assert counselor.app.records.told == [(work.call.id, form.id)]


async def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    there = tmp_path / "note.txt"
    there.write_text("mine")
    async with someone(DANGER, (120, 40)) as counselor:
        assert "There is already a file" in await exported(counselor, there, "1")
        assert there.read_text() == "mine"


async def test_without_a_line_in_the_audit_nothing_is_written(tmp_path: Path) -> None:
    async with someone(DANGER, (120, 40)) as counselor:
        counselor.app.records.trouble = Lost("The database does not answer.")
        assert "The database does not answer." in await exported(counselor, tmp_path / "note", "1")
        assert list(tmp_path.iterdir()) == []


async def test_the_name_that_is_proposed_tells_nothing_of_the_caller() -> None:
    async with someone(with_reference(DANGER, "folder 17", BEGAN)) as counselor:
        await counselor.open(ExportPage(counselor.work))
        path = counselor.app.screen.query_one("#path", Line).value
        assert "folder" not in path
        assert counselor.work.call.id[:8] in path
        await counselor.press("tab")
        await counselor.type("1")
        assert counselor.app.screen.query_one("#path", Line).value == path + "1", "a digit of the name chose a form"
