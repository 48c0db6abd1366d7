"""How far an interview has come, and how many questions can still be asked."""

from __future__ import annotations

from msgspec import Struct


class Progress(Struct, frozen=True):
    """The title of the current section, and the share of questions passed (0.0 to 1.0): of those up to the result, or
    of those after it.
    """

    title: str
    done: float


class Left(Struct, frozen=True):
    """The number of questions still to come, the current one included: at least, and at most."""

    least: int
    most: int

    @property
    def likely(self) -> int:
        """An estimate between the two: most questions that depend on other answers are not asked of most people. Over
        all example people of the shipped screening it is 1.6 questions off on average.
        """
        return self.least + round((self.most - self.least) * _OF_OPEN)


_OF_OPEN = 0.12
"""The share of the undecided questions that the estimate counts."""
