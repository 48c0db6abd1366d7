"""basis.yaml: the topics that the screening must cover and where it does, what it leaves out, and its limits.

It is not shown to people who are screened. `check` tests that the places it names exist; `commands/evidence_page.py`
makes a page of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from iop_tui.screening.format import yaml_nodes
from iop_tui.screening.format.decode import Decoder
from iop_tui.screening.format.loader import is_there
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import Id, NonEmpty, SourceLocation, Text
from iop_tui.screening.problems import Report, suggestion

Place = Annotated[str, Meta(pattern=r"^[a-z]+\.[a-z][a-z0-9_]*$", max_length=80)]
"""A place in the screening: the kind of thing, a full stop, its id, such as `level.iop`."""


class Topic(Struct, frozen=True):
    """A topic that a person must be able to read about here, and the places that cover it."""

    id: Id
    text: Text
    told_in: NonEmpty[Place]
    source: Text
    where: SourceLocation


class LeftOut(Struct, frozen=True):
    """A topic that is neither asked nor covered, and why."""

    id: Id
    text: Text
    because: Text
    where: SourceLocation
    source: Text | None = None


class Basis(Struct, frozen=True):
    """basis.yaml: topics, what is left out, and the limits of the whole, a sentence each."""

    topics: tuple[Topic, ...]
    limits: NonEmpty[Text]
    where: SourceLocation
    left_out: tuple[LeftOut, ...] = ()


def load_basis(directory: Path, screening: Screening, report: Report) -> Basis | None:
    """The basis.yaml of a directory; None where there is none, or where it cannot be read. Each problem is noted."""
    path = directory / "basis.yaml"
    if not is_there(path):
        return None
    before = len(report.problems)
    node, _ = yaml_nodes.read(path, str(path), report)
    if node is None:
        return None
    basis = Decoder(str(path), report).struct(Basis, node)
    if len(report.problems) > before:
        return None
    for noun, things in (("topic", basis.topics), ("left_out", basis.left_out)):
        _once(noun, things, report)
    there = places(screening)
    for topic in basis.topics:
        for place in topic.told_in:
            if place not in there:
                hint = suggestion(place, there) if place.split(".")[0] in _kinds(there) else _kind_hint(there)
                report.add(topic.where, f"topic {topic.id!r}: there is no {place!r} to tell it in{hint}", "no-place")
    return basis if len(report.problems) == before else None


def places(screening: Screening) -> Mapping[str, str]:
    """All places, such as `term.iop`, each with its name for a reader."""
    care = screening.care
    found: dict[str, str] = {}
    found |= {f"level.{level.id}": level.name for level in care.levels}
    found |= {f"row.{row.id}": row.text for row in care.compare}
    found |= {f"step.{step.id}": step.title for step in care.first_steps}
    found |= {f"advice.{advice.id}": advice.title for advice in care.advice}
    found |= {f"term.{term.id}": term.name for term in screening.glossary.terms}
    found |= {f"question.{question.id}": question.ask for question in screening.questions}
    found |= {f"alarm.{alarm.id}": alarm.because for alarm in screening.alarms}
    found |= {f"need.{need.id}": need.because for need in screening.needs}
    found |= {f"fit.{fit.id}": fit.suggests for fit in screening.fits}
    found |= {f"page.{page.id}": page.title for page in screening.help.pages}
    found |= {f"line.{line.id}": line.name for line in screening.help.lines}
    found |= {f"notice.{notice.id}": notice.text for notice in screening.manifest.notices}
    return found


def _once(noun: str, things: Iterable[Topic | LeftOut], report: Report) -> None:
    first: dict[str, SourceLocation] = {}
    for thing in things:
        if thing.id in first:
            report.add(thing.where, f"{noun} {thing.id!r}: the name is already taken ({first[thing.id]})")
        first.setdefault(thing.id, thing.where)


def _kinds(there: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(place.split(".")[0] for place in there))


def _kind_hint(there: Mapping[str, str]) -> str:
    return f"; a place begins with one of: {', '.join(_kinds(there))}"
