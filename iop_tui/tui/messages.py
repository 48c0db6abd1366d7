"""What screens tell the app. Data goes down to a screen when it is made or shown; these come up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from iop_tui.screening.answers import Answer

if TYPE_CHECKING:
    from iop_tui.tui.page import Overlay, Page


@dataclass
class Began(Message):
    """The person starts the questions."""


@dataclass
class Answered(Message):
    """An answer, and the id of the question that it was given to."""

    question: str
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


@dataclass
class Opened(Message):
    """The person wants a page over the one that they see."""

    seen: Page
    make: Callable[[], Overlay]


@dataclass
class Closed(Message):
    """The person is done with a page that lies over another; `then` is done once it is gone."""

    page: Overlay
    then: Callable[[], object] | None = None
