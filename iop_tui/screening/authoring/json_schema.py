"""JSON Schemas of the YAML format, made from the model's own annotations, so that an editor completes and checks while
a person types.

They say a little less than `check`: no schema knows whether a question exists. They say more in one thing only. The
loader reads every scalar as text; an editor's YAML parser sees numbers and booleans, so a text may be one of these
here. But where `~` or `null` is written without quotes, an editor sees nothing at all, as where a text was forgotten:
that is marked, and the loader takes it as the text it is.
"""

from __future__ import annotations

import ast
import enum
import functools
import inspect
import types
import typing
from collections.abc import Mapping
from typing import Any

from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import fields as struct_fields

from iop_tui.screening.assessment import cases
from iop_tui.screening.authoring import evidence
from iop_tui.screening.format.decode import PLAIN
from iop_tui.screening.model import content, definition, field_types
from iop_tui.screening.model.condition import Is
from iop_tui.screening.model.content import Row
from iop_tui.screening.model.definition import Option
from iop_tui.screening.model.field_types import FILLED_IN, SECOND_PERSON

Json = dict[str, Any]

_FILES: dict[str, type[Struct]] = {
    "screening": definition.Manifest,
    "section": definition.Section,
    "care": content.CareFile,
    "help": content.HelpFile,
    "glossary": content.Glossary,
    "basis": evidence.Basis,
}
_PAIRS: dict[type[Struct], str] = {Option: "text", Row: "text"}
_ID = "^[a-z][a-z0-9_]*$"
_WHOLE = r"^-?\d{1,9}$"
_WORDS = ["all", "any", "not", "of", "score", "at_least"]
"""Keys that make a condition something else than a question's id."""


def schemas() -> dict[str, Json]:
    """Kind of file -> its schema; `cases` is that of the files of example people."""
    return {**{kind: schema_of(cls) for kind, cls in _FILES.items()}, "cases": _Maker().cases()}


def schema_of(cls: type[Struct]) -> Json:
    """The schema of a file that a class is the format of."""
    return _Maker().file(cls)


class _Maker:
    """Makes one schema. Shared parts are under $defs, once."""

    def __init__(self) -> None:
        self.defs: Json = {}

    def file(self, cls: type[Struct]) -> Json:
        return self._whole(self.object(cls))

    def cases(self) -> Json:
        """The schema of a file of example people, which is read by hand."""
        case_id, story = (typing.get_type_hints(cases.Case, include_extras=True)[key] for key in ("id", "story"))
        answers = {"$ref": "#/$defs/answers"}
        self.defs["answers"] = {
            "description": "Question ids, each with its answer: an option, a list of options, a number, not_sure or "
            "skipped.",
            "type": "object",
            "propertyNames": {"pattern": _ID},
            "additionalProperties": {
                "anyOf": [
                    {"type": ["string", "integer"]},
                    {"type": "array", "items": {"type": "string"}, "minItems": 1},
                ]
            },
        }
        expect = self.object(cases.Expected)
        person = {
            "description": _told_of(cases.Case),
            "type": "object",
            "properties": {
                "id": self.value(case_id),
                "story": self.value(story),
                "answers": answers,
                "same_for": {"type": "array", "items": answers, "minItems": 1},
                "expect": expect,
            },
            "required": ["id", "story", "answers", "expect"],
            "additionalProperties": False,
        }
        return self._whole(
            {
                "description": "Example people, and the result that each must get.",
                "type": "object",
                "properties": {"usual": answers, "cases": {"type": "array", "items": person}},
                "required": ["cases"],
                "additionalProperties": False,
            }
        )

    def _whole(self, top: Json) -> Json:
        defs = {"$defs": dict(sorted(self.defs.items()))} if self.defs else {}
        return {"$schema": "https://json-schema.org/draft/2020-12/schema", **top, **defs}

    def object(self, cls: type[Struct]) -> Json:
        """A class as keys and values."""
        hints = typing.get_type_hints(cls, include_extras=True)
        written = [field for field in struct_fields(cls) if field.name not in FILLED_IN]
        properties = {}
        for field in written:
            made = self.value(hints[field.name])
            said = _told_of_field(cls, field.name)
            properties[field.name] = {"description": said, **made} if said else made
        return {
            "description": _told_of(cls),
            "type": "object",
            "properties": properties,
            "required": [
                field.name for field in written if field.default is NODEFAULT and field.default_factory is NODEFAULT
            ],
            "additionalProperties": False,
        }

    def value(self, annotation: Any) -> Json:
        """Any type that the model uses."""
        if Is in typing.get_args(annotation):
            self._condition()
            return {"$ref": "#/$defs/condition"}
        origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
        if origin in (typing.Union, types.UnionType):
            return self.value(next(part for part in arguments if part is not types.NoneType))
        if origin is typing.Annotated:
            return self._bounded(annotation, arguments[0], arguments[1])
        if origin is tuple:
            return self._many(arguments[0], least=0)
        if origin is typing.Literal:
            return {"enum": list(arguments)}
        if origin is Mapping:
            return {"type": "object", "additionalProperties": self.value(arguments[1])}
        if issubclass(annotation, enum.Enum):
            return {"enum": [member.value for member in annotation]}
        if annotation is bool:
            return {"enum": [True, False, "true", "false", "yes", "no"]}
        return self._named(annotation)

    def _named(self, cls: type[Struct]) -> Json:
        name = cls.__name__.lower()
        if name not in self.defs:
            self.defs[name] = {}  # a class may hold itself
            long = self.object(cls)
            short = _PAIRS.get(cls) or PLAIN.get(cls.__name__)
            if short is None:
                self.defs[name] = long
            else:
                text = long["properties"][short]
                pair = {
                    "description": f"The short form: the id, and its {short}.",
                    "type": "object",
                    "propertyNames": {"pattern": _ID, "not": {"enum": ["id", short]}},
                    "additionalProperties": text,
                    "minProperties": 1,
                    "maxProperties": 1,
                }
                self.defs[name] = {"anyOf": [long, pair if cls in _PAIRS else text]}
        return {"$ref": f"#/$defs/{name}"}

    def _many(self, kind: Any, least: int) -> Json:
        items = self.value(kind)
        several: Json = {"type": "array", "items": items}
        if least:
            several["minItems"] = least
        if isinstance(kind, type) and issubclass(kind, Struct):
            return several
        return {"anyOf": [several, items]}

    def _bounded(self, annotation: Any, kind: Any, meta: Meta) -> Json:
        if typing.get_origin(kind) is tuple:
            return self._many(typing.get_args(kind)[0], least=meta.min_length or 0)
        if kind is int:
            bounds = {"minimum": meta.ge, "maximum": meta.le}
            return _whole_number() | {key: bound for key, bound in bounds.items() if bound is not None}
        said = _told_of_kind(annotation)
        made: Json = {"description": said} if said else {}
        if meta.pattern:
            return made | {"type": "string", "pattern": meta.pattern, "maxLength": meta.max_length or 1000}
        made |= {"type": ["string", "number", "boolean"], "minLength": 1}
        if meta.extra == SECOND_PERSON:
            # Of a text with two forms, each by itself is short enough: no schema can count that.
            return made | {"anyOf": [{"pattern": r"\{[^{}|]*\|[^{}|]*\}"}, {"maxLength": meta.max_length}]}
        return made | {"maxLength": meta.max_length}

    def _condition(self) -> None:
        if "condition" in self.defs:
            return
        itself = {"$ref": "#/$defs/condition"}
        several = {"type": "array", "items": itself, "minItems": 1}
        word = {"type": "string", "pattern": _ID}
        words = {"anyOf": [word, {"type": "array", "items": word, "minItems": 1}]}
        bounds = {
            "type": "object",
            "properties": {"at_least": _whole_number(), "at_most": _whole_number()},
            "minProperties": 1,
            "additionalProperties": False,
        }
        self.defs["condition"] = {
            "description": "What answers must be for something to hold: {question: option}, {question: [option, …]}, "
            "{question: {at_least: 8}}, all, any, not, {at_least: 2, of: […]} or {score: […], at_least: 3}.",
            "anyOf": [
                _keys({"all": several}),
                _keys({"any": several}),
                _keys({"not": itself}),
                _keys({"at_least": _whole_number(), "of": several}),
                _keys({"score": words, "at_least": _whole_number()}),
                {
                    "type": "object",
                    "propertyNames": {"pattern": _ID, "not": {"enum": _WORDS}},
                    "additionalProperties": {"anyOf": [*words["anyOf"], bounds]},
                    "minProperties": 1,
                    "maxProperties": 1,
                },
            ],
        }


def _keys(properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _whole_number() -> Json:
    return {"type": ["integer", "string"], "pattern": _WHOLE}


# ---- what the classes and kinds say of themselves --------------------------------------------------------------------


def _told_of(cls: type) -> str:
    return " ".join((cls.__doc__ or "").split()).replace("`", "'")


@functools.cache
def _notes(module: types.ModuleType, cls: str = "") -> Mapping[str, str]:
    """The notes under the names of a module, or of a class in it: Python keeps none of them."""
    top: Any = ast.parse(inspect.getsource(module))
    if cls:
        top = next(node for node in top.body if isinstance(node, ast.ClassDef) and node.name == cls)
    notes = {}
    for node, after in zip(top.body, top.body[1:], strict=False):
        target = (
            node.target
            if isinstance(node, ast.AnnAssign)
            else node.targets[0]
            if isinstance(node, ast.Assign)
            else None
        )
        if not isinstance(target, ast.Name) or not isinstance(after, ast.Expr):
            continue
        if isinstance(after.value, ast.Constant) and isinstance(after.value.value, str):
            notes[target.id] = " ".join(after.value.value.split()).replace("`", "'")
    return notes


def _told_of_kind(annotation: Any) -> str:
    return next((said for name, said in _notes(field_types).items() if getattr(field_types, name) == annotation), "")


def _told_of_field(cls: type[Struct], name: str) -> str:
    module = inspect.getmodule(cls)
    return _notes(module, cls.__name__).get(name, "") if module else ""
