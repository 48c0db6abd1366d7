"""The expressions of items: which are understood here, what is not computed, and what they name that is not there."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from iop_tui.forms.model.expression import Expression
from iop_tui.forms.model.form import Item
from iop_tui.forms.reading.extensions import (
    CALCULATED,
    ENABLE_EXPRESSION,
    INITIAL_EXPRESSION,
    VARIABLE,
    Extensions,
    extensions_of,
)
from iop_tui.forms.reading.item_list import Node
from iop_tui.forms.reading.item_tree import assembled
from iop_tui.forms.reading.json_text import JsonObject
from iop_tui.forms.reading.rules import Collector, ItemFindings, Rule
from iop_tui.forms.reading.visible import visible

if TYPE_CHECKING:
    from iop_tui.forms.fhirpath.form_outline import Outline

FHIRPATH = "text/fhirpath"

BOTH = Rule(
    "two-kinds-of-condition",
    "The item has enableWhen and enableWhenExpression, and the form doesn't say how they are joined",
    "Ask the author which one is meant",
)
SEVERAL = Rule(
    "expression-twice", "The item has several expressions for {purpose}", "Ask the author which one is meant"
)
EMPTY = Rule("expression-missing", "The expression for {purpose} is empty", "Ask the author for it")
LANGUAGE = Rule(
    "expression-language",
    "The expression for {purpose} is in {language}, and only text/fhirpath is understood here",
    "Ask the author for the expression in FHIRPath",
)
NEEDS_EXTRA = Rule(
    "expression-needs-extra",
    "The form has an expression for {purpose}, and what reads expressions isn't installed",
    "Install iop-tui with its extra: pip install 'iop-tui[forms]'",
)
NOT_UNDERSTOOD = Rule(
    "expression-not-understood",
    "The expression for {purpose} isn't understood here: {problem}",
    "Ask the author for a simpler expression, or add a question for it",
)
NOT_A_CONDITION = Rule(
    "expression-not-boolean",
    "The expression for {purpose} gives something else than true or false",
    "Ask the author which is meant",
)
NO_VALUE = Rule(
    "display-calculated",
    "A {type} has no answer, so the value that is computed for it is lost",
    "Ask the author to compute it in a hidden question",
    "suspicious",
)
INITIAL = Rule(
    "initial-by-expression",
    "The author's program computes what is filled in at first, from records or the date; nothing is filled in here",
    "",
    "note",
)
DANGLING = Rule(
    "expression-dangling",
    "An expression names the linkId “{link}”, which the form doesn't have; it counts as unanswered",
    "Ask the author which question is meant",
    "suspicious",
)

OF_A_CALCULATION = {
    rule.name: Rule(
        rule.name.replace("expression-", "calculation-", 1),
        f"{rule.message}; its value isn't computed",
        rule.remedy,
        "suspicious",
    )
    for rule in (SEVERAL, EMPTY, LANGUAGE, NEEDS_EXTRA, NOT_UNDERSTOOD)
}
"""The rules of an expression as they are told of a calculation, which does not refuse its item."""

_NAMED = re.compile(r"\blinkId\s*=\s*(?:'([^'\\]*)'|\"([^\"\\]*)\")")
_PURPOSES = {ENABLE_EXPRESSION: "when it is asked", CALCULATED: "its value"}


class Variable(NamedTuple):
    """A variable of a form, the linkId of the item that declares it ("" for the form), and its language."""

    text: str
    at: str
    language: str


Variables = Mapping[str, Variable]


class NotRead(NamedTuple):
    """Why an expression cannot be used, and the line where it stands."""

    rule: Rule
    line: int
    facts: Mapping[str, object]


class Expressions:
    """Reads the expressions of a form's items; those of the form itself are its outer variables."""

    def __init__(self, nodes: Sequence[Node], items: Sequence[Item], outer: Variables, collector: Collector) -> None:
        self._nodes = nodes
        self._items = items
        self._outer = outer
        self._collector = collector
        self._links: Container[str] = {node.link_id for node in nodes}
        self._outline: Outline | None = None

    def read(self) -> list[Item]:
        """The items with their `enable` and `calculated` where these are expressions."""
        scopes: list[Variables] = []
        made: list[Item] = []
        for node, item in zip(self._nodes, self._items, strict=True):
            scope = self._outer if node.parent < 0 else scopes[node.parent]
            extensions = extensions_of(node.source)
            if extensions:
                scope = with_variables(extensions, scope, node.link_id)
            scopes.append(scope)
            made.append(self._item(item, extensions, scope) if extensions else item)
        return made

    def _item(self, item: Item, extensions: Extensions, scope: Variables) -> Item:
        found = self._collector.at(item.line, item.link_id)
        for entry in extensions.get(INITIAL_EXPRESSION, ())[:1]:
            found.add(INITIAL, entry.line)
        self._check_names(extensions, found)
        if ENABLE_EXPRESSION in extensions:
            item = self._enabled(item, extensions, scope, found)
        if CALCULATED in extensions:
            item = self._calculated(item, extensions, scope, found)
        return item

    def _enabled(self, item: Item, extensions: Extensions, scope: Variables, found: ItemFindings) -> Item:
        """An item whose expression is not understood is refused."""
        if item.enable is not None:
            found.add(BOTH)
            return item
        # The item may be disabled, so it is no place at which a path could begin.
        read = self._expression(ENABLE_EXPRESSION, extensions, scope, None, found.line)
        if isinstance(read, NotRead):
            found.add(read.rule, read.line, **read.facts)
            return item
        return replace(item, enable=read)

    def _calculated(self, item: Item, extensions: Extensions, scope: Variables, found: ItemFindings) -> Item:
        """An item whose calculation is not understood stays what it is, without its value."""
        if item.type in ("group", "display"):
            found.add(NO_VALUE, type=item.type)
            return item
        read = self._expression(CALCULATED, extensions, scope, item.link_id, found.line)
        if isinstance(read, NotRead):
            found.add(OF_A_CALCULATION[read.rule.name], read.line, **read.facts)
            return replace(item, not_computed=True)
        return replace(item, calculated=read, read_only=True)

    def _expression(
        self, url: str, extensions: Extensions, scope: Variables, at: str | None, line: int
    ) -> Expression | NotRead:
        entries = extensions[url]
        source = entries[0].get("valueExpression")
        facts: dict[str, object] = {"purpose": _PURPOSES[url]}
        if len(entries) > 1:
            return NotRead(SEVERAL, entries[1].line, facts)
        if not isinstance(source, JsonObject) or not isinstance(source.get("expression"), str):
            return NotRead(EMPTY, entries[0].line, facts)
        language = source.get("language")
        if language != FHIRPATH:
            return NotRead(LANGUAGE, source.line, {**facts, "language": visible(language or "no language")})
        return self._parsed(source["expression"], scope, source.line, at, facts)

    def _parsed(
        self, text: str, scope: Variables, line: int, at: str | None, facts: dict[str, object]
    ) -> Expression | NotRead:
        try:
            # Only a form with expressions pays for what reads them.
            from iop_tui.forms.fhirpath.expression_typing import Variable as Declared
            from iop_tui.forms.fhirpath.form_outline import outline_of
            from iop_tui.forms.fhirpath.not_understood import NotUnderstood
            from iop_tui.forms.fhirpath.parse_expression import is_condition, parse
        except ImportError:
            return NotRead(NEEDS_EXTRA, line, facts)
        if self._outline is None:
            self._outline = outline_of(assembled(self._nodes, self._items))
        declared = {name: Declared(each.text, each.at, each.language) for name, each in scope.items()}
        try:
            made = parse(text, declared, line, self._outline, at=at)
        except NotUnderstood as problem:
            if problem.rule == NEEDS_EXTRA.name:
                return NotRead(NEEDS_EXTRA, line, facts)
            return NotRead(NOT_UNDERSTOOD, line, {**facts, "problem": problem.message})
        if at is None and not is_condition(made):
            return NotRead(NOT_A_CONDITION, line, facts)
        return made

    def _check_names(self, extensions: Extensions, found: ItemFindings) -> None:
        for entries in extensions.values():
            for entry in entries:
                source = entry.get("valueExpression")
                if isinstance(source, JsonObject):
                    check_names(source, self._links, found)


def check_names(source: JsonObject, links: Container[str], found: ItemFindings) -> None:
    """What an expression names by linkId and the form does not have; also in one that is not understood."""
    text = source.get("expression")
    if source.get("language") != FHIRPATH or not isinstance(text, str):
        return
    for names in _NAMED.findall(text):
        link = "".join(names)
        if link not in links:
            found.add(DANGLING, source.line, link=visible(link))


def with_variables(extensions: Extensions, outer: Variables, at: str) -> Variables:
    """The variables that an expression may name: those around the item, and its own."""
    entries = extensions.get(VARIABLE)
    if not entries:
        return outer
    made = dict(outer)
    for entry in entries:
        source = entry.get("valueExpression")
        if isinstance(source, JsonObject) and isinstance(source.get("name"), str):
            text, language = source.get("expression"), source.get("language")
            made[source["name"]] = Variable(str(text or ""), at, visible(language or "no language"))
    return made
