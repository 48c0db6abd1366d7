"""A thousand visitors on one parent, and what they leave behind."""

from __future__ import annotations

import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from iop_tui.screening.format.loader import load
from iop_tui.screening.shipped import shipped
from tests.harness.driven_lobby import WELCOMES, Lobby
from tests.harness.driven_terminal import NotMeasuredError
from tests.harness.processes import children, in_memory, memory, open_files
from tests.harness.thorough_visit import as_held, to_summary
from tests.harness.visitors import PASTED, SIZES, Ending, Keys, ending, inputs

_IDLE, _WARNING = 4.0, 1.0
_WALKS_AWAY, _THOROUGH = 0.02, 25
_SETTLED = 5
"""Visitors after which the parent has what it needs."""
_GOES, _ON_THEIR_WAY = 2.5, 0.1
"""Seconds in which a visit that was left should be over."""
_LONGEST_WAIT = 60.0
_BEGUN_AGAIN = 20
"""Visits that keys on their way may begin, one after another: more are begun by something else."""
_REDRAWN = 0.3
"""Seconds in which a page is there in another size."""


@dataclass
class Soak:
    """What came of it."""

    seeds: range
    started: int = 0
    endings: Counter[str] = field(default_factory=Counter)
    again: list[str] = field(default_factory=list)
    """Visits that did not end by what was to end them, each with its seed: they were ended in another way."""
    gaps: list[float] = field(default_factory=list)
    """Seconds from the deed that ended a visit to the last byte of the next inviting page."""
    grown: dict[str, float] = field(default_factory=dict)
    """What the parent holds now less what it held after the first few visitors: MB, descriptors, processes."""
    left: list[str] = field(default_factory=list)
    """Where words of a visitor were found after their visit."""
    found_where_they_must_be: int = 0
    """How often the same search found a visitor's words in the visit's own process, while it lasted."""


def run(seeds: range, scan: int, say: Callable[[str], None] = lambda _line: None, *, most: int = 60) -> Soak:
    """One visitor for each seed, who does `most` things at most. Every `scan` visitors the parent is searched.
    Raises NotMeasuredError where the kiosk serves no more.
    """
    soak = Soak(seeds)
    with tempfile.TemporaryDirectory() as top:
        room, log = Path(top) / "room", Path(top) / "log"
        room.mkdir()
        with Lobby(room, log, _IDLE, _WARNING) as lobby:
            lobby.until_invites(0)
            _served(lobby, soak, scan, say, most)
            soak.left += [f"a file was made: {path.name}" for path in room.rglob("*")]
        if PASTED.encode() in log.read_bytes():
            soak.left.append("in the log")
    return soak


def _served(lobby: Lobby, soak: Soak, scan: int, say: Callable[[str], None], most: int) -> None:
    screening = load(shipped())
    first, usual = _held(lobby.pid), _usual_words(lobby)
    made: list[str] = []
    for count, seed in enumerate(soak.seeds, 1):
        wipes = lobby.wipes
        lobby.follow("\r", WELCOMES)
        soak.started += 1
        if seed % _THOROUGH == 0:
            made += to_summary(lobby, screening, seed)
            [child] = children(lobby.pid)
            soak.found_where_they_must_be += len(in_memory(child, list(as_held(made))))
        else:
            _does(lobby, seed, wipes, most)
        _goes(lobby, soak, seed, wipes)
        if strange := lobby.words - usual:
            soak.left.append(f"on the screen after {seed}: {' '.join(sorted(strange))[:80]}")
        if count == _SETTLED:
            first = _held(lobby.pid)
        if count % scan == 0 or count == len(soak.seeds):
            found = in_memory(lobby.pid, [PASTED.encode(), *as_held(made)])
            soak.left += [f"in the parent's memory after {seed}: {word[:40]!r}" for word in found]
            made.clear()
            held = _held(lobby.pid)
            soak.grown = {name: held[name] - first[name] for name in held}
            told = " ".join(f"{name} {number:+.2f}" for name, number in soak.grown.items())
            say(f"{count} visitors, up to seed {seed}: {told}; not at once: {soak.again}; left: {soak.left}")


def _does(lobby: Lobby, seed: int, wipes: int, most: int) -> None:
    for one_input in inputs(seed, most):
        if isinstance(one_input, Keys):
            lobby.type(one_input.data)
            lobby.listen(one_input.then)
        else:
            lobby.resize(one_input.columns, one_input.lines)
        if lobby.wipes > wipes:
            return


def _goes(lobby: Lobby, soak: Soak, seed: int, wipes: int) -> None:
    """End the visit, if its own keys did not, and wait for the next one."""
    lobby.resize()
    way = ending(seed, _WALKS_AWAY)
    if lobby.wipes > wipes:
        soak.endings["its own keys"] += 1
        _invites(lobby, wipes)
        return
    soak.endings[way.name] += 1
    began = _ended(lobby, way, wipes)
    if lobby.wipes == wipes:
        soak.again.append(f"{seed}: {way.name}")
        # Whatever the random bytes began is ended first: a paste, a sequence.
        lobby.listen(0.2)
        began = _ended(lobby, Ending("X", "\x1b[201~x"), wipes)
    if lobby.wipes == wipes:
        raise NotMeasuredError(f"visitor {seed} could not end the visit")
    painted = lobby.until_invites(wipes)
    if way.keys == "x" and not lobby.shows(WELCOMES):
        soak.gaps.append(painted - began)
    _invites(lobby, wipes)


def _invites(lobby: Lobby, wipes: int) -> None:
    """Until the next visit invites. Keys that were on their way may have begun it: then it is ended, too."""
    lobby.until_invites(wipes)
    lobby.listen(_ON_THEIR_WAY)
    for _ in range(_BEGUN_AGAIN):
        if not lobby.shows(WELCOMES):
            return
        wipes = lobby.wipes
        lobby.type(b"x")
        lobby.until_invites(wipes)
        lobby.listen(_ON_THEIR_WAY)
    raise NotMeasuredError("visits begin again and again, though nobody presses a key")


def _ended(lobby: Lobby, way: Ending, wipes: int) -> float:
    """Do what ends a visit, and wait for it; when it was done."""
    began = time.perf_counter()
    if way.signal:
        lobby.kill(way.signal)
    elif way.keys:
        if way.asks:
            # Right after a key that turns the page, R asks nothing; right after Escape, it is Alt and R.
            lobby.listen(2 * _ON_THEIR_WAY)
            lobby.forget()
        lobby.type(way.keys.encode())
        if way.asks:
            _waits(lobby, lambda: lobby.shows(way.asks))
            began = time.perf_counter()
            lobby.type(way.answer.encode())
    # One that is killed right after another was makes the kiosk wait before it tries again.
    longer = 0.0 if way.keys else _LONGEST_WAIT if way.signal else _IDLE + _WARNING
    _waits(lobby, lambda: lobby.wipes > wipes, longer)
    return began


def _waits(lobby: Lobby, there: Callable[[], bool], longer: float = 0.0) -> None:
    end = time.perf_counter() + _GOES + longer
    while not there() and time.perf_counter() < end:
        lobby.listen(0.005)


def _usual_words(lobby: Lobby) -> set[str]:
    """All words that may stand between two visits, in a window of any size: those that invite, that say sorry after a
    visit was killed, and that say to wait after two. A visit that ends by its own keys is followed by one that may
    invite before the window is as it was.
    """
    usual = _words_in_all_sizes(lobby)
    for _ in range(2):
        wipes = lobby.wipes
        lobby.kill(signal.SIGKILL)
        lobby.until_invites(wipes)
        usual |= lobby.words | _words_in_all_sizes(lobby)
    return usual


def _words_in_all_sizes(lobby: Lobby) -> set[str]:
    words = lobby.words
    for size in dict.fromkeys(SIZES):
        lobby.resize(*size)
        lobby.listen(_REDRAWN)
        words |= lobby.words
    lobby.resize()
    lobby.listen(_REDRAWN)
    return words


def _held(pid: int) -> Mapping[str, float]:
    held = memory(pid)
    return {
        "Rss": held["Rss"],
        "Private_Dirty": held["Private_Dirty"],
        "Dirty": held["Private_Dirty"] + held["Shared_Dirty"],
        "files": open_files(pid),
        "children": len(children(pid)),
    }
