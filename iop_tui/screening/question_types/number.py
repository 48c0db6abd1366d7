"""A whole number between two bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.answers import Answer, Known
from iop_tui.screening.model.definition import Question
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.question_types.base import Draft, Rejected, Wrong
from iop_tui.screening.question_types.parse_whole_number import parse_whole_number
from iop_tui.screening.question_types.scale import DIGITS, ScaleType, clipped
from iop_tui.screening.size_limits import MAX_SCORED_RANGE


class Number(ScaleType):
    """The answer is an `int`, 0 or more. In a score it counts as itself."""

    id = "number"
    noun = "a number"
    example = "at_least: 1"
    fhir_type = "integer"
    fhir_value = "valueInteger"

    def answer_at(self, _question: Question, point: int) -> Known:
        """The number itself."""
        return point

    def problems(self, question: Question, unread: Callable[[str], bool]) -> Iterator[tuple[SourceLocation, str]]:
        """A bound below 0, too: there is no key for a minus."""
        yield from super().problems(question, unread)
        for key, bound in (("lowest", question.lowest), ("highest", question.highest)):
            if bound is not None and bound < 0:
                yield question.where, f"{key}: should be from 0 to 1000000, and is {bound}"

    def measure(self, _question: Question, answer: Known) -> int | None:
        """The number itself."""
        return answer if isinstance(answer, int) else None

    def from_to(self, question: Question) -> str:
        """Both numbers."""
        return f"a number from {question.lowest} to {question.highest}"

    def scored(self, question: Question) -> Iterator[str]:
        """Each number in between is tried: there cannot be too many."""
        if question.lowest is None or question.highest is None:
            return
        if question.highest - question.lowest > MAX_SCORED_RANGE:
            yield (
                f"a score can count a number of at most {MAX_SCORED_RANGE} from its lowest to its highest, and "
                f"{question.id!r} goes from {question.lowest} to {question.highest}"
            )

    def refusal(self, question: Question, answer: Known) -> str | None:
        """Why a value is no number, or one beyond the bounds."""
        if isinstance(answer, bool) or not isinstance(answer, int):
            return "asks for a number"
        if question.lowest is None or question.highest is None or question.lowest <= answer <= question.highest:
            return None
        return f"asks for {self.from_to(question)}"

    def draft(self, question: Question, given: Answer | None) -> Draft:
        """The digits of the number given before."""
        return DigitsDraft(question, text=str(given) if isinstance(given, int) else "")

    def from_file(self, question: Question, words: Sequence[str]) -> Known | Rejected:
        """Digits."""
        bounds = f"a whole number from {question.lowest} to {question.highest}, 'not_sure' or 'skipped'"
        if len(words) != 1 or not (words[0].isascii() and words[0].isdigit()) or len(words[0]) > 9:
            return Rejected((f"it asks for {bounds}",))
        number = int(words[0])
        if self.refusal(question, number):
            return Rejected((f"{number} is out of range; it asks for {bounds}",))
        return number

    def parse(self, question: Question, said: str, _parts: Sequence[str], commands: str) -> Known | Wrong:
        """A number within the bounds."""
        number = parse_whole_number(said)
        if number is None or not (question.lowest or 0) <= number <= (question.highest or 0):
            return Wrong(self.expected(question, commands))
        return number

    def words(self, question: Question, answer: Known, _separator: str = ", ") -> str:
        """The number with its unit."""
        return question.counted(answer) if isinstance(answer, int) else ""

    def missing(self, question: Question) -> str:
        """A number within the bounds."""
        said = _("Type a number from {lowest} to {highest}, or say that you are not sure.")
        return said.format(lowest=question.lowest, highest=question.highest)

    def missing_at_desk(self, question: Question) -> str:
        """A number within the bounds."""
        return f"Type {self.from_to(question)}, or N: not sure."

    def expected(self, question: Question, commands: str) -> str:
        """A number within the bounds."""
        said = _("Type a number from {lowest} to {highest}, or: {commands}.")
        return said.format(lowest=question.lowest, highest=question.highest, commands=commands)

    def heading(self, question: Question) -> str:
        """What is counted."""
        return _("The number of: {unit}").format(unit=question.unit) if question.unit else ""

    def described(self, question: Question) -> str:
        """The bounds."""
        return f"A number from {question.lowest} to {question.highest}."

    def weight(self, _question: Question, answer: Known) -> int:
        """The number itself."""
        return answer if isinstance(answer, int) else 0

    def weights(self, question: Question) -> tuple[int, int]:
        """The bounds."""
        return question.lowest or 0, question.highest or 0

    def fhir_bounds(self, question: Question) -> Mapping[str, Mapping[str, Any]]:
        """The bounds, and the unit."""
        bounds = (("minValue", question.lowest), ("maxValue", question.highest))
        unit = {"questionnaire-unit": {"valueCoding": {"display": question.unit}}} if question.unit else {}
        return {**{name: {"valueInteger": number} for name, number in bounds if number is not None}, **unit}

    def fhir_row(self, bound: int) -> Mapping[str, Any] | None:
        """The number itself."""
        return {"answerInteger": bound}


class DigitsDraft(Draft, frozen=True):
    """The digits typed so far, in full: a number above the highest is shown as it was typed, and is no answer. If only
    fitting digits were accepted, 75 would become 7.
    """

    @property
    def answer(self) -> Known | None:
        """The number, if it is not below the lowest."""
        return int(self.text) if self.text and Number().refusal(self.question, int(self.text)) is None else None

    @property
    def line(self) -> str:
        """The digits with their unit; before the first, what to do. The bounds are told where a number is beyond them:
        before, the highest would be read as what is usual.
        """
        question = self.question
        unit = question.unit_for(int(self.text or 0))
        if self.text:
            return f"[ {self.text} ] {unit}"
        what_to_do = _("Type a number")
        return f"[   ] {unit}  {what_to_do}"

    @property
    def objection(self) -> str:
        """That the number is above the highest."""
        question = self.question
        if int(self.text or 0) <= (question.highest or 0):
            return ""
        most = _("Up to {highest}.").format(highest=question.highest)
        check = question.if_more or _("Please check the number.")
        return f"{most} {check}"

    @property
    def fitting(self) -> Sequence[str]:
        """Digits with which there can be a number."""
        if self.text == "0":
            return ()
        return [digit for digit in DIGITS if int(self.text + digit) <= (self.question.highest or 0)]

    def takes(self, character: str) -> bool:
        """Digits, and the signs for one more or less."""
        return character in ("+", "-") or (character.isdecimal() and character.isascii())

    def typed(self, character: str) -> Draft | None:
        """One more or less, or a digit more; none if there are more digits already than any answer has."""
        if character in ("+", "-"):
            return self.stepped(1 if character == "+" else -1)
        digits = (self.text + character).lstrip("0") or "0"
        return None if len(digits) > len(str(self.question.highest or 0)) + 1 else self._with(digits)

    def stepped(self, by: int) -> Draft:
        """So many more or less, from none, within the bounds."""
        return self._with(str(clipped(self.question, int(self.text or 0) + by)))

    def erased(self) -> Draft:
        """Without the last digit."""
        return self._with(self.text[:-1])

    def resumed(self, begun: Draft) -> Draft:
        """The digits as they were typed."""
        return self._with(begun.text) if isinstance(begun, DigitsDraft) else self

    def _with(self, text: str) -> Draft:
        return DigitsDraft(self.question, text=text)
