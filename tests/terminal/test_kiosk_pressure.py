"""A kiosk whose surroundings do not do their part: a terminal or a log that takes nothing, a printer that hangs."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.harness.processes import children
from tests.terminal import lobby
from tests.terminal.conftest import Open, Start
from tests.terminal.lobby import INVITES, begin, until, visit_of
from tests.terminal.restored import assert_restored

pytestmark = pytest.mark.terminal

SOON = """
from iop_tui.kiosk import reaper

reaper.GRACE = 0.5
"""
HANGING = lobby.SITE + 'printer: {command: [sleep, "300"]}\n'


def test_hiding_works_while_the_terminal_takes_nothing(kiosk: Open) -> None:
    terminal = kiosk().terminal
    begin(terminal)
    visit = visit_of(terminal)
    # Nobody reads what is drawn from here on, until nothing more can be drawn.
    for _key in range(80):
        terminal.type_unread("h")
    terminal.type_unread("x")
    until(lambda: [1] if visit not in children(terminal.pid) else [], "the visit did not end")
    terminal.wait(INVITES)


def test_a_log_that_nobody_reads_does_not_keep_the_last_page_on_the_screen(start: Start, tmp_path: Path) -> None:
    site = tmp_path / "site.yaml"
    site.write_text(lobby.SITE, encoding="utf-8")
    ears, mouth = os.pipe()
    os.set_blocking(mouth, False)
    while True:
        try:
            os.write(mouth, b"x" * 4096)
        except BlockingIOError:
            break
    os.set_blocking(mouth, True)
    command = lobby.patched(tmp_path, site, more=("--questions", str(lobby.QUESTIONS)))
    with os.fdopen(mouth, "wb") as error:
        terminal = start(command=command, stderr=error)
    begin(terminal)
    lobby.give_number(terminal)
    os.kill(visit_of(terminal), signal.SIGKILL)
    terminal.wait("Something went wrong", INVITES)
    begin(terminal)
    os.close(ears)


def test_a_print_command_that_hangs_does_not_outlive_its_visit_for_long(kiosk: Open) -> None:
    terminal = kiosk(SOON, site=HANGING).terminal
    begin(terminal)
    lobby.to_summary(terminal)
    terminal.press("t")
    terminal.wait("Print one page")
    terminal.press("1")
    terminal.wait("The page is printing")
    (command,) = children(visit_of(terminal))
    terminal.press("x")
    terminal.wait(INVITES)
    until(lambda: [1] if not Path(f"/proc/{command}").exists() else [], "the page is still in somebody's hands")
    begin(terminal)


def test_a_closed_standard_error_is_no_reason_to_fail(start: Start, tmp_path: Path) -> None:
    site = tmp_path / "site.yaml"
    site.write_text(lobby.SITE, encoding="utf-8")
    command = f'exec "{sys.executable}" -m iop_tui kiosk --site "{site}" 2>&-'
    terminal = start(command=["/bin/sh", "-c", command])
    begin(terminal)
    terminal.signal(signal.SIGTERM)
    assert terminal.ended() == 128 + signal.SIGTERM
    assert_restored(terminal)
