"""What the example people get, to the end: the assessment, the summary, and the text that a person would take away.

Whatever raises on the way would do so in front of somebody with these answers. It is told as a problem of the example
person.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from iop_tui.screening.assessment.assess import Assessment, assess
from iop_tui.screening.assessment.cases import Case
from iop_tui.screening.assessment.summary import LevelSummary, Summary, summary_of
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.problems import Report

T = TypeVar("T")
Writer = Callable[[Summary], object]


def results(
    cases: Iterable[Case], screening: Screening, report: Report, writers: Sequence[Writer]
) -> list[tuple[Case, Assessment]]:
    """The example people with their assessments. Who gets none is left out, and each thing that raised is noted."""
    made: list[tuple[Case, Assessment]] = []
    summaries: list[tuple[Case, Summary]] = []
    for case in cases:
        what = "assessment"
        try:
            assessment = assess(screening, case.answers)
            made.append((case, assessment))
            what = "summary"
            summaries.append((case, summary_of(assessment, case.answers)))
        except Exception as failure:
            _note(case, what, failure, report)
    _written(summaries, writers, report)
    return made


# ---- inside ----------------------------------------------------------------------------------------------------------


def _written(summaries: Sequence[tuple[Case, Summary]], writers: Sequence[Writer], report: Report) -> None:
    """Note the people whose summary cannot be written down.

    A summary is written piece by piece, and most people share theirs with others: to write down all of them would take
    longer than all other checks together. So one of each form is written, and then all pieces in one.
    """
    if not summaries or not writers:
        return
    forms = {_form(summary): (case, summary) for case, summary in reversed(summaries)}
    together = _together([summary for _case, summary in summaries])
    for write in writers:
        for case, summary in forms.values():
            _write(case, summary, write, report)
        try:
            write(together)
        except Exception:
            # Whose piece it is, each of them by itself says.
            for case, summary in summaries:
                if forms[_form(summary)][0] is not case:
                    _write(case, summary, write, report)


def _write(case: Case, summary: Summary, write: Writer, report: Report) -> None:
    try:
        write(summary)
    except Exception as failure:
        _note(case, "text to take away", failure, report)


def _note(case: Case, what: str, failure: Exception, report: Report) -> None:
    why = " ".join(f"{type(failure).__name__}: {failure}".split())
    report.add(
        case.where,
        f"case {case.id!r}: the program fails to make the {what} ({why}); this is a fault of the program: report it "
        "with this example person, and let nobody answer these questions before it is mended",
        "no-result",
    )


def _form(summary: Summary) -> Hashable:
    """Which parts a summary has."""
    parts = (summary.crisis, summary.levels, summary.steps, summary.fits, summary.unknown, summary.notices)
    return (*map(bool, parts), summary.settled)


def _together(summaries: Sequence[Summary]) -> Summary:
    """One summary with all that stands in some, each piece once."""
    levels: dict[Hashable, LevelSummary] = {}
    for summary in summaries:
        for level in summary.levels:
            key = level.care.id, level.verdict, level.title, level.why
            before = levels.get(key, replace(level, reasons=()))
            reasons = {because.rule: because for because in (*before.reasons, *level.reasons)}
            levels[key] = replace(before, reasons=tuple(reasons.values()))
    crisis = {(page.id, because.rule): (page, because) for summary in summaries for page, because in summary.crisis}
    fits = {because.rule: (suggests, because) for summary in summaries for suggests, because in summary.fits}
    return replace(
        summaries[0],
        headline=" ".join(dict.fromkeys(summary.headline for summary in summaries)),
        lead=_each(summary.lead for summary in summaries),
        crisis=tuple(crisis.values()),
        levels=tuple(levels.values()),
        steps=_each(summary.steps for summary in summaries),
        fits=tuple(fits.values()),
        unknown=_each(summary.unknown for summary in summaries),
        lines=_each(summary.lines for summary in summaries),
        notices=_each(summary.notices for summary in summaries),
    )


def _each(parts: Iterable[Iterable[T]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(piece for some in parts for piece in some))
