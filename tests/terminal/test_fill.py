"""A form in a real terminal: from its first question to a file that only its owner can read."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.forms.faces import LOINC, SCALE, answered_in, choice, file_of, item
from tests.terminal.conftest import WIZARD, Start
from tests.terminal.terminal import TAB

pytestmark = pytest.mark.terminal


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
def test_a_form_is_filled_in_and_saved_in_a_terminal(start: Start, tmp_path: Path, size: tuple[int, int]) -> None:
    form, answers = tmp_path / "form.json", tmp_path / "answers.json"
    code = [{"system": LOINC, "code": "44260-8"}]
    form.write_bytes(
        file_of(
            choice("mood", "How is your mood?", *SCALE),
            choice("q9", "Better off dead?", *SCALE, code=code),
            item("name", "string", "What is your name?"),
            item("note", "text", "Anything else?"),
        )
    )
    terminal = start(size=size, command=(*WIZARD, "fill", str(form), "--to", str(answers)))
    terminal.wait("How is your mood?", "4 left")
    terminal.press("2")
    terminal.wait("Better off dead?")
    terminal.press("2")
    terminal.wait("Safety comes first", "988")
    terminal.press("1")
    terminal.wait("What is your name?")
    terminal.press("Ann hq\r")
    terminal.wait("Anything else?")
    terminal.press("one\rtwo")
    terminal.wait("two")
    terminal.press(TAB)
    terminal.wait("C Continue")
    terminal.press("c")
    terminal.wait("Check your answers", "Several days")
    assert not answers.exists()
    terminal.press("1")
    terminal.wait("Whoever can open the file")
    terminal.press("1")
    terminal.wait("Saved:")
    terminal.press("1")
    assert terminal.ended() == 0
    assert stat.S_IMODE(answers.stat().st_mode) == 0o600
    found = answered_in(answers)
    assert found["name"] == "Ann hq"
    assert found["note"] == "one\ntwo"


def test_a_form_that_cannot_be_used_is_refused_with_its_line_and_nothing_else(start: Start, tmp_path: Path) -> None:
    form = tmp_path / "form.json"
    form.write_text('{"resourceType": "Patient"}', encoding="utf-8")
    terminal = start(command=(*WIZARD, "fill", str(form)), alternate=False)
    assert terminal.ended() == 2
    assert "form.json:1:" in terminal.text.replace(" ", "")
    assert "Traceback" not in terminal.text
