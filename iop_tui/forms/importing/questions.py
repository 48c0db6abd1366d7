"""One item of a form as a question of ours, or the rule by which it cannot be one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from iop_tui.forms.importing.condition_mapping import CannotSay
from iop_tui.forms.importing.imported import Wish
from iop_tui.forms.importing.question_texts import clean, longest, slug, unique
from iop_tui.forms.model.form import Item, Option
from iop_tui.forms.model.values import Coding, Value
from iop_tui.screening.i18n.language import N_
from iop_tui.screening.model.definition import Option as OurOption
from iop_tui.screening.model.definition import Question
from iop_tui.screening.model.field_types import Ask, Choice, SecondPersonText, SourceLocation
from iop_tui.screening.size_limits import MAX_OPTIONS

ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
"""The system of "asked, but unknown" and its like: the program offers these answers with every question."""
OURS = "urn:iop-tui:"
"""What our own exported forms and their codes begin with."""
WHY = N_("This question is part of a form that your clinic uses.")
"""The reason for a question whose form gives none."""
_HEAVIEST = 100

UNASKABLE: Mapping[str, tuple[str, str]] = {
    "string": ("free-text", "asks for an answer in one's own words"),
    "text": ("free-text", "asks for an answer in one's own words"),
    "url": ("free-text", "asks for an address"),
    "decimal": ("decimal-number", "asks for a number with a fraction"),
    "quantity": ("quantity", "asks for a number with a unit to choose"),
    "time": ("time-of-day", "asks for a time of day"),
    "dateTime": ("time-of-day", "asks for a day and a time of day"),
    "attachment": ("attachment", "asks for a file"),
    "reference": ("reference", "asks for a record of another program"),
}
"""Type -> the rule by which it is refused, and what it asks for."""
NOTED = frozenset(
    {
        *("free-text", "decimal-number", "quantity", "time-of-day"),
        *("below-each-answer", "repeating-answer", "repeating-group"),
        *("option-too-long", "text-too-long", "too-many-options"),
    }
)
"""Rules that refuse what is well said and only beyond the wizard: a counselor can note the answer."""


def question_of(
    item: Item, name: str, ask: str, where: SourceLocation, wish: Wish
) -> tuple[Question, tuple[tuple[Value, str], ...]]:
    """The question without its condition, and its option ids by the values of the item. Raises CannotSay."""
    if item.read_only:
        raise CannotSay("read-only", "nobody can answer it: it is readOnly", "take readOnly away, or leave it out")
    if item.options:
        return _with_options(item, name, ask, where)
    if item.type in UNASKABLE:
        rule, asks = UNASKABLE[item.type]
        remedy = "a counselor can note the answer; iop-tui fill asks it"
        raise CannotSay(rule, f"it {asks}", remedy if rule in NOTED else "iop-tui fill keeps it in the form")
    if item.repeats:
        raise CannotSay(
            "repeating-answer", "it takes several answers of its type", "iop-tui fill asks it as often as needed"
        )
    if item.type == "boolean":
        return _yes_or_no(item, name, ask, where)
    if item.type == "integer":
        lowest, highest = _bounds(item, wish.numbers, "an integer", "--numbers 0..999")
        if lowest < 0:
            raise CannotSay("number-below-zero", f"it goes down to {lowest}", "ask for a number from 0 on")
        return _question(item, name, ask, where, kind="number", lowest=lowest, highest=highest), ()
    if item.type == "date":
        if isinstance(item.lowest, Value) or isinstance(item.highest, Value):
            raise CannotSay(
                "date-between-fixed-days",
                "it asks for a day between fixed days, and ours are counted from today",
                "take minValue and maxValue away in the form, and give --days",
            )
        lowest, highest = _bounds(item, wish.days, "a date", "--days -36500..0")
        return _question(item, name, ask, where, kind="date", lowest=lowest, highest=highest), ()
    raise CannotSay("no-options", f"it is a {item.type} without options", "add answerOption to the form")


# ---- inside ----------------------------------------------------------------------------------------------------------


def _question(item: Item, name: str, ask: str, where: SourceLocation, **more: object) -> Question:
    check_length(ask, longest(Ask), "text-too-long", "its text")
    help_ = clean(item.help)
    short = 0 < len(help_) <= longest(Ask)
    if len(help_) > longest(SecondPersonText):
        raise CannotSay("help-too-long", f"its help text has {len(help_)} letters", "shorten it to 1000 in the form")
    no_braces(ask, help_)
    said = {} if short or not help_ else {"say_why": help_}
    return Question(name, ask, help_ if short else WHY, where, link_id=item.link_id, **said, **more)  # type: ignore[arg-type]  # the keys of each kind


def check_length(text: str, most: int, rule: str, what: str) -> None:
    """Refuse a text that is too long for its place: it is never cut."""
    if len(text) > most:
        raise CannotSay(rule, f"{what} has {len(text)} letters; {most} is the most", "shorten it in the form")


def no_braces(*texts: str) -> None:
    """Refuse braces, which hold two ways to say something in our format."""
    if any("{" in text or "}" in text for text in texts):
        raise CannotSay("braces", "a text of it has braces, which mean something in our texts", "write brackets")


def _bounds(item: Item, wished: tuple[int, int] | None, noun: str, how: str) -> tuple[int, int]:
    given = [_whole(side) for side in (item.lowest, item.highest)]
    ends = [side if side is not None else (wished[at] if wished else None) for at, side in enumerate(given)]
    lowest, highest = ends
    if lowest is None or highest is None:
        missing = "minValue" if lowest is None else "maxValue"
        raise CannotSay("no-bounds", f"it is {noun} without {missing}", f"add it to the form, or give {how}")
    if not -1_000_000 <= lowest < highest <= 1_000_000:
        raise CannotSay(
            "bounds-out-of-range", f"its bounds are {lowest} and {highest}", "give bounds up to 1000000, in order"
        )
    return lowest, highest


def _whole(value: Value | None) -> int | None:
    data = value.data if value is not None else None
    if isinstance(data, Decimal):
        return int(data)
    return data if isinstance(data, int) and not isinstance(data, bool) else None


def _yes_or_no(
    item: Item, name: str, ask: str, where: SourceLocation
) -> tuple[Question, tuple[tuple[Value, str], ...]]:
    options = (OurOption("no", "No", where), OurOption("yes", "Yes", where))
    made = _question(item, name, ask, where, options=options, ordered=False)
    return made, ((Value("boolean", False), "no"), (Value("boolean", True), "yes"))


def _with_options(
    item: Item, name: str, ask: str, where: SourceLocation
) -> tuple[Question, tuple[tuple[Value, str], ...]]:
    offered = [option for option in item.options if not _absent(option)]
    if len(offered) > MAX_OPTIONS:
        raise CannotSay(
            "too-many-options", f"it has {len(offered)} options; {MAX_OPTIONS} is the most", "split it in the form"
        )
    if len(offered) < 2:
        raise CannotSay(
            "one-option", f"it has {len(offered)} option; a choice needs two", "ask it as a boolean, yes or no"
        )
    weights = _weights(item, offered)
    made: list[OurOption] = []
    for option, weight in zip(offered, weights, strict=True):
        text = clean(option.text)
        check_length(text, longest(Choice), "option-too-long", f"the option {text[:30]!r}")
        no_braces(text)
        if not text:
            raise CannotSay("option-without-text", "an option of it has no words", "give it a display in the form")
        alone = option.exclusive and item.repeats
        made.append(OurOption(_option_id(option, [each.id for each in made]), text, where, weight, alone))
    weighed = any(weights)
    in_order = weighed and all(one <= other for one, other in itertools.pairwise(weights))
    kind = "several" if item.repeats else "one"
    question = _question(item, name, ask, where, kind=kind, options=tuple(made), ordered=in_order)
    return question, tuple((option.value, ours.id) for option, ours in zip(offered, made, strict=True))


def _absent(option: Option) -> bool:
    return isinstance(option.value.data, Coding) and option.value.data.system == ABSENT


def weights_left_out(item: Item) -> str:
    """Why the weights of its options cannot be kept: a total would be too small, or another; empty if they can."""
    given = [option.weight for option in item.options if not _absent(option)]
    numbers = [weight for weight in given if weight is not None]
    if not numbers:
        return ""
    if len(numbers) < len(given):
        return "some of its options have no weight that is a number, so that a total would be too small"
    wrong = next((each for each in numbers if each != int(each) or not 0 <= each <= _HEAVIEST), None)
    return "" if wrong is None else f"an option has the weight {wrong}, and ours are whole, from 0 to {_HEAVIEST}"


def _weights(item: Item, offered: Sequence[Option]) -> list[int]:
    if weights_left_out(item):
        return [0] * len(offered)
    return [int(option.weight or 0) for option in offered]


def _option_id(option: Option, taken: Sequence[str]) -> str:
    data = option.value.data
    if isinstance(data, Coding) and (data.system or "").startswith(OURS) and data.code:
        return data.code
    if isinstance(data, bool):
        return "yes" if data else "no"
    for wanted in _wordings(option):
        if wanted:
            return unique(wanted, taken)
    return unique(f"answer_{len(taken) + 1}", taken)


def _wordings(option: Option) -> Iterator[str]:
    yield slug(option.text)
    if isinstance(option.value.data, Coding) and option.value.data.code:
        yield slug(option.value.data.code)
