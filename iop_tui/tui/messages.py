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
class FromPage(Message):
    """What a person did on a page. Where another page has come meanwhile, it was not meant for that one."""

    seen: Page


@dataclass
class Began(FromPage):
    """The person starts the questions."""


@dataclass
class Answered(Message):
    """An answer, and the id of the question that it was given to."""

    question: str
    answer: Answer


@dataclass
class WentBack(FromPage):
    """The person wants the page before."""


@dataclass
class Changed(FromPage):
    """The person wants to answer a question again."""

    question: str


@dataclass
class PassedOn(FromPage):
    """The person read a crisis page and goes on."""


@dataclass
class Finished(FromPage):
    """The answers are checked: the summary comes."""


@dataclass
class StartedOver(FromPage):
    """Everything is erased, and the welcome page comes."""


@dataclass
class Opened(FromPage):
    """The person wants a page over the one that they see."""

    make: Callable[[], Overlay]


@dataclass
class Closed(Message):
    """The person is done with a page that lies over another; `then` is done once it is gone."""

    page: Overlay
    then: Callable[[], object] | None = None
