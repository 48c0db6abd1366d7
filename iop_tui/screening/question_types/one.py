"""One of several options."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.answers import Answer, Known
from iop_tui.screening.model.definition import Question
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.question_types.base import Atom, Domain, Draft, Rejected, Wrong
from iop_tui.screening.question_types.choices import ChoiceType
from iop_tui.screening.question_types.parse_whole_number import parse_whole_number


class One(ChoiceType):
    """One option is the answer as soon as it is chosen. The answer is its id."""

    id = "one"
    confirmed = False

    def problems(self, question: Question, unread: Callable[[str], bool]) -> Iterator[tuple[SourceLocation, str]]:
        """The problems of options, and of `alone`, which needs several answers."""
        yield from super().problems(question, unread)
        for option in question.options:
            if option.alone:
                yield option.where, "'alone' belongs to 'kind: several'"

    def refusal(self, question: Question, answer: Known) -> str | None:
        """Why a value is none of the options."""
        return None if isinstance(answer, str) and question.option(answer) else "asks for one of its options"

    def draft(self, question: Question, _given: Answer | None) -> Draft:
        """No draft: an option answers at once."""
        return Draft(question)

    def from_ids(self, ids: Sequence[str]) -> Known | Rejected:
        """The one option."""
        return ids[0] if len(ids) == 1 else Rejected((f"one option can be chosen, and {len(ids)} are given",))

    def parse(self, question: Question, said: str, _parts: Sequence[str], commands: str) -> Known | Wrong:
        """The number of an option."""
        number = parse_whole_number(said)
        if number is None or not 1 <= number <= len(question.options):
            return Wrong(self.expected(question, commands))
        return question.options[number - 1].id

    def missing(self, _question: Question) -> str:
        """Nothing is ever missing."""
        return ""

    def missing_at_desk(self, _question: Question) -> str:
        """Nothing is ever missing."""
        return ""

    def expected(self, question: Question, commands: str) -> str:
        """A number of an option."""
        said = _("Type a number from 1 to {count}, or: {commands}.")
        return said.format(count=len(question.options), commands=commands)

    def weights(self, question: Question) -> tuple[int, int]:
        """The lightest and the heaviest option."""
        each = [option.weight for option in question.options]
        return min(each, default=0), max(each, default=0)

    def domain(self, question: Question, _mentions: Iterable[Atom]) -> Domain:
        """Every option."""
        return Domain(tuple(option.id for option in question.options))

    def any_answer(self, question: Question) -> Known:
        """The first exclusive option, else the first."""
        return next((option.id for option in question.options if option.alone), question.options[0].id)

    def place(self, question: Question, answer: Known) -> tuple[int, ...]:
        """The index of the option."""
        return ([option.id for option in question.options].index(str(answer)),)
