"""From a key to the next question on the counselor's desk, against the wizard's question page."""

from __future__ import annotations

import fcntl
import random
import struct
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from benchmarks.figures import Row, compare, milliseconds, p99
from iop_tui.screening.engine.interview import Alarmed, Asking, Interview, NotAnswered, begin
from iop_tui.screening.format.loader import load
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.definition import Question
from iop_tui.screening.shipped import shipped
from tests.harness.driven_terminal import QUIET, Terminal, module
from tests.harness.keys import keys_for, mildest
from tests.harness.processes import cpu

_LETTERS = 28
"""Letters of a question that are looked for: they stand on its first line in both programs."""
_WORDS = "four words for measuring"
_IDLE = 10.0
SIZES = ((80, 24), (120, 40))


class Sized(Terminal):
    """A program in a pseudo-terminal of any size."""

    def __init__(self, command: Sequence[str], columns: int, lines: int) -> None:
        super().__init__(command)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def time_painted(self, key: str, text: str) -> tuple[float, float]:
        """Press a key: seconds until the text is drawn, and until the last byte of all that the key led to."""
        sent = self._press(key)
        self._until(text, quiet=None)
        painted = self.last - sent
        self._until(text, quiet=QUIET)
        return painted, self.last - sent


def measure(quick: bool) -> list[Row]:
    """The same answers in both, in turns. The desk saves each of them, encrypted, in a database on the disk."""
    rows = []
    for columns, lines in SIZES:
        ours: list[float] = []
        whole: list[float] = []
        wizards: list[float] = []
        for seed in range(1 if quick else 6):
            with ExitStack() as stack:
                desk = _desk(stack, columns, lines)
                wizard = stack.enter_context(Sized(module("iop_tui"), columns, lines))
                wizard.reach("Start the questions")
                for number, (keys, said, asked) in enumerate(_path(seed)):
                    if number == 0:
                        wizard.time_painted("1", _first(begin(load(shipped())), ask=True))
                    for key in keys[:-1]:
                        desk.follow(key, "")
                        wizard.follow(key, "")
                        time.sleep(QUIET)
                    painted, done = desk.time_painted(keys[-1], said)
                    theirs, _done = wizard.time_painted(keys[-1], asked)
                    # The first answer finds nothing warm in either.
                    if number:
                        ours.append(painted)
                        whole.append(done)
                        wizards.append(theirs)
        at = f"{columns}x{lines}"
        rows += [
            compare(f"desk {at}: key to question, median", ours, wizards, "the wizard", 1.25),
            Row(
                f"desk {at}: key to question, p99",
                milliseconds(p99(ours)),
                f"{milliseconds(p99(wizards))} the wizard",
                p99(ours) / p99(wizards),
                "x",
                2.0,
            ),
            compare(f"desk {at}: key to result and outline, median", whole, wizards, "the wizard's question", None),
        ]
    return [*rows, _idle()]


def _desk(stack: ExitStack, columns: int, lines: int) -> Sized:
    """The desk with a new call in new records."""
    directory = stack.enter_context(tempfile.TemporaryDirectory())
    desk = stack.enter_context(Sized(module("benchmarks.desk_of", directory), columns, lines))
    desk.reach("Make a passphrase")
    desk.follow(f"{_WORDS}\r", "the same again.")
    desk.follow(f"{_WORDS}\r", "New call")
    desk.follow("n", _first(begin(load(shipped())), ask=False))
    time.sleep(1.0)
    return desk


def _path(seed: int) -> Iterator[tuple[str, str, str]]:
    """The keys of each answer, and the first words of the question after it: said aloud, and as it is asked."""
    choose = random.Random(seed)  # noqa: S311  # the same answers in every run, not a secret
    interview = begin(load(shipped()))
    while isinstance(step := interview.step, Asking):
        keys, interview = _answered(step.question, interview, choose)
        if isinstance(interview.step, Asking):
            yield keys, _first(interview, ask=False), _first(interview, ask=True)


def _answered(question: Question, interview: Interview, choose: random.Random) -> tuple[str, Interview]:
    """An answer that leads to no page of danger and to no notice: these pages are not what is measured."""
    options = [option.id for option in question.options]
    choose.shuffle(options)
    answers: list[Answer] = [(name,) if question.kind == "several" else name for name in options]
    for answer in (*(answers or [mildest(question)]), Unknown.NOT_SURE, Unknown.SKIPPED):
        after = interview.answer(answer)
        if not isinstance(after.step, (Alarmed, NotAnswered)) and not after.notices:
            return keys_for(question, answer), after
    raise AssertionError(f"every answer to {question.id} leads to another page")


def _first(interview: Interview, *, ask: bool) -> str:
    step = interview.step
    if not isinstance(step, Asking):
        raise AssertionError("the questions are over")
    question = step.question
    return (question.ask if ask else question.say or question.ask)[:_LETTERS]


def _idle() -> Row:
    """What the desk costs while a caller talks: nothing but the minutes on the line."""
    with ExitStack() as stack:
        desk = _desk(stack, *SIZES[1])
        desk.listen(1.5)
        before = cpu(desk.pid)
        written = desk.listen(_IDLE)
        spent = (cpu(desk.pid) - before) * 1e3
    return Row("desk: 10 s without a key, CPU", f"{spent:.0f} ms", f"{written} bytes drawn", spent, "ms", 20.0)
