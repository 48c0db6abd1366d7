"""A form: the items of a FHIR R4 Questionnaire, in order, each with what becomes of it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from iop_tui.forms.model.conditions import Enable
from iop_tui.forms.model.expression import Expression
from iop_tui.forms.model.findings import Finding
from iop_tui.forms.model.values import Coding, Quantity, Value

ItemType = Literal[
    "group",
    "display",
    "boolean",
    "decimal",
    "integer",
    "date",
    "dateTime",
    "time",
    "string",
    "text",
    "url",
    "choice",
    "open-choice",
    "attachment",
    "reference",
    "quantity",
]
Fate = Literal["asked", "hidden", "refused"]
"""What becomes of an item. `asked`: it is shown while it is enabled (a group or display too). `hidden`: its author hid
it, and it may carry a value. `refused`: it cannot be asked; a finding with its linkId says why."""


class Option(Struct, frozen=True):
    """An answer option. `text` is what a person reads: the display, or else the code; never empty.

    `weight` is None where there is none, or none that is a number. `prefix` is the author's label, such as "a)".
    `exclusive` excludes the others of a question that takes several.
    """

    value: Value
    text: str
    weight: Decimal | None = None
    prefix: str = ""
    exclusive: bool = False
    translations: Mapping[str, str] = {}


class Item(Struct, frozen=True):
    """One item. `line` is the line in the file where it begins, from 1.

    `translations` maps a language code to the text; `help` are the texts of its help displays, joined by newlines.
    `open` allows an answer that is none of the options (open-choice). `lowest` and `highest` are inclusive;
    `decimals` is the most digits after the point. `units` are the units a quantity may have; none means any.
    `calculated` is the expression that gives its value; what a person answers is then not used.
    """

    link_id: str
    type: ItemType
    line: int
    text: str = ""
    fate: Fate = "asked"
    prefix: str = ""
    required: bool = False
    repeats: bool = False
    read_only: bool = False
    enable: Enable | None = None
    options: tuple[Option, ...] = ()
    open: bool = False
    initial: tuple[Value, ...] = ()
    max_length: int | None = None
    lowest: Value | None = None
    highest: Value | None = None
    decimals: int | None = None
    units: tuple[Quantity, ...] = ()
    help: str = ""
    control: str = ""
    """The code of questionnaire-itemControl, where there is one."""
    calculated: Expression | None = None
    not_computed: bool = False
    """Its value is to be calculated, by an expression that is not understood."""
    codes: tuple[Coding, ...] = ()
    translations: Mapping[str, str] = {}
    items: tuple[Item, ...] = ()
    """Of a group its members; of a question what is asked below each of its answers."""

    def walk(self) -> Iterator[Item]:
        """The item, then those below it, in the order of the file."""
        yield self
        for item in self.items:
            yield from item.walk()


class Form(Struct, frozen=True, dict=True, eq=False):
    """A form that can be opened. `sha256` is of the file's bytes: a form without a URL is known by it."""

    title: str
    items: tuple[Item, ...]
    findings: tuple[Finding, ...]
    sha256: str
    url: str = ""
    version: str = ""
    name: str = ""
    language: str = ""
    status: str = ""
    publisher: str = ""
    copyright: str = ""
    description: str = ""
    source: str = ""
    """The file's name, without its directory."""

    @functools.cached_property
    def all_items(self) -> tuple[Item, ...]:
        """Every item, in the order of the file, nested ones after the one that holds them."""
        return tuple(item for top in self.items for item in top.walk())

    @functools.cached_property
    def by_link(self) -> Mapping[str, Item]:
        """Every item by its linkId; each is unique (the reader renames or refuses duplicates)."""
        return {item.link_id: item for item in self.all_items}

    @property
    def canonical(self) -> str:
        """What a response names as its `questionnaire`: the URL and version, or else the hash as a URN."""
        name = self.url or f"urn:sha256:{self.sha256}"
        return f"{name}|{self.version}" if self.version else name
