"""What the wizard costs while nobody touches it."""

from __future__ import annotations

import time

from benchmarks.figures import Row
from benchmarks.texts import ask
from tests.harness.driven_terminal import Terminal, module

_SETTLE = 1.5
_SECONDS = 10.0


def measure(quick: bool) -> list[Row]:
    """CPU ms and bytes in ten seconds on two pages, and in a bare Textual app at the same time."""
    seconds = _SECONDS / 5 if quick else _SECONDS
    with Terminal(module("benchmarks.bare_questions")) as bare, Terminal(module("iop_tui")) as wizard:
        bare.reach(ask(0))
        wizard.reach("Start the questions")
        welcome = _idle("idle 10 s, welcome page", wizard, bare, seconds)
        wizard.follow("1", "Why we ask")
        return [welcome, _idle("idle 10 s, a question", wizard, bare, seconds)]


def _idle(name: str, wizard: Terminal, bare: Terminal, seconds: float) -> Row:
    for terminal in (wizard, bare):
        terminal.listen(_SETTLE)
    ours, theirs = _cpu(wizard.pid), _cpu(bare.pid)
    written = wizard.listen(seconds)
    scale = 1e3 * _SECONDS / seconds
    ours, theirs = (_cpu(wizard.pid) - ours) * scale, (_cpu(bare.pid) - theirs) * scale
    samples = {"ours_cpu_ms": ours, "bare_cpu_ms": theirs, "ours_bytes": float(written)}
    return Row(name, f"{ours:.1f} ms CPU, {written} bytes", f"{theirs:.1f} ms a bare app", ours, "ms", 5.0, samples)


def _cpu(pid: int) -> float:
    """CPU seconds of all threads of a process: clock_getcpuclockid(3), in ns; /proc/PID/stat counts in 10 ms."""
    return time.clock_gettime((~pid << 3) | 2)
