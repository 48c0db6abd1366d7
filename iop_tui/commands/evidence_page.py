"""The evidence of a screening, as a Markdown page for reviewers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iop_tui.platform.markdown_escape import escaped
from iop_tui.review.sentences import review_lines
from iop_tui.screening.authoring.evidence import Basis, places
from iop_tui.screening.model.condition import All, AtLeast, Condition, InRange, Is, Not, Score
from iop_tui.screening.model.definition import Alarm, Fit, Need, Question, Screening, Section
from iop_tui.screening.question_types import type_of

_URGENT = {"now": "stops the questions", "today": "shows its page, and the questions go on"}
_NOUNS = {
    "level": "the level",
    "row": "the comparison",
    "step": "the first step",
    "advice": "the advice",
    "term": "the glossary",
    "question": "the question",
    "alarm": "the alarm",
    "need": "the reason",
    "fit": "the suggestion",
    "page": "the crisis page",
    "line": "the phone line",
    "notice": "the notice",
}


def basis_page(screening: Screening, basis: Basis | None) -> str:
    """The page, a line end at the end. Without a basis: the rules and the phone lines alone."""
    return "\n".join(_lines(screening, basis)).rstrip() + "\n"


def in_words(condition: Condition, screening: Screening) -> str:
    """A condition as Markdown in words, with the ids of questions and options as code."""
    return _words(condition, screening, inside=False)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _lines(screening: Screening, basis: Basis | None) -> Iterator[str]:
    manifest = screening.manifest
    yield from (f"# What this screening rests on: {escaped(manifest.title)}", "")
    yield from (f"- {escaped(said)}" for said in review_lines(screening))
    yield ""
    yield from ("<!-- Made by `iop-tui basis`. Do not change it by hand: change the questions directory. -->", "")
    yield from (f"Version {escaped(manifest.version)}. Each rule, what it asks for, and where it comes from.", "")
    if basis is not None:
        there = places(screening)
        yield from ("## Limits", "", *(f"- {escaped(limit)}" for limit in basis.limits), "")
        yield from ("## What must be told, and where it is", "")
        for topic in basis.topics:
            told = "; ".join(_place(place, there) for place in topic.told_in)
            yield from (f"- {escaped(topic.text)}", f"  - Told in: {told}.", f"  - Source: {escaped(topic.source)}")
        yield ""
    for section in screening.sections:
        yield from _section(section, screening)
    yield from _care(screening)
    yield from ("## Phone lines", "")
    for line in screening.help.lines:
        yield f"- **{escaped(line.name)}**: {escaped(line.reach)}. {escaped(line.about)}"
        yield f"  - Source, read on {line.checked}: {escaped(line.source)}"
    if basis is not None and basis.left_out:
        yield from ("", "## Left out", "")
        for left in basis.left_out:
            yield from (f"- {escaped(left.text)}", f"  - Why: {escaped(left.because)}")
            yield from _source(left.source)


def _section(section: Section, screening: Screening) -> Iterator[str]:
    yield from (f"## Section: {escaped(section.title)}", "")
    questions = (line for question in section.questions for line in _question(question, screening))
    yield from ("### Questions", "", *questions, "")
    for heading, rules in (("Alarms", section.alarms), ("Needs", section.needs), ("Fits", section.fits)):
        if rules:
            yield from (f"### {heading}", "", *(line for rule in rules for line in _rule(rule, screening)), "")


def _question(question: Question, screening: Screening) -> Iterator[str]:
    yield f"- `{question.id}`: {escaped(question.ask)}"
    if question.show_if is not None:
        yield f"  - Asked if {in_words(question.show_if, screening)}."
    described = type_of(question).described(question)
    if described:
        yield f"  - {described}"
    for option in question.options:
        kept = f" (Kept, though no rule asks for it: {escaped(option.kept_for)})" if option.kept_for else ""
        weight = f" (weight {option.weight})" if option.weight else ""
        yield f"  - `{option.id}`: {escaped(option.text)}{weight}{kept}"


def _rule(rule: Alarm | Need | Fit, screening: Screening) -> Iterator[str]:
    yield f"- `{rule.id}`: **{escaped(_what(rule, screening))}**"
    yield f"  - When {in_words(rule.when, screening)}."
    yield f"  - Told: {escaped(rule.because)}"
    if isinstance(rule, Fit):
        yield f"  - Suggests: {escaped(rule.suggests)}"
    if rule.no_case:
        yield f"  - Not proven by an example person in every part: {escaped(rule.no_case)}"
    yield from _source(rule.source)


def _what(rule: Alarm | Need | Fit, screening: Screening) -> str:
    if isinstance(rule, Alarm):
        return f"{rule.urgency}: {_URGENT[rule.urgency]} ({screening.pages[rule.page].title})"
    if isinstance(rule, Fit):
        return "a practical matter"
    first = f"first: {', '.join(screening.first_steps[step].title for step in rule.first)}" if rule.first else ""
    least = f"at least {screening.levels[rule.at_least].name}" if rule.at_least else ""
    return "; ".join(part for part in (least, first) if part)


def _care(screening: Screening) -> Iterator[str]:
    care = screening.care
    told = (
        *(("Level", level.name, level.source) for level in care.levels),
        *(("Comparison", row.text, row.source) for row in care.compare),
        *(("First step", step.title, step.source) for step in care.first_steps),
        *(("Advice", advice.title, advice.source) for advice in care.advice),
        *(("Glossary", term.name, term.source) for term in screening.glossary.terms),
    )
    yield from ("## When no level is named first", "")
    for rule in care.cannot_tell:
        least, most = (screening.levels[level].name for level in (rule.level, rule.could_be))
        yield f"- `{rule.id}`: the answers lead to {escaped(least)} at most, what is open to {escaped(most)} or more"
        if rule.no_case:
            yield f"  - Not proven by an example person in every part: {escaped(rule.no_case)}"
        yield from _source(rule.source)
    yield from ("", "## Levels, comparison, steps, advice and words", "")
    for noun, name, source in told:
        yield f"- {noun}: {escaped(name)}"
        yield from _source(source)
    yield ""


def _source(source: str | None) -> Iterator[str]:
    if source is not None:
        yield f"  - Source: {escaped(source)}"


def _place(place: str, there: Mapping[str, str]) -> str:
    kind = place.split(".")[0]
    return f"{_NOUNS.get(kind, kind)} “{escaped(there.get(place, place))}”"


def _words(condition: Condition, screening: Screening, *, inside: bool) -> str:
    if isinstance(condition, Is):
        options = ", ".join(f"`{option}`" for option in condition.options)
        return f"`{condition.question}` is {'any of ' if len(condition.options) > 1 else ''}{options}"
    if isinstance(condition, InRange):
        kind = type_of(screening.question(condition.question))
        return f"`{condition.question}` is {kind.in_range(condition)}"
    if isinstance(condition, Score):
        names = ", ".join(f"`{name}`" for name in condition.questions)
        return f"the weights of {names} add up to {condition.at_least} or more"
    if isinstance(condition, Not):
        return f"**not** {_words(condition.of, screening, inside=True)}"
    parts = [_words(part, screening, inside=True) for part in condition.of]
    if len(parts) == 1:
        return parts[0]
    if isinstance(condition, AtLeast):
        return f"at least {condition.count} of these hold: ({'; '.join(parts)})"
    joined = (" **and** " if isinstance(condition, All) else " **or** ").join(parts)
    return f"({joined})" if inside else joined
