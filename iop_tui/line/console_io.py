"""Saying lines and waiting for one: what every part of the conversation needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from iop_tui.line.commands import Command, Said, folded, shown, understood, yes_or_no
from iop_tui.line.pages import choices
from iop_tui.line.wrapping import harmless, wrapped
from iop_tui.screening.i18n.language import _
from iop_tui.screening.question_types.parse_whole_number import parse_whole_number

Read = Callable[[str], str | None]
"""Shows a prompt and waits for a line, given without its end; None once no more comes."""
Write = Callable[[str], None]
"""Takes a line with its end."""


class Left(Exception):
    """The person left, or no more input comes."""


class ConsoleIO:
    """Lines out, wrapped where there is a width; a line in."""

    def __init__(self, read: Read, write: Write, width: int | None, elsewhere: Callable[[Said], None]) -> None:
        """`elsewhere` does what can be asked for in the middle of a choice: who to call, leaving."""
        self._read = read
        self._write = write
        self._width = width
        self._elsewhere = elsewhere

    def say(self, *lines: str) -> None:
        """Write lines."""
        for line in lines:
            said = harmless(line)
            for piece in wrapped(said, self._width) if self._width else [said]:
                self._write(f"{piece}\n")

    def ask(self, prompt: str) -> str:
        """Wait for a line. Raises Left at the end of all input."""
        typed = self._read(f"{prompt} ")
        if typed is None:
            raise Left
        return typed

    def sure(self, question: str) -> bool:
        """Wait for yes or no."""
        hint = _("Type {yes} or {no}.").format(yes=shown(Command.YES), no=shown(Command.NO))
        self.say(f"{question} {hint}")
        while (said := yes_or_no(self.ask(_("Yes or no:")))) is None:
            self.say(hint)
        return said

    def choose(self, texts: Sequence[str]) -> int | None:
        """Wait for the number of one of these, from 1; None if the person goes back."""
        count = len(texts)
        hint = _("Type a number from 1 to {count}, or {back}.").format(count=count, back=shown(Command.BACK))
        self.say(*choices(texts), hint)
        while True:
            typed = self.ask(_("Your choice:"))
            said, number = understood(typed), parse_whole_number(folded(typed)) or 0
            if 1 <= number <= count:
                return number
            if folded(typed) in (named := [folded(text) for text in texts]):
                return named.index(folded(typed)) + 1
            if said is not None and said.command is Command.BACK:
                return None
            if not self.went_elsewhere(said):
                self.say(hint)

    def went_elsewhere(self, said: Said | None) -> bool:
        """Do what can be asked for in the middle of anything; False where it is nothing of that kind."""
        if said is None or said.command not in (Command.HELP, Command.QUIT):
            return False
        self._elsewhere(said)
        return True
