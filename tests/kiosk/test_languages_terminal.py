"""A visitor changes the language in the middle of a visit, in a real terminal; the next one is greeted in the first."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from iop_tui.screening.i18n.language import gettext_in
from tests.harness.processes import children
from tests.terminal import lobby
from tests.terminal.conftest import Start
from tests.terminal.terminal import Terminal
from tests.terminal.traces import files, holds, open_files, shows, written

pytestmark = pytest.mark.terminal

CATALOGUE = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "hoard.questions.zorkmids.ask"
msgid "How many coins do you have?"
msgstr "¿Cuántas monedas tiene en el baúl de las montañas?"
"""
"""The lobby's screening with one question in Spanish: what has no translation stays English."""
ASKED = "¿Cuántas monedas tiene en el baúl de las montañas?"
SITE = lobby.SITE + "languages: [en, es]\nwords: {es: {call: Vaya a la recepción.}}\n"


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    folder = tmp_path / "questions"
    shutil.copytree(lobby.QUESTIONS, folder)
    (folder / "locale").mkdir()
    (folder / "locale" / "es.po").write_text(CATALOGUE, encoding="utf-8")
    return folder


def test_a_language_changed_in_the_middle_keeps_the_answers_and_ends_with_the_visit(
    start: Start, rooms: Mapping[str, Path], tmp_path: Path, questions: Path
) -> None:
    site, log = tmp_path / "site.yaml", tmp_path / "log"
    site.write_text(SITE, encoding="utf-8")
    began = time.time()
    with log.open("wb") as error:
        command = lobby.patched(tmp_path, site, more=("--questions", str(questions)))
        # The kiosk's own languages count, not the one of whoever started it.
        terminal = start(command=command, scroll_back=5000, stderr=error, env={"LANG": "es_MX.UTF-8"})
    begins = gettext_in("es", "Press {key}, or touch here, to begin").format(key=2)
    terminal.wait(lobby.INVITES, begins)
    lobby.begin(terminal)
    lobby.type_number(terminal)
    child = lobby.visit_of(terminal)
    terminal.press("l")
    terminal.wait(ASKED, f"[ {lobby.ANSWER} ]", gone=["How many coins"])
    terminal.press("h")
    terminal.wait("Vaya a la recepción.", "A quién llamar")
    assert "es.po" not in " ".join(open_files(child))
    terminal.press("x")
    terminal.wait(lobby.INVITES, gone=[ASKED, "Vaya a la recepción."])
    lobby.until(lambda: [1] if child not in children(terminal.pid) else [], "the visit did not end")
    for words in (lobby.ANSWER, ASKED, "Vaya a la recepción."):
        assert shows(terminal, words) == []
    assert not holds(terminal.pid, lobby.ANSWER)
    assert written(lobby.ANSWER, tuple(rooms.values()), began) == []
    assert files(rooms) == []
    greeted_in_english(terminal)
    assert log.read_text(encoding="utf-8") == ""
    os.kill(terminal.pid, 15)
    terminal.ended()


def greeted_in_english(terminal: Terminal) -> None:
    lobby.begin(terminal)
    terminal.wait("X hides this and erases your answers at once.", "Español", gone=["La X oculta"])
    terminal.press("1")
    terminal.wait("How many coins do you have?", gone=[ASKED])
