"""What the question types with options share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from iop_tui.screening.english import counted
from iop_tui.screening.i18n.language import ngettext
from iop_tui.screening.model.answers import Known
from iop_tui.screening.model.condition import InRange, Is
from iop_tui.screening.model.definition import Question
from iop_tui.screening.model.field_types import RESERVED, SourceLocation
from iop_tui.screening.problems import suggestion
from iop_tui.screening.question_types.base import Atom, QuestionType, Rejected
from iop_tui.screening.size_limits import MAX_OPTIONS


class ChoiceType(QuestionType):
    """A question with options."""

    def heading(self, question: Question) -> str:
        """How many answers follow."""
        count = len(question.options)
        return ngettext("{count} answer:", "{count} answers:", count).format(count=count)

    def problems(self, question: Question, unread: Callable[[str], bool]) -> Iterator[tuple[SourceLocation, str]]:
        """Bounds that belong to a number, too few or too many options, reserved names."""
        here = question.where
        of_numbers = (question.lowest, question.highest, question.unit, question.unit_of_one, question.if_more)
        if any(key is not None for key in of_numbers):
            number, day = "'kind: number'", "'kind: date'"
            yield (
                here,
                f"'lowest' and 'highest' belong to {number} and {day}; 'unit', 'unit_of_one' and 'if_more' to {number}",
            )
        if not (2 <= len(question.options) <= MAX_OPTIONS or unread("options")):
            yield here, f"it has {counted(len(question.options), 'option')}; there should be 2 to {MAX_OPTIONS}"
        for option in question.options:
            if option.id in RESERVED:
                yield (
                    option.where,
                    f"{option.id!r} cannot be an option's id; the program adds that answer itself",
                )

    def problems_of(self, atom: Atom, question: Question, unread: Callable[[str], bool]) -> Iterator[str]:
        """Options that the question does not have, and bounds of a number."""
        if isinstance(atom, InRange):
            yield f"{question.id!r} does not ask for a number"
        elif isinstance(atom, Is):
            ids = [option.id for option in question.options]
            for option in atom.options:
                if option in ids or not option or unread("options"):
                    continue
                if option in RESERVED:
                    yield f"{option!r} cannot be asked for; an unknown answer decides nothing"
                else:
                    yield f"question {question.id!r} has no option {option!r}{suggestion(option, ids)}"

    def from_file(self, question: Question, words: Sequence[str]) -> Known | Rejected:
        """Options by their ids."""
        ids = [option.id for option in question.options]
        wrong = [word for word in words if word not in ids]
        if wrong:
            return Rejected(
                tuple(f"there is no option {word!r}{suggestion(word, [*ids, *RESERVED])}" for word in wrong)
            )
        answer = self.from_ids(sorted(words, key=ids.index))
        why = None if isinstance(answer, Rejected) else self.refusal(question, answer)
        return Rejected((f"it {why}",)) if why else answer

    def from_ids(self, ids: Sequence[str]) -> Known | Rejected:
        """The answer that these existing options are, in their order."""
        return tuple(ids)

    def words(self, question: Question, answer: Known, separator: str = ", ") -> str:
        """The texts of the options."""
        chosen = answer if isinstance(answer, tuple) else (answer,)
        return separator.join(option.text for option in question.options if option.id in chosen)

    def weight(self, question: Question, answer: Known) -> int:
        """The weights of the chosen options."""
        chosen = answer if isinstance(answer, tuple) else (answer,)
        return sum(option.weight for option in question.options if option.id in chosen)
