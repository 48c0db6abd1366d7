"""The line-by-line face: one Interview as text. It prints a page, waits for a line, and prints the next."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from iop_tui.line import glossary, pages, parse_answer, result, save
from iop_tui.line.allowed import allowed
from iop_tui.line.commands import Command, Said, folded, understood, yes_or_no
from iop_tui.line.console_io import ConsoleIO, Left, Read, Write
from iop_tui.line.wrapping import sentence
from iop_tui.result.blocks import Document
from iop_tui.result.build import result_for
from iop_tui.result.document import document
from iop_tui.result.model import Result
from iop_tui.screening.assessment.answer_words import answered
from iop_tui.screening.engine.interview import (
    Alarmed,
    Asking,
    Interview,
    NotAnswered,
    Reviewing,
    ShowingResult,
    Step,
    begin,
)
from iop_tui.screening.engine.local_day import local_today
from iop_tui.screening.i18n.language import _, current, own_name, use
from iop_tui.screening.i18n.localize import in_language
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.model.field_types import ENGLISH
from iop_tui.screening.question_types import Wrong
from iop_tui.screening.question_types.parse_whole_number import parse_whole_number


class Place(enum.Enum):
    """Where a person is: before the questions, at one of the interview's steps, or at its result."""

    WELCOME = enum.auto()
    QUESTIONS = enum.auto()
    SUMMARY = enum.auto()


class LineConversation:
    """One person's conversation. Nothing of it is kept once `run` returns."""

    def __init__(
        self,
        screening: Screening,
        read: Read,
        write: Write,
        *,
        languages: Sequence[str] = (ENGLISH,),
        width: int | None = None,
        today: Callable[[], date] = local_today,
    ) -> None:
        """`screening` is as it was written; it is shown in the language in use. `today` returns the day on which the
        interview begins.
        """
        self._written = screening
        self._told = _in_use(screening)
        self._languages = languages
        self._today = today
        self._talk = ConsoleIO(read, write, width, lambda said: self._does[said.command](said.rest))
        self._interview: Interview | None = None
        self._welcomed = True
        """Whether the person is before the questions."""
        self.saved = False
        """Whether the person saved a file."""
        self._rest: list[pages.Lines] = []
        """The parts of the page that were not printed yet."""
        self._aside: list[pages.Lines] = []
        """The same of what was asked for besides the page."""
        self._heard: tuple[str, tuple[str, ...]] = ("", ())
        """The id of the section, and the notices, that were said with the last question."""
        self._last_told: Document | None = None
        """The result from which the person went on to more questions."""
        self._returning = False
        """Whether an earlier answer is being changed: after it comes the first open question."""
        self._does: Mapping[Command, Callable[[str], None]] = {
            Command.NOT_SURE: lambda _rest: self._answer(Unknown.NOT_SURE),
            Command.SKIP: lambda _rest: self._answer(Unknown.SKIPPED),
            Command.WHY: lambda _rest: self._talk.say(pages.why(self._asked)),
            Command.BACK: lambda _rest: self._back(),
            Command.NEXT: lambda _rest: self._next(),
            Command.AGAIN: lambda _rest: self._show(anew=True),
            Command.WHERE: lambda _rest: self._talk.say(pages.where_am_i(self.interview, begun=not self._welcomed)),
            Command.ANSWERS: lambda _rest: self._answers(),
            Command.CHANGE: self._change,
            Command.SUMMARY: lambda _rest: self._summary(),
            Command.FIT: lambda _rest: self._continue(),
            Command.MORE: lambda _rest: self._more(1),
            Command.ALL: lambda _rest: self._more(None),
            Command.SAVE: lambda _rest: self._save(),
            Command.COMPARE: lambda _rest: self._beside(pages.comparison(self._words)),
            Command.WORDS: self._say_words,
            Command.HELP: lambda _rest: self._talk.say(*pages.parted(pages.who_to_call(self._words), self._now())),
            Command.LANGUAGE: self._language,
            Command.OVER: lambda _rest: self._over(),
            Command.COMMANDS: lambda _rest: self._talk.say(*pages.commands(self._allowed())),
            Command.QUIT: lambda _rest: self._quit(),
        }

    def run(self) -> None:
        """Talk until the person leaves, or until no more input comes."""
        try:
            self._show()
            while True:
                asking = self.place is Place.QUESTIONS and isinstance(self._step, Asking)
                self._take(self._talk.ask(_("Your answer:") if asking else _("Your choice:")))
        except Left:
            self._talk.say(pages.left(saved=self.saved), pages.still_above())

    @property
    def interview(self) -> Interview:
        """The person's interview."""
        if self._interview is None:
            self._interview = begin(self._told, self._today())
        return self._interview

    @property
    def place(self) -> Place:
        """Where the person is."""
        if self._welcomed:
            return Place.WELCOME
        return Place.SUMMARY if isinstance(self._step, ShowingResult) else Place.QUESTIONS

    # ---- what was typed ----

    def _take(self, typed: str) -> None:
        """Do what was typed: a command, a language by its own name, or a number."""
        said = understood(typed) or self._named(typed)
        if said is None and self._reviews and yes_or_no(typed):
            # "Are these right?" was asked.
            said = Said(Command.SUMMARY)
        if said is None:
            self._number(typed)
        elif said.command in self._allowed():
            self._does[said.command](said.rest)
        else:
            self._talk.say(self._not_here(said.command))

    def _named(self, typed: str) -> Said | None:
        named = folded(typed) in [folded(own_name(code)) for code in self._languages]
        return Said(Command.LANGUAGE, typed) if named else None

    def _number(self, typed: str) -> None:
        """A number was typed, or nothing that is understood."""
        number = parse_whole_number(folded(typed)) or 0
        if self.place is Place.QUESTIONS and isinstance(self._step, Asking):
            answer = parse_answer.read(self._asked, typed)
            if isinstance(answer, Wrong):
                self._talk.say(answer.instead)
            else:
                self._answer(answer)
        elif 1 <= number <= len(ways := self._ways()):
            ways[number - 1][1]()
        else:
            self._talk.say(self._expected())

    def _ways(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """The numbered choices of the first page and of a crisis page, with their actions."""
        if self.place is Place.SUMMARY:
            return ()
        if self.place is Place.QUESTIONS:
            step = self._step
            if not isinstance(step, (Alarmed, NotAnswered)):
                return ()
            does = (self._next, self._back) if pages.passable(step) else (self._back, self._over)
            return tuple(zip(pages.ways_on(step), does, strict=True))
        others = [own_name(code) for code in self._languages if code != current()]
        return (
            (_("Start the questions"), self._next),
            (_("Just compare the kinds of care"), lambda: self._does[Command.COMPARE]("")),
            (_("Who to call"), lambda: self._does[Command.HELP]("")),
            *([(", ".join(others), lambda: self._language(""))] if others else []),
            (_("Leave"), self._quit),
        )

    # ---- where the person is ----

    @property
    def _step(self) -> Step:
        return self.interview.step

    @property
    def _reviews(self) -> bool:
        return self.place is Place.QUESTIONS and isinstance(self._step, Reviewing)

    @property
    def _words(self) -> Screening:
        return self.interview.wording

    @property
    def _asked(self) -> Question:
        return self._words.questions[self.interview.at]

    def _allowed(self) -> Sequence[Command]:
        """What can be asked for here."""
        interview = None if self._welcomed else self.interview
        reading = bool(self._aside or self._rest)
        return allowed(interview, reading=reading, languages=len(self._languages) > 1)

    def _not_here(self, command: Command) -> str:
        """Why a command does nothing here, or what is right instead."""
        if command in (Command.MORE, Command.ALL):
            return _("There is no more to read here.")
        if command is Command.LANGUAGE:
            return _("There is no other language.")
        in_danger = isinstance(self._step, (Alarmed, NotAnswered))
        if command in (Command.SAVE, Command.SUMMARY) and self.place is Place.QUESTIONS and not in_danger:
            return _("Your summary comes when the questions are answered.")
        return self._expected()

    def _expected(self) -> str:
        """What is right here, in one sentence."""
        if self.place is Place.SUMMARY:
            return f"{result.offered(self.interview)} {result.expected(more=bool(self._rest))}".lstrip()
        if self.place is Place.QUESTIONS and isinstance(self._step, Asking):
            return parse_answer.expected(self._asked)
        if self.place is Place.QUESTIONS and isinstance(self._step, Reviewing):
            return pages.checked(self.interview)
        return pages.choose_one(len(self._ways()))

    # ---- saying pages ----

    def _show(self, *before: str, anew: bool = False) -> None:
        """Print the present page; `before` it, the outcome of the last line. What was printed with the question before
        is repeated only `anew`.
        """
        if anew or self.place is not Place.QUESTIONS:
            self._heard = ("", ())
        self._say(self._page(*self._heard), *before)

    def _say(self, parts: list[pages.Lines], *before: str) -> None:
        """Say the first part of a page, and keep the others."""
        first, *self._rest = parts
        self._aside = []
        if self.place is Place.QUESTIONS and isinstance(self._step, Asking):
            self._heard = (self.interview.section.id, pages.beside(self.interview))
        end = [self._expected()] if self.place is Place.SUMMARY else []
        self._talk.say(*pages.parted(before, first, end))

    def _page(self, section: str = "", heard: tuple[str, ...] = ()) -> list[pages.Lines]:
        """The page in parts, for somebody who just heard this section's name and these notices."""
        if self.place is Place.WELCOME:
            return [pages.welcome(self._told, [text for text, _do in self._ways()])]
        step = self._step
        if isinstance(step, ShowingResult):
            return result.parts(self._document())
        if isinstance(step, Asking):
            same = self.interview.section.id == section
            return [pages.question(self.interview, heading=not same, heard=heard if same else ())]
        return [pages.review(self.interview) if isinstance(step, Reviewing) else pages.crisis(step, self._words)]

    def _document(self) -> Document:
        return document(self._result())

    def _result(self) -> Result:
        return result_for(self.interview.screening, self.interview.answers)

    def _beside(self, parts: list[pages.Lines]) -> None:
        """Say the first part of what was asked for besides the page, and how to hear the rest."""
        first, *self._aside = parts
        self._talk.say(*pages.parted(first, [pages.read_on()] if self._aside else [], self._now()))

    def _now(self) -> list[str]:
        """The present question, after something long besides the questions."""
        return (
            [pages.asked_now(self._asked)] if self.place is Place.QUESTIONS and isinstance(self._step, Asking) else []
        )

    def _more(self, count: int | None) -> None:
        """Say the next parts, or all: of what was asked for last, else of the page."""
        waiting = self._aside or self._rest
        said = waiting[:count]
        del waiting[:count]
        self._talk.say(*pages.parted(*said, [pages.read_on() if waiting else self._expected()]))

    def _say_words(self, rest: str) -> None:
        if rest:
            self._talk.say(*glossary.one(self._words, rest))
            return
        texts = [line for part in self._page() for line in part]
        if self.place is Place.QUESTIONS and isinstance(self._step, Asking):
            texts.append(self._asked.why)
        self._beside(glossary.parts(self._words, texts))

    def _answers(self) -> None:
        can_change = Command.CHANGE in self._allowed()
        end = pages.change_one(len(pages.numbered(self.interview))) if can_change else self._expected()
        self._talk.say(*pages.parted(pages.answers(self.interview), [end]))

    # ---- going on ----

    def _follow(self, interview: Interview, *before: str) -> None:
        """Take a new state of the interview, and say what its step asks for."""
        self._interview, self._welcomed = interview, False
        self._show(*before)

    def _answer(self, answer: Answer) -> None:
        said = pages.taken(self._asked, answer)
        before, after = self.interview, self._returned(self.interview.answer(answer))
        if before.reviewed and isinstance(after.step, Reviewing):
            # All answers were heard before this one was changed.
            self._interview = after
            self._talk.say(said, sentence(_("Check your answers")), pages.checked(after))
        elif before.continuing and self._last_told is not None and isinstance(after.step, ShowingResult):
            self._interview = after
            self._say(result.changed_parts(self._last_told, self._document()), said)
        else:
            self._follow(after, said)

    def _returned(self, interview: Interview) -> Interview:
        """After an earlier answer was changed: go to the first open question."""
        if not self._returning or isinstance(interview.step, (Alarmed, NotAnswered)):
            return interview
        self._returning = False
        pairs = answered(interview.wording, interview.answers)
        return next((interview.change(asked.id) for asked, answer in pairs if answer is None), interview)

    def _continue(self) -> None:
        """Go on with the questions after the result."""
        self._last_told = self._document()
        self._follow(self.interview.continued(), result.on_the_way())

    def _next(self) -> None:
        """Go on; an answer that is there stays."""
        if self.place is Place.WELCOME:
            self._follow(self.interview)
        elif isinstance(self._step, Reviewing):
            self._summary()
        elif not isinstance(self._step, Asking):
            self._follow(self._returned(self.interview.acknowledged()))
        elif self.interview.current_answer is None:
            self._talk.say(self._expected())
        else:
            self._answer(self.interview.current_answer)

    def _back(self) -> None:
        if self.place is Place.SUMMARY:
            self._interview, self._rest = self.interview.back(), []
            self._talk.say(sentence(_("Check your answers")), pages.checked(self.interview))
        elif isinstance(self._step, Asking) and self.interview.at_start:
            self._welcomed = True
            self._show()
        else:
            self._returning = self._returning and not isinstance(self._step, Asking)
            self._follow(self.interview.back())

    def _change(self, rest: str) -> None:
        pairs = pages.numbered(self.interview)
        number = parse_whole_number(rest.split()[-1]) if rest else None
        if number is None or not 1 <= number <= len(pairs):
            self._talk.say(pages.change_one(len(pairs)))
            return
        self._returning = not self.interview.reviewed
        self._follow(self.interview.change(pairs[number - 1][0].id))

    def _summary(self) -> None:
        self._follow(self.interview.stopped().confirmed())

    def _save(self) -> None:
        if save.save(self._talk, self._result()):
            self.saved = True
        self._talk.say(self._expected())

    def _over(self) -> None:
        if self._talk.sure(_("Start over? Your answers are erased.")):
            self._interview, self._last_told, self._welcomed, self._returning = None, None, True, False
            self._show(_("Your answers are erased."), pages.still_above(), anew=True)
        else:
            self._talk.say(_("Your answers are kept."))

    def _quit(self) -> None:
        if self._talk.sure(_("Leave? We'll erase your answers. Nothing is kept.")):
            raise Left
        self._talk.say(_("Your answers are kept."))

    def _language(self, rest: str) -> None:
        others = [code for code in self._languages if code != current()]
        code = next((code for code in self._languages if folded(rest) in (folded(own_name(code)), code)), None)
        if code is None and len(others) == 1 and not rest:
            code = others[0]
        if code is None:
            number = self._talk.choose([own_name(code) for code in self._languages])
            code = self._languages[number - 1] if number else current()
        use(code)
        self._told = _in_use(self._written)
        if self._interview is not None:
            self._interview = self._interview.translated(self._told)
        self._show(anew=True)


def _in_use(screening: Screening) -> Screening:
    """The screening in the language in use."""
    return in_language(screening, current()) if screening.language == ENGLISH else screening
