"""What the reviews of a screening amount to on a day: a pure function of its fingerprints and checked reviews.

Of each reviewer, by key, the last review of a part counts. If the clinic knows the reviewer of any review of a part,
reviews by unknown keys do not count for it: nobody can outvote a known reviewer by making a key.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from iop_tui.screening.model.field_types import ENGLISH
from iop_tui.screening.model.reviews import OWN_PARTS, CheckedReview, Review, Reviews

State = Literal["reviewed", "signed", "disputed", "expired", "changed", "not reviewed"]
"""Of one part. `reviewed`: a reviewer whom the clinic knows agrees with it as it is; `signed`: somebody unknown does;
`disputed`: a reviewer disagrees with it as it is; `expired`: the review ran out; `changed`: another version was read.
"""
Headline = Literal[
    "reviewed", "signed", "english", "disputed", "changed", "expired", "part", "unchecked", "invalid", "not reviewed"
]
"""Of the whole for one language. `english`: all but the translation is reviewed; `part`: some parts are; `unchecked`:
there are reviews, and their signatures cannot be checked here; `invalid`: there are only forged or unreadable ones.
"""


class PartStatus(Struct, frozen=True):
    """Who reviewed one part. `reviews` are those behind the state: for `disputed` those who disagree, then those who
    agree; for `changed` and `expired` the last one.
    """

    part: str
    state: State
    reviews: tuple[Review, ...] = ()


class ReviewStatus(Struct, frozen=True):
    """Each part of a screening, and the reviews that count for nothing, with the reason in their verdict."""

    parts: tuple[PartStatus, ...]
    invalid: tuple[CheckedReview, ...] = ()
    unreadable: tuple[str, ...] = ()

    def part(self, name: str) -> PartStatus:
        """The status of a part; not reviewed if the screening has no such part."""
        return next((status for status in self.parts if status.part == name), PartStatus(name, "not reviewed"))

    def headline(self, language: str = ENGLISH) -> Headline:
        """The whole, for a person who reads that language. English texts do not matter to those who read another."""
        needed = [part for part in OWN_PARTS if language == ENGLISH or part != "texts"]
        states = [self.part(part).state for part in (*needed, *([] if language == ENGLISH else [language]))]
        for state in _FIRST:
            if state in states:
                return state
        if {*states} <= {"reviewed"}:
            return "reviewed"
        if {*states} <= {"reviewed", "signed"}:
            return "signed"
        if language != ENGLISH and self.headline() in ("reviewed", "signed"):
            return "english"
        if {"reviewed", "signed"} & {*states}:
            return "part"
        if any(checked.verdict == "unchecked" for checked in self.invalid):
            return "unchecked"
        return "invalid" if self.invalid or self.unreadable else "not reviewed"

    def behind(self, language: str = ENGLISH) -> tuple[Review, ...]:
        """The reviews behind the headline, the oldest first."""
        behind = [review for status in self.parts for review in status.reviews if self._counts(status, language)]
        behind.sort(key=lambda review: review.at)
        return tuple({review.signature: review for review in behind}.values())

    def _counts(self, status: PartStatus, language: str) -> bool:
        headline = self.headline(language)
        if headline in _FIRST:
            return status.state == headline
        own = status.part in OWN_PARTS and (language == ENGLISH or headline == "english" or status.part != "texts")
        return own or status.part == language


_FIRST: tuple[Literal["disputed", "changed", "expired"], ...] = ("disputed", "changed", "expired")
"""States that one part is enough for, the gravest first."""


def review_status(reviews: Reviews, today: datetime.date) -> ReviewStatus:
    """The status of a screening with these reviews, on a day."""
    usable = [each for each in reviews.reviews if each.verdict in ("genuine", "unknown key")]
    parts = tuple(_part(part, now, usable, today) for part, now in reviews.fingerprints.items())
    return ReviewStatus(parts, tuple(each for each in reviews.reviews if each not in usable), reviews.unreadable)


def _part(part: str, now: str, usable: list[CheckedReview], today: datetime.date) -> PartStatus:
    last = _last(part, usable)
    known = [each for each in last if each.verdict == "genuine"]
    counted = known or last
    current = [each.review for each in counted if each.review.read[part] == now]
    against = _those(current, lambda review: review.opinion == "disagrees")
    agreed = [review for review in current if review not in against]
    valid = _those(agreed, lambda review: review.expires >= today.isoformat())
    if against:
        return PartStatus(part, "disputed", (*against, *valid))
    if valid:
        return PartStatus(part, "reviewed" if known else "signed", valid)
    if agreed:
        return PartStatus(part, "expired", (agreed[-1],))
    return PartStatus(part, "changed", (counted[-1].review,)) if counted else PartStatus(part, "not reviewed")


def _last(part: str, usable: list[CheckedReview]) -> list[CheckedReview]:
    """The last review of a part by each key, the oldest first. They come in the order in which they were signed."""
    read = [each for each in usable if part in each.review.read]
    return sorted({each.review.key: each for each in read}.values(), key=lambda each: each.review.at)


def _those(reviews: list[Review], are: Callable[[Review], bool]) -> tuple[Review, ...]:
    return tuple(review for review in reviews if are(review))
