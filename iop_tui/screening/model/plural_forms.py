"""Which form of a sentence a count takes: `Plural-Forms` in the head of a PO file.

A language has one to six forms. Which of them is right is a C expression in `n`, "nplurals=2; plural=n != 1;" in
Spanish. The standard library's gettext makes a function of it, and lets nothing in but numbers, `n` and operators.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping

from msgspec import Struct

_HEAD = re.compile(r"nplurals\s*=\s*(\d{1,3})\s*;\s*plural\s*=\s*([^;]+?)\s*;?")
_TRIED = 1_000
"""Counts from 0 to this one are tried, as msgfmt does."""


class Rule(Struct, frozen=True):
    """How many forms a language has, and the C expression that says which one a count takes. As it is: English."""

    forms: int = 2
    expression: str = "n != 1"

    def form(self, count: int) -> int:
        """The number of the form for a count, from 0. Raises ValueError where there is none."""
        try:
            form = _compiled(self.expression)(count)
        except ArithmeticError as failure:
            raise ValueError(f"with n={count}: {failure}") from None
        if not 0 <= form < self.forms:
            raise ValueError(f"with n={count} it is {form}, and the forms are 0 to {self.forms - 1}")
        return form

    def uses(self) -> Mapping[int, int]:
        """Form -> how many counts from 0 to 1,000 take it. Raises ValueError where one of them takes none."""
        counted = dict.fromkeys(range(self.forms), 0)
        for count in range(_TRIED + 1):
            counted[self.form(count)] += 1
        return counted


class Counted(Struct, frozen=True):
    """The sentences with a count that one catalogue has: context and text -> its forms."""

    rule: Rule = Rule()
    forms: Mapping[tuple[str, str], tuple[str, ...]] = {}

    def sentence(self, text: str, count: int, context: str = "") -> str | None:
        """The form for a count; None where there is none."""
        forms = self.forms.get((context, text))
        if forms is None:
            return None
        try:
            return forms[self.rule.form(count)]
        except (ValueError, IndexError):
            return None


def read(said: str) -> Rule:
    """The rule that `Plural-Forms` names; that of English where it is empty. Raises ValueError for other texts."""
    found = _HEAD.fullmatch(said)
    if said and found is None:
        raise ValueError("it is not of the form 'nplurals=2; plural=n != 1;'")
    return Rule(int(found[1]), found[2]) if found else Rule()


@functools.lru_cache(maxsize=16)
def _compiled(expression: str) -> Callable[[int], int]:
    # Only who is told a count in another language pays for the import.
    import gettext

    return gettext.c2py(expression)
