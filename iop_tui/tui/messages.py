"""What screens tell the app. Data goes down to a screen when it is made or shown; these come up."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from iop_tui.screening.answers import Answer


@dataclass
class Began(Message):
    """The person starts the questions."""


@dataclass
class Answered(Message):
    """An answer to the question that is asked."""

    answer: Answer


@dataclass
class WentBack(Message):
    """The person wants the page before."""


@dataclass
class Changed(Message):
    """The person wants to answer a question again."""

    question: str


@dataclass
class PassedOn(Message):
    """The person read a crisis page and goes on."""


@dataclass
class Finished(Message):
    """The answers are checked: the summary comes."""


@dataclass
class StartedOver(Message):
    """Everything is erased, and the welcome page comes."""
