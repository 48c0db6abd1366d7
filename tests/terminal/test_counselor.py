"""The counselor's screen in a real terminal: however it ends, the call is kept, and no word of it is left elsewhere."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from iop_tui.call.record import Call
from iop_tui.records import envelope, open_records
from tests.harness.killed_call import begin_records, killed_call
from tests.terminal.bytes_out import after_leaving, colours, words_in
from tests.terminal.conftest import WIZARD, Start
from tests.terminal.restored import assert_nothing_left, assert_restored
from tests.terminal.terminal import CTRL_C, DOWN, Terminal
from tests.terminal.traces import shows, written
from tests.terminal.walk import SMALL

pytestmark = pytest.mark.terminal

PASSPHRASE = "four quiet herons by the mill"  # noqa: S105  # of records that are made to be thrown away
THIRD = "Do you think about ending"
"""What is asked third."""
NOTE = "whispers in a stairwell"
REFERENCE = "folder 4711"
SECRETS = (PASSPHRASE, NOTE, REFERENCE)
SIGNALS = [
    signal.SIGTERM,
    signal.SIGHUP,
    # The wizard's tests send these two as well, and the counselor's screen takes signals as the wizard does.
    pytest.param(signal.SIGINT, marks=pytest.mark.thorough),
    pytest.param(signal.SIGQUIT, marks=pytest.mark.thorough),
]


@pytest.fixture
def url(rooms: Mapping[str, Path], monkeypatch: pytest.MonkeyPatch) -> str:
    # What a guess costs stands in the records: whoever opens these pays little, too.
    monkeypatch.setattr(envelope, "_COST", 1 << 4)
    rooms["home"].chmod(0o700)
    url = f"sqlite:///{rooms['home']}/calls.db"
    open_records(url, PASSPHRASE, by="Jo", create=True).close()
    return url


def counselor(start: Start, url: str, **how: Any) -> Terminal:
    words = ("counselor", "--as", "Jo", "--records", url, "--questions", str(SMALL))
    return start(command=(*how.pop("command", WIZARD), *words), **how)


def to_call(terminal: Terminal) -> None:
    """The passphrase, and a new call."""
    terminal.wait("Type the passphrase")
    terminal.press(f"{PASSPHRASE}\r")
    terminal.wait("N begins a new one.")
    terminal.press("n")
    terminal.wait_for(lambda: marked_as(terminal, "who for", "."), "the desk")


def answer(terminal: Terminal) -> None:
    """A reference and a note, and the first two answers; saved."""
    terminal.press("y")
    terminal.wait("Caller reference")
    terminal.press(f"{REFERENCE}\r")
    terminal.press(NOTE)
    terminal.wait(NOTE)
    terminal.press("\x1b")
    terminal.wait_for(lambda: marked_as(terminal, "who for", "."), "the desk")
    terminal.press("1")
    terminal.wait_for(lambda: marked_as(terminal, "who for", "+"), "the first answer in the outline")
    terminal.press("2c")
    terminal.wait_for(lambda: marked_as(terminal, "help with", "+"), "the second answer in the outline")
    saved(terminal)


def marked_as(terminal: Terminal, name: str, sign: str) -> bool:
    pattern = re.compile(rf"^\s*[›>]?\s*{re.escape(sign)}[\s*]{name}\b")
    return any(pattern.match(line[:40]) for line in terminal.lines)


def saved(terminal: Terminal) -> None:
    terminal.wait_for(lambda: any("Saved" in line for line in terminal.lines[:3]), "wanted: Saved")


def kept(url: str) -> Call:
    """The one call in the records."""
    records = open_records(url, PASSPHRASE, by="Jo", create=False)
    with closing(records):
        [card] = records.cards()
        return records.read(card.id).call


def assert_kept(url: str) -> None:
    call = kept(url)
    assert set(call.answers) == {"who_for", "help_with"}
    assert (call.note, call.reference) == (NOTE, REFERENCE)


def assert_in_no_file(rooms: Mapping[str, Path], since: float) -> None:
    for secret in SECRETS:
        assert written(secret, rooms.values(), since) == [], secret


# ---- the end ----


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: str(number.name))
def test_a_signal_ends_it_in_order_and_keeps_the_call(
    start: Start, url: str, rooms: Mapping[str, Path], number: signal.Signals
) -> None:
    since = time.time()
    terminal = counselor(start, url, scroll_back=1000)
    to_call(terminal)
    answer(terminal)
    terminal.signal(number)
    assert terminal.ended() == 128 + number
    assert_restored(terminal)
    assert_nothing_left(terminal)
    for secret in SECRETS:
        assert shows(terminal, secret) in ([], ["the other screen"])
    assert_kept(url)
    assert_in_no_file(rooms, since)


def test_what_was_typed_right_before_a_signal_is_kept(start: Start, url: str) -> None:
    terminal = counselor(start, url)
    to_call(terminal)
    terminal.press("12c")
    terminal.until_read()
    terminal.wait(THIRD)
    terminal.signal(signal.SIGTERM)
    assert terminal.ended() == 128 + signal.SIGTERM
    assert_nothing_left(terminal)
    assert set(kept(url).answers) == {"who_for", "help_with"}


def test_a_line_that_is_cut_keeps_the_call(start: Start, url: str) -> None:
    terminal = counselor(start, url)
    to_call(terminal)
    answer(terminal)
    terminal.hang_up()
    assert terminal.ended() == 128 + signal.SIGHUP
    assert_kept(url)


def test_leaving_asks_and_leaves_no_word(start: Start, url: str, rooms: Mapping[str, Path]) -> None:
    since = time.time()
    terminal = counselor(start, url, scroll_back=1000)
    to_call(terminal)
    answer(terminal)
    terminal.press(CTRL_C)
    terminal.wait("Every call stays in the records")
    terminal.press(CTRL_C * 2 + DOWN)
    terminal.wait("› 2 Leave")
    terminal.press("2")
    assert terminal.ended() == 0
    assert_restored(terminal)
    assert_nothing_left(terminal)
    assert_kept(url)
    assert_in_no_file(rooms, since)


def test_no_passphrase_in_the_environment_or_on_the_screen(start: Start, url: str) -> None:
    terminal = counselor(start, url, fresh=True)
    to_call(terminal)
    assert PASSPHRASE.encode() not in terminal.sent
    assert PASSPHRASE.encode() not in Path(f"/proc/{terminal.pid}/environ").read_bytes()


@pytest.mark.thorough
def test_a_call_that_is_killed_keeps_all_that_was_shown_as_saved(tmp_path: Path) -> None:
    home = tmp_path / "home"
    begin_records(home)
    outcomes = [killed_call(seed, home) for seed in range(5)]
    assert any(outcome.shown for outcome in outcomes)
    assert [outcome.lost for outcome in outcomes] == [frozenset()] * 5


# ---- faults ----


FAULT = f"""
from iop_tui.counselor.widgets.question_pane import QuestionPane

show = QuestionPane.show

def faulty(self, work):
    private_note = "UNMISTAKABLE {NOTE}"
    if len(work.interview.answers) >= 3:
        raise ValueError(private_note, work.call)
    show(self, work)

QuestionPane.show = faulty

from iop_tui.cli import main

main()
"""


def test_a_fault_of_its_own_prints_nothing_of_the_call_and_keeps_it(start: Start, url: str, tmp_path: Path) -> None:
    script = tmp_path / "faulty.py"
    script.write_text(FAULT, encoding="utf-8")
    terminal = counselor(start, url, command=(sys.executable, str(script)))
    to_call(terminal)
    answer(terminal)
    terminal.press("1")
    assert terminal.ended() == 70
    assert_restored(terminal)
    assert "iop-tui stopped because of a fault of its own (ValueError" in terminal.text
    assert "What was saved stays in the records." in terminal.text
    left = words_in(after_leaving(terminal.sent))
    for never in ("UNMISTAKABLE", "stairwell", "4711", "private_note", "Traceback", "locals", "help_with"):
        assert never not in left
    assert {"who_for", "help_with", "thoughts"} <= set(kept(url).answers)


IMPATIENT = """
from iop_tui.counselor import app, autosave
from iop_tui.records import database

database._PRAGMAS = ("busy_timeout = 200", *database._PRAGMAS[1:])
autosave.Autosave.__init__.__defaults__ = ((0.2,),)
app.Counselor.finish.__defaults__ = (0.5,)
from iop_tui.cli import main

main()
"""
"""Waits for records as the program does, but not for so long."""


@pytest.fixture
def impatient(tmp_path: Path) -> Sequence[str]:
    script = tmp_path / "impatient.py"
    script.write_text(IMPATIENT, encoding="utf-8")
    return (sys.executable, str(script))


@contextmanager
def held_by_somebody(rooms: Mapping[str, Path]) -> Iterator[None]:
    """The records, held by another program, so that nothing can be saved."""
    with closing(sqlite3.connect(rooms["home"] / "calls.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def test_records_that_somebody_holds_are_told_and_all_is_saved_once_they_are_free(
    start: Start, url: str, rooms: Mapping[str, Path], impatient: Sequence[str]
) -> None:
    terminal = counselor(start, url, command=impatient)
    to_call(terminal)
    answer(terminal)
    with held_by_somebody(rooms):
        terminal.press("1")
        terminal.wait_for(lambda: marked_as(terminal, "thoughts", "+"), "the third answer in the outline")
        assert not any("Saved" in line for line in terminal.lines[:3])
        terminal.wait("NOT SAVED: Another program is busy with these records")
    saved(terminal)
    assert set(kept(url).answers) == {"who_for", "help_with", "thoughts"}


def test_what_could_not_be_saved_is_told_at_the_end(
    start: Start, url: str, rooms: Mapping[str, Path], impatient: Sequence[str]
) -> None:
    terminal = counselor(start, url, command=impatient)
    to_call(terminal)
    answer(terminal)
    with held_by_somebody(rooms):
        terminal.press("1")
        terminal.wait("NOT SAVED")
        terminal.signal(signal.SIGTERM)
        assert terminal.ended() == 128 + signal.SIGTERM
    assert_restored(terminal)
    assert terminal.text.startswith("iop-tui: The last of the call could not be saved. Another program is busy")
    assert set(kept(url).answers) == {"who_for", "help_with"}


def test_records_that_do_not_answer_at_the_end_are_no_fault(
    start: Start, url: str, rooms: Mapping[str, Path], impatient: Sequence[str]
) -> None:
    terminal = counselor(start, url, command=impatient)
    to_call(terminal)
    answer(terminal)
    with held_by_somebody(rooms):
        terminal.signal(signal.SIGTERM)
        assert terminal.ended() == 128 + signal.SIGTERM
    assert_restored(terminal)
    assert_nothing_left(terminal)
    assert_kept(url)


# ---- other terminals ----


@pytest.mark.parametrize("name", ["xterm-256color", "linux"])
def test_no_colour_where_none_is_wanted(start: Start, url: str, name: str) -> None:
    terminal = counselor(start, url, env={"TERM": name, "NO_COLOR": "1"})
    to_call(terminal)
    answer(terminal)
    terminal.press(DOWN)
    terminal.wait_for(lambda: any(re.search("[›>] 1", line[25:]) for line in terminal.lines), "wanted the cursor")
    # A Linux console has no sign for the first of them.
    assert any(re.match(r"^\s*[›>]", line[:40]) for line in terminal.lines), "the place in the outline"
    assert colours(terminal.sent) == set()


def test_sixteen_colours_are_enough(start: Start, url: str) -> None:
    terminal = counselor(start, url, env={"TERM": "linux"}, size=(60, 20))
    to_call(terminal)
    terminal.press("1")
    terminal.wait_for(lambda: marked_as(terminal, "who for", "+"), "the first answer in the outline")
    saved(terminal)
    terminal.resize(80, 24)
    os.kill(terminal.pid, signal.SIGWINCH)
    terminal.wait_for(lambda: len(max(terminal.lines, key=len)) > 60, "wanted the wider page")
    assert {colour for colour in colours(terminal.sent) if ";" in colour} == set()


def test_the_window_changes_its_size_during_a_call(start: Start, url: str) -> None:
    terminal = counselor(start, url)
    to_call(terminal)
    answer(terminal)
    for size in ((80, 24), (60, 20), (40, 10), (200, 60), (120, 40)):
        terminal.resize(*size)
        os.kill(terminal.pid, signal.SIGWINCH)
        terminal.wait(THIRD if size != (40, 10) else "make this window larger")
    terminal.press("1")
    terminal.wait_for(lambda: marked_as(terminal, "thoughts", "+"), "the third answer in the outline")
    saved(terminal)
    assert set(kept(url).answers) == {"who_for", "help_with", "thoughts"}


def test_a_call_by_the_mouse_alone(start: Start, url: str) -> None:
    terminal = counselor(start, url, size=(120, 40))
    to_call(terminal)
    terminal.click("Me")
    terminal.wait_for(lambda: marked_as(terminal, "who for", "+"), "the first answer in the outline")
    terminal.click("low mood")
    terminal.wait_for(lambda: any(re.match(r"^\s*› \. low mood", line) for line in terminal.lines), "the place")
    terminal.click("V What would change it")
    terminal.wait("To a higher level")
    terminal.click("← Back")
    terminal.wait("Next open")
    terminal.click("Q To the list")
    terminal.wait("1 in all")
