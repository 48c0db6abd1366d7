"""Counts in what staff and authors read. They work in English: nothing here is looked up in a catalogue, and nothing is
extracted for translators. What a patient may read passes `language.ngettext`.
"""

from __future__ import annotations


def plural(one: str, many: str, count: int) -> str:
    """The sentence that fits a count, which is still to be put in: `plural("{n} call", "{n} calls", n).format(n=n)`."""
    return one if count == 1 else many


def counted(count: int, noun: str) -> str:
    """A count with its noun, which takes an s: "1 call", "3 calls"."""
    return f"{count} {plural(noun, f'{noun}s', count)}"
