"""Example people: answers, and the result that each must get. Tests that a clinician can read and write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import yaml
from msgspec import Struct

from iop_tui.screening import yamlfile
from iop_tui.screening.answerfile import read_answers
from iop_tui.screening.answers import Answer
from iop_tui.screening.assess import Assessment, assess
from iop_tui.screening.decode import Decoder
from iop_tui.screening.kinds import Id, Level, Text, Where
from iop_tui.screening.model import Screening
from iop_tui.screening.problems import Problem, Report, suggestion


class Expected(Struct, frozen=True):
    """The result that an example person must get. None: this part is not compared."""

    level: Id
    where: Where
    could_be: tuple[Id, ...] | None = None
    alarms: tuple[Id, ...] = ()
    first_steps: tuple[Id, ...] = ()
    possible_steps: tuple[Id, ...] | None = None
    reasons: tuple[Id, ...] | None = None
    fits: tuple[Id, ...] | None = None


class Case(Struct, frozen=True):
    """One example person."""

    id: Id
    story: Text
    answers: Mapping[str, Answer]
    expect: Expected
    where: Where


def load_cases(directory: Path, screening: Screening, report: Report) -> tuple[Case, ...]:
    """The example people in a directory's `cases/`; what cannot be read is noted and left out."""
    cases: list[Case] = []
    taken: dict[str, Where] = {}
    for path in _files(directory / "cases", report):
        for case in _file(path, screening, report):
            if case.id in taken:
                report.add(case.where, f"case {case.id!r}: the name is already taken ({taken[case.id]})")
            taken[case.id] = case.where
            cases.append(case)
    return tuple(cases)


def _files(folder: Path, report: Report) -> list[Path]:
    """The files of example people in a folder, hidden ones and the backups of editors left out."""
    try:
        there = sorted(path for path in folder.iterdir() if not path.name.startswith(".") and path.name[-1] not in "~#")
        others = [path for path in there if path.suffix != ".yaml" and path.is_file()]
    except FileNotFoundError:
        return []
    except OSError as failure:
        report.add(Where(str(folder), 1), f"the example people cannot be read: {failure.strerror or failure}")
        return []
    for path in others:
        report.add(Where(str(path), 1), f"this file is not read: name it {path.name.split('.')[0]}.yaml")
    return [path for path in there if path.suffix == ".yaml"]


def run_case(case: Case, screening: Screening) -> tuple[Problem, ...]:
    """What differs between the result a person gets and the one they must get."""
    got = assess(screening, case.answers)
    return tuple(
        Problem(
            case.where.file,
            case.expect.where.line,
            f"case {case.id!r}: {part} should be {_list(want)}, and is {_list(have)}",
        )
        for part, want, have in _compared(case.expect, got)
        if list(want) != list(have)
    )


def _compared(expect: Expected, got: Assessment) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    level = got.level.value if got.level else "none"
    default = () if expect.level == "none" else (expect.level,)
    yield "level", (expect.level,), (level,)
    yield "could_be", default if expect.could_be is None else expect.could_be, [level.value for level in got.could_be]
    yield "alarms", sorted(expect.alarms), sorted(raised.alarm.id for raised in got.alarms)
    yield "first_steps", sorted(expect.first_steps), sorted(got.first_steps)
    if expect.possible_steps is not None:
        yield "possible_steps", sorted(expect.possible_steps), sorted(got.possible_steps)
    if expect.reasons is not None:
        yield "reasons", sorted(expect.reasons), sorted(reason.need.id for reason in got.reasons)
    if expect.fits is not None:
        yield "fits", sorted(expect.fits), sorted(fitting.fit.id for fitting in got.fits)


def _list(words: Iterable[str]) -> str:
    return ", ".join(words) or "none"


def _file(path: Path, screening: Screening, report: Report) -> Iterator[Case]:
    file = str(path)
    node, _ = yamlfile.read(path, file, report)
    if node is None:
        return
    top = _pairs(node, ("usual", "cases"), (), file, file, report)
    usual = read_answers(top["usual"], file, "usual", screening, report) if "usual" in top else {}
    people = top.get("cases")
    if not isinstance(people, yaml.SequenceNode):
        report.add(yamlfile.where(people or node, file), "'cases' should be a list of example people")
        return
    for person in people.value:
        case = _case(person, usual, file, screening, report)
        if case is not None:
            yield case


def _case(node: yaml.Node, usual: Mapping[str, Answer], file: str, screening: Screening, report: Report) -> Case | None:
    here, keys = yamlfile.where(node, file), ("id", "story", "answers", "expect")
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    named = next((v.value for k, v in pairs if k.value == "id" and isinstance(v, yaml.ScalarNode) and v.value), "")
    about = f"case {named!r}" if named else "case"
    before = len(report.problems)
    parts = _pairs(node, keys, keys, file, about, report)
    if not all(key in parts for key in keys):
        return None
    decoder = Decoder(file, report)
    case_id: str = decoder.value(Id, parts["id"], f"{about}: id")
    story: str = decoder.value(Text, parts["story"], f"{about}: story")
    answers = read_answers(parts["answers"], file, about, screening, report)
    expect = decoder.struct(Expected, parts["expect"], about)
    _known(expect, about, screening, report)
    if len(report.problems) > before:
        return None
    return Case(
        id=case_id,
        story=story,
        answers={**usual, **answers},
        expect=expect,
        where=here,
    )


def _pairs(
    node: yaml.Node, keys: tuple[str, ...], needed: tuple[str, ...], file: str, about: str, report: Report
) -> dict[str, yaml.Node]:
    here = yamlfile.where(node, file)
    if not isinstance(node, yaml.MappingNode):
        report.add(here, f"{about}: should be keys and values: {', '.join(keys)}")
        return {}
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        found[key.value] = value
        if key.value not in keys:
            report.add(yamlfile.where(key, file), f"{about}: unknown key {key.value!r}{suggestion(key.value, keys)}")
    for missing in [key for key in needed if key not in found]:
        report.add(here, f"{about}: the key {missing!r} is missing")
    return found


def _known(expect: Expected, about: str, screening: Screening, report: Report) -> None:
    """Every name in `expect` exists."""
    levels = [level.value for level in Level]
    named: tuple[tuple[str, Iterable[str], list[str]], ...] = (
        ("level", (expect.level,), [*levels, "none"]),
        ("level", expect.could_be or (), levels),
        ("alarm", expect.alarms, [alarm.id for alarm in screening.alarms]),
        ("first step", expect.first_steps, list(screening.first_steps)),
        ("first step", expect.possible_steps or (), list(screening.first_steps)),
        ("need", expect.reasons or (), [need.id for need in screening.needs]),
        ("fit", expect.fits or (), [fit.id for fit in screening.fits]),
    )
    for noun, names, choices in named:
        for name in names:
            if name and name not in choices:
                report.add(expect.where, f"{about}: there is no {noun} {name!r}{suggestion(name, choices)}")
