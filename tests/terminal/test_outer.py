"""In real terminals and multiplexers: nothing is left, what they say of themselves is no key, and pages come back."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from iop_tui.records import envelope, open_records
from iop_tui.screening.model.definition import Screening
from tests.terminal import lobby, outer, walk
from tests.terminal.bytes_out import modes_on
from tests.terminal.conftest import SHORT, WIZARD
from tests.terminal.kiosk_pages import SITE as OFFERS_ALL
from tests.terminal.kiosk_pages import pin
from tests.terminal.terminal import Terminal
from tests.tui.test_input import REPLIES

pytestmark = [pytest.mark.terminal, pytest.mark.thorough]

IN = {"GNU screen": outer.in_screen, "mosh": outer.in_mosh}
In = Callable[[Path, tuple[str, ...]], AbstractContextManager[Terminal]]


@pytest.fixture
def kiosk(tmp_path: Path) -> tuple[str, ...]:
    site = tmp_path / "site.yaml"
    site.write_text(OFFERS_ALL, encoding="utf-8")
    return tuple(lobby.patched(tmp_path, site, more=("--questions", str(lobby.QUESTIONS))))


def words_of(small: Screening) -> list[str]:
    """What questions and answers may be known by: some words of each line that they take."""
    asked = walk.asked(small, walk.SMALL_ANSWERS)
    said = [*(question.ask for question in asked), *(option.text for question in asked for option in question.options)]
    return [text[:20] for text in said if len(text) > 3]


# ---- nothing is left ----


@pytest.mark.parametrize("by", ["Q", "TERM", "HUP"])
@pytest.mark.parametrize("where", IN.values(), ids=IN.keys())
def test_no_word_of_the_wizard_is_left(tmp_path: Path, small: Screening, where: In, by: str) -> None:
    with where(tmp_path, SHORT) as terminal:
        walk.to_question(terminal, small, walk.SMALL_ANSWERS, 4)
        terminal.press("\x0c")
        walk.answer(terminal, walk.asked(small, walk.SMALL_ANSWERS)[4], "rarely")
        walk.shown(terminal, walk.asked(small, walk.SMALL_ANSWERS)[5])
        if by == "Q":
            terminal.press("q")
            terminal.wait(walk.LEAVE_QUESTION)
            terminal.press("2")
            status = 0
        else:
            number = getattr(signal, f"SIG{by}")
            os.kill(outer.inside(tmp_path), number)
            status = 128 + number
        outer.ended(terminal, status)
        terminal.watch(0.3)
        there = terminal.text + "\n".join(terminal.scrolled_off)
        if where is outer.in_screen:
            there += outer.kept_by_screen(tmp_path)
    assert [words for words in words_of(small) if words in there] == []


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGKILL], ids=lambda number: str(number.name))
@pytest.mark.parametrize("where", IN.values(), ids=IN.keys())
def test_no_word_of_a_visit_is_left(tmp_path: Path, kiosk: tuple[str, ...], where: In, by: signal.Signals) -> None:
    with where(tmp_path, kiosk) as terminal:
        lobby.begin(terminal)
        lobby.to_review(terminal)
        terminal.press("x")
        lobby.begin(terminal)
        lobby.to_review(terminal)
        os.kill(outer.inside(tmp_path), by)
        terminal.wait_for(lambda: "zorkmids" not in terminal.text, "an empty page")
        terminal.watch(0.5)
        there = terminal.text + "\n".join(terminal.scrolled_off)
        if where is outer.in_screen:
            there += outer.kept_by_screen(tmp_path)
    assert [words for words in (lobby.ANSWER, "zorkmids", "coins", "Check your answers") if words in there] == []


# ---- what is no key ----


# tmux 3.3a drops an eight-bit introducer and passes on what follows as keys: nobody behind it could tell.
SEVEN_BITS = {name: reply for name, reply in REPLIES.items() if reply.startswith("\x1b")}


def unmoved_by_replies(terminal: Terminal) -> None:
    """Whatever the terminal says of itself, the page stays as it is."""
    terminal.watch(0.5)
    before = terminal.lines
    for name, reply in SEVEN_BITS.items():
        for pieces in ([reply], [reply[:1], reply[1:]], [reply[:4], reply[4:]]):
            for piece in pieces:
                terminal.press(piece)
                terminal.watch(0.02)
            terminal.watch(0.1)
            assert terminal.lines == before, f"{name} in {len(pieces)} pieces did something"
    # Later than any multiplexer waits for the rest.
    for piece in ("\x1b[>0;", "10;1c", "\x1b[?62;", "22;52c"):
        terminal.press(piece)
        terminal.watch(1.2)
    assert terminal.lines == before


def test_late_replies_through_tmux_answer_nothing_in_the_wizard(tmp_path: Path, small: Screening) -> None:
    with outer.in_tmux(tmp_path, SHORT) as terminal:
        first = walk.to_question(terminal, small, walk.SMALL_ANSWERS, 0)
        unmoved_by_replies(terminal)
        walk.answer(terminal, first, walk.SMALL_ANSWERS[first.id])
        walk.shown(terminal, walk.asked(small, walk.SMALL_ANSWERS)[1])


def test_late_replies_through_tmux_answer_nothing_in_a_lobby(tmp_path: Path, kiosk: tuple[str, ...]) -> None:
    with outer.in_tmux(tmp_path, kiosk) as terminal:
        lobby.begin(terminal)
        lobby.give_number(terminal)
        unmoved_by_replies(terminal)
        pin(terminal)
        unmoved_by_replies(terminal)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, ...]]:
    monkeypatch.setattr(envelope, "_COST", 1 << 4)
    home = tmp_path / "records"
    home.mkdir(mode=0o700)
    url = f"sqlite:///{home}/calls.db"
    with closing(open_records(url, "four quiet herons", by="Jo", create=True)) as records:
        yield (*WIZARD, "counselor", "--as", "Jo", "--records", url, "--questions", str(walk.SMALL))
        assert [card.id for card in records.cards() if records.read(card.id).call.answers] == []


def test_late_replies_through_tmux_answer_nothing_at_the_desk(tmp_path: Path, desk: tuple[str, ...]) -> None:
    with outer.in_tmux(tmp_path, desk) as terminal:
        terminal.wait("Type the passphrase")
        unmoved_by_replies(terminal)
        terminal.press("four quiet herons\r")
        terminal.wait("N begins a new one.")
        terminal.press("n")
        terminal.wait("0 of 6 answered")
        # The desk shows for how long the call lasts, so that the page does not stay the same.
        for reply in SEVEN_BITS.values():
            terminal.press(reply)
            terminal.watch(0.1)
        terminal.watch(1.5)
        assert "0 of 6 answered" in terminal.text
        assert "Q List" in terminal.text


QUERIES = {
    "DA1, DA2, DA3": b"\x1b[c\x1b[>c\x1b[=c",
    "status and cursor": b"\x1b[5n\x1b[6n\x1b[?6n\x1b[?15n\x1b[?26n",
    "colours": b"\x1b]4;1;?\x1b\\\x1b]10;?\x1b\\\x1b]11;?\x07\x1b]12;?\x07\x1b]17;?\x07",
    "clipboard": b"\x1b]52;c;MTIz\x07\x1b]52;c;?\x07",
    "settings": b"\x1bP$qm\x1b\\\x1bP$qr\x1b\\\x1bP+q524742\x1b\\\x1bP+q436f\x1b\\",
    "sizes and title": b"\x1b]2;112\x07\x1b[14t\x1b[15t\x1b[16t\x1b[18t\x1b[19t\x1b[20t\x1b[21t\x1b[11t\x1b[13t",
    "modes": b"\x1b[?1016$p\x1b[?2048$p\x1b[?2026$p\x1b[4$p",
    "name": b"\x1b[>q\x1b[?4m\x1b[?1;1;0S",
    "checksum, parameters": b"\x1b[1;1;1;1;1;1*y\x1b[x\x1b[0x",
}


def test_what_a_real_xterm_sends_answers_nothing_but_keys_and_the_left_button_do(
    tmp_path: Path, small: Screening
) -> None:
    questions = walk.asked(small, walk.SMALL_ANSWERS)
    with outer.in_xterm(tmp_path, SHORT) as xterm:
        xterm.wait("Start the questions")
        xterm.do("mousemove", "300", "100", "key", "1")
        xterm.wait(questions[0].ask[:30])
        before = xterm.settle()
        for name, query in QUERIES.items():
            xterm.ask(query)
            assert xterm.settle() == before, f"{name}: the answer did something"
        # In X the middle button pastes, with Shift even where the program has the mouse: a choice's own key.
        xterm.ask(b"\x1b]52;p;MQ==\x07\x1b]52;c;MQ==\x07")
        for buttons in (("click", "2"), ("click", "3"), ("keydown", "shift", "click", "2", "keyup", "shift")):
            for row in (6, 8, 10, 12, 23):
                xterm.do("mousemove", "60", str(2 + row * 13), *buttons)
        xterm.do("mousemove", "300", "100")
        assert _without_marks(xterm.settle()) == _without_marks(before), (
            "a button other than the left one did something"
        )
        # The window loses the keyboard, and gets it again.
        xterm.do("mousemove", "1000", "700")
        xterm.settle()
        xterm.do("mousemove", "300", "100")
        assert _without_marks(xterm.settle()) == _without_marks(before)
        xterm.do("key", "1")
        xterm.wait(questions[1].ask[:30])
        xterm.do("key", "q")
        xterm.wait(walk.LEAVE_QUESTION)
        xterm.do("key", "2")
        xterm.wait(f"{outer.ENDED} 0")
        # No mode of the mouse was left on: what is clicked now says nothing to the shell.
        xterm.settle()
        said = xterm.log
        xterm.do("mousemove", "60", "200", "click", "1", "mousemove", "90", "220")
        xterm.settle()
        assert xterm.log == said


def _without_marks(text: str) -> str:
    """Where the pointer is, a choice may be marked."""
    return text.replace("›", "").replace("  ", " ")


def test_a_click_of_the_left_button_answers_in_a_real_xterm(tmp_path: Path) -> None:
    with outer.in_xterm(tmp_path, SHORT) as xterm:
        xterm.wait("Start the questions")
        xterm.settle()
        # A cell of the font "fixed" has 6 by 13 pixels, and xterm a border of 2.
        row = next(number for number, line in enumerate(xterm.rows) if "Start the questions" in line)
        xterm.do("mousemove", str(2 + 10 * 6), str(2 + row * 13 + 6), "click", "1")
        xterm.wait("About you")


# ---- keys that a multiplexer holds back, and pages that come back ----


def test_a_key_that_gnu_screen_sends_with_escape_counts(tmp_path: Path, small: Screening) -> None:
    with outer.in_screen(tmp_path, SHORT) as terminal:
        first = walk.to_question(terminal, small, walk.SMALL_ANSWERS, 0)
        terminal.press("\x1b")
        terminal.watch(1.0)
        walk.answer(terminal, first, walk.SMALL_ANSWERS[first.id])
        walk.shown(terminal, walk.asked(small, walk.SMALL_ANSWERS)[1])


@pytest.mark.parametrize("redraw", ["winch", "ctrl_l"])
def test_the_page_is_there_for_who_attaches_by_dtach(tmp_path: Path, small: Screening, redraw: str) -> None:
    dtach = outer.Dtach(tmp_path, SHORT, redraw)
    try:
        with dtach.begun() as terminal:
            question = walk.to_question(terminal, small, walk.SMALL_ANSWERS, 2)
            terminal.watch(0.5)
            here = terminal.lines
            terminal.press("\x1c")
            terminal.ended()
        with dtach.attached() as terminal:
            terminal.wait_for(lambda: terminal.lines == here, "wanted the same page")
            assert {1000, 1006, 2004} <= modes_on(terminal.sent)
            walk.answer(terminal, question, walk.SMALL_ANSWERS[question.id])
            walk.shown(terminal, walk.asked(small, walk.SMALL_ANSWERS)[3])
            terminal.press("q")
            terminal.wait(walk.LEAVE_QUESTION)
            terminal.press("2")
            outer.ended(terminal, 0)
            terminal.watch(0.2)
            assert [words for words in words_of(small) if words in terminal.text] == []
    finally:
        dtach.end()
