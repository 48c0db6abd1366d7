"""The small screening with two practical questions after its result, the second of which hangs on the first."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from iop_tui.screening.engine.interview import Interview
from iop_tui.screening.format.loader import load
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Screening
from tests.core.authored import spoil
from tests.core.small import SMALL

CALM: Mapping[str, Answer] = {
    "who_for": "self",
    "help_with": ("none",),
    "thoughts": "never",
    "low_mood": "rarely",
    "low_interest": "rarely",
    "night_support": "somebody",
}
"""Answers up to the result, of somebody for whom no alarm and no need holds."""
LIFE = """\
id: life
title: Your life
intro: Now what your days look like.
practical: yes
questions:
  - id: work_hours
    ask: When do you work?
    why: Programs meet at different times.
    options: [{days: By day}, {nights: At night}, {never: I have no work}]
  - id: boss_knows
    ask: Does your boss know?
    why: Some laws protect your job.
    show_if: {work_hours: [days, nights]}
    options: [{knows: Yes}, {not_yet: Not yet}]
alarms: []
needs: []
fits:
  - {id: evenings, when: {work_hours: days}, because: You work by day., suggests: Ask for evenings., source: an example}
  - {id: letter, when: {boss_knows: knows}, because: Your boss knows., suggests: Ask for a letter., source: an example}
"""


def write(directory: Path) -> Path:
    """The screening in a directory that does not exist yet."""
    shutil.copytree(SMALL, directory)
    shutil.rmtree(directory / "cases", ignore_errors=True)
    (directory / "life.yaml").write_text(LIFE)
    spoil(directory, "screening.yaml", "[about, safety]\n", "[about, safety, life]\nresult_after: safety\n")
    return directory


@cache
def with_life() -> Screening:
    """The screening, loaded once in a process."""
    with TemporaryDirectory() as directory:
        return load(write(Path(directory) / "q"))


def at_result(interview: Interview) -> Interview:
    """From the review to the result."""
    confirmed = interview.confirmed()
    assert confirmed is not interview
    return confirmed
