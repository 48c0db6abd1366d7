"""The field types of a screening: kinds of text and number, and the source location of a definition.

Second-person text addresses the person; for a proxy respondent it is rewritten (`engine/third_person.py`). Neutral text
reads the same for both.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, TypeVar

from msgspec import Meta, Struct

from iop_tui.screening.model.locales import ENGLISH as ENGLISH

SECOND_PERSON: dict[str, Any] = {"second_person": True}
"""Marks text that addresses the person as "you". It is translated, and rewritten for proxy respondents."""
NEUTRAL: dict[str, Any] = {"neutral": True}
"""Marks text that reads the same for a proxy respondent. It is translated."""
JOINED: dict[str, Any] = {"joined": True}
"""Marks a list of texts that is translated as one text, with commas."""
TWO_FORMS = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
"""Both forms in one text, `{you|them}`: for the person themselves, and for a proxy respondent."""


# U+202A to U+202E and U+2066 to U+2069 change the order in which a terminal shows text. The marks U+200E and U+200F are
# allowed: Arabic and Hebrew need them, and they reorder nothing.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""Control characters that are never sent to a terminal: all but the tab and the line feed."""


class TwoForms(str):
    """A text written in both forms. As a string it is the second-person form; `written` holds both, in braces."""

    written: str

    def __new__(cls, written: str) -> TwoForms:
        """From the text as it was written, with braces."""
        text = super().__new__(cls, TWO_FORMS.sub(r"\1", written))
        text.written = written
        return text


T = TypeVar("T")
Id = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""The name of a question, option, rule or page: small letters, digits and `_`."""
Level = Id
"""The id of a level of care. care.yaml says which levels there are; `Screening.ranks` orders them."""
Slug = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
"""The name of a screening: small letters, digits and `-`."""
Text = Annotated[str, Meta(min_length=1, max_length=1000)]
"""A sentence or a few, shown literally: never markup."""
NeutralText = Annotated[str, Meta(min_length=1, max_length=1000, extra=NEUTRAL)]
"""Text that reads the same for a proxy respondent."""
SecondPersonText = Annotated[str, Meta(min_length=1, max_length=1000, extra=SECOND_PERSON)]
"""Text that addresses the person as "you"."""
Ask = Annotated[str, Meta(min_length=1, max_length=300, extra=SECOND_PERSON)]
"""A question, the reason for it, or a notice beside it: short enough for a page of 20 lines to hold them."""
Choice = Annotated[str, Meta(min_length=1, max_length=120, extra=SECOND_PERSON)]
"""The words of an option: two lines of a narrow terminal."""
Title = Annotated[str, Meta(min_length=1, max_length=60, extra=SECOND_PERSON)]
"""The heading of a page: one line of a narrow terminal."""
ShortSentence = Annotated[str, Meta(min_length=1, max_length=160, extra=SECOND_PERSON)]
"""A sentence of a crisis page, short enough to be read at a glance."""
Brief = Annotated[str, Meta(min_length=1, max_length=52, extra=SECOND_PERSON)]
"""A reason in one line of a narrow card."""
TodoLine = Annotated[str, Meta(min_length=1, max_length=60, extra=SECOND_PERSON)]
"""One thing to do today, in one line of a narrow card."""
NonEmpty = Annotated[tuple[T, ...], Meta(min_length=1)]
"""A list that may not be empty."""
Word = Annotated[str, Meta(min_length=2, max_length=40)]
"""A word or two that somebody may say."""
Short = Annotated[str, Meta(min_length=1, max_length=12, extra=NEUTRAL)]
"""A heading for a narrow column."""
Origin = Annotated[str, Meta(min_length=1, max_length=20_000)]
"""What an imported form says of itself, such as its license: whole, however long."""
Label = Annotated[str, Meta(min_length=1, max_length=30, extra=NEUTRAL)]
"""What a question is about, in a few words: it stands beside the answer."""
SleepPlace = Annotated[str, Meta(min_length=1, max_length=14, extra=NEUTRAL)]
"""Where a person in this care sleeps, for a narrow column."""
Date = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
"""A day as YYYY-MM-DD."""
Bound = Annotated[int, Meta(ge=-1_000_000, le=1_000_000)]
Urgency = Literal["now", "today"]
Kind = Literal["one", "several", "number", "date"]

FILLED_IN = frozenset({"where", "today"})
"""Fields that no file gives: the program fills them in."""
NO_LEVEL = "none"
"""What a case expects as its level while an alarm `now` is active: none. No level can have this id."""
RESERVED = ("not_sure", "skipped")
"""Words for an unknown answer: no option may have them as its id."""


class SourceLocation(Struct, frozen=True):
    """The file and line (from 1) at which something was written. The file is named as the user named it."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"
