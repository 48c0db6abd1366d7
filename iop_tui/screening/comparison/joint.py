"""One person who answers two versions of a screening: their questions and answers as one set of variables.

A *joint sheet* answers the questions of both versions. Each version reads of it what it has itself:

- A question that only one version asks is answered for that version, and the other one does not look at it.
- An option that only one version has can be chosen. In the other version the person has not chosen it; if that leaves
  nothing, or something that this version does not accept, the question is open there, as for somebody who says "I'm not
  sure". The same goes for a number beyond the range of one version.
- A question whose kind of answer changed is two questions: no answer to one says anything about the other.

So every answer sheet of either version is a part of a joint sheet, and nobody is left out. What is representative of a
range of numbers is taken from the conditions of both versions together, and from the ends of both ranges.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.screening.authoring.lint.all_conditions import conditions_of
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.condition import Condition, InRange
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.proof import adapter
from iop_tui.screening.proof.encoder import Choice, Encoder, World
from iop_tui.screening.proof.formula import FALSE, TRUE, Formula, Formulas
from iop_tui.screening.question_types import refusal

SideName = Literal["old", "new"]
Sheet = dict[str, Answer]


class JointQuestion(Struct, frozen=True, eq=False):
    """One question of both versions, or of one. `key` is its id, with the version behind it if the kind changed;
    `values` are those that can be chosen in either version.
    """

    key: str
    old: Question | None
    new: Question | None
    values: tuple[str | int, ...]
    chosen: Choice
    open: Formula
    """The person leaves it open."""

    @property
    def newest(self) -> Question:
        """Its newer version."""
        question = self.new or self.old
        if question is None:
            raise ValueError("a joint question is in one version at least")
        return question

    def of(self, side: SideName) -> Question | None:
        """Its version on one side."""
        return self.old if side == "old" else self.new


class Side:
    """One of the two versions, with its view of a joint sheet."""

    def __init__(self, name: SideName, screening: Screening, joint: Joint) -> None:
        self.name = name
        self.screening = screening
        own = {q.id: (each, q) for each in joint.questions if (q := each.of(name)) is not None}
        values = {name: _values_of(question, each.values) for name, (each, question) in own.items()}
        self.encoder = Encoder(screening, joint.formulas, values)
        chosen = {
            name: {value: each.chosen[value] for value in values[name]} for name, (each, _question) in own.items()
        }
        self.unreadable = {
            name: -self.encoder.allowed(question, chosen[name]) if _may_refuse(each, values[name]) else FALSE
            for name, (each, question) in own.items()
        }
        """Question -> what was chosen is no answer in this version."""
        self.unread = any(formula != FALSE for formula in self.unreadable.values())
        """Whether there are answers that this version cannot read."""
        open_ = {
            name: joint.formulas.either(each.open, self.unreadable[name]) for name, (each, _question) in own.items()
        }
        self.complete = World(self.encoder, complete=False, chosen=chosen, open_=self.unreadable)
        """Sheets on which the person answers everything. Open is what this version cannot read."""
        self.partial = World(self.encoder, complete=False, chosen=chosen, open_=open_)
        """Sheets on which any question may be open."""

    def completions(self, other: Side) -> tuple[World, Formula]:
        """All ways to complete a sheet of `partial`: a world on which everything is answered, and what ties it to the
        sheet.

        An answer that may be hidden does not count, and may be completed in any way. Where both versions ask a question
        of the same people, that is no more than leaving it open; the other questions have an answer of their own here.
        """
        make, chosen, tied = self.encoder.formulas, dict[str, Choice](), []
        for question in self.screening.questions:
            name = question.id
            if question.show_if is None or name not in other.screening.position:
                continue
            if self.partial.shown(name) != other.partial.shown(name):
                said = self.partial.chosen(name)
                own = {value: make.variable(("chosen", name, str(value), self.name)) for value in said}
                same = make.all(-make.differ(own[value], said[value]) for value in said)
                tied += [self.encoder.allowed(question, own), make.either(-self.partial.known(name), same)]
                chosen[name] = own
        if not chosen:
            return self.complete, TRUE
        return self.complete.changed(chosen, dict.fromkeys(chosen, FALSE)), make.all(tied)

    def read(self, sheet: Mapping[str, Answer]) -> Sheet:
        """A joint sheet as this version reads it."""
        found: Sheet = {}
        for key, answer in sheet.items():
            name, _at, only = key.partition("@")
            if only in ("", self.name) and name in self.unreadable:
                unsure = self.unreadable[name] != FALSE
                read = readable(self.screening.question(name), answer) if unsure else answer
                if read is not None:
                    found[name] = read
        return found


class Joint:
    """Two versions of a screening, over one set of variables."""

    def __init__(self, old: Screening, new: Screening) -> None:
        self.formulas = Formulas()
        self.questions = tuple(self._questions(old, new))
        self.by_key = {each.key: each for each in self.questions}
        self.old, self.new = Side("old", old, self), Side("new", new, self)

    def _questions(self, old: Screening, new: Screening) -> Iterator[JointQuestion]:
        conditions = [each.condition for version in (old, new) for each in conditions_of(version)]
        for name in dict.fromkeys([*new.position, *old.position]):
            before = old.question(name) if name in old.position else None
            after = new.question(name) if name in new.position else None
            if before is not None and after is not None and before.kind != after.kind:
                yield self._joint(f"{name}@old", before, None, conditions)
                yield self._joint(f"{name}@new", None, after, conditions)
            else:
                yield self._joint(name, before, after, conditions)

    def _joint(
        self, key: str, old: Question | None, new: Question | None, conditions: list[Condition]
    ) -> JointQuestion:
        values = _joint_values([q for q in (new, old) if q is not None], conditions)
        chosen = {value: self.formulas.variable(("chosen", key, str(value))) for value in values}
        return JointQuestion(key, old, new, values, chosen, self.formulas.variable(("open", key)))

    def valid(self) -> Formula:
        """The variables describe a joint sheet: each answer is one in one version at least."""
        parts = []
        for each in self.questions:
            if adapter.is_several(each.newest):
                ways = [
                    self._allowed(side, question) for side in (self.old, self.new) if (question := each.of(side.name))
                ]
                parts.append(self.formulas.any(ways))
                parts.append(self.formulas.any(each.chosen.values()))
            else:
                parts.append(self.new.encoder.allowed(each.newest, each.chosen))
        return self.formulas.all(parts)

    def _allowed(self, side: Side, question: Question) -> Formula:
        chosen = side.partial.chosen(question.id)
        return side.encoder.allowed(question, chosen)

    def answer(self, each: JointQuestion, chosen: Iterable[str | int]) -> Answer | None:
        """The answer that chooses these values; of several in the order of `values`."""
        picked = [value for value in each.values if value in set(chosen)]
        return adapter.answer(each.newest, picked) if picked else None

    def merged(self, answers: Mapping[str, Answer], side: SideName) -> Sheet:
        """A sheet of one version as a joint sheet. Questions that the other has, too, are taken as answered there."""
        return {name if name in self.by_key else f"{name}@{side}": answer for name, answer in answers.items()}


def readable(question: Question, answer: Answer | None) -> Answer | None:
    """An answer as this question can read it: without options that it does not have; None if it is no answer to it."""
    if answer is None or isinstance(answer, Unknown):
        return answer
    if isinstance(answer, tuple):
        have = {option.id for option in question.options}
        answer = tuple(option.id for option in question.options if option.id in have and option.id in answer)
        if not answer:
            return None
    return None if refusal(question, answer) else answer


# ---- inside ----------------------------------------------------------------------------------------------------------


def _joint_values(versions: list[Question], conditions: list[Condition]) -> tuple[str | int, ...]:
    """The values of all versions of a question, those of the first in their order."""
    first = versions[0]
    if not adapter.is_scale(first):
        return tuple(dict.fromkeys(option.id for question in versions for option in question.options))
    lowest = min(question.lowest or 0 for question in versions)
    highest = max(question.highest or 0 for question in versions)
    ends = [InRange(first.id, question.lowest, question.highest, question.where) for question in versions]
    return adapter.values(replace(first, lowest=lowest, highest=highest), [*conditions, *ends])


def _values_of(question: Question, values: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Those of some values that a question has."""
    if adapter.is_scale(question):
        low, high = question.lowest or 0, question.highest or 0
        return tuple(value for value in values if isinstance(value, int) and low <= value <= high)
    return tuple(value for value in values if any(option.id == value for option in question.options))


def _may_refuse(each: JointQuestion, values: tuple[str | int, ...]) -> bool:
    """Whether what is chosen may be no answer on a side that has these values."""
    if len(values) < len(each.values):
        return True
    return each.old is not None and each.new is not None and adapter.alone(each.old) != adapter.alone(each.new)
