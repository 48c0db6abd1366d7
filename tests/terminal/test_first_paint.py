"""The first page is there before Textual is, and stays as it is while Textual takes over."""

from __future__ import annotations

import functools
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import cast

import pytest

from iop_tui import CRASHED, compiling
from iop_tui.screening.model.definition import Screening
from tests.terminal import walk
from tests.terminal.bytes_out import ENTER, LEAVE, TEXTUAL_RUNS, keyboard_pushed, modes_on
from tests.terminal.conftest import WIZARD, Start
from tests.terminal.restored import assert_nothing_left, assert_restored
from tests.terminal.terminal import DOWN, ENTER_KEY, UP, Terminal

pytestmark = pytest.mark.terminal

TRUE = {"COLORTERM": "truecolor"}
SPANISH = {"LANG": "es_US.UTF-8"}
SCREENINGS = Path(__file__).parent.parent / "screenings"
_LATE = """
import sys, time

class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == "textual":
            sys.meta_path.remove(self)
            end = time.monotonic() + SECONDS
            while time.monotonic() < end:
                time.sleep(0.01)
            FAULT

BEFORE
sys.meta_path.insert(0, Slow())
from iop_tui.__main__ import main
main()
"""


@pytest.fixture(autouse=True, scope="module")
def _first_page_is_kept() -> None:
    compiling.renew()


Late = Callable[..., Terminal]


@pytest.fixture
def start(start: Start) -> Start:
    """A program that imports what it needs: the page comes before that."""
    return cast("Start", functools.partial(start, fresh=True))


@pytest.fixture
def late(start: Start, tmp_path: Path) -> Late:
    """The wizard with a Textual that takes long to import, and may not be there at all."""

    def begin(seconds: float, before: str = "", fault: str = "pass", **options: object) -> Terminal:
        script, code = tmp_path / "late.py", _LATE
        for place, words in (("SECONDS", str(seconds)), ("BEFORE", before), ("FAULT", fault)):
            code = code.replace(place, words)
        script.write_text(code, encoding="utf-8")
        return start(command=[sys.executable, str(script)], **options)  # type: ignore[arg-type]  # those of `start`

    return begin


@pytest.fixture
def not_early(late: Late) -> Start:
    """The wizard whose first page waits for Textual."""
    before = "import iop_tui.commands.first_page as first_page\nfirst_page._as_usual = lambda: False"
    return cast("Start", functools.partial(late, 0, before))


def assert_never_flickers(terminal: Terminal) -> None:
    """The page is there before Textual is, and from then on no cell ever differs from the page in the end."""
    pictures: list[list[list[tuple[object, ...]]]] = []
    terminal.after_piece = lambda: pictures.append(terminal.cells)
    terminal.wait_for(lambda: TEXTUAL_RUNS in terminal.sent, "wanted Textual to start")
    early = len(pictures)
    terminal.until_idle()
    whole = pictures.index(pictures[-1])
    assert whole < early - 1, "the page came with Textual"
    changes = [number for number, picture in enumerate(pictures[whole:], whole) if picture != pictures[-1]]
    assert not changes, f"of {len(pictures)} pieces, {changes} show something else"
    assert terminal.sent.count(ENTER) == 1


@pytest.mark.parametrize("env", [{}, SPANISH], ids=["English", "Spanish"])
@pytest.mark.parametrize(
    "size",
    [
        *((60, 20), (100, 30), (200, 50)),
        *(pytest.param(size, marks=pytest.mark.thorough) for size in ((61, 23), (80, 24), (120, 40))),
    ],
    ids=lambda size: f"{size[0]}x{size[1]}",
)
def test_no_cell_flickers_while_textual_takes_over(start: Start, size: tuple[int, int], env: Mapping[str, str]) -> None:
    assert_never_flickers(start(size=size, env={**TRUE, **env}))


@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_it_has_the_colours_that_are_asked_for(start: Start, theme: str) -> None:
    assert_never_flickers(start(env=TRUE, command=[*WIZARD, "--theme", theme]))


@pytest.mark.parametrize(
    "env", [{}, {"TERM": "xterm"}, {"NO_COLOR": "1", **TRUE}], ids=["256 colours", "16 colours", "no colour"]
)
def test_it_has_no_more_colours_than_the_terminal(start: Start, env: Mapping[str, str]) -> None:
    assert_never_flickers(start(env=env))


@pytest.mark.parametrize("name", ["small", "lobby"])
def test_another_screening_is_shown_once_it_is_known_to_be_sound(start: Start, name: str) -> None:
    assert_never_flickers(start(env=TRUE, command=[*WIZARD, "--questions", str(SCREENINGS / name)]))


def shown_late(terminal: Terminal, words: str = "Start the questions") -> bool:
    """Whether the first page came with Textual."""
    terminal.wait(words)
    terminal.wait_for(lambda: TEXTUAL_RUNS in terminal.sent, "wanted Textual to start")
    return words.encode() not in terminal.sent.partition(TEXTUAL_RUNS)[0]


@pytest.mark.parametrize(
    ("env", "arguments"),
    [
        ({"TERM": "linux"}, ()),
        ({}, ("--scan", "2")),
        ({}, ("--questions", str(SCREENINGS / "scripts"))),
    ],
    ids=["console", "one-key use", "other scripts"],
)
def test_where_anything_is_unusual_the_page_waits_for_textual(
    start: Start, env: Mapping[str, str], arguments: Sequence[str]
) -> None:
    assert shown_late(start(env=env, command=[*WIZARD, *arguments]))


def test_the_size_that_the_terminal_says_counts_and_no_other(start: Start) -> None:
    plain = start(env=TRUE)
    plain.wait("Start the questions")
    plain.until_idle()
    for env in ({"COLUMNS": "132"}, {"LINES": "50"}, {"COLUMNS": "20", "LINES": "5"}):
        terminal = start(env={**TRUE, **env})
        assert_never_flickers(terminal)
        assert terminal.cells == plain.cells, env
        terminal.close()


def test_a_window_that_is_too_small_is_told_so(start: Start) -> None:
    terminal = start(size=(59, 20))
    terminal.wait("Please make this window larger.")
    assert b"Start the questions" not in terminal.sent


def test_a_screening_that_cannot_be_used_is_told_on_the_normal_screen(late: Late) -> None:
    before = """
import iop_tui.screening.format.loader as load
import iop_tui.screening.shipped as shipped
from iop_tui.screening.problems import Report, SourceLocation

def unusable(directory):
    report = Report()
    report.add(SourceLocation("screening.yaml", 3), "this cannot be used")
    report.close()

load.load_manifest = unusable
shipped.compiled_screening = lambda: None
"""
    terminal = late(0, before)
    assert terminal.ended() == 2
    assert b"Start the questions" in terminal.sent.partition(LEAVE)[0]
    assert_restored(terminal)
    assert terminal.text == "screening.yaml:3: error: this cannot be used"


@pytest.mark.parametrize(
    "keys",
    [
        *("11", DOWN + ENTER_KEY),
        *(
            pytest.param(keys, marks=pytest.mark.thorough)
            for keys in ("1", ENTER_KEY, " ", "2", DOWN + UP, "h", "l", "d", "q", "x1")
        ),
    ],
)
def test_keys_typed_on_it_do_what_they_do_later(late: Late, not_early: Start, keys: str) -> None:
    later = not_early()
    later.wait("Start the questions")
    later.until_idle()
    later.press(keys)
    later.until_idle()
    early = late(0.5)
    early.wait("Start the questions")
    assert TEXTUAL_RUNS not in early.sent
    early.press(keys)
    early.wait_for(lambda: early.cells == later.cells, "wanted\n" + "\n".join(later.lines))
    early.until_idle()
    assert early.cells == later.cells


def test_a_click_on_it_is_heard(late: Late, screening: Screening) -> None:
    terminal = late(0.5)
    terminal.wait("Start the questions")
    column, row = terminal.find("Start the questions")
    terminal.press(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")
    assert TEXTUAL_RUNS not in terminal.sent
    walk.shown(terminal, screening.sections[0].questions[0])


def test_it_leaves_the_terminal_as_textual_alone_would(late: Late, not_early: Start) -> None:
    plain = not_early()
    plain.wait("Start the questions")
    plain.until_idle()
    terminal = late(1.5)
    terminal.wait("Start the questions")
    terminal.wait_for(lambda: b"\x1b[?2026l" in terminal.sent, "the page was never whole")
    assert terminal.settings == plain.settings
    assert modes_on(terminal.sent) == modes_on(plain.sent)
    assert keyboard_pushed(terminal.sent) == keyboard_pushed(plain.sent) == 1
    terminal.wait_running()
    assert terminal.settings == plain.settings
    assert modes_on(terminal.sent) == modes_on(plain.sent)
    assert keyboard_pushed(terminal.sent) == 1
    assert walk.leave(terminal) == 0
    assert_restored(terminal)
    assert_nothing_left(terminal)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT], ids=lambda n: n.name)
def test_a_signal_before_textual_is_there_ends_it_in_order(late: Late, number: signal.Signals) -> None:
    terminal = late(30)
    terminal.wait("Start the questions")
    terminal.signal(number)
    assert terminal.ended() == 128 + number
    assert_restored(terminal)
    assert_nothing_left(terminal)


def test_a_signal_that_is_ignored_stays_ignored(late: Late) -> None:
    terminal = late(0.5, ignored="HUP")
    terminal.wait("Start the questions")
    terminal.signal(signal.SIGHUP)
    terminal.wait_for(lambda: TEXTUAL_RUNS in terminal.sent, "wanted Textual to start")
    assert walk.leave(terminal) == 0


def test_it_ends_when_its_window_is_closed(late: Late) -> None:
    terminal = late(30)
    terminal.wait("Start the questions")
    terminal.hang_up()
    assert terminal.ended(patience=5) == 128 + signal.SIGHUP


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGTSTP], ids=lambda number: number.name)
def test_a_stop_before_textual_is_there_ends_with_the_same_page(late: Late, number: signal.Signals) -> None:
    terminal = late(2)
    terminal.wait("Start the questions")
    terminal.until_idle()
    here, settings = terminal.cells, terminal.settings
    terminal.signal(number)
    terminal.until_stopped()
    if number == signal.SIGTSTP:
        assert_restored(terminal)
    terminal.take_back_settings()
    terminal.signal(signal.SIGCONT)
    terminal.wait_for(lambda: terminal.settings == settings, "wanted the same settings")
    terminal.wait_for(lambda: terminal.cells == here, "wanted the same page")
    terminal.wait_running()
    assert terminal.cells == here
    assert walk.leave(terminal) == 0
    assert_restored(terminal)


@pytest.mark.parametrize("size", [(100, 31), (60, 20), (40, 10)], ids=["larger", "smaller", "too small"])
def test_another_size_of_the_window_ends_with_the_right_page(start: Start, late: Late, size: tuple[int, int]) -> None:
    plain = start(size=size)
    plain.wait("larger" if size == (40, 10) else "Start the questions")
    plain.until_idle()
    terminal = late(1)
    terminal.wait("Start the questions")
    terminal.resize(*size)
    if size != (40, 10):
        terminal.wait_for(
            lambda: terminal.cells == plain.cells, "wanted the page for that size before Textual is there"
        )
        assert TEXTUAL_RUNS not in terminal.sent
    terminal.wait_for(lambda: TEXTUAL_RUNS in terminal.sent, "wanted Textual to start")
    terminal.until_idle()
    assert terminal.cells == plain.cells


def test_a_fault_before_textual_is_there_restores_the_terminal(late: Late) -> None:
    terminal = late(0.2, fault="raise ImportError('there is no such thing')")
    terminal.wait("a fault of its own (ImportError")
    assert terminal.ended() == CRASHED
    assert "there is no such thing" not in terminal.text
    assert_restored(terminal)


def test_what_is_typed_on_it_is_not_echoed(late: Late) -> None:
    terminal = late(1)
    terminal.wait("Start the questions")
    terminal.until_idle()
    here = terminal.cells
    terminal.press("xyz")
    terminal.until_idle()
    assert terminal.cells == here
