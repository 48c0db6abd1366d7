"""Made-up screenings of any size: as Python objects, and as a directory for `--questions`."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.texts import OPTIONS, QUESTIONS, ask
from iop_tui.screening.engine.interview import Alarmed, Asking, Interview, begin
from iop_tui.screening.model.condition import Is
from iop_tui.screening.model.content import CannotTell, Care, CareFile, CrisisPage, HelpFile, PhoneLine
from iop_tui.screening.model.definition import (
    Alarm,
    Disclaimer,
    Manifest,
    Option,
    Question,
    Screening,
    Section,
    Welcome,
)
from iop_tui.screening.model.field_types import SourceLocation

_HERE = SourceLocation("synthetic.yaml", 1)
_SECTION = 10
_LOOKS_BACK = 20
"""How far back, in questions, a gate looks at most: real screenings gate on what was asked shortly before."""


def screening(size: int) -> Screening:
    """A screening of `size` questions. Every second one is gated on an earlier one; every tenth can raise an alarm."""
    choose = random.Random(size)  # noqa: S311  # the same screening in every run, not a secret
    sections = []
    for start in range(0, size, _SECTION):
        indices = range(start, min(start + _SECTION, size))
        alarms = tuple(_alarm(index) for index in indices if index % 10 == 4)
        questions = tuple(_question(index, choose) for index in indices)
        sections.append(Section(f"part{start}", f"Part {start}", _HERE, questions, alarms=alarms))
    line = PhoneLine("line", "A line", "Call 1", "Day and night.", "nowhere", "2026-01-01", _HERE)
    page = CrisisPage("page", "Call somebody", ("Call.",), ("line",), _HERE)
    names = ("outpatient", "iop", "php", "inpatient")
    levels = tuple(Care(name, name, name, "Made up.", {}, _HERE) for name in names)
    unsure = CannotTell("too_open", "outpatient", "php", "nowhere", _HERE)
    return Screening(
        manifest=Manifest(
            "synthetic",
            "1",
            "A made-up screening",
            tuple(section.id for section in sections),
            Welcome("Made-up questions.", ("They mean nothing.",), _HERE),
            Disclaimer("Made up.", "Made up.", _HERE),
            _HERE,
        ),
        sections=tuple(sections),
        care=CareFile((), levels, (unsure,), _HERE),
        help=HelpFile((line,), (page,), ("line",), _HERE),
    )


def _question(index: int, choose: random.Random) -> Question:
    gate = None
    if index % 2:
        earlier = choose.randrange(max(0, index - _LOOKS_BACK) // 2 * 2, index, 2)
        gate = Is(f"q{earlier}", ("o1", "o2"), _HERE)
    options = tuple(Option(f"o{number}", text, _HERE) for number, text in enumerate(OPTIONS))
    return Question(f"q{index}", ask(index), "It is made up.", _HERE, options=options, show_if=gate)


def _alarm(index: int) -> Alarm:
    return Alarm(f"a{index}", "today", Is(f"q{index}", ("o3",), _HERE), "page", "It is made up.", "nowhere", _HERE)


def walked(of: Screening, questions: int) -> Interview:
    """The interview of somebody who is past that many questions, always with the second answer."""
    interview = begin(of)
    while interview.at < questions and isinstance(interview.step, Asking):
        interview = interview.answer("o1")
    return interview


def without_alarm(interview: Interview) -> Interview:
    """The interview once the pages of all its alarms were passed."""
    while isinstance(interview.step, Alarmed):
        interview = interview.acknowledged()
    return interview


def write(directory: Path) -> None:
    """A directory of sixty questions, none of them gated, for `--questions`."""
    options = ", ".join(f"{{id: o{number}, text: {text}}}" for number, text in enumerate(OPTIONS))
    names = [f"part{start}" for start in range(0, QUESTIONS, _SECTION)]
    for number, name in enumerate(names):
        lines = [f"id: {name}", f"title: Part {number}", "questions:"]
        for index in range(number * _SECTION, (number + 1) * _SECTION):
            lines.append(f'  - {{id: q{index}, ask: "{ask(index)}", why: It is made up., options: [{options}]}}')
        (directory / f"{name}.yaml").write_text("\n".join(lines) + "\n")
    (directory / "screening.yaml").write_text(_MANIFEST.format(sections=", ".join(names)))
    (directory / "care.yaml").write_text(_CARE)
    (directory / "help.yaml").write_text(_HELP)


_MANIFEST = """\
id: synthetic
version: "1"
title: A made-up screening
sections: [{sections}]
welcome: {{lead: Made-up questions., points: [They mean nothing.]}}
disclaimer: {{opening: Made up., closing: Made up.}}
"""
_CARE = """\
compare: [{sleep: Where you sleep}]
levels:
  - {id: outpatient, name: Outpatient therapy, short: Outpatient, what: Made up., compare: {sleep: At home}}
  - {id: iop, name: Intensive outpatient, short: IOP, what: Made up., compare: {sleep: At home}}
  - {id: php, name: Partial hospitalization, short: PHP, what: Made up., compare: {sleep: At home}}
  - {id: inpatient, name: Inpatient care, short: Inpatient, what: Made up., compare: {sleep: There}}
cannot_tell: [{id: too_open, level: outpatient, could_be: php, source: nowhere}]
"""
_HELP = """\
lines:
  - {id: line, role: emergency, number: "1", name: A line, reach: Call 1,
      about: Day and night., source: nowhere, checked: 2026-01-01}
pages: [{id: page, title: Call somebody, do: [Call.], lines: [line]}]
always: [line]
"""
