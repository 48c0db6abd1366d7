"""Readability of the Spanish texts, and whether each text serves both a person and a proxy respondent."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from iop_tui.screening.authoring.inflesz import ease, perspicuity
from iop_tui.screening.authoring.lint.plain_language import MAX_WORDS, Screen, screens
from iop_tui.screening.authoring.readability import Measure, sentences, total, words
from iop_tui.screening.engine.third_person import proxy_wording
from iop_tui.screening.i18n.localize import TranslatableText
from iop_tui.screening.i18n.po_catalogue import Entry
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import TWO_FORMS, SourceLocation
from iop_tui.screening.problems import Report

CODE = "es"
EASY = 65.0
"""The limit over all that a person may read: "bastante fácil" on the INFLESZ scale."""
EASY_SCREEN = 55.0
"""The limit for one screen: not below "normal", the scale's middle."""
_ONE_VOICE = re.compile(
    r"\b(usted|yo|mi|mis|me|mí|conmigo|soy|estoy|tengo|puedo|vivo|necesito|quiero)\b", re.IGNORECASE
)
"""Words that are right for only one of the two: for a proxy respondent "usted" is the wrong person, and so is "yo"."""
_SPEECH = re.compile(r'"[^"]*"|“[^”]*”|«[^»]*»')


def reading(screening: Screening, entries: Sequence[Entry], report: Report) -> None:
    """Report texts and screens that are harder to read than allowed, and long sentences."""
    # Most screens have the same words for a proxy respondent.
    eased = functools.cache(ease)
    for told, how in ((screening, ""), (proxy_wording(screening), " in the proxy wording")):
        every = [screen for screen in screens(told) if not screen.about.endswith((": say", ": say_why"))]
        measured = [(screen, eased(screen.texts)) for screen in every]
        whole = perspicuity(total(measure for _screen, measure in measured))
        if whole < EASY:
            said = f"all texts together{how} read at {whole:.0f} on the INFLESZ scale, and {EASY:.0f} is the least"
            report.warn(
                SourceLocation(str(entries[0].where.file), 1) if entries else screening.manifest.where,
                said,
                "hard-to-read",
            )
        for screen, measure in measured:
            _one(screen, measure, how, entries, report)


def one_way(every: Iterable[TranslatableText], entries: Iterable[Entry], report: Report) -> None:
    """Report second-person texts that serve only one of the two respondents and are not written in both forms."""
    told = {place.context for place in every if place.second_person}
    for entry in entries:
        if entry.context in told:
            found = _ONE_VOICE.search(_SPEECH.sub("", TWO_FORMS.sub("", entry.translation)))
            if found:
                said = (
                    f"the translation of {entry.context}: {found[0]!r} cannot be said of another person; write both, "
                    "as in '{de usted|de la persona}'"
                )
                report.warn(entry.where, said, "doubtful-words")


def _one(screen: Screen, measure: Measure, how: str, entries: Sequence[Entry], report: Report) -> None:
    figure = perspicuity(measure)
    if screen.alone and figure < EASY_SCREEN:
        hardest = max(
            (piece for text in screen.texts for piece in sentences(text)),
            key=lambda piece: len(words(piece)) * max(0.0, 100 - perspicuity(ease([piece]))),
        )
        report.warn(
            _line(hardest, screen, entries),
            f"{screen.about}{how}: it reads at {figure:.0f} on the INFLESZ scale, and "
            f"{EASY_SCREEN:.0f} is the least; shorten {hardest!r}",
            "hard-screen",
        )
    for text in screen.texts if measure.words > MAX_WORDS else ():
        for sentence in sentences(text):
            count = len(words(sentence))
            if count > MAX_WORDS:
                said = f"{screen.about}{how}: a sentence has {count} words, and {MAX_WORDS} is the most: {sentence!r}"
                report.warn(_line(sentence, screen, entries), said, "long-sentence")


def _line(sentence: str, screen: Screen, entries: Sequence[Entry]) -> SourceLocation:
    """The source location of a sentence in the catalogue; the screen's own if that is unknown."""
    ways = (r"\1", r"\2")
    found = (e.where for e in entries if any(sentence in TWO_FORMS.sub(way, e.translation) for way in ways))
    return next(found, screen.where)
