"""Decode YAML nodes into the model's classes, driven by their annotations; problems are reported, not raised.

A value that cannot be decoded is reported and replaced by an empty one, so that the rest of the file is decoded, too:
the result may be used only if the report is empty. The report's `unread` has the places of replacements, so that no
follow-up problems are reported.
"""

from __future__ import annotations

import datetime
import enum
import functools
import re
import types
import typing
from collections.abc import Mapping
from typing import Any, TypeVar

import yaml
from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import fields as struct_fields

from iop_tui.screening.format.yaml_nodes import where
from iop_tui.screening.model import field_types
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, InRange, Is, Not, Score
from iop_tui.screening.model.content import Row
from iop_tui.screening.model.definition import Option
from iop_tui.screening.model.field_types import FILLED_IN, SECOND_PERSON, TWO_FORMS, SourceLocation, TwoForms
from iop_tui.screening.problems import Report, suggestion

S = TypeVar("S", bound=Struct)
_NUMBER = re.compile(r"-?\d{1,9}")
_SHAPES = {yaml.MappingNode: "keys and values", yaml.SequenceNode: "a list", yaml.ScalarNode: "a text"}
_NOUNS = {
    "Manifest": "screening.yaml",
    "CareFile": "care.yaml",
    "HelpFile": "help.yaml",
    "Care": "level",
    "Row": "row",
    "FirstStep": "first step",
    "CannotTell": "cannot_tell rule",
    "OtherCall": "other call",
    "PhoneLine": "line",
    "CrisisPage": "page",
    "Site": "site file",
    "LocalLine": "phone line",
    "ImportedForm": "form",
    "FormFile": "form",
}
# Classes that may be written as one pair, `- id: text`.
_PAIRS: dict[type[Struct], str] = {Option: "text", Row: "text"}
# Classes that may be written as a text alone.
PLAIN = {"Item": "text", "FormFile": "file"}


class Decoder:
    """Decodes the nodes of one file. `about` is what a value belongs to, as the beginning of a message about it."""

    def __init__(self, file: str, report: Report) -> None:
        self.file = file
        self.report = report
        self._lost = 0

    def struct(self, cls: type[S], node: yaml.Node, about: str = "") -> S:
        """An instance of a model class."""
        here = where(node, self.file)
        values: dict[str, Any] = {"where": here}
        plain = PLAIN.get(cls.__name__)
        if plain and isinstance(node, yaml.ScalarNode):
            return cls(**values, **{plain: self.value(_fields(cls)[plain][0], node, about)})
        written = self._pairs(node, about or _noun(cls))
        if not isinstance(node, yaml.MappingNode):
            self.report.unread.update((here, key) for key in _fields(cls))
            empty: S = self.empty(cls, here)
            return empty
        short = _PAIRS.get(cls)
        if short and len(written) == 1 and not {"id", short} & written.keys():
            [(key, value)] = written.values()
            written = {"id": (key, key), short: (key, value)}
        name = written["id"][1].value if "id" in written and isinstance(written["id"][1], yaml.ScalarNode) else ""
        about = f"{_noun(cls)} {name!r}" if name else about or _noun(cls)
        known = _fields(cls)
        for key_text, (key, _) in written.items():
            if key_text not in known:
                self.note(key, about, f"unknown key {key_text!r}{suggestion(key_text, known)}")
        lost_above, unread = self._lost, set()
        for field_name, (annotation, default) in known.items():
            lost = self._lost
            if field_name in written:
                values[field_name] = self.value(annotation, written[field_name][1], f"{about}: {field_name}")
            elif default is NODEFAULT:
                self.lose(node, about, f"the key {field_name!r} is missing")
                values[field_name] = self.empty(annotation, here)
            else:
                values[field_name] = default
            if self._lost > lost:
                unread.add(field_name)
        self.report.unread.update((here, key) for key in unread)
        # What is lost inside is this thing's own matter; one without a name leaves a gap in the list around it.
        self._lost = lost_above + ("id" in unread)
        return cls(**values)

    def value(self, annotation: Any, node: yaml.Node, about: str) -> Any:
        """A value of any type that the model uses."""
        if _is_condition(annotation):
            return self.condition(node, about)
        origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
        if origin in (typing.Union, types.UnionType):
            return self.value(next(part for part in arguments if part is not types.NoneType), node, about)
        if origin is typing.Annotated:
            return self._bounded(arguments[0], arguments[1], node, about)
        if origin is tuple:
            return self._many(arguments[0], node, about)
        if origin is typing.Literal:
            return self._choice({text: text for text in arguments}, node, about)
        if origin is Mapping:
            pairs = self._pairs(node, about)
            return {text: self.value(arguments[1], value, f"{about}.{text}") for text, (_, value) in pairs.items()}
        if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
            return self._choice({member.value: member for member in annotation}, node, about)
        if annotation is bool:
            return self._choice({"true": True, "false": False, "yes": True, "no": False}, node, about)
        return self.struct(annotation, node, about)

    def empty(self, annotation: Any, here: SourceLocation) -> Any:
        """The replacement of a value that could not be decoded."""
        if _is_condition(annotation):
            return AnyOf(())
        origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
        if origin is typing.Annotated:
            return arguments[0]()
        if origin in (tuple, Mapping):
            return () if origin is tuple else {}
        if origin is typing.Literal:
            return arguments[0]
        if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
            return next(iter(annotation))
        defaults = {
            name: self.empty(kind, here) if default is NODEFAULT else default
            for name, (kind, default) in _fields(annotation).items()
        }
        return annotation(where=here, **defaults)

    def note(self, node: yaml.Node, about: str, message: str) -> None:
        """Report a problem at a node."""
        self.report.add(where(node, self.file), f"{about}: {message}" if about else message)

    def lose(self, node: yaml.Node, about: str, message: str) -> None:
        """Report a problem at a node whose value is replaced."""
        self._lost += 1
        self.note(node, about, message)

    def text(self, node: yaml.Node, about: str) -> str | None:
        """The text of a scalar; None, with a problem reported, if it is none."""
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        self.lose(node, about, f"should be a text, and is {_SHAPES[type(node)]}")
        return None

    def number(self, node: yaml.Node, about: str) -> int | None:
        """The integer of a scalar; None, with a problem reported, if it is none."""
        said = self.text(node, about)
        if said is not None and not _NUMBER.fullmatch(said):
            self.lose(node, about, f"should be a whole number, and is {said!r}")
            return None
        return None if said is None else int(said)

    def _pairs(self, node: yaml.Node, about: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        if isinstance(node, yaml.MappingNode):
            return {key.value: (key, value) for key, value in node.value}
        self.lose(node, about, f"should be keys and values, and is {_SHAPES[type(node)]}")
        return {}

    def _bounded(self, kind: Any, meta: Meta, node: yaml.Node, about: str) -> Any:
        if typing.get_origin(kind) is tuple:
            lost = self._lost
            many = self._many(typing.get_args(kind)[0], node, about)
            if not many and meta.min_length and self._lost == lost:
                self.lose(node, about, "the list is empty; write at least one")
            return many
        if kind is int:
            number = self.number(node, about)
            if number is None:
                return 0
            if (meta.ge is not None and number < meta.ge) or (meta.le is not None and number > meta.le):
                self.note(node, about, f"should be from {meta.ge} to {meta.le}, and is {number}")
            return number
        said = self.text(node, about)
        if said is None:
            return ""
        said = said.strip()
        if not said:
            self.lose(node, about, "is empty")
        elif meta.pattern and not re.search(meta.pattern, said):
            self.note(node, about, f"{said!r} {meta.description or _FORMS.get(meta.pattern, 'has the wrong form')}")
        elif meta.pattern == _DAY and not _is_day(said):
            self.note(node, about, f"there is no day {said!r} in the calendar")
        elif meta.extra == SECOND_PERSON and "{" in said:
            return self._two_forms(TwoForms(said), meta, node, about)
        elif meta.max_length and len(said) > meta.max_length:
            self.note(node, about, f"is {len(said)} letters long; {meta.max_length} is the most")
        return said

    def _two_forms(self, said: TwoForms, meta: Meta, node: yaml.Node, about: str) -> TwoForms:
        """A text with two forms, each of which must be one that can be shown."""
        if "{" in said or "}" in said:
            self.note(node, about, "braces hold two ways to say it: {of yourself|of another person}")
        for way, told in (("the first way", str(said)), ("the other way", TWO_FORMS.sub(r"\2", said.written))):
            if not told.strip():
                self.lose(node, about, f"{way} to say it is empty")
            elif meta.max_length and len(told) > meta.max_length:
                self.note(node, about, f"{way} to say it is {len(told)} letters long; {meta.max_length} is the most")
        return said

    def _many(self, kind: Any, node: yaml.Node, about: str) -> tuple[Any, ...]:
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.value(kind, part, about) for part in node.value)
        if isinstance(node, yaml.ScalarNode) and not (isinstance(kind, type) and issubclass(kind, Struct)):
            return () if node.value == "" else (self.value(kind, node, about),)
        self.lose(node, about, f"should be a list, and is {_SHAPES[type(node)]}")
        return ()

    def _choice(self, choices: Mapping[str, Any], node: yaml.Node, about: str) -> Any:
        said = self.text(node, about)
        if said is not None and said in choices:
            return choices[said]
        if said is not None:
            self.lose(node, about, f"there is no {said!r}{suggestion(said, choices)}")
        return next(iter(choices.values()))

    # ---- conditions ----

    def condition(self, node: yaml.Node, about: str) -> Condition:
        """A condition; one that cannot be decoded is reported, and is never true."""
        pairs = self._pairs(node, about)
        if "at_least" in pairs and ("of" in pairs or "score" in pairs):
            return self._counted(node, pairs, about)
        if len(pairs) > 1:
            self.note(node, about, "two conditions are side by side; write 'all:' or 'any:' with a list")
            return AnyOf(())
        for key, (_, value) in pairs.items():
            if key in ("all", "any"):
                parts = self._parts(value, f"{about}: {key}")
                return All(parts) if key == "all" else AnyOf(parts)
            if key == "not":
                return Not(self.condition(value, about))
            if key in ("of", "score", "at_least"):
                self.note(node, about, "a count is written {at_least: 2, of: […]}, a score {score: […], at_least: 3}")
                return AnyOf(())
            return self._atom(key, value, about)
        if isinstance(node, yaml.MappingNode):
            self.note(node, about, "the condition is empty")
        return AnyOf(())

    def _parts(self, node: yaml.Node, about: str) -> tuple[Condition, ...]:
        if not isinstance(node, yaml.SequenceNode):
            self.lose(node, about, f"should be a list of conditions, and is {_SHAPES[type(node)]}")
            return ()
        if not node.value:
            self.lose(node, about, "the list is empty")
        return tuple(self.condition(part, about) for part in node.value)

    def _counted(self, node: yaml.Node, pairs: dict[str, tuple[yaml.Node, yaml.Node]], about: str) -> Condition:
        count = self.number(pairs["at_least"][1], about)
        if len(pairs) > 2:
            extra = next(key for key in pairs if key not in ("at_least", "of", "score"))
            self.note(pairs[extra][0], about, f"{extra!r} does not belong beside 'at_least'")
        if "score" in pairs:
            lost = self._lost
            questions = self._many(field_types.Id, pairs["score"][1], f"{about}: score")
            if not questions and self._lost == lost:
                self.note(node, about, "a score needs at least one question")
            if count is not None and count < 1:
                self.note(node, about, f"a score reaches {count} with any answers; 'at_least' should be 1 or more")
            return Score(questions, count or 0, where(node, self.file))
        lost = self._lost
        parts = self._parts(pairs["of"][1], f"{about}: of")
        if count is not None and (parts or self._lost == lost) and not 1 <= count <= len(parts):
            self.note(
                node, about, f"'at_least' should be from 1 to {len(parts)}, the number of conditions, and is {count}"
            )
        return AtLeast(count or 0, parts)

    def _atom(self, question: str, node: yaml.Node, about: str) -> Condition:
        here = where(node, self.file)
        if not isinstance(node, yaml.MappingNode):
            lost = self._lost
            options = self._many(field_types.Id, node, about)
            if not options and self._lost == lost:
                self.note(node, about, f"no option of {question!r} is named")
            return Is(question, options, here)
        lost = self._lost
        bounds: dict[str, int | None] = {"at_least": None, "at_most": None}
        for key, (key_node, value) in self._pairs(node, about).items():
            if key in bounds:
                bounds[key] = self.number(value, about)
            else:
                self.lose(key_node, about, f"unknown key {key!r}{suggestion(key, bounds)}")
        if self._lost > lost:
            self.report.unread.add((here, "at_least"))
        return InRange(question, bounds["at_least"], bounds["at_most"], here)


_DAY = r"^\d{4}-\d{2}-\d{2}$"
_FORMS = {
    r"^[a-z][a-z0-9_]*$": "should be small letters, digits and '_', and begin with a letter",
    r"^[a-z][a-z0-9-]*$": "should be small letters, digits and '-', and begin with a letter",
    _DAY: "should be a day, written YYYY-MM-DD",
}


def _is_day(said: str) -> bool:
    try:
        datetime.date.fromisoformat(said)
    except ValueError:
        return False
    return True


def _is_condition(annotation: Any) -> bool:
    # `Condition | None` is one flat union, so look for a member.
    return Is in typing.get_args(annotation)


def _noun(cls: type[Struct]) -> str:
    return _NOUNS.get(cls.__name__, cls.__name__.lower())


@functools.cache
def _fields(cls: type[Struct]) -> dict[str, tuple[Any, Any]]:
    """Key -> (annotation, default or NODEFAULT), without those that the program fills in."""
    hints = typing.get_type_hints(cls, include_extras=True)
    made = {field.name: field.default for field in struct_fields(cls)}
    made |= {field.name: field.default_factory() for field in struct_fields(cls) if field.default_factory != NODEFAULT}
    return {name: (hints[name], default) for name, default in made.items() if name not in FILLED_IN}
