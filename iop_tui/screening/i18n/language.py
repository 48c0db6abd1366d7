"""The program's own sentences in the person's language: gettext catalogues, with English where there is none.

One process serves one person at a time, so the language in use is a setting of the process. Sentences are written in
English in the code and looked up when they are shown. The texts of a screening are translated by `localize.py`.
"""

from __future__ import annotations

import functools
import re
import typing
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from iop_tui.screening.model.locales import ENGLISH, catalogue_of, catalogues, nearest
from iop_tui.screening.model.locales import N_ as N_
from iop_tui.screening.model.locales import wanted as wanted

if typing.TYPE_CHECKING:
    from iop_tui.screening.model.plural_forms import Counted

CATALOGUES = Path(__file__).parent.parent.parent / "locale"
"""The directory of the program's own catalogues: `es.po` for Spanish."""

_OWN_NAME = re.compile(r'^"X-Language-Name: (.+?)\\n"', re.MULTILINE)
_HEAD = 4_000
"""How many characters at the beginning of a catalogue contain its header."""


class _Words(Struct, frozen=True):
    """The translations of the program's sentences, with and without a count; the nearest catalogue comes first."""

    sentences: Mapping[str, str] = {}
    counted: tuple[Counted, ...] = ()


_code = ENGLISH
_words = _Words()


def _(message: str) -> str:
    """The message in the language in use."""
    sentences = _words.sentences
    return sentences.get(message, message) if sentences else message


def ngettext(singular: str, plural: str, n: int) -> str:
    """The plural form for a count in the language in use: `singular` for 1 and `plural` for others in English, one of
    up to six forms elsewhere. The caller inserts the count:
    `ngettext("{count} call", "{count} calls", n).format(count=n)`.
    """
    for words in _words.counted:
        if (said := words.sentence(singular, n)) is not None:
            return said
    return singular if n == 1 else plural


def gettext_in(code: str, message: str) -> str:
    """The message in any language, for pages in several languages at once."""
    said = translation_in(code, message)
    return message if said is None else said


def translation_in(code: str, message: str) -> str | None:
    """The translation of a message, which may be the same words; None in English, and where there is none."""
    return None if code == ENGLISH else _read(code).sentences.get(message)


def codes() -> tuple[str, ...]:
    """The languages of the program: English first, the others in the order of their codes."""
    return (ENGLISH, *(code for code in catalogues(CATALOGUES) if code != ENGLISH))


def current() -> str:
    """The code of the language in use."""
    return _code


def use(code: str) -> None:
    """Set the language in use; English if the program has no catalogue for it."""
    global _code, _words  # noqa: PLW0603  # the setting of the process
    if code == _code:
        return
    _words = _Words() if code == ENGLISH else _read(code)
    _code = code if _words.sentences or ENGLISH in nearest(code) else ENGLISH


def offered(directory: Path) -> tuple[str, ...]:
    """The languages that a person can choose, with the screening's catalogues in `directory`: English, then those that
    both the screening and the program have (the program perhaps a wider one), in the order of their codes.
    """
    ours = {ENGLISH, *catalogues(CATALOGUES)}
    theirs = (code for code in catalogues(directory) if code != ENGLISH)
    return (ENGLISH, *(code for code in theirs if ours.intersection(nearest(code))))


def best(wanted: tuple[str, ...], offered: tuple[str, ...]) -> str | None:
    """The first wanted language that is offered, or its nearest wider one; None if none is."""
    return next((code for want in wanted for code in nearest(want) if code in offered), None)


@functools.cache
def own_name(code: str) -> str:
    """The language's own name, for its speakers: "Español". It is in the header of its catalogue; if only a wider
    language has one, the rest of the code follows: "Español (MX)".
    """
    for near in nearest(code):
        name = "English" if near == ENGLISH else _named(catalogue_of(CATALOGUES, near))
        if name:
            rest = code[len(near) :].strip("_@")
            return f"{name} ({rest})" if rest else name
    return code


def _named(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig") as file:
            # Only the header: the first page lists the languages, and must not wait for whole catalogues.
            found = _OWN_NAME.search(file.read(_HEAD))
    except (OSError, UnicodeDecodeError):
        return ""
    return found[1] if found else ""


def _read(code: str) -> _Words:
    # Imported only where another language is needed.
    from iop_tui.screening.i18n.po_catalogue import plurals, sentences

    paths = [catalogue_of(CATALOGUES, near) for near in nearest(code)]
    said = [sentences(path) for path in paths]
    return _Words(
        {text: words for near in reversed(said) for text, words in near.items()},
        tuple(words for path in paths if (words := plurals(path)).forms),
    )
