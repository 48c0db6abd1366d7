"""Answer sheets by chance, the same ones for the same seed: of people near an example person, of anybody, of those who
leave much open.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

from iop_tui.screening.model.answers import Answer, Known, Unknown
from iop_tui.screening.model.definition import Question, Screening

Sheet = Mapping[str, Answer]
_CHANGES = 8
"""Answers in which one differs from an example person, at most."""
_TICKS = 3
"""Options that are ticked at once, at most, but for one of a hundred people who ticks all."""


def random_sheets(screening: Screening, people: Sequence[Sheet], count: int, seed: int) -> Iterator[Sheet]:
    """So many sheets."""
    chance = random.Random(seed)  # noqa: S311  # the same sheets in every run, not a secret
    for number in range(count):
        kind = number % 4
        sheet: dict[str, Answer]
        if kind == 3:
            sheet = {question.id: random_answer(question, chance) for question in screening.questions}
            open_part = chance.choice((0.0, 0.1, 0.5))
        else:
            sheet = dict(chance.choice(people))
            for question in chance.sample(screening.questions, chance.randint(1, _CHANGES)):
                sheet[question.id] = random_answer(question, chance)
            open_part = (0.0, 0.05, 0.4)[kind]
        for name in list(sheet):
            if chance.random() < open_part:
                how = chance.choice((*Unknown, None))
                if how is None:
                    del sheet[name]
                else:
                    sheet[name] = how
        yield sheet


def random_answer(question: Question, chance: random.Random) -> Known:
    """An answer by chance: half of the time the option that stands alone, where there is one."""
    if question.kind == "number":
        return chance.randint(question.lowest or 0, question.highest or 0)
    if question.kind == "one":
        return chance.choice(question.options).id
    free = [option.id for option in question.options if not option.alone]
    alone = [option.id for option in question.options if option.alone]
    if alone and chance.random() < 0.5:
        return (chance.choice(alone),)
    ticks = len(free) if chance.random() < 0.01 else chance.randint(1, min(_TICKS, len(free)))
    chosen = set(chance.sample(free, ticks))
    return tuple(name for name in free if name in chosen)
