"""Questions of published forms that ask about suicide, by their LOINC codes, and the answers to them that need a crisis
page at once.

No total says what these single answers say. `import` proposes an alarm for them; `fill` and the desk show who to call
before the form goes on. The list holds only codes whose meaning was read in the places that it names; a form that asks
in other words or without codes is not found by it. A code for the tenth question of the EPDS was not found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from iop_tui.forms.model.form import Item, Option
from iop_tui.forms.model.values import Coding, Quantity, Value
from iop_tui.screening.i18n.language import N_

LOINC = "http://loinc.org"


class DangerItem(Struct, frozen=True):
    """A question about danger. `asks` says in our own words what it asks, and `because` what an answer means, to the
    person; `source` was read on the day `checked`.

    `urgency` is that of the alarm which is proposed for it: `now` where it speaks of intent, a plan, or right now.
    """

    code: str
    form: str
    asks: str
    because: str
    source: str
    urgency: Literal["now", "today"] = "today"
    checked: str = "2026-11-30"


_PHQ = "US Core 7 example Questionnaire PHQ-9 and LForms test form PHQ-9 (LOINC panel 44249-1)"
_CSSRS = "LOINC panel 93373-9 as converted by LForms 34.3.1, and the screener of SPiER"
_CSSRS_LATE = "https://build.fhir.org/ig/HL7/us-behavioral-health-profiles/QuestionnaireResponse-C-SSRS-example-1.html"
_ASQ = "LOINC 2.83 panel 115564-7 as published by NLM's LForms server, read by way of SPiER's asq.fsh and its tests"
_ITEMS = (
    DangerItem(
        "44260-8",
        "PHQ-9, question 9",
        "thoughts of being better off dead, or of self-harm",
        N_("You've had thoughts of dying, or of hurting yourself."),
        _PHQ,
    ),
    DangerItem("93246-7", "C-SSRS screener", "a wish to be dead", N_("You've wished you were dead."), _CSSRS),
    DangerItem(
        "93247-5",
        "C-SSRS screener",
        "thoughts of killing oneself",
        N_("You've had thoughts of killing yourself."),
        _CSSRS,
    ),
    DangerItem(
        "93248-3",
        "C-SSRS screener",
        "thoughts of how one might do it",
        N_("You've thought about how you'd end your life."),
        _CSSRS,
    ),
    DangerItem(
        "93249-1",
        "C-SSRS screener",
        "thoughts with some intent to act on them",
        N_("You've had thoughts of killing yourself, and might act on them."),
        _CSSRS,
        "now",
    ),
    DangerItem(
        "93250-9",
        "C-SSRS screener",
        "a plan, and the intent to carry it out",
        N_("You have a plan to end your life."),
        _CSSRS,
        "now",
    ),
    DangerItem(
        "93267-3",
        "C-SSRS screener",
        "an attempt, or steps towards one",
        N_("You tried to end your life, or took steps toward it."),
        _CSSRS,
    ),
    DangerItem(
        "93269-9",
        "C-SSRS screener",
        "an attempt, or steps towards one, in the last three months",
        N_("You tried to end your life in the last three months, or took steps toward it."),
        _CSSRS_LATE,
    ),
    DangerItem("115566-2", "ASQ", "a wish to be dead", N_("You've wished you were dead."), _ASQ),
    DangerItem(
        "115567-0",
        "ASQ",
        "the thought that others would be better off",
        N_("You've felt that others would be better off if you were dead."),
        _ASQ,
    ),
    DangerItem(
        "115568-8",
        "ASQ",
        "thoughts of killing oneself",
        N_("You've had thoughts of killing yourself."),
        _ASQ,
    ),
    DangerItem("115569-6", "ASQ", "an attempt at any time", N_("You tried to end your life."), _ASQ),
    DangerItem(
        "115571-2",
        "ASQ",
        "thoughts of killing oneself right now",
        N_("You're thinking of killing yourself right now."),
        _ASQ,
        "now",
    ),
)
BY_CODE: Mapping[str, DangerItem] = {item.code: item for item in _ITEMS}
"""The items by their LOINC code."""

_HARMLESS = frozenset(
    {
        (LOINC, "LA32-8"),
        (LOINC, "LA6568-5"),
        (LOINC, "LA6270-8"),
        ("http://snomed.info/sct", "373067005"),
    }
)
"""Codings that say no: "No", "Not at all" and "Never" of LOINC, and SNOMED CT's "No"."""
_NO_WORDS = frozenset({"no", "n", "not at all", "never", "none", "0"})


def danger_item(item: Item) -> DangerItem | None:
    """What the list says of an item: by its LOINC code, or by a linkId that ends in one, as "/44249-1/44260-8", which
    converters of LOINC panels write without a code.
    """
    for code in item.codes:
        if code.system == LOINC and (code.code or "") in BY_CODE:
            return BY_CODE[code.code or ""]
    return BY_CODE.get(item.link_id.rpartition("/")[2])


def danger_answers(item: Item) -> tuple[Value, ...]:
    """The answers to such an item that call for its page: yes; of options, all but those that say no. Empty where no
    option says no: then a person must choose.
    """
    if item.type == "boolean":
        return (Value("boolean", True),)
    no = [option for option in item.options if _option_says_no(option)]
    return tuple(option.value for option in item.options if option not in no) if no else ()


def is_danger(item: Item, values: Sequence[Value]) -> bool:
    """Whether an answer to such an item is anything but no. Where a code does not tell, it counts as danger: a page too
    many is read in a minute.
    """
    return any(not _says_no(item, value) for value in values)


def danger_weight(item: Item, values: Sequence[Value]) -> float | None:
    """What the heaviest of these answers weighs: an option's weight, or a number; None where one has neither."""
    weights = [_weight(item, value) for value in values]
    known = [weight for weight in weights if weight is not None]
    return float(max(known)) if known and len(known) == len(weights) else None


# ---- inside ----------------------------------------------------------------------------------------------------------


def _says_no(item: Item, value: Value) -> bool:
    option = next((option for option in item.options if _chosen(option, value)), None)
    if option is not None:
        return _option_says_no(option)
    data = value.data
    if isinstance(data, Quantity):
        return data.value is not None and data.value <= 0
    if isinstance(data, (bool, int, Decimal)):
        return data <= 0
    return _no_word(data.code or "") or data.key in _HARMLESS if isinstance(data, Coding) else _no_word(data)


def _weight(item: Item, value: Value) -> Decimal | None:
    option = next((option for option in item.options if _chosen(option, value)), None)
    if option is not None:
        return option.weight
    data = value.data.value if isinstance(value.data, Quantity) else value.data
    return Decimal(data) if isinstance(data, (bool, int, Decimal)) else None


def _option_says_no(option: Option) -> bool:
    """A weight of 0 says no, and any other does not; without weights a code or a word does."""
    if option.weight is not None:
        return option.weight <= 0
    data = option.value.data
    if isinstance(data, Coding):
        return data.key in _HARMLESS or _no_word(data.code or "") or _no_word(option.text)
    return data is False or _no_word(option.text)


def _no_word(text: str) -> bool:
    return text.strip().rstrip(".").casefold() in _NO_WORDS


def _chosen(option: Option, value: Value) -> bool:
    offered, data = option.value.data, value.data
    if isinstance(offered, Coding) and isinstance(data, Coding):
        return offered.key == data.key
    return offered == data
