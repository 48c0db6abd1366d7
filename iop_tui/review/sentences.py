"""The status of reviews in words, in the language in use: one line for pages and files, and a sentence for each part.

Every face takes its words from here. A reviewer's own words (name, license, limits, remarks) are shown as written.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from iop_tui.firstpaint.words import NOT_REVIEWED
from iop_tui.review.status import Headline, PartStatus, ReviewStatus, State, review_status
from iop_tui.screening.assessment.call_sentences import ended
from iop_tui.screening.engine.local_day import local_today
from iop_tui.screening.i18n.language import N_, _, own_name
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import ENGLISH
from iop_tui.screening.model.reviews import CheckedReview, Review, Verdict

_LINES: dict[Headline, str] = {
    "reviewed": N_("Reviewed by {names}, {date}."),
    "signed": N_("Signed by {names}, {date}. We could not confirm who that is."),
    "english": N_("Reviewed in English by {names}, {date}, but not in this language."),
    "disputed": N_("A reviewer does not agree with all of it: {names}."),
    "changed": N_("Changed since {names} reviewed it, {date}."),
    "expired": N_("The review by {names} ran out on {date}."),
    "part": N_("In review. Read in part by {names}."),
    "unchecked": N_("It has a review. We could not check who signed it."),
    "invalid": N_("It has a review that is not valid. Do not count on it."),
    "not reviewed": NOT_REVIEWED,
}
_LIMITED = N_("Reviewed by {names}, {date}, with limits.")
_PARTS = {
    "rules": N_("rules"),
    "texts": N_("English words"),
    "crisis": N_("pages for danger and who to call"),
}
_STATES: dict[State, str] = {
    "reviewed": N_("{part}: reviewed by {who}, {date}, version {version}."),
    "signed": N_("{part}: signed by {who}, {date}, version {version}. The key is not known here."),
    "disputed": N_("{part}: not agreed to by {who}, {date}, version {version}."),
    "expired": N_("{part}: the review by {who} ran out on {expires}."),
    "changed": N_("{part}: changed since {who} reviewed version {version}, {date}."),
    "not reviewed": N_("{part}: not yet reviewed."),
}
_INVALID: dict[Verdict, str] = {
    "forged": N_("A review in the name of {name} does not count: it is not what was signed."),
    "wrong name": N_("A review in the name of {name} does not count: the key is not theirs."),
    "another screening": N_("A review by {name} does not count: it is of another screening."),
    "unchecked": N_("A review by {name} could not be checked."),
}


def review_line(screening: Screening, today: datetime.date | None = None) -> str:
    """The status in one line, for a person who reads the language of the screening. Without `today`, on this day."""
    if not screening.reviews.exist:
        return _(NOT_REVIEWED)
    return _line(status_of(screening, today), screening.language)


def review_lines(screening: Screening, today: datetime.date | None = None) -> tuple[str, ...]:
    """The same in full: the line, then a sentence for each part, for each other opinion, and for what does not count.
    Only the line if there are no reviews.
    """
    line = review_line(screening, today)
    if not screening.reviews.exist:
        return (line,)
    status = status_of(screening, today)
    return (line, *_parts(status), *_without_effect(status))


def status_of(screening: Screening, today: datetime.date | None = None) -> ReviewStatus:
    """The status of a screening's reviews. Without `today`, on this day."""
    return review_status(screening.reviews, today or local_today())


def part_name(part: str) -> str:
    """What a part is called in a sentence: "rules"; for a translation, the language's own name."""
    return _(_PARTS[part]) if part in _PARTS else own_name(part)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _line(status: ReviewStatus, language: str) -> str:
    headline, behind = status.headline(language), status.behind(language)
    sentence = _LINES[headline]
    if headline == "reviewed" and any(review.opinion == "agrees with limits" for review in behind):
        sentence = _LIMITED
    if headline == "english":
        behind = status.behind(ENGLISH)
    if headline == "disputed":
        behind = tuple(review for review in behind if review.opinion == "disagrees")
    # Of several reviews the oldest day is told: since then nothing was changed.
    date = min((r.expires if headline == "expired" else r.date for r in behind), default="")
    return _(sentence).format(names=_names(behind), date=date)


def _names(reviews: tuple[Review, ...]) -> str:
    names = list(dict.fromkeys(review.name for review in reviews))
    if len(names) < 2:
        return "".join(names)
    return _("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])


def _parts(status: ReviewStatus) -> Iterator[str]:
    """Each part; those of which the same is true, together."""
    alike: dict[tuple[str, ...], list[PartStatus]] = {}
    for part in status.parts:
        alike.setdefault((part.state, *(review.signature for review in part.reviews)), []).append(part)
    for parts in alike.values():
        yield from _part(", ".join(part_name(part.part) for part in parts), parts[0].state, parts[0].reviews)


def _part(names: str, state: State, reviews: tuple[Review, ...]) -> Iterator[str]:
    if not reviews:
        yield _capital(_(_STATES[state]).format(part=names))
    for review in reviews:
        # Beside one who disagrees, the others are told as those who agree.
        said = _STATES["reviewed" if state == "disputed" and review.opinion != "disagrees" else state]
        limits = _("Limits: {limits}").format(limits=ended(review.limits)) if review.limits else ""
        told = _(said).format(
            part=names,
            who=f"{review.name} ({review.license}, {review.role})",
            date=review.date,
            expires=review.expires,
            version=review.version,
        )
        yield _capital(f"{told} {limits}".rstrip())


def _capital(sentence: str) -> str:
    """A sentence as it begins."""
    return sentence[:1].upper() + sentence[1:]


def _without_effect(status: ReviewStatus) -> Iterator[str]:
    yield from (_(_INVALID[each.verdict]).format(name=each.review.name) for each in _once(status.invalid))
    yield from (_("The file {name} holds no readable review.").format(name=name) for name in status.unreadable)


def _once(invalid: tuple[CheckedReview, ...]) -> tuple[CheckedReview, ...]:
    """Each name once for each verdict."""
    return tuple({(each.review.name, each.verdict): each for each in invalid}.values())
