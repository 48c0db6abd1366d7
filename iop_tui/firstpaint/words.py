"""The texts and choices of the welcome page, in order."""

from __future__ import annotations

from iop_tui.firstpaint.hints import CHOOSE, DISPLAY, HELP, LEAVE, READ_ON_IF, Hint
from iop_tui.screening.model.locales import N_

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LANGUAGE = "language:"
"""What the id of a choice begins with that changes the language; the language's code follows."""
MARK = "· "
"""Stands before each point where no empty lines part them."""
ABOUT: Hint = ("A", N_("About this"), "about", N_("About"), False)
_ABOUT_KEY = N_("A: about this.")


NOT_REVIEWED = N_("No clinician has reviewed this tool yet.")
"""Of a screening without reviews: the only status that is known before its reviews are read."""


def about_line(line: str, reviewed: str, say: Callable[[str], str]) -> str:
    """The line on the limits, who has `reviewed` the screening, and the key to all of it. A screening without a page on
    its limits has no `line`, and then no key.
    """
    return f"{line} {reviewed} {say(_ABOUT_KEY)}" if line else reviewed


def choices(languages: Sequence[tuple[str, str]], say: Callable[[str], str]) -> list[tuple[str, str]]:
    """Id and text of each choice, for the languages that are not in use, by code and own name: a person who looks for
    one may read no other. `say` translates a sentence.
    """
    return [
        ("start", say(N_("Start the questions"))),
        ("compare", say(N_("Just compare the kinds of care"))),
        *((f"{LANGUAGE}{code}", name) for code, name in languages),
    ]


def hints(*, about: bool) -> list[Hint]:
    """The footer's keys, in the order of `Page`; `about` if there is a page on the limits. The other languages stand
    among the choices.
    """
    return [READ_ON_IF, CHOOSE, *([ABOUT] if about else []), HELP, DISPLAY, LEAVE]


def sentences() -> set[str]:
    """The program's own sentences that the page may show, as they are written in the code."""
    offered = [text for _id, text in choices((), lambda sentence: sentence)]
    named = [label for hint in hints(about=True) for label in (hint[1], hint[3])]
    return {sentence for sentence in [*offered, *named, _ABOUT_KEY, NOT_REVIEWED] if sentence}
