"""Random joint sheets, the same for the same seed, and example people, as masks of the variables.

On a random sheet every question is answered, by itself. The weights are made up: they are no statistics of people who
ask for care, and only spread the sheets over all levels. Each sheet belongs to one of three groups of equal size. In
the first the mildest answer is given to 19 of 20 questions, in the second to 9 of 10, in the third to 3 of 4. Mildest
is the first option, for several options the one that stands alone, and the lowest number; a question whose answers have
no order has none, and all are equally likely. The other answers share what is left: options equally, numbers equally
within the range; of several options one is chosen, and each other one as well in one case of eight.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence

from iop_tui.screening.comparison.joint import Joint, JointQuestion
from iop_tui.screening.comparison.masks import Masks
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.proof import adapter
from iop_tui.screening.proof.formula import Variable
from iop_tui.screening.question_types import type_of
from iop_tui.screening.question_types.scale import ScaleType

GROUPS = (1 / 20, 1 / 10, 1 / 4)
"""For each group of random sheets, how likely an answer is not the mildest."""
_AS_WELL = 1 / 8
_DIGITS = 16
"""A probability is rounded to so many binary digits."""


def random_sheets(joint: Joint, count: int, seed: int) -> Masks:
    """So many random sheets."""
    variables: dict[Variable, int] = {}
    for each in joint.questions:
        # Its own numbers for each question: what is asked besides does not change them.
        chance = random.Random(f"{seed} {each.key}")  # noqa: S311  # the same sheets in every run, not a secret
        masks = dict.fromkeys(each.values, 0)
        begin = 0
        for group, likely in enumerate(GROUPS):
            size = count // len(GROUPS) + (group < count % len(GROUPS))
            for value, mask in _drawn(each, size, likely, chance).items():
                masks[value] |= mask << begin
            begin += size
        variables |= {_variable(each, value): mask for value, mask in masks.items()}
    return Masks(joint.formulas, count, variables)


def example_people(joint: Joint, people: Sequence[Mapping[str, Answer]]) -> Masks:
    """Joint sheets, each with its own bit; a question that is not answered is open."""
    variables: dict[Variable, int] = {}
    for each in joint.questions:
        masks: dict[str | int, int] = dict.fromkeys(each.values, 0)
        nothing = 0
        for number, sheet in enumerate(people):
            answer = sheet.get(each.key)
            if answer is None or isinstance(answer, Unknown):
                nothing |= 1 << number
                continue
            for value in _chosen(each, answer):
                masks[value] |= 1 << number
        variables |= {_variable(each, value): mask for value, mask in masks.items()}
        variables["open", each.key] = nothing
    return Masks(joint.formulas, len(people), variables)


def sheet_at(joint: Joint, masks: Masks, number: int) -> dict[str, Answer]:
    """One of the sheets, as answers: of a range of numbers, the representative."""
    found: dict[str, Answer] = {}
    for each in joint.questions:
        if masks.variables.get(("open", each.key), 0) >> number & 1:
            continue
        chosen = [value for value in each.values if masks.variables.get(_variable(each, value), 0) >> number & 1]
        answer = joint.answer(each, chosen)
        if answer is not None:
            found[each.key] = answer
    return found


def chosen_values(joint: Joint, key: str, answer: Answer) -> frozenset[str | int]:
    """The values that an answer to a joint question chooses; for a number or a day its representative."""
    return frozenset(_chosen(joint.by_key[key], answer))


# ---- inside ----------------------------------------------------------------------------------------------------------


def _variable(each: JointQuestion, value: str | int) -> Variable:
    return ("chosen", each.key, str(value))


def _chosen(each: JointQuestion, answer: Answer) -> Iterator[str | int]:
    """The values that an answer chooses; for a number the representative at or below it."""
    kind = type_of(each.newest)
    if isinstance(answer, tuple):
        yield from (option for option in answer if option in each.values)
    elif isinstance(kind, ScaleType) and not isinstance(answer, Unknown):
        point = kind.measure(each.newest, answer)
        below = [value for value in each.values if isinstance(value, int) and point is not None and value <= point]
        yield from below[-1:]
    elif isinstance(answer, str) and answer in each.values:
        yield answer


def _drawn(each: JointQuestion, size: int, likely: float, chance: random.Random) -> dict[str | int, int]:
    """Which of `size` sheets choose each value of a question."""
    if adapter.is_several(each.newest):
        return _several(each, size, likely, chance)
    values, weights = each.values, [1.0] * len(each.values)
    if adapter.is_scale(each.newest):
        points = [value for value in values if isinstance(value, int)]
        weights = [float(after - here) for here, after in itertools.pairwise([*points, points[-1] + 1])]
        weights[0] = 1.0 if len(points) > 1 else weights[0]
    if each.newest.ordered and len(values) > 1:
        rest = sum(weights[1:])
        weights = [1 - likely, *(likely * weight / rest for weight in weights[1:])]
    return _one_of(values, weights, size, chance)


def _several(each: JointQuestion, size: int, likely: float, chance: random.Random) -> dict[str | int, int]:
    alone = [value for value in each.values if value in adapter.alone(each.newest)]
    free = [value for value in each.values if value not in alone]
    mild = _bernoulli(1 - likely, size, chance) if alone else 0
    rest = ((1 << size) - 1) ^ mild
    found: dict[str | int, int] = dict.fromkeys(each.values, 0)
    if alone:
        found[alone[0]] = mild
    first = _one_of([*free, *alone[1:]], [1.0] * (len(free) + len(alone[1:])), size, chance)
    others = 0
    for value in alone[1:]:
        found[value] = first[value] & rest
        others |= found[value]
    for other in free:
        found[other] = (first[other] | _bernoulli(_AS_WELL, size, chance)) & rest & ~others
    return found


def _one_of(
    values: Sequence[str | int], weights: Sequence[float], size: int, chance: random.Random
) -> dict[str | int, int]:
    """Exactly one value for each sheet: value after value, from the sheets that have none yet."""
    found: dict[str | int, int] = {}
    left, rest = (1 << size) - 1, sum(weights)
    for value, weight in zip(values, weights, strict=True):
        last = value == values[-1]
        found[value] = left if last else left & _bernoulli(weight / rest, size, chance)
        left ^= found[value]
        rest -= weight
    return found


def _bernoulli(likely: float, size: int, chance: random.Random) -> int:
    """Each of so many bits, set with a probability: a random bit for each binary digit of it, the last digit first."""
    if not size:
        return 0
    digits, mask = min(max(round(likely * (1 << _DIGITS)), 0), 1 << _DIGITS), 0
    if digits == 1 << _DIGITS:
        return (1 << size) - 1
    for place in range(_DIGITS):
        drawn = chance.getrandbits(size)
        mask = mask | drawn if digits >> place & 1 else mask & drawn
    return mask
