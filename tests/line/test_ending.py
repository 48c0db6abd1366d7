"""Saving, and every way a conversation can end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

import iop_tui
from iop_tui.line.conversation import Place
from iop_tui.line.start import encoding, start
from iop_tui.result.build import result_for
from iop_tui.result.document import document
from iop_tui.screening.engine.interview import Asking
from iop_tui.takeaway.markdown import as_markdown
from iop_tui.takeaway.text import as_text
from tests.core.small import small
from tests.line.conversation import Conversation, stumbles, typing
from tests.terminal.terminal import CTRL_C, Terminal

SMALL = small()
LEFT = "You left. Nothing was kept."
ABOVE = "What you typed may still stand above. To hide it, close this window."


def to_summary(*after: str) -> Callable[[Conversation], str | None]:
    """Somebody who answers with the first option of everything, and types these lines at the summary."""
    left = iter(after)

    def person(conversation: Conversation) -> str | None:
        face = conversation.face
        if face.place is Place.SUMMARY:
            return next(left, None)
        return "1" if face.place is Place.WELCOME or isinstance(face.interview.step, Asking) else "next"

    return person


# ---- saving ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("form", "ending"), [("1", ".txt"), ("2", ".md")])
def test_the_summary_is_saved_as_the_wizard_saves_it(here: Path, form: str, ending: str) -> None:
    conversation = Conversation(SMALL, to_summary("save", form, "mine"))
    text = conversation.run()
    made = document(result_for(SMALL, conversation.face.interview.answers), "clinician")
    assert (here / f"mine{ending}").read_text() == (as_text(made) if form == "1" else as_markdown(made))
    assert (here / f"mine{ending}").stat().st_mode & 0o777 == 0o600
    assert f"Saved: mine{ending}\n" in text
    assert "You left. Only the file that you saved is kept.\n" in text
    # The directory of a test has a name that nobody would give one.
    assert stumbles(text.replace(str(here), "/home/me")) == []


def test_the_name_that_is_offered_is_taken_by_a_word_and_not_by_an_empty_line(here: Path) -> None:
    text = Conversation(SMALL, to_summary("save", "1", "", "next")).run()
    (saved,) = here.iterdir()
    assert saved.name.startswith("care-summary-20")
    assert f"Saved: {saved}\n" in text
    assert text.count("Type next to take this name, another name, or back to save nothing.\n") == 2


@pytest.mark.parametrize("typed", [("3",), ("back",), ("1", "back"), ("help", "back"), ("1", "quit", "no", "back")])
def test_nothing_is_saved_where_the_person_goes_back(here: Path, typed: tuple[str, ...]) -> None:
    text = Conversation(SMALL, to_summary("save", *typed)).run()
    assert list(here.iterdir()) == []
    assert "Nothing was saved.\n" in text
    assert LEFT in text


def test_why_a_file_cannot_be_saved_is_said_and_another_name_works(here: Path) -> None:
    (here / "there.txt").write_text("mine")
    text = Conversation(SMALL, to_summary("save", "1", "there", "none/where", "good")).run()
    assert "There is already a file there.txt. Choose another name.\n" in text
    assert "The file could not be saved: there is no such folder.\n" in text
    assert (here / "good.txt").exists()
    assert (here / "there.txt").read_text() == "mine"


def test_keys_that_a_plain_terminal_sends_as_signs_are_no_part_of_a_name(here: Path) -> None:
    Conversation(SMALL, to_summary("save", "1", "mi\x1b[Dne")).run()
    assert all(name.isprintable() for name in os.listdir(here))  # noqa: PTH208  # the names are what is looked at


# ---- the end of input ------------------------------------------------------------------------------------------------


def test_input_may_end_at_any_prompt_and_nothing_is_saved(here: Path) -> None:
    typed = ["1", "1", "3", "1", "why", "1", "1", "1", "review", "start over", "no", "summary", "save", "1", "quit"]
    for count in range(len(typed) + 1):
        text = Conversation(SMALL, typing(typed[:count])).run()
        assert text.endswith(f"{LEFT}\n{ABOVE}\n"), typed[:count]
    assert list(here.iterdir()) == []


def test_start_tells_how_it_ended() -> None:
    assert start(SMALL, read=lambda _prompt: None, write=lambda _text: None) == 0
    said: list[str] = []

    def interrupted(_prompt: str) -> str:
        raise KeyboardInterrupt

    assert start(SMALL, read=interrupted, write=said.append) == 130
    assert said[-2:] == ["\n", f"{LEFT}\n"]


# ---- a real pipe, and a real terminal --------------------------------------------------------------------------------

COMMAND = (sys.executable, "-m", "iop_tui", "--line")
ENVIRONMENT = {
    "PATH": os.environ.get("PATH", os.defpath),
    "PYTHONPATH": str(Path(iop_tui.__file__).parent.parent),
    "TERM": "dumb",
    "LANG": "C.UTF-8",
}


def piped(typed: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = {**ENVIRONMENT, **environment}
    return subprocess.run(COMMAND, input=typed.encode(), capture_output=True, check=False, timeout=30, env=env)


def test_in_a_pipe_each_prompt_ends_its_line() -> None:
    done = piped("1\n1\nwhy\n")
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert "\nYour answer:\nYou chose 1: Myself.\n" in text
    assert text.endswith(f"\nYour answer:\n{LEFT}\n{ABOVE}\n")
    assert stumbles(text) == []


def test_a_c_locale_gets_nothing_but_ascii() -> None:
    done = piped("1\n2\nback\nquit\nyes\n", LANG="C")
    assert done.returncode == 0
    assert done.stdout.isascii()


def test_bytes_that_are_no_text_and_a_line_without_end_are_wrong_entries() -> None:
    done = subprocess.run(
        COMMAND, input=b"1\n\xff\xfe\n" + b"9" * 100_000 + b"\n1\n", capture_output=True, check=True, env=ENVIRONMENT
    )
    assert done.stdout.count(b"Type a number from 1 to 2, or: not sure") == 3
    assert b"You chose 1: Myself." in done.stdout


def test_a_reader_that_goes_away_is_no_failure() -> None:
    process = subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    process.stdin.write(b"1\n" * 50)
    process.stdin.close()
    assert (process.wait(30), process.stderr.read()) == (0, b"")
    process.stderr.close()


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    with_home: Mapping[str, str] = {**ENVIRONMENT, "HOME": str(tmp_path)}
    running = Terminal(COMMAND, cwd=tmp_path, env=with_home, size=(80, 60))
    yield running
    running.close()


pty = pytest.mark.terminal


@pty
def test_a_terminal_gets_plain_lines_and_each_prompt_waits_on_its_own(terminal: Terminal) -> None:
    terminal.wait("Your choice:")
    terminal.press("1\n")
    terminal.wait("Your answer:")
    terminal.press("1\n")
    terminal.wait("How old are you?")
    terminal.press("quit\n")
    terminal.wait("Yes or no:")
    terminal.press("yes\n")
    assert terminal.ended() == 0
    text = terminal.sent.decode().replace("\r\n", "\n")
    assert "\x1b" not in text
    assert "\r" not in text
    assert "\t" not in text
    assert "Your answer: 1\nYou chose 1: Myself.\n" in text


@pty
def test_ctrl_c_ends_it_with_one_empty_line_and_a_sentence(terminal: Terminal) -> None:
    terminal.wait("Your choice:")
    terminal.press("1\n")
    terminal.wait("Your answer:")
    terminal.press(CTRL_C)
    assert terminal.ended() == 130
    assert terminal.sent.decode().endswith(f"Your answer: ^C\r\n{LEFT}\r\n")


@pty
def test_ctrl_d_ends_it(terminal: Terminal) -> None:
    terminal.wait("Your choice:")
    terminal.press("\x04")
    assert terminal.ended() == 0
    assert terminal.sent.decode().endswith(f"Your choice: \r\n{LEFT}\r\n{ABOVE}\r\n")


@pty
def test_a_closed_window_ends_it(terminal: Terminal) -> None:
    terminal.wait("Your choice:")
    terminal.hang_up()
    assert terminal.ended() == 128 + signal.SIGHUP


@pty
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGQUIT], ids=lambda number: str(number.name))
def test_a_signal_ends_it_in_order(terminal: Terminal, number: signal.Signals) -> None:
    terminal.wait("Your choice:")
    terminal.signal(number)
    assert terminal.ended() == 128 + number
    assert terminal.sent.decode().endswith(f"{LEFT}\r\n")


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({"LANG": "C"}, "ascii"),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, "ascii"),
        ({"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, "ascii"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "C"}, "utf-8"),
        ({"LANG": "C.UTF-8"}, "utf-8"),
        ({}, "utf-8"),
    ],
    ids=str,
)
def test_the_letters_of_the_output_follow_the_locale(environ: dict[str, str], wanted: str) -> None:
    assert encoding(None, environ) == wanted
