"""Cycles among named things that name others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def rings(names: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Cycles: each begins with its first name, every name names the next, and the last names the first.

    They come in the order of the mapping. Without the references from last to first no cycle is left; so not all are
    listed, which could be too many. Unknown names are ignored.
    """
    done: set[str] = set()
    for start in names:
        # The path that leads here, with the unvisited names of each on it.
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
