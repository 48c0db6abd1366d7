"""Answers as bit sets, and conditions as tests on bits, to evaluate them many thousand times a second.

Each atom of a condition is a bit: an option or a range that is chosen, or a part of a weight. An answer sheet is two
integers: the bits that are *sure*, and the bits that *may be* set with the open questions filled in. A condition
becomes a test of two such integers, the second one for what is under a `not`: it is certainly true if
`test(sure, maybe)`, and possibly true if `test(maybe, sure)`. That is the truth table of `engine.evaluate`, with one
exception: an answer behind an unknown `show_if` counts, so that fewer conditions stay unknown.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from iop_tui.screening.engine.evaluate import atoms, named
from iop_tui.screening.model.answers import Answer, Known, Unknown
from iop_tui.screening.model.condition import Condition, InRange, Is, Score
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.question_types import Atom, Domain, type_of
from iop_tui.screening.search.bit_tests import BitTest, key_of, places_in, reading_of

_ALL = -1
"""All bits set."""
_MANY = 8
"""From this many changed answers on, reading the whole sheet is as fast."""


class Code(Struct, frozen=True, eq=False):
    """One question in bits. `own` are all of them; while it is open, `least` are sure and `most` may be."""

    question: Question
    here: int
    """Its position, as a bit."""
    gate: BitTest | None
    mentions: tuple[_Mention, ...]
    own: int
    least: int
    most: int
    bits: _Bits
    domains: dict[int, Domain]

    def answers(self, told_apart: int, *, worst_first: bool = False) -> Iterator[Known]:
        """Answers that represent all others if only these bits count; otherwise mildest first."""
        told_apart &= self.own
        among = self.domains.get(told_apart)
        if among is None:
            mentions = [mention.atom for mention in self.mentions if mention.bits & told_apart]
            among = self.domains[told_apart] = type_of(self.question).domain(self.question, mentions)
        tried: set[int] = set()
        for answer in among.worst_first() if worst_first else among.mildest_first():
            bits = (self.bits[answer] or 0) & told_apart
            if bits not in tried:
                tried.add(bits)
                yield answer


class Encoding:
    """The encoding of a screening: bits for the atoms of its gates, needs and alarms. Immutable."""

    def __init__(self, screening: Screening) -> None:
        gates = [question.show_if for question in screening.questions if question.show_if is not None]
        needs, alarms = [need.when for need in screening.needs], [alarm.when for alarm in screening.alarms]
        fits = [fit.when for fit in screening.fits]
        self.position = screening.position
        self._index: dict[object, tuple[int, ...]] = {}
        self._size = 0
        mentions = self._indexed([*gates, *needs, *alarms, *fits])
        self.codes: dict[int, Code] = {}
        """By position, in an order in which each question comes after those that its gate names."""
        for question in screening.questions:
            self._add(screening, question, mentions)
        self._from = _from(self.codes)
        self._tests = {id(when): self._made(when) for when in (*needs, *alarms, *fits)}
        self.needs = tuple(self._tests[id(when)] for when in needs)
        self.alarms = tuple(self._tests[id(when)] for when in alarms)
        self.fits = tuple(self._tests[id(when)] for when in fits)

    def _add(self, screening: Screening, question: Question, mentions: Mapping[str, Sequence[_Mention]]) -> None:
        place = self.position[question.id]
        if place in self.codes:
            return
        gate = None
        if question.show_if is not None:
            for name in named(question.show_if):
                self._add(screening, screening.question(name), mentions)
            gate = self._made(question.show_if)
        self.codes[place] = _code(question, 1 << place, gate, tuple(mentions.get(question.id, ())))

    def with_condition(self, condition: Condition) -> Encoding:
        """An encoding that also has bits for the atoms of this condition."""
        larger = object.__new__(Encoding)
        larger._index, larger._size = dict(self._index), self._size
        fresh = larger._indexed([condition])
        larger.position, larger._tests = self.position, self._tests
        larger.needs, larger.alarms, larger.fits = self.needs, self.alarms, self.fits
        larger.codes = {
            place: _code(code.question, code.here, code.gate, (*code.mentions, *fresh[code.question.id]))
            if code.question.id in fresh
            else code
            for place, code in self.codes.items()
        }
        larger._from = _from(larger.codes)
        return larger

    def test_of(self, condition: Condition) -> BitTest:
        """A condition as a test. Raises KeyError if one of its atoms has no bit."""
        known = self._tests.get(id(condition))
        return known if known is not None else self._made(condition)

    def read(self, answers: Mapping[str, Answer]) -> tuple[int, int]:
        """The bits of a sheet: those that are sure, and those that may be set."""
        return _read(self.codes.values(), answers, 0, 0, _ALL)

    def reread(self, answers: Mapping[str, Answer], changed: int, sure: int, maybe: int) -> tuple[int, int]:
        """The same, updated from the bits of a sheet with other answers in the positions that `changed`."""
        if changed.bit_count() > _MANY:
            return self.read(answers)
        for place in places_in(changed):
            sure, maybe = _read(self._from[place], answers, sure, maybe, 0)
        return sure, maybe

    def differing(self, one: Mapping[str, Answer], other: Mapping[str, Answer]) -> int:
        """The positions in which two sheets have different answers, or one has none."""
        places = 0
        for name, answer in other.items():
            if one.get(name) != answer:
                places |= 1 << self.position[name]
        for name in one:
            if name not in other:
                places |= 1 << self.position[name]
        return places

    def at(self, places: int) -> Iterator[Code]:
        """The questions in these positions, in order."""
        return (self.codes[place] for place in places_in(places))

    # ---- how it is made ----

    def _indexed(self, conditions: Iterable[Condition]) -> dict[str, list[_Mention]]:
        """Bits for atoms that have none yet, by question."""
        fresh: dict[str, list[_Mention]] = {}
        for condition in conditions:
            for atom in atoms(condition):
                key = key_of(atom)
                if key in self._index:
                    continue
                # A weight is capped at what the score asks for, and so fits into these bits.
                width = atom.at_least.bit_length() if isinstance(atom, Score) else 1
                names = atom.questions if isinstance(atom, Score) else (atom.question,)
                self._index[key] = tuple(((1 << width) - 1) << self._size + width * n for n in range(len(names)))
                self._size += width * len(names)
                for name, bits in zip(names, self._index[key], strict=True):
                    fresh.setdefault(name, []).append(_Mention(atom, bits))
        return fresh

    def _made(self, condition: Condition) -> BitTest:
        bits = places = 0
        for atom in atoms(condition):
            for part in self._index[key_of(atom)]:
                bits |= part
        for name in named(condition):
            place = self.position[name]
            gate = self.codes[place].gate
            places |= 1 << place | (gate.places if gate is not None else 0)
        return BitTest(condition, reading_of(condition, self._index), bits, places)


@functools.lru_cache(maxsize=8)
def encoding_of(screening: Screening) -> Encoding:
    """The encoding of a screening. Cached: it takes about a millisecond."""
    return Encoding(screening)


# ---- one question ----------------------------------------------------------------------------------------------------


class _Mention(Struct, frozen=True):
    """An atom of a condition, and its bits: one, or as many as a weight needs."""

    atom: Atom
    bits: int

    def weight(self, weight: int) -> int:
        """A weight, in the bits of a score: no more than the score asks for."""
        return min(weight, self.atom.at_least) * (self.bits & -self.bits) if isinstance(self.atom, Score) else 0


class _Bits(dict[Answer | None, int | None]):
    """Answer -> the bits that it sets; None for one that leaves the question open."""

    def __init__(self, question: Question, mentions: Sequence[_Mention]) -> None:
        self._question = question
        self._scores = [mention for mention in mentions if isinstance(mention.atom, Score)]
        self._ranges = [(mention.atom, mention.bits) for mention in mentions if isinstance(mention.atom, InRange)]
        self._options: dict[str, int] = {}
        for mention in mentions:
            for option in mention.atom.options if isinstance(mention.atom, Is) else ():
                self._options[option] = self._options.get(option, 0) | mention.bits

    def __missing__(self, answer: Answer | None) -> int | None:
        known = None
        if answer is not None and not isinstance(answer, Unknown):
            known, question = 0, self._question
            for mention in self._scores:
                known |= mention.weight(type_of(question).weight(question, answer))
            for atom, bits in self._ranges:
                known |= bits if atom.holds_for(type_of(question).measure(question, answer)) else 0
            for option in answer if isinstance(answer, tuple) else (answer,):
                known |= self._options.get(option, 0) if isinstance(option, str) else 0
        self[answer] = known
        return known


def _code(question: Question, here: int, gate: BitTest | None, mentions: tuple[_Mention, ...]) -> Code:
    own = least = most = 0
    for mention in mentions:
        own |= mention.bits
        if isinstance(mention.atom, Score):
            low, high = type_of(question).weights(question)
            least |= mention.weight(low)
            most |= mention.weight(high)
        else:
            most |= mention.bits
    return Code(question, here, gate, mentions, own, least, most, _Bits(question, mentions), {})


def _read(codes: Iterable[Code], answers: Mapping[str, Answer], sure: int, maybe: int, changed: int) -> tuple[int, int]:
    """The sure and possible bits after these questions were read in order. The first of them is always read, the others
    only if their gates depend on bits that `changed` before or on the way.
    """
    # Hot loop: everything is inlined.
    first = True
    for code in codes:
        gate = code.gate
        if gate is not None and not first and changed != _ALL and not gate.bits & changed:
            continue
        first = False
        said = code.bits[answers.get(code.question.id)]
        if gate is None or gate.test(sure, maybe):
            surely, perhaps = (code.least, code.most) if said is None else (said, said)
        elif gate.test(maybe, sure):
            surely, perhaps = 0, code.most if said is None else said
        else:
            surely = perhaps = 0
        others = ~code.own
        surely |= sure & others
        perhaps |= maybe & others
        changed |= (sure ^ surely) | (maybe ^ perhaps)
        sure, maybe = surely, perhaps
    return sure, maybe


def _from(codes: Mapping[int, Code]) -> Mapping[int, Sequence[Code]]:
    """For each position the question there, followed by those whose visibility depends on it."""
    found: dict[int, list[Code]] = {place: [code] for place, code in codes.items()}
    for code in codes.values():
        for before in places_in(code.gate.places if code.gate is not None else 0):
            found[before].append(code)
    return found
