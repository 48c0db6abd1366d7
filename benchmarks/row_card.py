"""From the last answer to the card of the result, by way of the review; and to the questions after it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from benchmarks.figures import Row, milliseconds, p99
from iop_tui.screening.engine.interview import Asking, Interview, Reviewing, ShowingResult, begin
from iop_tui.screening.format.loader import load
from iop_tui.screening.shipped import shipped
from tests.harness.driven_terminal import NotMeasuredError, Terminal, module
from tests.harness.keys import keys_for, mildest

_READ = 1.0
"""Seconds that a person looks at the review, at least."""
_SHOWN = 24
"""Letters of a question that stand in its first line."""
_GOAL = 5.0


def measure(quick: bool) -> list[Row]:
    """Seconds from a key to the last byte drawn: of the next question; of the review and then the card, together; of
    the first question after the card. The same person each time, through the shipped questions.
    """
    steps = list(_way(begin(load(shipped()))))
    question: list[float] = []
    card: list[float] = []
    after: list[float] = []
    for _round in range(2 if quick else 12):
        with Terminal(module("iop_tui")) as wizard:
            wizard.reach("Start the questions")
            wizard.time_key("1", steps[0][1])
            last_answer = 0.0
            for (step, _shown, keys), (following, shown, _keys) in itertools.pairwise(steps):
                if isinstance(step, Reviewing):
                    wizard.listen(_READ)
                for key in keys[:-1]:
                    wizard.time_key(key, "")
                took = wizard.time_key(keys[-1], shown)
                if isinstance(step, Reviewing):
                    card.append(last_answer + took)
                elif isinstance(step, ShowingResult):
                    after.append(took)
                elif isinstance(following, Asking):
                    question.append(took)
                last_answer = took
    return [
        _row("last answer to the card, p99", card, question, _GOAL),
        _row("the card to more questions, p99", after, question, None),
    ]


def _row(name: str, ours: Sequence[float], against: Sequence[float], goal: float | None) -> Row:
    mine, theirs = p99(ours), p99(against)
    samples = {"rounds": float(len(ours)), "ours_p99_ms": mine * 1e3, "against_p99_ms": theirs * 1e3}
    return Row(
        name, milliseconds(mine), f"{milliseconds(theirs)} key to the next question", mine / theirs, "x", goal, samples
    )


def _way(interview: Interview) -> Iterator[tuple[object, str, str]]:
    """Each step of somebody who has little to tell, what its page shows, and the keys that lead to the next one."""
    for _ in interview.screening.questions:
        step = interview.step
        if not isinstance(step, Asking):
            break
        answer = mildest(step.question)
        yield step, step.question.ask[:_SHOWN], keys_for(step.question, answer)
        interview = interview.answer(answer)
    if not isinstance(interview.step, Reviewing):
        raise NotMeasuredError("the mildest answers do not lead to the review")
    yield interview.step, "Check your answers", "1"
    interview = interview.confirmed()
    yield interview.step, "Do this today", "a"
    interview = interview.continued()
    if isinstance(interview.step, Asking):
        yield interview.step, interview.step.question.ask[:_SHOWN], ""
