"""The figures as a page of Markdown: docs/validation.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from iop_tui.screening.model.definition import Screening
from validation.cases import Outcome
from validation.figures import STOPPED, Agreement, agreement, alarms, between_raters, confusion, difference
from validation.intervals import exact_interval

SETS = {
    "decided": "Decided cases (independent reviewers, courts, a hospital's pathway, teachers)",
    "bound": "Bounds (only a highest or a lowest level was decided)",
    "teaching": "Teaching cases made up by others (no clinical authority)",
    "composed": "Cases made up by this project (no clinical authority)",
}
_HEADS = "| cases | n | same level | at most one apart | less care | more care | decided level in the range |"
LIMITS = (
    "The numbers are small: read the intervals, not the shares.",
    "Most decided cases are appeals of insurers' denials. They lean to 24-hour care, and reviewers disagree.",
    "The sheets were written by language models that saw only the question texts and the facts.",
    "These readers are neither patients nor clinicians. A person answers differently from a reader of their file.",
    "What a case does not state had to be guessed for a complete sheet.",
    "These cases were seen while the rules were written. Agreement on cases that nobody here has seen will be lower.",
    "Three rules were changed after a first look at these sheets. validation/README.md names the cases that showed it.",
    "Agreement with a decision is not an outcome: nobody was followed.",
)


def page(screening: Screening, outcomes: Mapping[str, Sequence[Outcome]]) -> str:
    """The page, a line end at the end. `outcomes` are by rater."""
    return "\n".join(_lines(screening, outcomes)).rstrip() + "\n"


def _lines(screening: Screening, outcomes: Mapping[str, Sequence[Outcome]]) -> Iterator[str]:
    ranks, manifest = screening.ranks, screening.manifest
    yield from ("# How the rules agree with published cases", "")
    yield f"Made by `python -m validation --page docs/validation.md` for {manifest.id} {manifest.version}."
    yield from ("", "## What this can show, and what it cannot", "")
    yield from (f"- {limit}" for limit in LIMITS)
    for rater, every in outcomes.items():
        yield from ("", f"## Sheets of rater `{rater}`", "")
        yield _HEADS
        yield "| --- " * _HEADS.count(" | ") + "| --- |"
        for name, title in SETS.items():
            yield _row(title, agreement((o for o in every if o.case.set == name), ranks))
        for confidence in ("high", "medium", "low"):
            some = (o for o in every if o.case.set == "decided" and o.case.confidence == confidence)
            yield _row(f"decided, confidence {confidence}", agreement(some, ranks))
        found = alarms(every)
        yield ""
        yield f"Emergencies that stopped the questions: {_share(found.caught, found.emergencies)}."
        yield f"Stops where there was no emergency: {_share(found.false, found.no_emergency)}."
        yield from ("", "Decided cases, by level:", "")
        yield from _table([o for o in every if o.case.set == "decided"], ranks)
        yield from ("", "Cases of any set that disagree:", "")
        for outcome in every:
            yield from _disagreement(outcome, ranks)
    names = list(outcomes)
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            same, of, kappa = between_raters(outcomes[one], outcomes[other], ranks)
            told = "" if kappa is None else f"; linearly weighted kappa {kappa:.2f}"
            yield from ("", f"Raters `{one}` and `{other}` lead to the same level in {_share(same, of)}{told}.")


def _row(title: str, figures: Agreement) -> str:
    of = figures.of
    cells = (figures.exact, figures.within_one, figures.under, figures.over, figures.in_range)
    return f"| {title} | {of} | " + " | ".join(_share(count, of) for count in cells) + " |"


def _share(hits: int, of: int) -> str:
    if not of:
        return "-"
    low, high = exact_interval(hits, of)
    return f"{hits} of {of} (95 % interval {low:.0%} to {high:.0%})"


def _table(outcomes: Sequence[Outcome], ranks: Mapping[str, int]) -> Iterator[str]:
    got = [*ranks, STOPPED]
    counts = confusion(outcomes)
    yield "| decided | " + " | ".join(got) + " |"
    yield "| --- |" + " --- |" * len(got)
    for decided in dict.fromkeys(row for level in ranks for row, _ in counts if row.split("/")[0] == level):
        yield f"| {decided} | " + " | ".join(str(counts[decided, level]) for level in got) + " |"


def _disagreement(outcome: Outcome, ranks: Mapping[str, int]) -> Iterator[str]:
    far, case = difference(outcome, ranks), outcome.case
    if far:
        rules = ", ".join(outcome.rules) or "no rule"
        way = "less" if far < 0 else "more"
        level = outcome.level or f"{STOPPED} by {', '.join(outcome.alarms)}"
        yield f"- {case.id} ({case.set}): decided {'/'.join(case.levels)}, got {level}, {way} care. Rules: {rules}."
    if case.alarm == "now" and not outcome.stopped:
        yield f"- {case.id} ({case.set}): an emergency that did not stop the questions."
    if case.alarm == "none" and outcome.stopped:
        yield f"- {case.id} ({case.set}): stopped without an emergency by {', '.join(outcome.alarms)}."
