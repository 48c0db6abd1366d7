"""The kinds of text and number that a screening is made of, the place something was written at, and the levels of care.

What is *told* is spoken to the person: it can be put in other words where somebody answers for another
(`third_person.py`).
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, TypeVar

from msgspec import Meta, Struct

from iop_tui.screening.model.locales import ENGLISH as ENGLISH

TOLD: dict[str, Any] = {"told": True}
"""Marks a text that is spoken to the person. It is said in the person's language."""
SHOWN: dict[str, Any] = {"shown": True}
"""Marks a text that a person reads, of whomever it speaks. It is said in the person's language."""
JOINED: dict[str, Any] = {"joined": True}
"""Marks a list of texts that is translated as one text, with commas."""
BOTH = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
"""Two ways to say it in one told text: of the person who answers, and of another."""


# U+202A to U+202E and U+2066 to U+2069 make a terminal show a text in another order than it has.
# The marks U+200E and U+200F are left: Arabic and Hebrew need them, and they turn nothing around.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""What no terminal is to be sent: everything that is no letter, sign or space, but the tab and the line end."""


class TwoWays(str):
    """A told text that was written in two ways: it reads as it is told to the person whom it is about, and `written`
    holds both.
    """

    written: str

    def __new__(cls, written: str) -> TwoWays:
        """From the text as it was written, with braces."""
        told = super().__new__(cls, BOTH.sub(r"\1", written))
        told.written = written
        return told


T = TypeVar("T")
Id = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""The name of a question, option, rule or page: small letters, digits and `_`."""
Level = Id
"""The id of a level of care. care.yaml says which levels there are; `Screening.ranks` orders them."""
Slug = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
"""The name of a screening: small letters, digits and `-`."""
Text = Annotated[str, Meta(min_length=1, max_length=1000)]
"""A sentence or a few, shown as it stands: never markup."""
Shown = Annotated[str, Meta(min_length=1, max_length=1000, extra=SHOWN)]
"""A text that a person reads, the same of whomever it speaks."""
Told = Annotated[str, Meta(min_length=1, max_length=1000, extra=TOLD)]
"""A text spoken to the person."""
Ask = Annotated[str, Meta(min_length=1, max_length=300, extra=TOLD)]
"""A question, the reason for it, or a notice beside it: short enough for a page of 20 lines to hold them."""
Choice = Annotated[str, Meta(min_length=1, max_length=120, extra=TOLD)]
"""The words of an option: two lines of a narrow terminal."""
Title = Annotated[str, Meta(min_length=1, max_length=60, extra=TOLD)]
"""The heading of a page: one line of a narrow terminal."""
Deed = Annotated[str, Meta(min_length=1, max_length=160, extra=TOLD)]
"""A sentence of a crisis page: somebody in need reads it at a glance."""
Brief = Annotated[str, Meta(min_length=1, max_length=52, extra=TOLD)]
"""A reason in one line of a narrow card."""
Do = Annotated[str, Meta(min_length=1, max_length=60, extra=TOLD)]
"""One thing to do today, in one line of a narrow card."""
Some = Annotated[tuple[T, ...], Meta(min_length=1)]
"""A list that may not be empty."""
Word = Annotated[str, Meta(min_length=2, max_length=40)]
"""A word or two that somebody may say."""
Short = Annotated[str, Meta(min_length=1, max_length=12, extra=SHOWN)]
"""A heading for a narrow column, in characters."""
Place = Annotated[str, Meta(min_length=1, max_length=14, extra=SHOWN)]
"""Where one sleeps, in a narrow column, in characters."""
Date = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
"""A day as YYYY-MM-DD."""
Bound = Annotated[int, Meta(ge=-1_000_000, le=1_000_000)]
Urgency = Literal["now", "today"]
Kind = Literal["one", "several", "number", "date"]

FILLED_IN = frozenset({"where", "today"})
"""Fields that no file gives: the program fills them in."""
NO_LEVEL = "none"
"""What cases write where an alarm `now` stands, so that there is no level. No level can have this id."""
RESERVED = ("not_sure", "skipped")
"""Words for an unknown answer: no option may have them as its id."""


class Where(Struct, frozen=True):
    """The place in the questions directory that something was written at: a file as the person named it, a line from
    1.
    """

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"
