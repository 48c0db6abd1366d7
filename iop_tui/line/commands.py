"""The words that a person can type at any prompt, in their language; English is always understood, too."""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Iterator, Mapping

from msgspec import Struct

from iop_tui.screening.i18n.language import N_, _


class Command(enum.Enum):
    """What a person can ask for besides giving an answer."""

    NOT_SURE = "not sure"
    SKIP = "skip"
    WHY = "why"
    BACK = "back"
    NEXT = "next"
    AGAIN = "again"
    WHERE = "where"
    ANSWERS = "answers"
    CHANGE = "change"
    REMOVE = "remove"
    SUMMARY = "summary"
    FIT = "fit"
    MORE = "more"
    ALL = "all"
    SAVE = "save"
    COMPARE = "compare"
    WORDS = "words"
    HELP = "help"
    LANGUAGE = "language"
    OVER = "over"
    COMMANDS = "commands"
    QUIT = "quit"
    YES = "yes"
    NO = "no"


WRITTEN: Mapping[Command, str] = {
    Command.NOT_SURE: N_("not sure, I'm not sure, unsure, don't know, I don't know"),
    Command.SKIP: N_("skip, I'd rather not say, rather not say"),
    Command.WHY: N_("why, w"),
    Command.BACK: N_("back, go back, b, previous"),
    Command.NEXT: N_("next, keep, continue, go on, start"),
    Command.AGAIN: N_("again, repeat, r"),
    Command.WHERE: N_("where am I, where"),
    Command.ANSWERS: N_("answers, my answers, review"),
    Command.CHANGE: N_("change"),
    Command.REMOVE: N_("remove"),
    Command.SUMMARY: N_("summary, show my summary, done"),
    Command.FIT: N_("fit, a"),
    Command.MORE: N_("more, read on"),
    Command.ALL: N_("all, all of it"),
    Command.SAVE: N_("save"),
    Command.COMPARE: N_("compare"),
    Command.WORDS: N_("words, word, g"),
    Command.HELP: N_("help, help me, who to call, h"),
    Command.LANGUAGE: N_("language, l"),
    Command.OVER: N_("start over, over"),
    Command.COMMANDS: N_("commands, ?"),
    Command.QUIT: N_("quit, leave, exit, q"),
    Command.YES: N_("yes, y"),
    Command.NO: N_("no, n"),
}
"""The words of each, separated by commas; the first is the one that is named to the person."""
MEANS: Mapping[Command, str] = {
    Command.NOT_SURE: N_("I'm not sure"),
    Command.SKIP: N_("I'd rather not say"),
    Command.WHY: N_("why we ask this"),
    Command.BACK: N_("the question or page before"),
    Command.NEXT: N_("go on; an answer that you gave stays as it is"),
    Command.AGAIN: N_("hear this page again"),
    Command.WHERE: N_("where you are, and what is asked now"),
    Command.ANSWERS: N_("the answers you gave, each with its number"),
    Command.CHANGE: N_("with a number: give that answer again"),
    Command.REMOVE: N_("take away one of several, such as one medicine; with a number, the one that answer is in"),
    Command.SUMMARY: N_("your summary, once the questions are answered"),
    Command.FIT: N_("a few more questions, so that it fits your life"),
    Command.MORE: N_("the next part of a long text"),
    Command.ALL: N_("the rest of a long text"),
    Command.SAVE: N_("save your summary in a file"),
    Command.COMPARE: N_("compare the kinds of care"),
    Command.WORDS: N_("what words mean; with a word, what that one means"),
    Command.HELP: N_("who to call"),
    Command.LANGUAGE: N_("another language"),
    Command.OVER: N_("erase your answers and start over"),
    Command.COMMANDS: N_("all that you can type"),
    Command.QUIT: N_("leave"),
}
"""What each is for. Yes and no are named where they are asked for."""
_WITH_MORE = (Command.CHANGE, Command.REMOVE, Command.WORDS, Command.LANGUAGE)
_YES_OR_NO = (Command.YES, Command.NO)


class Said(Struct, frozen=True):
    """A command, and what was typed behind it."""

    command: Command
    rest: str = ""


def understood(typed: str) -> Said | None:
    """The command that was typed, at a prompt that does not ask for yes or no; None where it is none."""
    return _understood(typed, tuple(command for command in Command if command not in _YES_OR_NO))


def yes_or_no(typed: str) -> bool | None:
    """A line as yes or no; None if it is neither."""
    said = _understood(typed, _YES_OR_NO)
    return None if said is None else said.command is Command.YES


def shown(command: Command) -> str:
    """The word that is named to the person."""
    return next(_words(_(WRITTEN[command])), command.value)


def folded(typed: str) -> str:
    """What was typed, with letter case, accents, spaces around it and the signs of a sentence's end put aside."""
    bare = unicodedata.normalize("NFKD", typed.replace("’", "'").replace("‘", "'"))
    letters = "".join(c for c in bare if not unicodedata.combining(c)).casefold()
    said = " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in letters).split())
    return said.lstrip("¿¡").rstrip(".!?").strip() or said


# ---- inside ----------------------------------------------------------------------------------------------------------


def _understood(typed: str, commands: tuple[Command, ...]) -> Said | None:
    said = folded(typed)
    spoken = [
        (command, folded(word)) for tell in (_, str) for command in commands for word in _words(tell(WRITTEN[command]))
    ]
    for command, word in spoken:
        if said == word:
            return Said(command)
    for command, word in spoken:
        if command in _WITH_MORE and said.startswith(f"{word} "):
            return Said(command, said.removeprefix(f"{word} ").strip())
    return None


def _words(written: str) -> Iterator[str]:
    """The words of a command. A number is none: it would be taken for an answer."""
    words = (" ".join(word.split()) for word in written.split(","))
    return (word for word in words if word and not word.replace(" ", "").isdecimal())
