"""What comes from around the kiosk: keys before it is there, variables, signals, and windows of any size."""

from __future__ import annotations

import signal
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.harness.processes import children, cpu
from tests.terminal import lobby
from tests.terminal.conftest import Open, Start
from tests.terminal.kiosk_pages import PAGES, SITE
from tests.terminal.terminal import Terminal
from tests.terminal.traces import files

pytestmark = pytest.mark.terminal

EARLY = "\x03\x1a\x1c\x04\x10q\x13"
"""The keys that end, stop or freeze a program which is not there yet."""
HELD = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP)
WRAPPED = ("/bin/sh", "-c", "trap '' INT QUIT TSTP; exec \"$@\"", "sh")
"""What starts the kiosk holds these keys until Python is there to do so."""


@pytest.mark.parametrize(
    "after",
    [0.0, 0.1, *(pytest.param(seconds, marks=pytest.mark.thorough) for seconds in (0.02, 0.05, 0.15, 0.2))],
    ids=lambda seconds: f"{seconds} s",
)
def test_keys_before_the_first_page_end_nothing(start: Start, tmp_path: Path, after: float) -> None:
    """`after` so many seconds that the processor gave to its start."""
    site = tmp_path / "site.yaml"
    site.write_text(lobby.SITE, encoding="utf-8")
    with (tmp_path / "log").open("wb") as log:
        terminal = start(command=[*WRAPPED, *lobby.kiosk(site, "--questions", str(lobby.QUESTIONS))], stderr=log)
    terminal.wait_for(lambda: _ignores(terminal.pid, HELD), "the wrapper never held the keys")
    # A fast machine has the first page sooner, and then waits: the keys come on that page.
    terminal.wait_for(lambda: cpu(terminal.pid) >= after or _is_there(terminal), "it does not start")
    terminal.press(EARLY * 3)
    terminal.wait_for(lambda: _is_there(terminal), "no page came")
    # Those that came late enough began a visit, and the letter among them may have ended it again.
    terminal.until_idle()
    terminal.wait_for(lambda: _is_there(terminal), "no page came")
    if lobby.INVITES in terminal.text:
        lobby.begin(terminal)
    assert "^" not in terminal.text
    terminal.press("x")
    terminal.wait(lobby.INVITES)


def _is_there(terminal: Terminal) -> bool:
    return any(words in terminal.text for words in (lobby.INVITES, lobby.WELCOMES))


def _ignores(pid: int, numbers: Sequence[signal.Signals]) -> bool:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    mask = next(int(line.split()[1], 16) for line in lines if line.startswith("SigIgn:"))
    return all(mask >> number - 1 & 1 for number in numbers)


def test_switches_in_the_environment_do_nothing(start: Start, rooms: Mapping[str, Path], tmp_path: Path) -> None:
    site, startup = tmp_path / "site.yaml", tmp_path / "startup.py"
    site.write_text(lobby.SITE, encoding="utf-8")
    startup.write_text(f"open({str(rooms['cwd'] / 'ran')!r}, 'w')\n", encoding="utf-8")
    with (tmp_path / "log").open("wb") as log:
        terminal = start(
            command=lobby.kiosk(site, "--questions", str(lobby.QUESTIONS)),
            stderr=log,
            env={
                "TEXTUAL": "debug,devtools",
                "TEXTUAL_ALLOW_SIGNALS": "1",
                "TEXTUAL_DRIVER": "no_such_module:Driver",
                "TEXTUAL_LOG": str(rooms["cwd"] / "textual.log"),
                "TEXTUAL_PRESS": "1,1,1",
                "TEXTUAL_SCREENSHOT": "1",
                "TEXTUAL_SCREENSHOT_LOCATION": str(rooms["cwd"]),
                "PYTHONINSPECT": "1",
                "PYTHONSTARTUP": str(startup),
                "PYTHONBREAKPOINT": "no_such_module.stop",
                "PYTHONDEVMODE": "1",
                "PYTHONASYNCIODEBUG": "1",
                "COLUMNS": "20",
                "LINES": "5",
                "NO_COLOR": "1",
            },
        )
        lobby.begin(terminal)
        assert len(max(terminal.lines, key=len)) > 60, "the size in the environment was believed"
        lobby.to_summary(terminal)
        terminal.press("x")
        terminal.wait(lobby.INVITES, gone=[lobby.ANSWER])
    assert files(rooms) == []
    terminal.signal(signal.SIGTERM)
    # Not Python's prompt: PYTHONINSPECT would open one where a program ends.
    assert terminal.ended() == 128 + signal.SIGTERM
    assert terminal.settings == terminal.before


def test_signals_to_the_kiosk_leave_the_visit_as_it_is(kiosk: Open) -> None:
    terminal = kiosk().terminal
    lobby.begin(terminal)
    lobby.type_number(terminal)
    visit = lobby.visit_of(terminal)
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH):
        terminal.signal(number)
        terminal.until_idle()
        assert children(terminal.pid) == [visit], number.name
    terminal.press("c")
    terminal.wait("Do you think about ending your life?")
    assert children(terminal.pid) == [visit]
    terminal.press("x")
    terminal.wait(lobby.INVITES)


def test_a_kiosk_that_was_stopped_goes_on(kiosk: Open) -> None:
    terminal = kiosk().terminal
    lobby.begin(terminal)
    terminal.signal(signal.SIGSTOP)
    terminal.press("1")
    terminal.wait("How many coins do you have?")
    terminal.press("x")
    terminal.signal(signal.SIGCONT)
    terminal.wait(lobby.INVITES)


SIZES = [(1, 1), (2, 50), (400, 2), (59, 19), (200, 70), (1, 1), (80, 24)]


def test_every_page_comes_back_from_any_size(kiosk: Open) -> None:
    opened = kiosk(site=SITE)
    terminal = opened.terminal
    lost: dict[str, str] = {}
    for page, lead in PAGES.items():
        print(page)
        lobby.begin(terminal)
        lead(terminal)
        terminal.until_idle()
        visit, shown = lobby.visit_of(terminal), terminal.text
        for columns, rows in SIZES:
            terminal.resize(columns, rows)
            terminal.until_idle()
        if terminal.text != shown or children(terminal.pid) != [visit]:
            lost[page] = terminal.text
        terminal.press("x")
    assert lost == {}


def test_hiding_works_in_any_window(kiosk: Open) -> None:
    terminal = kiosk().terminal
    for size in sorted(set(SIZES)):
        lobby.begin(terminal)
        lobby.give_number(terminal)
        assert_hides(terminal, size)


def assert_hides(terminal: Terminal, size: tuple[int, int]) -> None:
    """In a window of that size X ends the visit. The window is then as it was."""
    visit = lobby.visit_of(terminal)
    terminal.resize(*size)
    terminal.until_idle()
    terminal.press("x")
    terminal.wait_for(lambda: children(terminal.pid) not in ([], [visit]), f"X does nothing in a window of {size}")
    terminal.resize(80, 24)
    terminal.wait(lobby.INVITES)
