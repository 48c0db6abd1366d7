"""Names that lead back to themselves: the rings among things of which each names some others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def rings(names: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Rings: each leads from its first name on, every one naming the next, and its last names its first.

    They come in the order of the mapping. Where the last of each ring does not name the first any more, no ring is
    left; so they are not all that there are, which can be beyond number. Names of nothing are passed over.
    """
    done: set[str] = set()
    for start in names:
        # The way that leads here, with what each on it names and was not looked at yet.
        way: dict[str, Iterator[str]] = {} if start in done else {start: iter(names[start])}
        while way:
            here = next(reversed(way))
            other = next(way[here], None)
            if other is None:
                done.add(here)
                del way[here]
            elif other in way:
                on_it = list(way)
                yield tuple(on_it[on_it.index(other) :])
            elif other in names and other not in done:
                way[other] = iter(names[other])
