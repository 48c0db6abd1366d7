"""A fault of the program's own: the terminal is restored, the fault is named, and no answer is printed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from iop_tui.screening.model.definition import Screening
from tests.terminal import walk
from tests.terminal.bytes_out import after_leaving, words_in
from tests.terminal.conftest import SHORT, Start
from tests.terminal.restored import answer_words, assert_restored
from tests.terminal.terminal import Terminal

pytestmark = pytest.mark.terminal

MARKER = "UNMISTAKABLE-ANSWER"
IN_A_HANDLER = f"""
from iop_tui.screening.engine.interview import Interview

answer = Interview.answer

def faulty(self, given):
    private_note = "{MARKER}"
    if len(self.answers) >= 3:
        raise ValueError(private_note, dict(self.answers))
    return answer(self, given)

Interview.answer = faulty
"""
WHILE_DRAWING = f"""
from iop_tui.tui.question import QuestionPage

ask = QuestionPage.ask

def faulty(self, interview):
    private_note = "{MARKER}"
    if len(interview.answers) >= 4:
        raise ValueError(private_note, dict(interview.answers))
    ask(self, interview)

QuestionPage.ask = faulty
"""
WHILE_READING_KEYS = f"""
from iop_tui.tui import compat

process = compat.QuietDriver.process_message

def faulty(self, message):
    private_note = "{MARKER}"
    if getattr(message, "key", "") == "ctrl+p":
        raise ValueError(private_note, message)
    process(self, message)

compat.QuietDriver.process_message = faulty
"""
RUN = """
from iop_tui.cli import main

main()
"""


@pytest.mark.parametrize("fault", [IN_A_HANDLER, WHILE_DRAWING], ids=["in a handler", "while drawing"])
def test_a_crash_prints_no_answer(start: Start, small: Screening, tmp_path: Path, fault: str) -> None:
    script = tmp_path / "faulty.py"
    script.write_text(fault + RUN, encoding="utf-8")
    terminal = start(command=[sys.executable, str(script), *SHORT[3:]])
    question = walk.to_question(terminal, small, walk.SMALL_ANSWERS, 3)
    walk.answer(terminal, question, walk.SMALL_ANSWERS[question.id])
    assert terminal.ended() == 70
    assert_restored(terminal)
    assert_only_the_fault(terminal)
    said = words_in(after_leaving(terminal.sent))
    assert [words for words in answer_words(small, walk.SMALL_ANSWERS) if words in said] == []


def test_a_crash_of_what_reads_the_keys_prints_no_answer(start: Start, small: Screening, tmp_path: Path) -> None:
    script = tmp_path / "faulty.py"
    script.write_text(WHILE_READING_KEYS + RUN, encoding="utf-8")
    terminal = start(command=[sys.executable, str(script), *SHORT[3:]])
    walk.to_question(terminal, small, walk.SMALL_ANSWERS, 3)
    terminal.press("\x10")
    assert terminal.ended() == 70
    assert_restored(terminal)
    assert_only_the_fault(terminal)


def assert_only_the_fault(terminal: Terminal) -> None:
    assert "iop-tui stopped because of a fault of its own" in terminal.text
    assert "ValueError" in terminal.text
    for never in (MARKER, "private_note", "Traceback", "locals", "self = "):
        assert never.encode() not in terminal.sent, never
        assert never not in terminal.text
