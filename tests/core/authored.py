"""A small screening without any problem or warning, as an author would have it, to spoil a piece at a time."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from iop_tui.screening.authoring.checker import check
from iop_tui.screening.problems import Problem

TODAY = datetime.date(2026, 11, 21)
FILES = {
    "screening.yaml": """\
id: sound
version: "1"
title: A sound screening
sections: [mind]
welcome: {lead: A few questions., points: [It is not a diagnosis.]}
disclaimer: {opening: This is not a diagnosis., closing: Talk with a nurse.}
for_other: {who_for: other}
""",
    "mind.yaml": """\
id: mind
title: Your mind
questions:
  - id: who_for
    ask: Who is this for?
    why: So that we ask the right way.
    options: [{self: Me}, {other: A friend}]
  - id: mood
    ask: How is your mood?
    why: It shows how hard things are.
    options: [{good: Good}, {low: Low}, {dark: Very dark}, {plan: I have a plan to die}]
  - id: nights
    ask: Is someone with you at night?
    why: Nights can be the hardest.
    show_if: {mood: [low, dark]}
    options: [{with: Yes}, {alone: No}]
alarms:
  - {id: plan_now, urgency: now, when: {mood: plan}, page: crisis, because: You plan to die., source: an example}
needs:
  - {id: low, at_least: iop, when: {mood: [low, dark]}, because: Your mood is low., source: an example}
  - {id: dark, at_least: php, when: {mood: dark}, because: Your mood is dark., source: an example}
  - id: dark_alone
    at_least: inpatient
    first: talk
    when: {all: [{mood: dark}, {nights: alone}]}
    because: Your mood is dark, and you are alone at night.
    source: an example
fits:
  - {id: peers, when: {nights: alone}, because: You are alone at night., suggests: Ask for a peer., source: an example}
""",
    "care.yaml": """\
compare:
  - {id: sleep, text: Where you sleep, source: an example}
levels:
  - {id: outpatient, name: Outpatient, short: Outpatient, what: One visit a week., compare: {sleep: At home}, source: x}
  - {id: iop, name: IOP, short: IOP, what: A few days a week., compare: {sleep: At home}, source: x}
  - {id: php, name: PHP, short: PHP, what: Most days., compare: {sleep: At home}, source: x}
  - {id: inpatient, name: Inpatient, short: Inpatient, what: Day and night., compare: {sleep: There}, source: x}
cannot_tell:
  - {id: too_open, level: outpatient, could_be: inpatient, source: an example}
first_steps:
  - {id: talk, title: Talk with someone, text: Do it today., source: an example}
""",
    "help.yaml": """\
lines:
  - id: emergency
    name: Emergency
    role: emergency
    number: "911"
    reach: Call 911
    about: Day and night.
    source: an example
    checked: 2026-11-01
  - {id: lifeline, name: 988, reach: Call 988, about: Day and night., source: "https://988.org", checked: 2026-11-01}
pages:
  - {id: crisis, title: Please call now, do: [Call 988 now.], lines: [lifeline]}
always: [lifeline]
""",
    "cases/people.yaml": """\
usual: {who_for: self, mood: good, nights: with}
cases:
  - {id: fine, story: All is well., answers: {}, expect: {level: outpatient, reasons: [], fits: []}}
  - id: low_alone
    story: Low, and alone.
    answers: {mood: low, nights: alone}
    expect: {level: iop, reasons: [low], fits: [peers]}
  - {id: dark_not_alone, story: Dark., answers: {mood: dark}, expect: {level: php, reasons: [low, dark]}}
  - id: unsure
    story: Not sure how it is.
    answers: {mood: not_sure}
    expect: {level: outpatient, could_be: [outpatient, iop, php, inpatient], cannot_tell: yes}
  - id: dark_and_alone
    story: Dark and alone.
    answers: {mood: dark, nights: alone}
    expect: {level: inpatient, first_steps: [talk], reasons: [low, dark, dark_alone], fits: [peers]}
  - {id: planning, story: A plan., answers: {mood: plan}, expect: {level: none, alarms: [plan_now]}}
""",
}

Spoil = Callable[..., tuple[Problem, ...]]


def write(directory: Path) -> Path:
    """The screening in a directory."""
    for name, text in FILES.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return directory


def spoil(directory: Path, file: str, *edits: str) -> None:
    """Replace pieces of one file: old, new, old, new …; each old piece must be there."""
    path = directory / file
    text = path.read_text()
    for old, new in zip(edits[::2], edits[1::2], strict=True):
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text)


def found(directory: Path, today: datetime.date = TODAY) -> list[Problem]:
    """All that a check finds, errors and warnings in the order of the files."""
    checked = check(directory, today)
    return sorted((*checked.problems, *checked.warnings))


def line_of(directory: Path, file: str, piece: str) -> int:
    """The line of a file on which a piece of text stands first."""
    lines = (directory / file).read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if piece in line)
