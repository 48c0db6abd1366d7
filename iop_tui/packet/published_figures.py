"""The figures of validation/, for the screening at hand. Only a checkout has that directory."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

from iop_tui.packet.packet_source import Agreed, Figures
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.problems import Unusable

_CHECKOUT = Path(__file__).parent.parent.parent
_ELSEWHERE = (
    "The published cases are not part of the installed program. They are in the directory validation/ of its source, "
    "and docs/validation.md there has the figures."
)


def published_figures(screening: Screening, checkout: Path = _CHECKOUT) -> tuple[Figures | None, str]:
    """The figures, or why there are none, in a sentence or two."""
    if not (checkout / "validation" / "cases.yaml").is_file():
        return None, _ELSEWHERE
    cases, figures, page = (_module(checkout, name) for name in ("cases", "figures", "page"))
    try:
        outcomes = {
            rater: [
                done for case in cases.published_cases() if (done := cases.outcome(screening, case, rater)) is not None
            ]
            for rater in cases.raters()
        }
    except Unusable as unusable:
        return None, (
            "The published cases in validation/ were written for other questions than these: "
            f"{len(unusable.problems)} of the answers in a sheet do not fit. No figure can be given for this screening."
        )
    agreed, alarms = [], []
    for rater, every in outcomes.items():
        for name, title in page.SETS.items():
            row = figures.agreement((each for each in every if each.case.set == name), screening.ranks)
            agreed.append(Agreed(rater, title, row.of, row.exact, row.within_one, row.under, row.over))
        found = figures.alarms(every)
        alarms.append(
            f"Sheets of {rater}: of {found.emergencies} emergencies {found.caught} stopped the questions; of "
            f"{found.no_emergency} cases without one, {found.false} did."
        )
    return Figures(tuple(agreed), tuple(alarms), tuple(page.LIMITS)), ""


def _module(checkout: Path, name: str) -> ModuleType:
    # The package beside the program, and no other of that name that happens to be installed.
    before = list(sys.path)
    sys.path.insert(0, str(checkout))
    try:
        return importlib.import_module(f"validation.{name}")
    finally:
        sys.path[:] = before
