"""Some of several options."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.answers import Answer, Known
from iop_tui.screening.model.condition import Is, Score
from iop_tui.screening.model.definition import Question
from iop_tui.screening.question_types.base import Atom, Domain, Draft, Wrong
from iop_tui.screening.question_types.choices import ChoiceType
from iop_tui.screening.question_types.parse_whole_number import parse_whole_number


class Several(ChoiceType):
    """At least one option; an exclusive one alone. The answer is their ids in the order of the question."""

    id = "several"
    multiple = True

    def refusal(self, question: Question, answer: Known) -> str | None:
        """Why these options cannot be chosen together."""
        if not isinstance(answer, tuple) or not answer:
            return "asks for at least one of its options"
        chosen = [question.option(option_id) for option_id in answer]
        if None in chosen or len(set(answer)) != len(answer):
            return "asks for some of its options, each once"
        alone = next((option.id for option in chosen if option and option.alone), None)
        if alone and len(chosen) > 1:
            return f"cannot have {alone!r} together with other options"
        return None

    def draft(self, question: Question, given: Answer | None) -> Draft:
        """The options chosen before are marked."""
        return MarksDraft(question, given if isinstance(given, tuple) else ())

    def stored(self, question: Question, plain: Known) -> Known:
        """The options in the question's present order; unknown ones come last."""
        if not isinstance(plain, tuple):
            return plain
        order = [option.id for option in question.options]
        return tuple(sorted(plain, key=lambda option: order.index(option) if option in order else len(order)))

    def parse(self, question: Question, _said: str, parts: Sequence[str], commands: str) -> Known | Wrong:
        """The numbers of options."""
        numbers = {parse_whole_number(word) for word in parts}
        chosen = tuple(option for number, option in enumerate(question.options, 1) if number in numbers)
        if not numbers or len(chosen) != len(numbers):
            return Wrong(self.expected(question, commands))
        alone = next((option for option in chosen if option.alone), None)
        if alone is not None and len(chosen) > 1:
            number = question.options.index(alone) + 1
            both = _("{number}, {text}, cannot go with others: type {number} alone, or the others without it.")
            return Wrong(both.format(number=number, text=" ".join(alone.text.split()).rstrip(".")))
        return tuple(option.id for option in chosen)

    def of_option(self, option_id: str) -> Known:
        """The one option."""
        return (option_id,)

    def missing(self, _question: Question) -> str:
        """An option, at least."""
        return _("Choose at least one, or say that you are not sure.")

    def missing_at_desk(self, _question: Question) -> str:
        """An option, at least."""
        return "Choose at least one, or N: not sure."

    def expected(self, question: Question, commands: str) -> str:
        """Numbers of options."""
        count = len(question.options)
        if count > 1:
            said = _("Type one number or more from 1 to {count}, such as 1 2, or: {commands}.")
        else:
            said = _("Type a number from 1 to {count}, or: {commands}.")
        return said.format(count=count, commands=commands)

    def weights(self, question: Question) -> tuple[int, int]:
        """The lightest option, and all that can be combined, or the heaviest exclusive one."""
        each = [option.weight for option in question.options]
        if not each:
            return 0, 0
        together = sum(option.weight for option in question.options if not option.alone)
        return min(each), max(together, *each) if len(each) > 1 else each[0]

    def domain(self, question: Question, mentions: Iterable[Atom]) -> Domain:
        """Options that no condition distinguishes represent one another."""
        mentions = tuple(mentions)
        scored = any(isinstance(atom, Score) for atom in mentions)
        kinds: dict[object, str] = {}
        for option in question.options:
            if not option.alone:
                told_apart = tuple(isinstance(atom, Is) and option.id in atom.options for atom in mentions)
                kinds.setdefault((told_apart, option.id if scored and option.weight else 0), option.id)
        return Domain(tuple((option.id,) for option in question.options if option.alone), tuple(kinds.values()))

    def probes(self, question: Question, _mentions: Iterable[Atom]) -> tuple[Known, ...]:
        """Each option by itself, and all that can be combined."""
        single = [(option.id,) for option in question.options]
        together = tuple(option.id for option in question.options if not option.alone)
        return (*single, together) if len(together) > 1 else tuple(single)

    def trials(self, question: Question, mentions: Iterable[Atom]) -> tuple[Known, ...]:
        """Also each two, and all but one."""
        free = [option.id for option in question.options if not option.alone]
        pairs = itertools.combinations(free, 2)
        but_one = (tuple(other for other in free if other != option) for option in free if len(free) > 1)
        return tuple(dict.fromkeys((*self.probes(question, mentions), *pairs, *but_one)))

    def any_answer(self, question: Question) -> Known:
        """The first exclusive option, else the first."""
        return (next((option.id for option in question.options if option.alone), question.options[0].id),)

    def place(self, question: Question, answer: Known) -> tuple[int, ...]:
        """The indexes of the options."""
        ids = [option.id for option in question.options]
        return tuple(ids.index(name) for name in answer) if isinstance(answer, tuple) else ()


class MarksDraft(Draft, frozen=True):
    """Marked options."""

    @property
    def answer(self) -> Known | None:
        """The options, if there are any."""
        return self.chosen if self.chosen and Several().refusal(self.question, self.chosen) is None else None

    def toggled(self, option_id: str) -> Draft:
        """Mark or unmark; an exclusive option and the others unmark each other."""
        chosen = set(self.chosen) ^ {option_id}
        if option_id in chosen:
            alone = {option.id for option in self.question.options if option.alone}
            chosen = {option_id} if option_id in alone else chosen - alone
        return MarksDraft(self.question, tuple(option.id for option in self.question.options if option.id in chosen))

    def resumed(self, begun: Draft) -> Draft:
        """The marks of options that still exist, if they can still be combined."""
        kept = tuple(option.id for option in self.question.options if option.id in begun.chosen)
        sound = Several().refusal(self.question, kept) is None
        return MarksDraft(self.question, kept) if sound or not begun.chosen else self
