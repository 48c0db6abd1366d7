"""Many sheets of answers that differ little, in bits: what is the same as on the first sheet is not read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from iop_tui.screening.engine.evaluate import Truth
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.condition import Condition
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.search.answer_bits import encoding_of
from iop_tui.screening.search.bit_tests import BitTest


class Sheet(Struct, frozen=True, eq=False):
    """Answers as bits. `first` is the sheet that was read before all others, None for that one itself, which knows the
    positions that it has `answered`; `changed` are those in which this one differs from it.
    """

    answers: Mapping[str, Answer]
    sure: int
    maybe: int
    first: Sheet | None = None
    changed: int = 0
    answered: int = 0

    def read(self, conditions: Iterable[BitTest]) -> list[Truth]:
        """Whether each of some conditions is true."""
        sure, maybe = self.sure, self.maybe
        if sure == maybe:
            # Nothing is open.
            return [bool(condition.test(sure, sure)) for condition in conditions]
        return [condition.holds(sure, maybe) for condition in conditions]


class Group:
    """Conditions that are read together."""

    def __init__(self, conditions: Sequence[BitTest]) -> None:
        self.conditions = conditions
        self.places = places_of(conditions)
        self._first: Sheet | None = None
        self._before: Sequence[Truth] = ()

    def read(self, sheet: Sheet) -> list[Truth]:
        """Whether each of the conditions is true, in order."""
        first, changed = sheet.first or sheet, sheet.changed
        if self._first is not first:
            self._first = first
            self._before = first.read(self.conditions)
        return [
            condition.holds(sheet.sure, sheet.maybe) if condition.places & changed else before
            for condition, before in zip(self.conditions, self._before, strict=True)
        ]

    def holding(self, sheet: Sheet) -> list[BitTest]:
        """The conditions that are true whatever else is answered."""
        return [condition for condition, holds in zip(self.conditions, self.read(sheet), strict=True) if holds]

    def undecided(self, sheet: Sheet) -> list[BitTest] | None:
        """The conditions that are unknown; None if one is true."""
        read = self.read(sheet)
        if True in read:
            return None
        return [condition for condition, holds in zip(self.conditions, read, strict=True) if holds is None]

    def holds_on(self, sheet: Sheet) -> bool:
        """Whether one of the conditions is true whatever else is answered."""
        return any(condition.test(sheet.sure, sheet.maybe) for condition in self.conditions)

    def may_hold(self, sheet: Sheet) -> bool:
        """Whether it is unknown that none of the conditions is true."""
        return any(condition.test(sheet.maybe, sheet.sure) for condition in self.conditions)


class Reader:
    """Reads sheets of answers to one screening, and makes tests of its conditions."""

    def __init__(self, screening: Screening) -> None:
        self.encoding = encoding_of(screening)
        self._first: Sheet | None = None

    def test_of(self, condition: Condition) -> BitTest:
        """A condition as a test. Raises KeyError if it names an unknown question."""
        try:
            return self.encoding.test_of(condition)
        except KeyError:
            # It has atoms that no rule of the screening has. The first sheet was read without bits for them.
            self.encoding = self.encoding.with_condition(condition)
            self._first = None
            return self.encoding.test_of(condition)

    def sheet(self, given: Mapping[str, Answer]) -> Sheet:
        """Answers as bits. Raises KeyError for an unknown question."""
        answers, first, encoding = dict(given), self._first, self.encoding
        if first is None:
            self._first = Sheet(answers, *encoding.read(answers), answered=encoding.differing({}, answers))
            return self._first
        changed = encoding.differing(first.answers, answers)
        return Sheet(answers, *encoding.reread(answers, changed, first.sure, first.maybe), first, changed)

    def counting(self, answers: Mapping[str, Answer]) -> Sheet:
        """The known answers to shown questions, as bits. This becomes the first sheet."""
        counting = {name: answer for name, answer in answers.items() if not isinstance(answer, Unknown)}
        waiting = True
        while waiting:
            given, counting, waiting = counting, {}, False
            sure, maybe = self.encoding.read(given)
            for code in self.encoding.codes.values():
                answer = given.get(code.question.id)
                if answer is not None and (code.gate is None or code.gate.test(sure, maybe)):
                    counting[code.question.id] = answer
                elif answer is not None and code.gate is not None and code.gate.test(maybe, sure):
                    # Its visibility was taken as given. Without this answer, other questions may not be certain to be
                    # shown.
                    waiting = True
        self._first = Sheet(counting, sure, maybe, answered=self.encoding.differing({}, counting))
        return self._first

    def current(self, sheet: Sheet) -> Sheet:
        """A sheet with the bits of all atoms known by now."""
        return sheet if (sheet.first or sheet) is self._first else self.sheet(sheet.answers)

    def against(self, completion: Sheet, sheet: Sheet, among: int) -> int:
        """The positions, of these, in which a sheet has another answer than a completion of another sheet."""
        first = sheet.first or sheet
        if completion.first is first:
            # What neither this sheet nor the first one has an answer to was only filled in.
            among &= sheet.changed | (completion.changed & first.answered)
        else:
            among &= self.encoding.differing(completion.answers, sheet.answers)
        places = 0
        for code in self.encoding.at(among):
            answer = sheet.answers.get(code.question.id)
            if answer is not None and answer != completion.answers.get(code.question.id):
                places |= code.here
        return places

    def more(self, sheet: Sheet, answers: Mapping[str, Answer], changed: int) -> Sheet:
        """The sheet with other answers in the positions that `changed`."""
        read = self.encoding.reread(answers, changed, sheet.sure, sheet.maybe)
        return Sheet(answers, *read, sheet.first or sheet, sheet.changed | changed)


def places_of(conditions: Iterable[BitTest]) -> int:
    """The positions of all questions that some conditions depend on."""
    places = 0
    for condition in conditions:
        places |= condition.places
    return places
