"""Talking with the line face without a terminal, and what a screen reader would stumble over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from iop_tui.line.conversation import LineConversation
from iop_tui.screening.model.definition import Screening

Person = Callable[["Conversation"], str | None]
"""Hears what was said since their last line, and types the next one; None ends the input."""


class Conversation:
    """One person and the face, until one of them ends it."""

    def __init__(
        self, screening: Screening, person: Person, *, languages: Sequence[str] = ("en",), width: int | None = None
    ) -> None:
        self.face = LineConversation(screening, self._read, self._write, languages=languages, width=width)
        self._person = person
        self._whole: list[str] = []
        self.lines: list[str] = []
        """What was said since the person typed last."""
        self.prompts: list[str] = []

    def run(self) -> str:
        """All that was said, without prompts."""
        self.face.run()
        return "".join(self._whole)

    @property
    def prompt(self) -> str:
        """The prompt that waits."""
        return self.prompts[-1]

    def _read(self, prompt: str) -> str | None:
        self.prompts.append(prompt)
        typed = self._person(self)
        self.lines = []
        return typed

    def _write(self, text: str) -> None:
        assert text.endswith("\n")
        assert text.count("\n") == 1
        self._whole.append(text)
        self.lines.append(text[:-1])


def typing(lines: Iterable[str]) -> Person:
    """Somebody who types these lines, whatever is said."""
    left = iter(lines)
    return lambda _conversation: next(left, None)


def said(screening: Screening, *typed: str, languages: Sequence[str] = ("en",), width: int | None = None) -> list[str]:
    """What the face says after the last of these lines; the input stays open as long as it is looked at."""
    heard: list[str] = []
    left = list(typed)

    def person(conversation: Conversation) -> str | None:
        if left:
            return left.pop(0)
        heard.extend(conversation.lines)
        return None

    Conversation(screening, person, languages=languages, width=width).run()
    return heard


_DECORATION = re.compile(r"[\u2190-\u2bff\u00b7\u2022\u2023\u203a\u2039|_~^*=<>#\\]")
_REPEATED = re.compile(r"([^\w\s])\s*\1")
_LOOSE = re.compile(r"\s[.,;:!?)]|\(\s|[.:]\.|,\.")


def stumbles(text: str) -> list[str]:
    """The lines that a screen reader, or a braille line, would make a mess of, each with the reason."""
    found = []
    before = ""
    for line in text.split("\n")[:-1]:
        reason = _reason(line, before)
        if reason:
            found.append(f"{reason}: {line!r}")
        before = line or "empty"
    return found


def _reason(line: str, before: str) -> str:
    if not line:
        return "empty lines in a row" if before in ("", "empty") else ""
    if any(unicodedata.category(c)[0] == "C" or unicodedata.category(c) in ("Zl", "Zp", "So") for c in line):
        return "a character that is no text"
    for name, found in (
        ("decoration", _DECORATION.search(line)),
        ("repeated signs", _REPEATED.search(line)),
        ("a loose sign", _LOOSE.search(line)),
        ("room used as layout", "  " in line or line != line.strip()),
        ("no word", not any(c.isalnum() for c in line)),
    ):
        if found:
            return name
    return ""
