"""Verify the audit: entries that were altered, removed or inserted, as sentences."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping, Sequence

from iop_tui.records import audit
from iop_tui.records.audit import BOOK, EarlierKey, Line


def problems(
    lines: Sequence[Line],
    keys: Mapping[str, bytes],
    past: Sequence[EarlierKey],
    versions: Mapping[str, int | None],
    head: int,
) -> Iterator[str]:
    """What is wrong. `keys` by key id, the present one last; `past` oldest first; `versions` of the calls that are
    there, None where it is damaged; `head` is how many lines the book must have.
    """
    chains: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda line: line.number):
        chains.setdefault(line.chain, []).append(line)
    order = {name: place for place, name in enumerate(keys)}
    for name, chain in sorted(chains.items()):
        yield from _chain(name, chain, keys, order)
    book = chains.get(BOOK, [])
    yield from _length(BOOK, book, head)
    for number, one in enumerate(past):
        then = [line for line in lines if order.get(line.key_id, len(order)) <= number]
        if audit.chain_ends(then) != one.sum:
            yield f"The audit from before change {number + 1} of the passphrase is not what it was then."
    yield from _calls(book, chains, versions)


def _chain(name: str, chain: Sequence[Line], keys: Mapping[str, bytes], order: Mapping[str, int]) -> Iterator[str]:
    expected, before, newest = 1, b"", 0
    for line in chain:
        if line.number > expected:
            yield f"{_named(name)}: {_span(expected, line.number - 1)} removed."
        key = keys.get(line.key_id)
        place = order.get(line.key_id, -1)
        # After a gap the entry before is unknown, so an intact entry cannot be told from an altered one.
        gap = line.number != expected
        right = key is not None and hmac.compare_digest(line.mac, audit.mac(key, line, before))
        if (not right and not gap) or place < newest:
            yield f"{_named(name)}: line {line.number} altered, or put in."
        expected, before, newest = line.number + 1, line.mac, max(newest, place)


def _length(name: str, chain: Sequence[Line], must: int) -> Iterator[str]:
    there = chain[-1].number if chain else 0
    if there < must:
        yield f"{_named(name)}: {_span(there + 1, must)} cut off."
    elif there > must:
        yield f"{_named(name)}: {_span(must + 1, there)} put in at the end."


def _calls(
    book: Sequence[Line], chains: Mapping[str, Sequence[Line]], versions: Mapping[str, int | None]
) -> Iterator[str]:
    """Compare the calls with the book."""
    begun = {line.call for line in book if line.what == audit.BEGUN}
    gone = {line.call: line.version for line in book if line.what in audit.GONE}
    seen: dict[str, int] = {}
    for line in book:
        if line.call:
            seen[line.call] = max(line.version, seen.get(line.call, 0))
    for call in sorted(begun - gone.keys() - versions.keys()):
        yield f"Call {call[:8]} was removed without a trace of who did it."
    for call in sorted(versions.keys() - begun):
        yield f"Call {call[:8]} was put in: the audit does not know of it."
    for call in sorted(versions.keys() & gone.keys()):
        yield f"Call {call[:8]} was deleted, and was put back."
    for call in sorted(chains.keys() - {BOOK} - begun):
        yield f"{_named(call)}: the book does not know of it."
    for call in sorted(begun & (versions.keys() | gone.keys())):
        must = versions[call] if call in versions else gone[call]
        if must is None:
            continue
        yield from _length(call, chains.get(call, ()), must)
        if must < seen.get(call, 0):
            yield f"Call {call[:8]} was put back to version {must}; the audit saw version {seen[call]}."


def _named(chain: str) -> str:
    return "The audit's book" if chain == BOOK else f"The audit of call {chain[:8]}"


def _span(first: int, last: int) -> str:
    if first == last:
        return f"line {first}"
    return f"lines {first} to {last}"
