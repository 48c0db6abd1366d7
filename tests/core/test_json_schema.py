"""The JSON Schemas: made from the model, and true of all that ships."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from iop_tui.commands import schema
from iop_tui.screening.authoring.json_schema import schemas
from iop_tui.screening.shipped import shipped

SCHEMAS = schemas()
SHIPPED = sorted(shipped().glob("**/*.yaml"))


class _Editor(yaml.CSafeLoader):
    """YAML 1.2 as an editor reads it: numbers, true and false; `no` and dates are text."""


_Editor.yaml_implicit_resolvers = {}
_Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Editor.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
_Editor.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[0-9]+\.[0-9]+$"), list("0123456789"))


def kind_of(path: Path) -> str:
    if path.parent.name == "cases":
        return "cases"
    return path.stem if path.stem in SCHEMAS else "section"


def refusals(kind: str, text: str) -> list[str]:
    """What the schema says against a text, as an editor reads it and as the program does."""
    validator = jsonschema.Draft202012Validator(SCHEMAS[kind])
    readings: list[Any] = [yaml.load(text, _Editor), yaml.load(text, yaml.CBaseLoader)]  # noqa: S506  # the first knows only plain values, the second only text
    return [error.message for reading in readings for error in validator.iter_errors(reading)]


@pytest.mark.parametrize("name", schema.files())
def test_the_schemas_that_ship_are_those_of_the_model(name: str) -> None:
    shipped_text = (shipped() / "schema" / name).read_text(encoding="utf-8")
    assert shipped_text == schema.files()[name], "renew them: iop-tui schema questions"


@pytest.mark.parametrize("kind", SCHEMAS)
def test_each_is_a_schema(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[kind])


def test_what_ships_is_taken() -> None:
    refused = {path.name: said for path in SHIPPED if (said := refusals(kind_of(path), path.read_text()))}
    assert refused == {}


def test_each_file_names_its_schema_first() -> None:
    wrong = {}
    for path in SHIPPED:
        found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", path.read_text().splitlines()[0])
        named = (path.parent / found[1]).resolve() if found else None
        if named != (shipped() / "schema" / f"{kind_of(path)}.schema.json").resolve():
            wrong[path.name] = named
    assert wrong == {}


SECTION = """
id: a
title: A
questions:
  - id: mood
    ask: How is your mood?
    why: We want to know.
    options:
      - good: Good
      - {id: bad, text: Bad, weight: 2, alone: true}
needs:
  - {id: low, at_least: iop, when: {all: [{mood: bad}, {not: {mood: [good]}}]}, because: It is low., source: 2024}
"""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("ask: How", "aks: How"),
        ("weight: 2", "wieght: 2"),
        ("weight: 2", "weight: 200"),
        ("weight: 2", "weight: two"),
        ("at_least: iop", "at_least: I O P"),
        ("- good: Good", "- Good: Good"),
        ("- good: Good", "- good: Good\n        better: Better"),
        ("alone: true", "alone: maybe"),
        ("{mood: bad},", "{mood: bad, worry: bad},"),
        ("all: [", "al: ["),
        ("because: It is low., ", ""),
        ("source: 2024", "source: [2024]"),
        ("why: We want to know.", "why: ''"),
    ],
)
def test_what_is_misspelt_or_missing_is_refused(right: str, wrong: str) -> None:
    assert refusals("section", SECTION) == []
    assert right in SECTION
    assert refusals("section", SECTION.replace(right, wrong)) != []


@pytest.mark.parametrize(
    "condition",
    [
        "{drinks: {at_least: 8}}",
        "{at_least: 2, of: [{mood: bad}, {mood: good}]}",
        "{score: [mood, worry], at_least: 3}",
        "{any: [{not: {all: [{mood: bad}]}}]}",
        "{mood: [bad, good]}",
    ],
)
def test_every_form_of_condition_is_taken(condition: str) -> None:
    assert refusals("section", SECTION.replace("{mood: bad}", condition)) == []


def test_a_long_text_that_says_it_in_two_ways_is_taken_and_a_long_one_by_itself_is_not() -> None:
    both = "{" + "a" * 200 + "|" + "b" * 200 + "}"
    assert refusals("section", SECTION.replace("We want to know.", f'"{both}"')) == []
    assert refusals("section", SECTION.replace("We want to know.", "a" * 301)) != []


def test_a_case_may_expect_no_level_and_a_misspelt_key_is_refused() -> None:
    text = (
        "cases:\n  - {id: a, story: S., answers: {mood: bad, n: 3}, same_for: [{mood: good}], expect: {level: none}}\n"
    )
    assert refusals("cases", text) == []
    assert refusals("cases", text.replace("story", "stroy")) != []
    assert refusals("cases", text.replace("level: none", "level: N I N E")) != []


def test_what_an_editor_shows_is_told() -> None:
    told = json.dumps(SCHEMAS["section"])
    assert "A red flag" in told
    assert "Text that addresses the person" in told
