"""The result as a few short lines: what a code for a phone's camera carries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from iop_tui.result.model import Result
from iop_tui.result.sentences import step_title
from iop_tui.review.sentences import review_line
from iop_tui.screening.assessment.call_sentences import ended
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.content import CrisisPage, PhoneLine
from iop_tui.site.settings import Site
from iop_tui.takeaway.printed_page import typed

_FOREMOST = 4
"""The lines that a longer way to say the first may not push out: the level, the first step, danger, where help is."""


class _Brevity(Struct, frozen=True):
    """The brevity of the most urgent lines: how each is reached, and whether a word before it says what it is for."""

    reached: Callable[[PhoneLine], str]
    named: bool = True


def essentials(result: Result, site: Site, room: int) -> str:
    """At most `room` bytes of UTF-8: whole lines, the most important first.

    106 bytes hold the minimum in English; in a language that needs more, the most urgent lines are shortened. With less
    room than its first line needs, only that line is returned. A kind of care is never named without "Not a diagnosis"
    beside it.
    """
    ways = [
        [_fitting(list(_lines(result, site, head, brief)), room) for head in _heads(result)]
        for brief in (_Brevity(_whole), _Brevity(_first_ways), _Brevity(_number), _Brevity(_number, named=False))
    ]

    def keeps(most: int) -> Callable[[dict[int, str]], list[bool]]:
        return lambda way: [_size(way) <= room, *(place in way for place in range(most))]

    # Of those that fit, and keep what matters most, the longest. How a line is reached is shortened for danger alone.
    best = max((max(heads, key=keeps(_FOREMOST)) for heads in ways), key=keeps(2 if result.level is None else 3))
    return "\n".join(best.values())


def _fitting(lines: list[str], room: int) -> dict[int, str]:
    """The lines that fit, each at its place; the first in any case."""
    kept: dict[int, str] = {}
    free = room + 1
    for place, line in enumerate(" ".join(typed(line).split()) for line in lines):
        size = len(line.encode()) + 1
        if line not in kept.values() and (size <= free or not kept):
            kept[place] = line
            free -= size
    return kept


def _size(way: dict[int, str]) -> int:
    return len("\n".join(way.values()).encode())


def _heads(result: Result) -> list[str]:
    """Ways to say what comes first, the longest first."""
    if result.level is None:
        return [_("Not a diagnosis.")]
    if not result.settled:
        return [
            _("We can't tell yet which care fits. Not a diagnosis."),
            _("Ask a professional. Not a diagnosis."),
        ]
    care = result.screening.levels[result.level]
    headline = _("Care to ask about: {level}").format(level=care.name)
    heads = [_("{headline} Not a diagnosis.").format(headline=ended(headline))]
    level = care.short
    return [
        *heads,
        _("Ask first: {level}. Not a diagnosis.").format(level=level),
        _("First: {level}. Not a diagnosis.").format(level=level),
    ]


def _whole(line: PhoneLine) -> str:
    return line.reach


def _first_ways(line: PhoneLine) -> str:
    """The ways to reach a line but the last of several: "Call 988" of "Call 988, or text HELP"."""
    return line.reach.rpartition(",")[0] or line.reach


def _number(line: PhoneLine) -> str:
    """Only the number to call, where its purpose is clear: in danger, or after what it is for."""
    return line.number or line.reach


def _lines(result: Result, site: Site, head: str, brief: _Brevity) -> Iterator[str]:
    """All lines, the most important first."""
    pages, urgent = result.pages, result.urgent_lines
    reach = " ".join(ended(brief.reached(line)) for line in urgent[:2])
    if result.level is None:
        yield _("Get help now. {reach}").format(reach=reach)
        yield head
    else:
        yield from (_("Help: {reach}").format(reach=reach), head) if pages else (head,)
        yield from (ended(title) for title in _before_all(result)[:1])
        if not pages:
            yield _("Danger? {reach}").format(reach=reach) if brief.named else reach
    yield from _titles(pages, actions=result.level is None)
    finding = _helplines(result)
    yield from (_("Find care: {reach}").format(reach=ended(_number(line))) for line in finding)
    yield from (ended(step_title(result, step)) for step in result.steps)
    near = [f"{line.name}: {ended(line.reach)}" for line in site.phones[:1]]
    if site.clinic or near:
        yield " ".join([*([ended(site.clinic)] if site.clinic else []), *near])
    yield from (reason.text for reason in result.reasons if reason.level == result.level)
    yield from (tip.text for tip in result.tips)
    more = (line for line in (*result.page_lines, *result.lines) if line not in (*urgent, *finding))
    yield from (f"{line.name}: {ended(line.reach)}" for line in more)
    yield review_line(result.screening)


def _titles(pages: Sequence[CrisisPage], *, actions: bool) -> Iterator[str]:
    """The titles of the crisis pages; with nothing else, what to do, too."""
    for page in pages:
        yield ended(page.title)
        yield from page.do if actions else ()


def _before_all(result: Result) -> list[str]:
    """What surely comes before any program: first what covers others, such as the medical check."""
    return [step.title for step in sorted((s for s in result.steps if s.sure), key=lambda step: not step.covers)]


def _helplines(result: Result) -> tuple[PhoneLine, ...]:
    """The lines that help to find care."""
    return tuple(line for line in result.lines if line.role == "helpline")
