"""A day between two bounds relative to today."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.answers import Answer, Known
from iop_tui.screening.model.condition import InRange
from iop_tui.screening.model.definition import Question
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.question_types.base import Draft, Rejected, Wrong
from iop_tui.screening.question_types.scale import DIGITS, ScaleType, clipped

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAYS = re.compile(r"-?\d{1,7}")
_SHAPE = len("YYYY-MM-DD")
_NO_DAY = date(2000, 1, 1)
"""The reference day while `today` is not set. Searches have the same result from any day; a person's answer is out of
bounds and refused.
"""


class Day(ScaleType):
    """The answer is a `datetime.date`, stored as YYYY-MM-DD. `lowest`, `highest` and the bounds of a condition are days
    from today: -7 is a week ago.
    """

    id = "date"
    noun = "a day"
    example = "at_least: -7"
    relative = True
    fhir_type = "date"
    fhir_value = "valueDate"

    # ---- the scale: days from today ----

    def answer_at(self, question: Question, point: int) -> Known:
        """The day so many days from today."""
        return (question.today or _NO_DAY) + timedelta(days=point)

    def measure(self, question: Question, answer: Known) -> int | None:
        """Days from today."""
        return (answer - (question.today or _NO_DAY)).days if isinstance(answer, date) else None

    def from_to(self, question: Question) -> str:
        """Both bounds."""
        return f"a day from {question.lowest} to {question.highest} days from today"

    def problems(self, question: Question, unread: Callable[[str], bool]) -> Iterator[tuple[SourceLocation, str]]:
        """No unit: it is days."""
        yield from super().problems(question, unread)
        if question.unit is not None:
            yield question.where, "a day has no unit"

    def scored(self, question: Question) -> Iterator[str]:
        """A day has no weight."""
        yield f"{question.id!r} asks for a day, and a day cannot count in a score"

    # ---- answers ----

    def refusal(self, question: Question, answer: Known) -> str | None:
        """Why a value is no day, or one beyond the bounds."""
        point = self.measure(question, answer)
        if point is None:
            return "asks for a day"
        if question.lowest is None or question.highest is None or question.lowest <= point <= question.highest:
            return None
        return f"asks for a day from {_first(question)} to {_last(question)}"

    def draft(self, question: Question, given: Answer | None) -> Draft:
        """The day given before, as it is typed."""
        return DayDraft(question, text=given.isoformat() if isinstance(given, date) else "")

    def stored(self, _question: Question, plain: Known) -> Known:
        """The day of an ISO date."""
        day = _day(plain) if isinstance(plain, str) else None
        return plain if day is None else day

    def from_file(self, question: Question, words: Sequence[str]) -> Known | Rejected:
        """YYYY-MM-DD; or days from today, so that an example person does not age."""
        said = words[0] if len(words) == 1 else ""
        answer = self.answer_at(question, int(said)) if _DAYS.fullmatch(said) else _day(said)
        if answer is None or self.refusal(question, answer):
            day = f"a day from {_first(question)} to {_last(question)}"
            return Rejected((f"it asks for {day}, as YYYY-MM-DD or in days from today, 'not_sure' or 'skipped'",))
        return answer

    def parse(self, question: Question, said: str, _parts: Sequence[str], commands: str) -> Known | Wrong:
        """YYYY-MM-DD."""
        day = _day(said)
        return Wrong(self.expected(question, commands)) if day is None or self.refusal(question, day) else day

    # ---- words ----

    def words(self, _question: Question, answer: Known, _separator: str = ", ") -> str:
        """YYYY-MM-DD: the same in every language; day and month cannot be confused."""
        return answer.isoformat() if isinstance(answer, date) else ""

    def missing(self, question: Question) -> str:
        """A day within the bounds."""
        said = _("Type a day from {lowest} to {highest} as year, month, day, or say that you are not sure.")
        return said.format(lowest=_first(question), highest=_last(question))

    def missing_at_desk(self, question: Question) -> str:
        """A day within the bounds."""
        return f"Type a day from {_first(question)} to {_last(question)} as year, month, day, or N: not sure."

    def expected(self, question: Question, commands: str) -> str:
        """A day within the bounds."""
        said = _("Type a day from {lowest} to {highest} like this: {example}, or: {commands}.")
        lowest, highest = _first(question), _last(question)
        return said.format(lowest=lowest, highest=highest, example=highest, commands=commands)

    def heading(self, _question: Question) -> str:
        """The hint about input says what is expected."""
        return ""

    def described(self, question: Question) -> str:
        """The bounds."""
        return f"A day from {question.lowest} to {question.highest} days from today."

    def in_range(self, atom: InRange) -> str:
        """A range of days from today."""
        if atom.at_least is not None and atom.at_least < 0 and atom.at_most in (None, 0):
            return f"within the last {-atom.at_least} days"
        if atom.at_least is None and atom.at_most is not None and atom.at_most < 0:
            return f"{-atom.at_most} days ago or earlier"
        return f"{super().in_range(atom)} days from today"

    # ---- FHIR ----

    def fhir_path(self, bound: int) -> str:
        """The day on which the form is filled in, plus so many days. Rows compare with a fixed day: none can express
        this.
        """
        return f"today() {'-' if bound < 0 else '+'} {abs(bound)} days"


class DayDraft(Draft, frozen=True):
    """The day typed so far: the beginning of YYYY-MM-DD of a day within the bounds. The dashes are added."""

    @property
    def answer(self) -> Known | None:
        """The day, once it is complete."""
        return _day(self.text)

    @property
    def line(self) -> str:
        """What is typed; before the first digit, the bounds."""
        if self.text:
            return f"[ {self.text:<{_SHAPE}} ]"
        bounds = _("{lowest} to {highest}").format(lowest=_first(self.question), highest=_last(self.question))
        return f"[ ]  {bounds}"

    @property
    def fitting(self) -> Sequence[str]:
        """Digits with which a day within the bounds remains possible."""
        return [digit for digit in DIGITS if _leads_on(self.question, self.text + _dash(self.text) + digit)]

    def takes(self, character: str) -> bool:
        """Digits, and the signs for a day more or less."""
        return character in ("+", "-") or (character.isdecimal() and character.isascii())

    def typed(self, character: str) -> Draft | None:
        """A digit more, or a day. A dash typed between two digits is accepted: it is there already."""
        if character == "-" and 0 < len(self.text) < _SHAPE:
            return self
        if character in ("+", "-"):
            return self.stepped(1 if character == "+" else -1)
        text = self.text + _dash(self.text) + character
        return self._with(text) if _leads_on(self.question, text) else None

    def stepped(self, by: int) -> Draft:
        """So many days later or earlier, within the bounds; the last day first."""
        here = Day().measure(self.question, self.answer) if self.answer is not None else None
        point = (self.question.highest or 0) if here is None else here + by
        day = Day().answer_at(self.question, clipped(self.question, point))
        return self._with(day.isoformat() if isinstance(day, date) else "")

    def erased(self) -> Draft:
        """Without the last digit, and a dash before it."""
        return self._with(self.text[:-1].rstrip("-"))

    def resumed(self, begun: Draft) -> Draft:
        """What was typed, if it still begins such a day."""
        fits = isinstance(begun, DayDraft) and (not begun.text or _leads_on(self.question, begun.text))
        return self._with(begun.text) if fits else self

    def _with(self, text: str) -> Draft:
        return DayDraft(self.question, text=text)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if _ISO.fullmatch(said) and said.isascii() else None
    except ValueError:
        return None


def _first(question: Question) -> str:
    return ((question.today or _NO_DAY) + timedelta(days=question.lowest or 0)).isoformat()


def _last(question: Question) -> str:
    return ((question.today or _NO_DAY) + timedelta(days=question.highest or 0)).isoformat()


def _dash(text: str) -> str:
    return "-" if len(text) in (len("YYYY"), len("YYYY-MM")) else ""


def _leads_on(question: Question, text: str) -> bool:
    """Whether there is a day within the bounds that begins like this."""
    first, last = _first(question), _last(question)
    if len(text) > _SHAPE or not first[: len(text)] <= text <= last[: len(text)]:
        return False
    if len(text) == _SHAPE:
        return _day(text) is not None
    return any(_leads_on(question, text + _dash(text) + digit) for digit in DIGITS)
