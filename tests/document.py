"""What stands in a document, for tests of those who render it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec


def texts(thing: object) -> Iterator[str]:
    """All texts of a block, or of a part of one; no id, and nothing that is the same in fewer words."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from texts(part)
    elif isinstance(thing, msgspec.Struct):
        for name in thing.__struct_fields__:
            if name not in ("id", "tone", "short"):
                yield from texts(getattr(thing, name))
