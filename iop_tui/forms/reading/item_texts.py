"""The words of an item or option: plain text is what is shown; what says other words is a finding."""

from __future__ import annotations

import re
from collections.abc import Mapping

from iop_tui.forms.reading.extensions import CQF_EXPRESSION, TRANSLATION, XHTML, Extensions, beside, extensions_of
from iop_tui.forms.reading.json_fields import text
from iop_tui.forms.reading.json_text import JsonObject
from iop_tui.forms.reading.rules import ItemFindings, Rule
from iop_tui.forms.reading.visible import has_control, shown, visible

OTHER_WORDS = Rule(
    "xhtml-other-words",
    "The formatted text says other words than the plain text, which is shown: “{xhtml}”",
    "Compare both, and ask the author which is meant",
    "suspicious",
)
ONLY_XHTML = Rule(
    "xhtml-only",
    "There is only a formatted text; its words are shown without format and pictures",
    "Look whether they can be understood so",
    "suspicious",
)
NO_WORDS = Rule(
    "xhtml-no-words", "The formatted text holds no words (a picture, or a style); it isn't shown", "", "note"
)
COMPUTED_TEXT = Rule(
    "text-by-expression",
    "The author's program computes the text; the fixed text is shown instead",
    "Look whether the fixed text can be understood without it",
    "suspicious",
)
CONTROL = Rule(
    "control-character", "The text has control characters; they are shown as symbols and not obeyed", "", "note"
)
MARKUP = Rule("tags-in-text", "The text has tags; they are shown as they stand", "", "note")
NO_TRANSLATION = Rule("translation-unreadable", "A translation has no language or no text; it isn't used", "", "note")

_UNSEEN = re.compile(r"<(?:style|script)\b|<!--", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_NOT_COMPARED = str.maketrans("", "", "-–—.,:;…•*")
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h\d|/tr)\b[^<>]*>", re.IGNORECASE)


def read_text(source: JsonObject, key: str, found: ItemFindings) -> str:
    """The text of a key as people read it; of the formatted one where that is all there is."""
    plain = text(source, key, found)
    words = shown(plain)
    if not plain.isprintable() and has_control(plain.replace("\r", "")):
        found.add(CONTROL)
    if "<" in words and _TAG.search(words):
        found.add(MARKUP)
    more = beside(source, key)
    if not more:
        return words
    if CQF_EXPRESSION in more:
        found.add(COMPUTED_TEXT, more[CQF_EXPRESSION][0].line)
    return _beside_xhtml(words, more, found)


def read_translations(source: JsonObject, key: str, found: ItemFindings) -> Mapping[str, str]:
    """The translations of the text of a key: language code to text."""
    made: dict[str, str] = {}
    for entry in beside(source, key).get(TRANSLATION, ()):
        parts = extensions_of(entry)
        language = _part(parts, "lang")
        content = shown(_part(parts, "content"))
        if language and content:
            made.setdefault(visible(language), content)
        else:
            found.add(NO_TRANSLATION, entry.line)
    return made


def words_of(xhtml: str) -> str:
    """The words of a formatted text, without its tags."""
    import html  # its table of entities costs a start that needs none

    return shown(html.unescape(_TAG.sub("", _BREAK.sub("\n", _seen(xhtml)))))


def _seen(xhtml: str) -> str:
    """Without styles, scripts and comments; one that has no end reaches to the end, as in a browser."""
    kept = []
    lower = xhtml.lower()
    at = 0
    while start := _UNSEEN.search(xhtml, at):
        kept.append(xhtml[at : start.start()])
        opened = start.group().lower()
        ending = "-->" if opened == "<!--" else f"</{opened[1:]}"
        end = lower.find(ending, start.end())
        end = lower.find(">", end) if end >= 0 else end
        if end < 0:
            return "".join(kept)
        at = end + 1
    return "".join((*kept, xhtml[at:]))


def _beside_xhtml(words: str, more: Extensions, found: ItemFindings) -> str:
    for entry in more.get(XHTML, ()):
        xhtml = entry.get("valueString")
        if not isinstance(xhtml, str):
            continue
        formatted = words_of(xhtml)
        if not formatted:
            found.add(NO_WORDS, entry.line)
        elif not words:
            found.add(ONLY_XHTML, entry.line)
            words = formatted
        elif _letters(formatted) != _letters(words):
            found.add(OTHER_WORDS, entry.line, xhtml=visible(formatted))
    return words


def _letters(words: str) -> str:
    """What is compared of two texts: not their blanks, dashes, stops and capitals."""
    return "".join(words.split()).translate(_NOT_COMPARED).casefold()


def _part(parts: Extensions, url: str) -> str:
    for entry in parts.get(url, ()):
        for key in ("valueCode", "valueString", "valueMarkdown"):
            value = entry.get(key)
            if isinstance(value, str):
                return value
    return ""
