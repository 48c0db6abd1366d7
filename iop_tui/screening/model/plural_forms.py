"""Plural forms: `Plural-Forms` in the header of a PO file.

A language has one to six forms. The form for a count is a C expression in `n`, "nplurals=2; plural=n != 1;" in Spanish.
The standard library's gettext compiles it, and accepts nothing but numbers, `n` and operators.
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
    """The number of forms, and the C expression that selects one for a count. The defaults are English."""

    forms: int = 2
    expression: str = "n != 1"

    def form(self, count: int) -> int:
        """The form's number for a count, from 0. Raises ValueError if there is none."""
        try:
            form = _compiled(self.expression)(count)
        except ArithmeticError as failure:
            raise ValueError(f"with n={count}: {failure}") from None
        if not 0 <= form < self.forms:
            raise ValueError(f"with n={count} it is {form}, and the forms are 0 to {self.forms - 1}")
        return form

    def uses(self) -> Mapping[int, int]:
        """Form -> how many counts from 0 to 1,000 use it. Raises ValueError if a count has no form."""
        counted = dict.fromkeys(range(self.forms), 0)
        for count in range(_TRIED + 1):
            counted[self.form(count)] += 1
        return counted


class Counted(Struct, frozen=True):
    """The plural sentences of one catalogue: context and text -> its forms."""

    rule: Rule = Rule()
    forms: Mapping[tuple[str, str], tuple[str, ...]] = {}

    def sentence(self, text: str, count: int, context: str = "") -> str | None:
        """The form for a count; None if there is none."""
        forms = self.forms.get((context, text))
        if forms is None:
            return None
        try:
            return forms[self.rule.form(count)]
        except (ValueError, IndexError):
            return None


def read(said: str) -> Rule:
    """The rule that `Plural-Forms` gives; English if it is empty. Raises ValueError for an invalid rule."""
    found = _HEAD.fullmatch(said)
    if said and found is None:
        raise ValueError("it is not of the form 'nplurals=2; plural=n != 1;'")
    return Rule(int(found[1]), found[2]) if found else Rule()


@functools.lru_cache(maxsize=16)
def _compiled(expression: str) -> Callable[[int], int]:
    # Imported only for counts in another language.
    import gettext

    return gettext.c2py(expression)
