"""The mutation report as YAML: the example people to add, with the mutants that they would kill as comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iop_tui.screening.assessment.case_yaml import answer_yaml, case_lines, expect_pairs
from iop_tui.screening.assessment.cases import Case, Expected
from iop_tui.screening.authoring.mutation.mutants import Mutant
from iop_tui.screening.authoring.mutation.survivors import Suggestion, Survey
from iop_tui.screening.english import counted
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.content import CannotTell
from iop_tui.screening.model.definition import Alarm, Fit, Need
from iop_tui.screening.model.field_types import SourceLocation


def page(survey: Survey) -> Iterator[str]:
    """The lines of the survey: YAML that can be pasted into a file of cases, and comments."""
    if survey.failing:
        yield f"# {survey.failing} of the example people do not get the result that they must, and were left out:"
        yield "# fix what 'iop-tui check' reports about them first."
    if survey.unfounded:
        yield "# No answers were found by which these can be noticed: what is named changes no result. Leave it out of"
        yield "# the rule, or say in the rule with 'no_case:' why it is there all the same."
        for mutant in survey.unfounded:
            yield f"#   {summary_line(mutant)}"
    files: dict[str, list[Suggestion]] = {}
    for suggestion in survey.suggested:
        files.setdefault(suggestion.like.where.file, []).append(suggestion)
    for file, suggestions in files.items():
        yield ""
        yield f"# ---- for {file} ----"
        yield from _entries([suggestion for suggestion in suggestions if suggestion.same])
        for suggestion in suggestions:
            if not suggestion.same:
                yield ""
                yield from (f"  # {summary_line(mutant)}" for mutant in suggestion.notices)
                yield from _case(suggestion)


def summary_line(mutant: Mutant) -> str:
    """A mutant in one line, with its place."""
    rule = mutant.rule
    noun = _NOUNS[type(rule)]
    return f"{mutant.where}: {noun} {rule.id!r}: nobody notices when {mutant.change}"


def counts(survey: Survey) -> str:
    """The final line with counts."""
    explained = f", {len(survey.explained)} explained by 'no_case'" if survey.explained else ""
    return f"{counted(survey.tried, 'way')} to weaken a rule; {survey.survivors} that nobody notices{explained}"


# ---- inside ----------------------------------------------------------------------------------------------------------

_NOUNS: Mapping[type, str] = {Alarm: "alarm", Need: "need", Fit: "fit", CannotTell: "cannot_tell rule"}


def _entries(suggestions: list[Suggestion]) -> Iterator[str]:
    """What to write into the `same_for` of people who are there, one after another."""
    by_case: dict[str, list[Suggestion]] = {}
    for suggestion in suggestions:
        by_case.setdefault(suggestion.like.id, []).append(suggestion)
    for name, entries in by_case.items():
        yield ""
        yield f"  # Into the case {name!r} ({entries[0].like.where}), if the result is right for these people too:"
        yield "    same_for:"
        for entry in entries:
            answers = entry.case.answers
            yield from (f"      # {summary_line(mutant)}" for mutant in entry.notices)
            yield f"      - {{{', '.join(f'{n}: {answer_yaml(answers[n])}' for n in entry.changed)}}}"


def _case(suggestion: Suggestion) -> Iterator[str]:
    case, like = suggestion.case, suggestion.like
    if not suggestion.changed:
        yield f"  # It is enough to write this into 'expect' of {like.id!r} ({like.expect.where}):"
        yield from (
            f"  #   {key}: {value}" for key, value in expect_pairs(case.expect) if not _has(like.expect, key, value)
        )
        return
    where: SourceLocation = like.where
    yield f"  # Like {like.id!r} ({where}), with other answers to {', '.join(suggestion.changed)}."
    yield "  # Is the result right for such a person? Then write who it is; otherwise correct the rule."
    yield from case_lines(case.id, case.story, _own(case), case.expect)


def _own(case: Case) -> Mapping[str, Answer]:
    return {name: answer for name, answer in case.answers.items() if name in case.own}


def _has(expect: Expected, key: str, value: str) -> bool:
    return dict(expect_pairs(expect)).get(key) == value
