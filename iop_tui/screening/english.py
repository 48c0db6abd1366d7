"""Plurals in texts for staff and authors, who work in English: nothing here is translated or extracted. Texts that a
patient may read use `language.ngettext`.
"""

from __future__ import annotations


def plural(one: str, many: str, count: int) -> str:
    """The sentence for a count, which the caller inserts: `plural("{n} call", "{n} calls", n).format(n=n)`."""
    return one if count == 1 else many


def counted(count: int, noun: str) -> str:
    """A count with a regular noun: "1 call", "3 calls"."""
    return f"{count} {plural(noun, f'{noun}s', count)}"
