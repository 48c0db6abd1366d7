"""Answers and expected results of example people, as the YAML of a file of cases."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from iop_tui.screening.assessment.assess import Assessment
from iop_tui.screening.assessment.cases import Expected
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.field_types import NO_LEVEL, SourceLocation


def expected(got: Assessment, where: SourceLocation, *, fits: bool = False) -> Expected:
    """The expected result of a person with this result; the fits only on request."""
    return Expected(
        level=got.level or NO_LEVEL,
        where=where,
        could_be=got.could_be if len(got.could_be) > 1 else None,
        cannot_tell=bool(got.cannot_tell),
        alarms=tuple(raised.alarm.id for raised in got.alarms),
        first_steps=got.first_steps,
        possible_steps=got.possible_steps or None,
        reasons=tuple(reason.need.id for reason in got.reasons),
        fits=tuple(fitting.fit.id for fitting in got.fits) if fits else None,
    )


def case_lines(case_id: str, story: str, answers: Mapping[str, Answer], expect: Expected) -> Iterator[str]:
    """A whole case, as an entry of a list that is indented by two."""
    yield f"  - id: {case_id}"
    yield f"    story: {story}"
    yield "    answers:" if answers else "    answers: {}"
    yield from (f"      {name}: {answer_yaml(answer)}" for name, answer in answers.items())
    yield "    expect:"
    yield from (f"      {key}: {value}" for key, value in expect_pairs(expect))


def expect_pairs(expect: Expected) -> Iterator[tuple[str, str]]:
    """The keys of `expect` that have to be written, each with its value."""
    yield "level", expect.level
    if expect.could_be:
        yield "could_be", _list(expect.could_be)
    if expect.cannot_tell:
        yield "cannot_tell", "yes"
    for key, names in (("alarms", expect.alarms), ("first_steps", expect.first_steps)):
        if names:
            yield key, _list(names)
    for key, some in (("possible_steps", expect.possible_steps), ("reasons", expect.reasons), ("fits", expect.fits)):
        if some is not None:
            yield key, _list(some)


def answer_yaml(answer: Answer) -> str:
    """An answer, as it is written beside its question."""
    if isinstance(answer, Unknown):
        return answer.value
    return _list(answer) if isinstance(answer, tuple) else str(answer)


def _list(names: Iterable[str]) -> str:
    whole = f"[{', '.join(names)}]"
    return whole if len(whole) < 100 else textwrap.fill(whole, 100, subsequent_indent=" " * 10, break_long_words=False)
