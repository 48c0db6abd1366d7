"""What pages tell the app. Data goes down to a page when it is made or shown; these come up.

They are written out rather than made by `dataclass`, which would cost the first page 5 ms.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message

from iop_tui.screening.model.answers import Answer

if TYPE_CHECKING:
    from iop_tui.tui.host import AnyPage


class FromPage(Message):
    """What a person did on a page. Where another page has come meanwhile, it was not meant for that one."""

    def __init__(self, seen: AnyPage) -> None:
        super().__init__()
        self.seen = seen


class Began(FromPage):
    """The person starts the questions."""


class Answered(Message):
    """An answer, and the id of the question that it was given to."""

    def __init__(self, question: str, answer: Answer) -> None:
        super().__init__()
        self.question = question
        self.answer = answer


class WentBack(FromPage):
    """The person wants the page before."""


class Changed(FromPage):
    """The person wants to answer a question again."""

    def __init__(self, seen: AnyPage, question: str) -> None:
        super().__init__(seen)
        self.question = question


class Acknowledged(FromPage):
    """The person read a crisis page and goes on."""


class Finished(FromPage):
    """The answers are checked: the summary comes."""


class StartedOver(FromPage):
    """Everything is erased, and the welcome page comes."""


class LanguageChosen(FromPage):
    """The person wants to go on in another language, by its code."""

    def __init__(self, seen: AnyPage, code: str) -> None:
        super().__init__(seen)
        self.code = code


class ThemeChosen(Message):
    """The person wants other colours: the name of their theme."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class PaceChosen(Message):
    """The person wants every choice offered for so many seconds, to be taken with one key; None for not at all."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__()
        self.seconds = seconds


class Opened(FromPage):
    """The person wants a page over the one that they see."""

    def __init__(self, seen: AnyPage, make: Callable[[], AnyPage]) -> None:
        super().__init__(seen)
        self.make = make


class Closed(Message):
    """The person is done with a page that lies over another; `then` is done once it is gone."""

    def __init__(self, page: AnyPage, then: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.page = page
        self.then = then
