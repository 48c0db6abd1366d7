"""docs/forms.md lists the rules of the code, and no others."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import iop_tui.forms.importing as importing
import iop_tui.forms.reading as reading
from iop_tui.forms.fhirpath.form_outline import outline_of
from iop_tui.forms.fhirpath.not_understood import NotUnderstood
from iop_tui.forms.fhirpath.parse_expression import parse
from iop_tui.forms.importing.questions import UNASKABLE
from iop_tui.forms.model.form import Item, Option
from iop_tui.forms.model.values import Coding, Value
from iop_tui.forms.reading.rules import Rule

DOCUMENT = (Path(__file__).parents[2] / "docs" / "forms.md").read_text()
NAME = re.compile(r"[a-z]+(?:-[a-z0-9]+)+|braces")
CALLS = {"CannotSay", "Finding", "refuse", "refuse_all", "find", "check_length", "_refused", "replace"}


def listed(heading: str) -> set[str]:
    table = DOCUMENT.split(f"<!-- {heading} -->")[1].split("\n#")[0]
    rows = [line.split("|")[1] for line in table.split("\n") if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([a-z0-9-]+)`", row)}


def rules_of_the_import() -> Iterator[str]:
    """The names in calls that refuse or report."""
    yield from (rule for rule, _ in UNASKABLE.values())
    for module in Path(importing.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.Call) and (getattr(node.func, "id", "") or getattr(node.func, "attr", "")) in CALLS:
                for argument in ast.walk(node):
                    if isinstance(argument, ast.Constant) and NAME.fullmatch(str(argument.value)):
                        yield str(argument.value)


def rules_of_reading() -> Iterator[str]:
    """The names of the reader's rules; one with a blank is named for each word that fills it."""
    for module in pkgutil.iter_modules(reading.__path__):
        for thing in vars(importlib.import_module(f"{reading.__name__}.{module.name}")).values():
            several = (
                thing.values() if isinstance(thing, dict) else thing if isinstance(thing, tuple | list) else (thing,)
            )
            yield from (each.name for each in several if isinstance(each, Rule) and "{" not in each.name)


CODES = tuple(Option(Value("coding", Coding("urn:s", code)), code, Decimal(n)) for n, code in enumerate("ab"))
OUTLINE = outline_of(
    (
        Item("q1", "choice", 1, options=CODES),
        Item("q2", "integer", 1),
        Item("q3", "date", 1),
        Item("q4", "choice", 1, options=CODES, repeats=True),
    )
)


def examples(heading: str) -> list[str]:
    """The expressions of a table."""
    table = DOCUMENT.split(f"<!-- {heading} -->")[1].split("\n\n")[1]
    return [re.split(r"(?<!\\)\|", row)[1].strip(" `").replace("\\|", "|") for row in table.split("\n")[2:]]


@pytest.mark.parametrize("expression", examples("FHIRPath that is understood"))
def test_the_fhirpath_that_the_document_promises_is_understood(expression: str) -> None:
    pytest.importorskip("fhirpathpy")
    parse(expression, {}, 1, OUTLINE)


@pytest.mark.parametrize("expression", examples("FHIRPath that is refused"))
def test_the_fhirpath_that_the_document_excludes_is_refused(expression: str) -> None:
    pytest.importorskip("fhirpathpy")
    with pytest.raises(NotUnderstood):
        parse(expression, {}, 1, OUTLINE)


def test_the_rules_of_the_import_are_listed() -> None:
    assert set(rules_of_the_import()) == listed("rules of the import")


def test_the_rules_of_reading_are_listed() -> None:
    missing = set(rules_of_reading()) - listed("rules of reading")
    assert not missing
