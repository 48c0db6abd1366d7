"""The kiosk: the next visitor's page, and what it costs while nobody is there."""

from __future__ import annotations

import signal
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Row, median, milliseconds, p99
from iop_tui.kiosk.attract import STEP
from tests.harness.driven_lobby import INVITES, WELCOMES, Lobby
from tests.harness.driven_terminal import NotMeasuredError
from tests.harness.processes import children, cpu, memory

_VISITS = 50
_SETTLE = 1.5
_MOVE_S = 10.0


def measure(quick: bool) -> list[Row]:
    """From the key or signal that ends a visit to the last byte of the next inviting page; then the cost of waiting."""
    with tempfile.TemporaryDirectory() as top:
        room = Path(top) / "room"
        room.mkdir()
        with Lobby(room, Path(top) / "log") as lobby:
            started = lobby.reach(INVITES)
            lobby.until_invites(0)
            visits = 5 if quick else _VISITS
            hidden = [_hide(lobby) for _ in range(visits)]
            killed = [_kill(lobby) for _ in range(3 if quick else 10)]
            return [
                _next(f"kiosk, X to the next inviting page, median of {visits}", hidden),
                _next(f"kiosk, SIGKILL to the next inviting page, median of {len(killed)}", killed),
                Row("kiosk, start to the inviting page", milliseconds(started), "", started * 1e3, "ms"),
                *_idle(lobby),
                _memory(lobby),
            ]


def _hide(lobby: Lobby) -> float:
    """A visitor who opens the first question and hides it; seconds to the last byte of the next inviting page."""
    wipes = lobby.wipes
    lobby.follow(" ", WELCOMES)
    lobby.follow("1", "Who are you answering for?")
    lobby.listen(0.1)
    pressed = time.perf_counter()
    lobby.type(b"x")
    return lobby.until_invites(wipes) - pressed


def _kill(lobby: Lobby) -> float:
    wipes = lobby.wipes
    lobby.follow(" ", WELCOMES)
    lobby.listen(0.1)
    pressed = time.perf_counter()
    lobby.kill(signal.SIGKILL)
    painted = lobby.until_invites(wipes) - pressed
    # A visit that was killed young counts as one that could not begin; one that ends in order starts that count anew.
    wipes = lobby.wipes
    lobby.follow(" ", WELCOMES)
    lobby.type(b"x")
    lobby.until_invites(wipes)
    return painted


def _next(name: str, seconds: list[float]) -> Row:
    worst = f"p99 {milliseconds(p99(seconds))}"
    return Row(name, milliseconds(median(seconds)), worst, median(seconds) * 1e3, "ms", 150.0)


def _idle(lobby: Lobby) -> list[Row]:
    """CPU of both processes on the inviting page: between two moves, and over ten seconds with a move in them."""
    [child] = children(lobby.pid)
    lobby.listen(_SETTLE)
    before = lobby.written
    end = time.monotonic() + 2 * STEP
    while lobby.written == before:
        if time.monotonic() > end:
            raise NotMeasuredError("the inviting page does not move")
        lobby.listen(0.05)
    lobby.listen(_SETTLE)
    still = _cost(lobby, child, STEP - 2 * _SETTLE)
    moving = _cost(lobby, child, _MOVE_S)
    return [
        _idle_row(f"kiosk, inviting page, {still[2]:g} s between moves", still, 5.0),
        _idle_row(f"kiosk, inviting page, {moving[2]:g} s with a move", moving, 100.0),
    ]


def _cost(lobby: Lobby, child: int, seconds: float) -> tuple[float, float, float, int]:
    parents, childs = cpu(lobby.pid), cpu(child)
    written = lobby.listen(seconds)
    return cpu(lobby.pid) - parents, cpu(child) - childs, seconds, written


def _idle_row(name: str, cost: tuple[float, float, float, int], goal: float) -> Row:
    parents, childs, seconds, written = cost
    total = (parents + childs) * 1e3 * _MOVE_S / seconds
    ours = f"{total:.1f} ms CPU in {_MOVE_S:g} s, {written} bytes"
    return Row(name, ours, f"parent {milliseconds(parents)}, visit {milliseconds(childs)}", total, "ms", goal)


def _memory(lobby: Lobby) -> Row:
    [child] = children(lobby.pid)
    parents, childs = memory(lobby.pid), memory(child)
    ours = f"parent {parents['Rss']:.1f} MB, visit {childs['Rss']:.1f} MB"
    both = parents["Pss"] + childs["Pss"]
    return Row("kiosk, memory of both (shared counted once)", ours, "", both, "MB")
