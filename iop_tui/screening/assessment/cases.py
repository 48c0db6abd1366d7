"""Example people: answers, and the result that each must get. Tests that a clinician can read and write."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import yaml
from msgspec import Struct
from msgspec.structs import replace

from iop_tui.screening.assessment.answer_file import read_answers
from iop_tui.screening.assessment.assess import Assessment, assess
from iop_tui.screening.format import yaml_nodes
from iop_tui.screening.format.decode import Decoder
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import NO_LEVEL, Id, SourceLocation, Text
from iop_tui.screening.problems import Problem, Report, suggestion

_MEANT = (".yaml", ".yml", "")


UNWRITTEN = "Write in two or three sentences who this is."
"""The story of a proposed person: it shows that nobody has reviewed the result yet."""


class Expected(Struct, frozen=True):
    """The result that an example person must get. None: this part is not compared."""

    level: Id
    where: SourceLocation
    could_be: tuple[Id, ...] | None = None
    cannot_tell: bool = False
    """Whether too much is open to name a level to ask about first."""
    alarms: tuple[Id, ...] = ()
    first_steps: tuple[Id, ...] = ()
    possible_steps: tuple[Id, ...] | None = None
    reasons: tuple[Id, ...] | None = None
    fits: tuple[Id, ...] | None = None


class Case(Struct, frozen=True):
    """One example person. `answers` are their own, over those that the file calls `usual`.

    Each entry of `same_for` in the file makes another Case: the same person with some other answers, who must get the
    same result.
    """

    id: Id
    story: Text
    answers: Mapping[str, Answer]
    expect: Expected
    where: SourceLocation
    usual: Mapping[str, Answer] = {}  # msgspec copies an empty default
    own: Mapping[str, SourceLocation] = {}
    """The location of each of the person's own answers; for one of `same_for`, of each given there."""
    variant: bool = False
    """Whether this is one of the people in `same_for`; `where` is then their own location."""


def load_cases(directory: Path, screening: Screening, report: Report) -> tuple[Case, ...]:
    """The example people in a directory's `cases/`; those that cannot be decoded are reported and left out."""
    cases: list[Case] = []
    taken: dict[str, SourceLocation] = {}
    for path in _files(directory / "cases", report):
        for case in _file(path, screening, report):
            if case.id in taken and not case.variant:
                report.add(case.where, f"case {case.id!r}: the name is already taken ({taken[case.id]})")
            taken.setdefault(case.id, case.where)
            cases.append(case)
    return tuple(cases)


def _files(folder: Path, report: Report) -> list[Path]:
    """The files of example people in a folder, without hidden files and editors' backups."""
    try:
        there = sorted(path for path in folder.iterdir() if not path.name.startswith(".") and path.name[-1] not in "~#")
        # A file with such a name is meant to be read. A README.md or a picture is no example person.
        others = [path for path in there if path.suffix.lower() in _MEANT and path.suffix != ".yaml" and path.is_file()]
    except FileNotFoundError:
        return []
    except OSError as failure:
        report.add(SourceLocation(str(folder), 1), f"the example people cannot be read: {failure.strerror or failure}")
        return []
    for path in others:
        report.add(SourceLocation(str(path), 1), f"this file is not read: name it {path.stem}.yaml")
    return [path for path in there if path.suffix == ".yaml"]


def run_case(case: Case, screening: Screening, got: Assessment | None = None) -> tuple[Problem, ...]:
    """The differences between a person's result and the expected one. `got` is the result, if it is known already."""
    got = got or assess(screening, case.answers, in_full=False)
    return tuple(
        Problem(
            case.where.file,
            case.expect.where.line,
            f"case {case.id!r}: {part} should be {_list(want)}, and is {_list(have)}",
            "case-result",
        )
        for part, want, have in _compared(case.expect, got)
        if list(want) != list(have)
    )


def _compared(expect: Expected, got: Assessment) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    level = got.level or NO_LEVEL
    default = () if expect.level == NO_LEVEL else (expect.level,)
    yield "level", (expect.level,), (level,)
    yield "could_be", default if expect.could_be is None else expect.could_be, got.could_be
    yield "cannot_tell", [_yes(expect.cannot_tell)], [_yes(bool(got.cannot_tell))]
    yield "alarms", sorted(expect.alarms), sorted(raised.alarm.id for raised in got.alarms)
    yield "first_steps", sorted(expect.first_steps), sorted(got.first_steps)
    if expect.possible_steps is not None:
        yield "possible_steps", sorted(expect.possible_steps), sorted(got.possible_steps)
    if expect.reasons is not None:
        yield "reasons", sorted(expect.reasons), sorted(reason.need.id for reason in got.reasons)
    if expect.fits is not None:
        yield "fits", sorted(expect.fits), sorted(fitting.fit.id for fitting in got.fits)


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _list(words: Iterable[str]) -> str:
    return ", ".join(words) or "none"


def _file(path: Path, screening: Screening, report: Report) -> Iterator[Case]:
    file = str(path)
    node, _ = yaml_nodes.read(path, file, report)
    if node is None:
        return
    top = _pairs(node, ("usual", "cases"), (), file, file, report)
    before = len(report.problems)
    usual = read_answers(top["usual"], file, "usual", screening, report) if "usual" in top else {}
    # One wrong word would change the result of everybody here: it would be reported again and again.
    sound = len(report.problems) == before
    people = top.get("cases")
    if not isinstance(people, yaml.SequenceNode):
        report.add(yaml_nodes.where(people or node, file), "'cases' should be a list of example people")
        return
    for person in people.value:
        read = list(_case(person, usual, file, screening, report))
        yield from read if sound else ()


def _case(
    node: yaml.Node, usual: Mapping[str, Answer], file: str, screening: Screening, report: Report
) -> Iterator[Case]:
    """An example person; then each of their variants, under the same name, with the same expected result."""
    here, needed = yaml_nodes.where(node, file), ("id", "story", "answers", "expect")
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    named = next((v.value for k, v in pairs if k.value == "id" and isinstance(v, yaml.ScalarNode) and v.value), "")
    about = f"case {named!r}" if named else "case"
    before = len(report.problems)
    parts = _pairs(node, (*needed, "same_for"), needed, file, about, report)
    if not all(key in parts for key in needed):
        return
    decoder = Decoder(file, report)
    case_id: str = decoder.value(Id, parts["id"], f"{about}: id")
    story: str = decoder.value(Text, parts["story"], f"{about}: story")
    answers = read_answers(parts["answers"], file, about, screening, report)
    expect = decoder.struct(Expected, parts["expect"], about)
    _known(expect, about, screening, report)
    if story == UNWRITTEN:
        report.add(here, f"{about}: write who this is, and whether the result is the right one for them")
    variants = _variants(parts["same_for"], file, about, screening, report) if "same_for" in parts else ()
    if len(report.problems) > before:
        return
    own = _places(parts["answers"], file)
    yield Case(case_id, story, {**usual, **answers}, expect, here, usual, own)
    for where, variant, places in variants:
        everything, must = {**usual, **answers, **variant}, replace(expect, where=where)
        yield Case(case_id, story, everything, must, where, usual, places, variant=True)


def _variants(
    node: yaml.Node, file: str, about: str, screening: Screening, report: Report
) -> Sequence[tuple[SourceLocation, Mapping[str, Answer], Mapping[str, SourceLocation]]]:
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        report.add(yaml_nodes.where(node, file), f"{about}: 'same_for' should be a list, each with answers that differ")
        return ()
    for part in node.value:
        if isinstance(part, yaml.MappingNode) and not part.value:
            report.add(
                yaml_nodes.where(part, file), f"{about}: an entry of 'same_for' is empty; write the answers that differ"
            )
    return [
        (yaml_nodes.where(part, file), read_answers(part, file, about, screening, report), _places(part, file))
        for part in node.value
    ]


def _places(node: yaml.Node, file: str) -> Mapping[str, SourceLocation]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return {key.value: yaml_nodes.where(key, file) for key, _ in pairs}


def _pairs(
    node: yaml.Node, keys: tuple[str, ...], needed: tuple[str, ...], file: str, about: str, report: Report
) -> dict[str, yaml.Node]:
    here = yaml_nodes.where(node, file)
    if not isinstance(node, yaml.MappingNode):
        report.add(here, f"{about}: should be keys and values: {', '.join(keys)}")
        return {}
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        found[key.value] = value
        if key.value not in keys:
            report.add(yaml_nodes.where(key, file), f"{about}: unknown key {key.value!r}{suggestion(key.value, keys)}")
    for missing in [key for key in needed if key not in found]:
        report.add(here, f"{about}: the key {missing!r} is missing")
    return found


def _known(expect: Expected, about: str, screening: Screening, report: Report) -> None:
    """Every name in `expect` exists."""
    there = _names(screening)
    named: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("level", "level or none", (expect.level,)),
        ("level", "level", expect.could_be or ()),
        ("alarm", "alarm", expect.alarms),
        ("first step", "first step", expect.first_steps),
        ("first step", "first step", expect.possible_steps or ()),
        ("need", "need", expect.reasons or ()),
        ("fit", "fit", expect.fits or ()),
    )
    for noun, kind, names in named:
        for name in names:
            if name and name not in there[kind]:
                report.add(expect.where, f"{about}: there is no {noun} {name!r}{suggestion(name, there[kind])}")


@functools.lru_cache(maxsize=4)
def _names(screening: Screening) -> Mapping[str, Mapping[str, None]]:
    """The names that can be expected, by kind, in the order of the files."""
    levels = list(screening.levels)
    return {
        "level": dict.fromkeys(levels),
        "level or none": dict.fromkeys([*levels, NO_LEVEL]),
        "alarm": dict.fromkeys(alarm.id for alarm in screening.alarms),
        "first step": dict.fromkeys(screening.first_steps),
        "need": dict.fromkeys(need.id for need in screening.needs),
        "fit": dict.fromkeys(fit.id for fit in screening.fits),
    }
