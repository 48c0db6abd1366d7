"""Conditions as tests of bits.

A condition becomes a test of two integers (`answer_bits.py` says what the bits are); the second one is for what is
under a `not`. It is certainly true if `test(sure, maybe)`, and possibly true if `test(maybe, sure)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from iop_tui.screening.engine.evaluate import Truth
from iop_tui.screening.model.condition import All, AnyOf, Condition, InRange, Is, Not, Score
from iop_tui.screening.question_types import Atom

Index = Mapping[object, Sequence[int]]
"""An atom -> its bits; for a score those of each question."""
Reading = Callable[[int, int], object]
"""Whether a condition is true, from the bits for its positive atoms and those for its negated ones."""


class BitTest(Struct, frozen=True, eq=False):
    """A condition as a test. `bits` are those that it reads itself; `places` are the indexes of the questions that it
    depends on, those behind a `show_if` included, each as a bit.
    """

    written: Condition
    test: Reading
    bits: int
    places: int

    def holds(self, sure: int, maybe: int) -> Truth:
        """Whether the condition is true, from the sure and the possible bits."""
        if self.test(sure, maybe):
            return True
        return None if self.test(maybe, sure) else False


def reading_of(condition: Condition, index: Index) -> Reading:
    """The test of a condition. Raises KeyError if an atom has no bit."""
    if isinstance(condition, (Is, InRange)):
        return _one_of(index[key_of(condition)][0])
    if isinstance(condition, Score):
        return _weighs(index[key_of(condition)], condition.at_least)
    if isinstance(condition, Not):
        return _not(reading_of(condition.of, index))
    # The atoms that a condition names directly are one test of many bits; each other part is one more test.
    bits, parts = 0, []
    for part in condition.of:
        bit = index[key_of(part)][0] if isinstance(part, (Is, InRange)) else 0
        if bit and not bits & bit:
            bits |= bit
        else:
            parts.append(reading_of(part, index))
    if isinstance(condition, AnyOf):
        return _any(bits, parts) if parts else _one_of(bits)
    count = len(condition.of) if isinstance(condition, All) else condition.count
    return _all(bits, parts) if isinstance(condition, All) else _at_least(count, bits, parts)


def key_of(atom: Atom) -> object:
    """What identifies an atom, wherever it was written."""
    if isinstance(atom, Score):
        return atom.questions, atom.at_least
    if isinstance(atom, InRange):
        return atom.question, atom.at_least, atom.at_most
    return atom.question, atom.options


def places_in(bits: int) -> Iterator[int]:
    """The positions that are set, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


# ---- inside ----------------------------------------------------------------------------------------------------------


def _one_of(bits: int) -> Reading:
    return lambda here, _absent: here & bits


def _not(part: Reading) -> Reading:
    return lambda here, absent: not part(absent, here)


def _all(bits: int, parts: Sequence[Reading]) -> Reading:
    def test(here: int, absent: int) -> bool:
        if here & bits != bits:
            return False
        for part in parts:  # noqa: SIM110  # a generator costs more than what it would do here
            if not part(here, absent):
                return False
        return True

    return test


def _any(bits: int, parts: Sequence[Reading]) -> Reading:
    def test(here: int, absent: int) -> bool:
        if here & bits:
            return True
        for part in parts:  # noqa: SIM110  # a generator costs more than what it would do here
            if part(here, absent):
                return True
        return False

    return test


def _at_least(count: int, bits: int, parts: Sequence[Reading]) -> Reading:
    def test(here: int, absent: int) -> bool:
        holding = (here & bits).bit_count()
        for part in parts:
            if part(here, absent):
                holding += 1
        return holding >= count

    return test


def _weighs(fields: Sequence[int], at_least: int) -> Reading:
    """Whether the weights in these bit fields reach a number: the weights of the set bits are added up."""
    planes = []
    for power in range(at_least.bit_length()):
        plane = 0
        for field in fields:
            plane |= (field & -field) << power
        planes.append((power, plane))

    def test(here: int, _absent: int) -> bool:
        reached = 0
        for power, plane in planes:
            reached += (here & plane).bit_count() << power
        return reached >= at_least

    return test
