"""What each condition is about: a question that is there, can be answered, and can have that answer."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from iop_tui.forms.model.conditions import Row, Rows
from iop_tui.forms.model.form import Item, ItemType
from iop_tui.forms.model.values import Coding, Value
from iop_tui.forms.reading.initial_values import code_alone, name_of
from iop_tui.forms.reading.links import Links
from iop_tui.forms.reading.option_checks import option_key
from iop_tui.forms.reading.rules import Collector, ItemFindings, Rule
from iop_tui.forms.reading.visible import visible

DANGLING = Rule(
    "dangling-target",
    "The condition names the linkId “{target}”, which the form doesn't have",
    "Ask the author which question is meant",
)
SELF = Rule("self-target", "The condition is on the item itself", "Ask the author which question is meant")
NO_ANSWER = Rule(
    "condition-on-{type}",
    "The condition is on “{target}”, a {type}, which never has an answer",
    "Ask the author which question is meant",
    "suspicious",
)
OTHER_TYPE = Rule(
    "condition-of-another-type",
    "The condition compares with a {kind}, and “{target}” is a {type}: they are never equal",
    "Ask the author which answer is meant",
    "suspicious",
)
NOT_OFFERED = Rule(
    "condition-not-offered",
    "The condition compares with “{value}”, which is none of the options of “{target}”: it is {outcome} met",
    "Ask the author which answer is meant",
    "suspicious",
)
SYSTEM = Rule(
    "condition-system-missing",
    "The condition compares with “{value}”, an option of “{target}”, and one of both has no system:"
    " by the specification it is {outcome} met",
    "If the option is meant, read the form with the repair of systems, or ask the author to correct it",
    "suspicious",
)
SYSTEM_REPAIRED = Rule(
    "condition-system-repaired",
    "The condition compares with “{value}”, an option of “{target}”, and one of both has no system; it is repaired",
    "",
    "note",
)
LATER = Rule("target-later", "The condition is on “{target}”, which stands later in the form", "", "note")
ON_BLANK = Rule(
    "met-on-blank",
    "The condition “not {value}” is met also while “{target}” has no answer, as FHIR says",
    "",
    "note",
)

_HOLDS: Mapping[ItemType, tuple[str, ...]] = {
    "boolean": ("boolean",),
    "decimal": ("decimal", "integer"),
    "integer": ("decimal", "integer"),
    "date": ("date", "dateTime"),
    "dateTime": ("date", "dateTime"),
    "time": ("time",),
    "string": ("string",),
    "text": ("string",),
    "url": ("string",),
    "quantity": ("quantity",),
    "choice": ("coding", "string", "integer", "decimal", "date", "dateTime", "time"),
    "open-choice": ("coding", "string", "integer", "decimal", "date", "dateTime", "time"),
}


def check_targets(links: Links, repair_systems: bool, collector: Collector) -> None:
    """Check every condition; with the repair of systems some are changed in place."""
    offered: dict[int, frozenset[object]] = {}
    for number, item in enumerate(links.items):
        if isinstance(item.enable, Rows):
            check = _Conditions(links, number, repair_systems, offered, collector.at(item.line, item.link_id))
            rows = tuple(map(check.row, item.enable.rows))
            if rows != item.enable.rows:
                links.items[number] = replace(item, enable=Rows(item.enable.join, rows))


def never_equal(answer: Value, target: Item) -> bool:
    """Whether no answer to a question can equal a value."""
    if answer.kind not in _HOLDS.get(target.type, ()):
        return True
    return _is_closed(answer, target) and _key(answer) not in {_key(option.value) for option in target.options}


class _Conditions:
    """The conditions of one item."""

    def __init__(
        self,
        links: Links,
        number: int,
        repair_systems: bool,
        offered: dict[int, frozenset[object]],
        found: ItemFindings,
    ) -> None:
        self.links = links
        self.number = number
        self.repair_systems = repair_systems
        self.offered = offered
        self.found = found

    def row(self, row: Row) -> Row:
        """Check one condition; the same one, or as it is repaired."""
        target = self.links.numbers.get(row.question)
        if target is None:
            self.found.add(DANGLING, row.line, target=visible(row.question))
            return row
        if target == self.number:
            self.found.add(SELF, row.line)
            return row
        if target > self.number:
            self.found.add(LATER, row.line, target=visible(row.question))
        return self._on(row, target)

    def _on(self, row: Row, target: int) -> Row:
        item = self.links.items[target]
        name = visible(row.question)
        if item.type in ("group", "display"):
            rule = replace(NO_ANSWER, name=NO_ANSWER.name.format(type=item.type))
            self.found.add(rule, row.line, target=name, type=item.type)
            return row
        if row.operator == "exists" or item.type not in _HOLDS:
            return row
        if row.operator == "!=":
            self.found.add(ON_BLANK, row.line, target=name, value=name_of(row.answer))
        if row.answer.kind not in _HOLDS[item.type]:
            self.found.add(OTHER_TYPE, row.line, target=name, kind=row.answer.kind, type=item.type)
            return row
        return self._offered(row, target, item) if row.operator in ("=", "!=") else row

    def _offered(self, row: Row, target: int, item: Item) -> Row:
        if not _is_closed(row.answer, item):
            return row
        if target not in self.offered:
            self.offered[target] = frozenset(_key(option.value) for option in item.options)
        if _key(row.answer) in self.offered[target]:
            return row
        facts = {"target": visible(row.question), "value": name_of(row.answer)}
        near = code_alone(row.answer, item.options)
        if near is not None and self.repair_systems:
            self.found.add(SYSTEM_REPAIRED, row.line, **facts)
            return replace(row, answer=near.value)
        outcome = "always" if row.operator == "!=" else "never"
        self.found.add(NOT_OFFERED if near is None else SYSTEM, row.line, **facts, outcome=outcome)
        return row


def _is_closed(answer: Value, item: Item) -> bool:
    """Whether only an option can be the answer that is meant: a typed text may be anything."""
    return bool(item.options) and not (item.open and answer.kind != "coding")


def _key(value: Value) -> object:
    """What is compared: a coding without a code equals nothing, a whole number equals the same decimal."""
    if isinstance(value.data, Coding) and value.data.code is None:
        return value.data
    if value.kind in ("integer", "decimal"):
        return "number", value.data
    return option_key(value)
