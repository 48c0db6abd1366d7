"""Write entries of a catalogue as a PO file.

Babel wraps texts and knows the plural forms of each language. Entries are assembled here: Babel's own
writer breaks a long `#| msgid` within its quotes, which msgfmt refuses, joins the lines of a translator's comment, and
has no previous context (docs/compatibility.md).
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from msgspec.structs import replace

from iop_tui.screening.i18n.po_catalogue import Entry, PoFile
from iop_tui.screening.model import plural_forms
from iop_tui.screening.model.plural_forms import Rule
from iop_tui.translation.extract import Message

_WIDTH = 110
_BRACES = "python-brace-format"
"""The flag of a sentence with placeholders."""


def head(old: PoFile, code: str, name: str, *, counted: bool) -> PoFile:
    """The catalogue with its header, or a new one; with the plural forms of the language if sentences are `counted`."""
    said, stands = old.head, old.head_written
    if not stands:
        lines = (
            f"Language: {code}",
            f"X-Language-Name: {name}",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: 8bit",
        )
        said = "".join(f"{line}\n" for line in lines)
        stands = "\n".join(('msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in lines)))
    if counted and not old.field("Plural-Forms"):
        line = f"Plural-Forms: {_plural_forms(code)}"
        stands = "\n".join((stands, *(() if said.endswith("\n") else ('"\\n"',)), f'"{line}\\n"'))
        said = f"{said}\n{line}\n"
    return replace(old, head=said, head_written=stands)


def rule(old: PoFile) -> Rule:
    """The number of plural forms in a catalogue; that of English if its header is wrong."""
    try:
        return plural_forms.read(old.field("Plural-Forms"))
    except ValueError:
        return Rule()


def of_message(message: Message, entry: Entry) -> str:
    """The entry of a message."""
    notes = [f"#. {line}" for line in textwrap.wrap(message.note, _WIDTH, break_long_words=False)]
    return "\n".join(
        (*_comments(entry), *notes, f"#: {message.file}", *_flags(entry), *_previous(entry), *_body(entry))
    )


def as_obsolete(entry: Entry) -> str:
    """An entry whose text no longer exists."""
    return "\n".join((*_comments(entry), *_flags(entry), *(f"#~ {line}" for line in _body(entry))))


# ---- inside ----------------------------------------------------------------------------------------------------------


def _comments(entry: Entry) -> Iterator[str]:
    return (f"# {line}".rstrip() for line in entry.comments)


def _flags(entry: Entry) -> Iterator[str]:
    from babel.messages.catalog import Message as Babels

    flags = {*entry.flags, *(["fuzzy"] if entry.fuzzy else ())}
    if entry.context:
        # The two forms of a text are no placeholders, and translators' tools must not check them as such.
        flags.discard(_BRACES)
    elif any(Babels(said).python_brace_format for said in (entry.text, entry.plural)):
        flags.add(_BRACES)
    if flags:
        yield f"#, {', '.join(sorted(flags))}"


def _previous(entry: Entry) -> Iterator[str]:
    if entry.previous and (entry.previous, entry.previous_plural) != (entry.text, entry.plural):
        said = {"msgctxt": entry.previous_context, "msgid": entry.previous, "msgid_plural": entry.previous_plural}
        for keyword, text in said.items():
            if text:
                yield from (f"#| {line}" for line in _lines(keyword, text))


def _body(entry: Entry) -> Iterator[str]:
    if entry.context:
        yield from _lines("msgctxt", entry.context)
    yield from _lines("msgid", entry.text)
    if entry.plural:
        yield from _lines("msgid_plural", entry.plural)
        for number, form in enumerate(entry.forms):
            yield from _lines(f"msgstr[{number}]", form)
    else:
        yield from _lines("msgstr", entry.translation)


def _lines(keyword: str, text: str) -> list[str]:
    from babel.messages.pofile import normalize

    return f"{keyword} {normalize(text, width=_WIDTH)}".split("\n")


def _plural_forms(code: str) -> str:
    from babel import Locale, UnknownLocaleError
    from babel.messages.plurals import get_plural

    try:
        forms = get_plural(Locale.parse(code.partition("@")[0]))
    except (UnknownLocaleError, ValueError):
        return "nplurals=2; plural=(n != 1);"
    return f"nplurals={forms.num_plurals}; plural={forms.plural_expr};"
