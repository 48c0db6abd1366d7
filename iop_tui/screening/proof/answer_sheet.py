"""A sheet of answers, as the proofs hold it."""

from __future__ import annotations

from collections.abc import Mapping

from iop_tui.screening.model.answers import Answer, Known, Unknown

Sheet = dict[str, Answer]


def known(sheet: Mapping[str, Answer]) -> dict[str, Known]:
    """The known answers."""
    return {name: answer for name, answer in sheet.items() if not isinstance(answer, Unknown)}
