"""A form's texts in the language of the person, and answers in words. No text of a form is ever read as markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal

from iop_tui.forms.model.form import Item, Option
from iop_tui.forms.model.values import Coding, Quantity, Value
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.locales import canonical, nearest

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::00(?:\.0+)?)?(?:Z|[+-]\d\d:\d\d)?")
"""A day and a time of FHIR without seconds: a person reads them without the zone."""
_NUMBER = re.compile(r"\(?(?:\d{1,3}[a-z]?|[a-zA-Z])[.):]+\s+")
BETWEEN = " · "
"""Between two answers on a page; their texts may have commas."""


def in_language(text: str, translations: Mapping[str, str], language: str) -> str:
    """The translation that is nearest to a language, or else the text as its author wrote it; without characters that
    steer a terminal.
    """
    if translations and language:
        there = {canonical(code) or code: said for code, said in translations.items()}
        wanted = canonical(language) or language
        text = next((there[code] for code in nearest(wanted) if there.get(code)), text)
    return clean(text)


def item_text(item: Item, language: str) -> str:
    """What an item says, with its author's prefix, such as "3." or "b)". Empty where it says nothing."""
    text = in_language(item.text, item.translations, language)
    prefix = clean(item.prefix)
    return f"{prefix} {text}".strip() if prefix and not text.startswith(prefix) else text


def question_text(item: Item, language: str) -> str:
    """The same of a question: one without a text is named by its linkId, so that a person can ask what it is."""
    return item_text(item, language) or _("A question without a text ({name})").format(name=item.link_id)


def question_line(item: Item, language: str) -> str:
    """The same in one line, without a colon or full stop at its end, to be named in a sentence."""
    return " ".join(question_text(item, language).split()).rstrip(" :.…")


def unnumbered(text: str) -> str:
    """A question without its author's number, such as "3." or "b)": for a list that has numbers of its own."""
    return _NUMBER.sub("", text, count=1) or text


def option_text(option: Option, language: str) -> str:
    """The label of an option."""
    return in_language(option.text, option.translations, language) or option.text


def option_of(item: Item, value: Value) -> Option | None:
    """The option that a value is; a coding by system and code, whatever its label."""
    for option in item.options:
        offered, data = option.value.data, value.data
        if isinstance(offered, Coding) and isinstance(data, Coding):
            if offered.key == data.key:
                return option
        elif option.value.kind == value.kind and offered == data:
            return option
    return None


def value_text(item: Item, value: Value, language: str) -> str:
    """One answer in words. Text of several lines keeps them."""
    option, data = option_of(item, value), value.data
    if option is not None:
        return option_text(option, language)
    if isinstance(data, bool):
        return _("Yes") if data else _("No")
    if isinstance(data, Coding):
        return clean(data.display or data.code or "")
    if isinstance(data, Quantity):
        number = "" if data.value is None else plain_number(data.value)
        return clean(f"{number} {data.unit or data.code or ''}")
    if value.kind == "dateTime" and (found := _MOMENT.fullmatch(str(data))):
        return f"{found[1]} {found[2]}"
    if value.kind == "time":
        return str(data).removesuffix(":00") if str(data).count(":") > 1 else str(data)
    if isinstance(data, Decimal):
        return plain_number(data)
    return clean(str(data))


def answer_text(item: Item, values: Sequence[Value], language: str) -> str:
    """All answers of a question in one line."""
    return BETWEEN.join(" ".join(value_text(item, value, language).split()) for value in values)


def plain_number(number: Decimal) -> str:
    """A number as it was written, without an exponent: 1.50 stays 1.50."""
    return f"{number:f}"


def help_text(item: Item) -> str:
    """What the form's author says about a question; empty where there is nothing."""
    return clean(item.help)


def clean(text: str) -> str:
    """A text without characters that steer a terminal, and with line ends as line ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").expandtabs(4)
    return "".join(" " if c != "\n" and unicodedata.category(c) in ("Cc", "Cs") else c for c in lines).strip()
