"""Loops that fail with a sentence instead of going round for ever: a test that hangs says nothing of what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

MOST = 500
"""Far more rounds than any loop of a test needs: the shipped screening has fewer questions, and a page fewer lines."""


def rounds(wanted: str, most: int = MOST) -> Iterator[int]:
    """The numbers of the rounds of a loop, from 0. The loop is left by `break` or `return` once what is `wanted` is
    there; where it is not after `most` rounds, AssertionError is raised.
    """
    yield from range(most)
    raise AssertionError(f"wanted, and not there after {most} rounds: {wanted}")
