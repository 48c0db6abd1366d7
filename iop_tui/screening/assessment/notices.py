"""The sentences of `screening.yaml` that are shown while a condition holds."""

from __future__ import annotations

from collections.abc import Mapping

from iop_tui.screening.engine.evaluate import Facts, truth
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Screening


def notices(screening: Screening, answers: Mapping[str, Answer], place: str) -> tuple[str, ...]:
    """The notices that hold, for a place: "questions" or "summary", in the words of the screening that is given."""
    facts = Facts(screening, answers)
    wanted = [notice for notice in screening.manifest.notices if notice.show in (place, "both")]
    return tuple(notice.text for notice in wanted if truth(notice.when, facts) is True)
