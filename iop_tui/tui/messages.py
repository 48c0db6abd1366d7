"""Messages from pages to the app. Data goes down to a page when it is made or shown; messages come up.

They are written out rather than made by `dataclass`, which would delay the first page by 5 ms.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message

from iop_tui.screening.model.answers import Answer

if TYPE_CHECKING:
    from iop_tui.tui.host import AnyPage


class FromPage(Message):
    """A message from a page. If another page has replaced that page, the message no longer counts."""

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
    """The person goes back to the previous page."""


class Changed(FromPage):
    """The person changes the answer to a question."""

    def __init__(self, seen: AnyPage, question: str) -> None:
        super().__init__(seen)
        self.question = question


class Acknowledged(FromPage):
    """The person read a crisis page and goes on."""


class Finished(FromPage):
    """The person finished the review: the result is shown."""


class Continued(FromPage):
    """The person wants to answer the questions after the result."""


class Stopped(FromPage):
    """The person wants no more questions after the result, and goes back to it."""


class StartedOver(FromPage):
    """The person starts over: everything is erased."""


class LanguageChosen(FromPage):
    """The person chose another language, by its code."""

    def __init__(self, seen: AnyPage, code: str) -> None:
        super().__init__(seen)
        self.code = code


class ThemeChosen(Message):
    """The person chose another theme, by its name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class PaceChosen(Message):
    """The person chose the seconds for which one-key use offers each choice; None turns it off."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__()
        self.seconds = seconds


class Opened(FromPage):
    """A page opens another one over itself."""

    def __init__(self, seen: AnyPage, make: Callable[[], AnyPage]) -> None:
        super().__init__(seen)
        self.make = make


class Closed(Message):
    """The person closes an overlay; `then` runs once it is gone."""

    def __init__(self, page: AnyPage, then: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.page = page
        self.then = then
