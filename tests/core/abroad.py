"""A screening for another country: help is reached by 112 and 116 123, and withdrawal care is a fifth level."""

from __future__ import annotations

import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

from iop_tui.screening.format.loader import load
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.definition import Screening
from tests.core.authored import spoil, write

US_NUMBER = re.compile(r"\b(911|988)\b")
LEVELS = ("outpatient", "iop", "php", "inpatient", "withdrawal")
ANSWERS: dict[str, dict[str, Answer]] = {
    "fine": {"who_for": "self", "mood": "good"},
    "low": {"who_for": "self", "mood": "low", "nights": "with"},
    "dark": {"who_for": "self", "mood": "dark", "nights": "alone"},
    "danger": {"who_for": "self", "mood": "plan"},
    "silent": {"who_for": "self", "mood": Unknown.SKIPPED},
}
"""`dark` leads to the fifth level, `danger` to an alarm."""


def files(directory: Path) -> Path:
    """Its files, in a directory."""
    place = write(directory)
    care = (place / "care.yaml").read_text()
    inpatient = next(line for line in care.splitlines() if "id: inpatient" in line)
    fifth = "  - {id: withdrawal, name: Withdrawal care, short: Detox, what: Days., compare: {sleep: There}, source: x}"
    (place / "care.yaml").write_text(care.replace(inpatient, f"{inpatient}\n{fifth}"))
    spoil(place, "mind.yaml", "at_least: inpatient", "at_least: withdrawal")
    spoil(place, "mind.yaml", "    why: It shows how hard things are.", "    if_unsaid: crisis\n    why: It shows.")
    (place / "help.yaml").write_text("""\
lines:
  - {id: ambulance, role: emergency, number: "112", name: Emergency, reach: Call 112, about: Day and night.,
      source: an example, checked: 2026-11-01}
  - {id: talk, role: crisis, number: 116 123, name: Samaritans, reach: Call 116 123, about: Day and night.,
      source: an example, checked: 2026-11-01}
pages:
  - {id: crisis, title: Please call now, do: [Call 116 123 now.], lines: [talk, ambulance]}
always: [ambulance, talk]
""")
    shutil.rmtree(place / "cases")
    return place


@cache
def abroad() -> Screening:
    """It, loaded."""
    with tempfile.TemporaryDirectory() as directory:
        return load(files(Path(directory)))
