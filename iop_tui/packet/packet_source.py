"""What a packet is made from, and the numbers by which its parts refer to each other."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from msgspec import Struct

from iop_tui.screening.authoring.evidence import Basis
from iop_tui.screening.engine.third_person import proxy_wording
from iop_tui.screening.model.condition import named
from iop_tui.screening.model.definition import Need, Screening

_ADDRESS = re.compile(r"https?://[^\s<>|`\\]*[^\s<>|`\\.,;:)]")


class Translation(Struct, frozen=True):
    """The state of a language: how many of the texts have a translation that can be shown."""

    code: str
    name: str
    translated: int
    of: int
    problems: tuple[str, ...] = ()


class Promised(Struct, frozen=True):
    """What was proved of one kind of promise: how many of how many; `open` are those broken or not proved."""

    promise: str
    proved: int
    of: int
    open: tuple[str, ...] = ()


class Agreed(Struct, frozen=True):
    """How the rules agree with one set of published cases, by one rater; counts."""

    rater: str
    cases: str
    of: int
    exact: int
    within_one: int
    less: int
    more: int


class Figures(Struct, frozen=True):
    """The figures of the validation: agreement, alarms in a sentence each, limits."""

    agreed: tuple[Agreed, ...]
    alarms: tuple[str, ...]
    limits: tuple[str, ...]


class _Named(Protocol):
    @property
    def id(self) -> str: ...


class _Sourced(Protocol):
    @property
    def source(self) -> str | None: ...


class PacketSource(Struct, frozen=True, dict=True, eq=False):
    """The screening and what is known of it. `told` is the same screening in the language asked for, if any. `proved`
    is None without a solver; `figures` is None where there are none, and `why_no_figures` says why.
    """

    screening: Screening
    day: datetime.date
    basis: Basis | None = None
    told: Screening | None = None
    people: int = 0
    """How many example people there are."""
    proved: tuple[Promised, ...] | None = None
    figures: Figures | None = None
    why_no_figures: str = ""
    translations: tuple[Translation, ...] = ()
    reviewed: tuple[str, ...] = ()
    """Who has reviewed it so far, in sentences; the first is that of the first page."""

    @functools.cached_property
    def numbers(self) -> Mapping[str, str]:
        """The number of each thing in the packet, by its subject: `need.no_sleep` is R12."""
        screening = self.screening
        every: tuple[tuple[str, str, Iterable[_Named]], ...] = (
            ("question", "Q", screening.questions),
            ("alarm", "A", screening.alarms),
            ("need", "R", by_level(screening)),
            ("cannot_tell", "L", screening.care.cannot_tell),
            ("fit", "F", screening.fits),
            ("page", "C", screening.help.pages),
            ("line", "P", screening.help.lines),
            ("step", "S", screening.care.first_steps),
            ("advice", "T", screening.care.advice),
            ("notice", "N", screening.manifest.notices),
        )
        return {
            f"{kind}.{thing.id}": f"{letter}{number}"
            for kind, letter, things in every
            for number, thing in enumerate(things, 1)
        }

    @functools.cached_property
    def proxy(self) -> Screening:
        """The screening as whoever answers for someone else reads it."""
        return proxy_wording(self.screening)

    def number(self, kind: str, name: str) -> str:
        """The number of one thing. Raises KeyError."""
        return self.numbers[f"{kind}.{name}"]

    @functools.cached_property
    def uses(self) -> Mapping[str, tuple[str, ...]]:
        """The numbers of the rules that name each question, by its id."""
        found: dict[str, list[str]] = {}
        for kind, rules in (
            ("alarm", self.screening.alarms),
            ("need", by_level(self.screening)),
            ("fit", self.screening.fits),
        ):
            for rule in rules:
                for question in dict.fromkeys(named(rule.when)):
                    found.setdefault(question, []).append(self.number(kind, rule.id))
        return {question: tuple(numbers) for question, numbers in found.items()}

    @functools.cached_property
    def addresses(self) -> tuple[str, ...]:
        """The web addresses in all sources of the packet, once each, in the order of the files."""
        screening, care = self.screening, self.screening.care
        things: tuple[Iterable[_Sourced], ...] = (
            *(rules for section in screening.sections for rules in (section.alarms, section.needs, section.fits)),
            *(care.cannot_tell, care.levels, care.compare, care.first_steps, care.advice),
            screening.help.lines,
        )
        texts = (thing.source or "" for each in things for thing in each)
        return tuple(dict.fromkeys(address for text in texts for address in _ADDRESS.findall(text)))

    @functools.cached_property
    def _cited(self) -> Mapping[str, str]:
        return {address: f"[{number}]" for number, address in enumerate(self.addresses, 1)}

    def cited(self, text: str) -> str:
        """A source with the numbers of its addresses in their place."""
        return _ADDRESS.sub(lambda found: self._cited.get(found.group(), found.group()), text)


def by_level(screening: Screening) -> tuple[Need, ...]:
    """The needs, those for the most care first, those for a first step alone last; in each level our own readings come
    first.
    """
    return tuple(sorted(screening.needs, key=lambda need: (-screening.rank(need.at_least), not need.own_reading)))
