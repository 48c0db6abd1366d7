"""Readability: the grade of each screen and of all of them, long sentences, words that nobody can know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from iop_tui.screening.authoring.readability import Measure, hardest, measure, of_piece, sentences, total
from iop_tui.screening.engine.third_person import ambiguities, proxy_wording, second_person_texts
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.problems import Report

MAX_GRADE = 6.0
"""The limit over all that a person may read."""
MAX_SCREEN = 8.0
"""The limit for one screen."""
MAX_WORDS = 25
"""The limit for a sentence."""


class Screen(Struct, frozen=True):
    """What a person reads together, and what it belongs to."""

    about: str
    where: SourceLocation
    texts: tuple[str, ...]
    alone: bool = True
    """Whether it is read by itself; otherwise it is a sentence or two among others."""


class Reading(Struct, frozen=True):
    """A screen and its readability."""

    screen: Screen
    measure: Measure


def reading(screening: Screening, report: Report) -> None:
    """Report screens that are hard to read, each with the sentence to shorten, and long sentences; and those of the
    proxy wording where only that one is.
    """
    plain = [Reading(screen, measure(screen.texts)) for screen in screens(screening)]
    hard = _whole(plain, screening, report)
    found = [_one(read, report) for read in plain]
    if screening.manifest.for_other is None:
        return
    other = [
        ours if ours.screen.texts == screen.texts else Reading(screen, measure(screen.texts))
        for ours, screen in zip(plain, screens(proxy_wording(screening)), strict=True)
    ]
    if not hard:
        _whole(other, screening, report, _OF_ANOTHER)
    for ours, theirs, told in zip(plain, other, found, strict=True):
        if theirs is not ours and not told:
            _one(theirs, report, _OF_ANOTHER)


def doubtful(screening: Screening, report: Report) -> None:
    """Report texts whose proxy wording is ambiguous, if the screening has proxy respondents."""
    if screening.manifest.for_other is None:
        return
    seen: set[tuple[SourceLocation, str]] = set()
    both = zip(second_person_texts(screening), second_person_texts(proxy_wording(screening)), strict=True)
    for (where, text), (_, other) in both:
        # An ambiguous word is always a changed one: an unchanged text has none.
        if text == other or (where, text) in seen:
            continue
        for place in ambiguities(text):
            report.warn(
                where,
                f"it cannot be known how to say {place!r} of another person in {text!r}; write both, as in "
                "'{of yourself|of another person}'",
                "doubtful-words",
            )
        seen.add((where, text))


def screens(screening: Screening) -> Iterator[Screen]:
    """All that a person may read, screen by screen. The reasons and suggestions of rules are read in passing, a line
    each, in the summary.
    """
    manifest = screening.manifest
    welcome = manifest.welcome
    about = (welcome.about.line,) if welcome.about is not None else ()
    yield Screen("the welcome page", welcome.where, (welcome.lead, *welcome.points, *about))
    if welcome.about is not None:
        yield Screen("the page about this", welcome.about.where, welcome.about.points)
    disclaimer = manifest.disclaimer
    yield Screen("the disclaimer", disclaimer.where, (disclaimer.opening, disclaimer.closing))
    yield from (Screen(f"notice {notice.id!r}", notice.where, (notice.text,)) for notice in manifest.notices)
    yield from _asked(screening)
    yield from _around(screening)


# ---- inside ----------------------------------------------------------------------------------------------------------


_OF_ANOTHER = " in the proxy wording"


def _asked(screening: Screening) -> Iterator[Screen]:
    """The questions, and the screens that their answers lead to."""
    for section in screening.sections:
        texts = (section.title,) if section.intro is None else (section.title, section.intro)
        yield Screen(f"section {section.id!r}", section.where, texts, alone=False)
    for question in screening.questions:
        units = [unit for unit in (question.unit, question.unit_of_one) if unit is not None]
        options = (option.text for option in question.options)
        yield Screen(f"question {question.id!r}", question.where, (question.ask, question.why, *options, *units))
        if question.label is not None:
            yield Screen(f"question {question.id!r}: label", question.where, (question.label,), alone=False)
        if question.say is not None:
            yield Screen(f"question {question.id!r}: say", question.where, (question.say,), alone=False)
        if question.say_why is not None:
            yield Screen(f"question {question.id!r}: say_why", question.where, (question.say_why,), alone=False)
    for noun, rules in (("alarm", screening.alarms), ("need", screening.needs), ("fit", screening.fits)):
        for rule in rules:
            yield Screen(f"{noun} {rule.id!r}", rule.where, (rule.because,), alone=False)
    for need in screening.needs:
        if need.brief is not None:
            yield Screen(f"need {need.id!r}: brief", need.where, (need.brief,), alone=False)
    for fit in screening.fits:
        yield Screen(f"fit {fit.id!r}", fit.where, (fit.suggests,), alone=False)


def _around(screening: Screening) -> Iterator[Screen]:
    """The content around the questions. The names of programs, levels and technical words are as hard as they are."""
    care = screening.care
    for row in care.compare:
        yield Screen(f"row {row.id!r}", row.where, (row.text,), alone=False)
    for level in care.levels:
        yield Screen(f"level {level.id!r}", level.where, (level.what, *level.compare.values()))
    for step in care.first_steps:
        yield Screen(f"first step {step.id!r}", step.where, (step.title, step.text))
        if step.brief is not None:
            yield Screen(f"first step {step.id!r}: brief", step.where, (step.brief,), alone=False)
    for advice in care.advice:
        texts = (advice.title, *(item.text for item in advice.items))
        yield Screen(f"advice {advice.id!r}", advice.where, texts)
    if care.first_call:
        said = tuple(turn.they or turn.you or "" for turn in care.first_call)
        yield Screen("the first call", care.first_call[0].where, said)
    for other in care.other_calls:
        said = tuple(turn.they or turn.you or "" for turn in other.turns)
        yield Screen("another first call", other.where, (other.whom, *said))
    for page in screening.help.pages:
        yield Screen(f"page {page.id!r}", page.where, (page.title, *page.do))
        if page.brief is not None:
            yield Screen(f"page {page.id!r}: brief", page.where, (page.brief,), alone=False)
    for line in screening.help.lines:
        yield Screen(f"line {line.id!r}", line.where, (line.about,))
    for term in screening.glossary.terms:
        yield Screen(f"term {term.id!r}", term.where, (term.text,))


def _whole(read: Sequence[Reading], screening: Screening, report: Report, how: str = "") -> bool:
    """Report whether all texts together are hard to read, and return it."""
    grade = total(reading.measure for reading in read).grade
    if grade <= MAX_GRADE:
        return False
    worst = max(read, key=lambda reading: reading.measure.grade)
    report.warn(
        screening.manifest.where,
        f"screening.yaml: all texts together{how} read at grade {grade:.1f}, and {MAX_GRADE:.0f} is the most; the "
        f"hardest is that of {worst.screen.about} ({worst.measure.grade:.1f}, {worst.screen.where})",
        "hard-to-read",
    )
    return True


def _one(reading: Reading, report: Report, how: str = "") -> bool:
    """Report a screen that is hard to read and each of its long sentences; return whether there was any."""
    screen, grade = reading.screen, reading.measure.grade
    before = len(report.problems)
    if grade > MAX_SCREEN and screen.alone:
        report.warn(
            screen.where,
            f"{screen.about}{how}: it reads at grade {grade:.1f}, and {MAX_SCREEN:.0f} is the most; shorten "
            f"{hardest(screen.texts)!r}",
            "hard-screen",
        )
    # Most screens have fewer words than one sentence may have.
    for text in screen.texts if reading.measure.words > MAX_WORDS else ():
        for sentence in sentences(text):
            count = of_piece(sentence).words
            if count > MAX_WORDS:
                report.warn(
                    screen.where,
                    f"{screen.about}{how}: a sentence has {count} words, and {MAX_WORDS} is the most: {sentence!r}",
                    "long-sentence",
                )
    return len(report.problems) > before
