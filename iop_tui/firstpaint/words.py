"""What the welcome page says and offers, in the order in which it stands there."""

from __future__ import annotations

from iop_tui.firstpaint.hints import CHOOSE, DISPLAY, HELP, LEAVE, READ_ON_IF, Hint, language_hint
from iop_tui.screening.model.locales import N_

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LANGUAGE = "language:"
"""What the id of a choice begins with that changes the language; the language's code follows."""
MARK = "· "
"""Stands before each point."""
LEAVING = N_("Leave")


def choices(
    languages: Sequence[tuple[str, str]], say: Callable[[str], str], leaving: str = LEAVING
) -> list[tuple[str, str]]:
    """Id and text of each choice, for the languages that are not in use, by code and own name: who looks for one may
    read no other. `say` looks a sentence up in the language in use.
    """
    return [
        ("start", say(N_("Start the questions"))),
        ("compare", say(N_("Just compare the kinds of care"))),
        ("help", say(N_("Who to call"))),
        *((f"{LANGUAGE}{code}", name) for code, name in languages),
        ("leave", say(leaving)),
    ]


def hints(languages: Sequence[tuple[str, str]]) -> list[Hint]:
    """The keys at the foot, as `Page` orders them, for the languages that are not in use."""
    language = language_hint([name for _code, name in languages])
    return [READ_ON_IF, CHOOSE, HELP, *([language] if language is not None else []), DISPLAY, LEAVE]


def sentences() -> set[str]:
    """The program's own sentences that the page may show, as they are written in the code."""
    offered = [text for _id, text in choices((), lambda sentence: sentence)]
    named = [label for hint in hints((("", ""), ("", ""))) for label in (hint[1], hint[3])]
    return {sentence for sentence in [*offered, *named] if sentence}
