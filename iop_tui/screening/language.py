"""The program's own sentences in the person's language: gettext catalogues, with English where there is none.

One process serves one person at a time, so the language in use is a setting of the process. Sentences are written in
English in the code and looked up as they are shown; the texts of a screening are another matter (`translate.py`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

from iop_tui.screening.kinds import ENGLISH

CATALOGUES = Path(__file__).parent.parent / "locale"
"""Where the program's own translations stand, `es.po` for Spanish."""

_NAME = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?\.po")
_OWN_NAME = re.compile(r'^"X-Language-Name: (.+?)\\n"$', re.MULTILINE)
_HEAD = 4_000
"""Letters at the beginning of a catalogue that hold its head."""
_code = ENGLISH
_sentences: Mapping[str, str] = {}


def _(message: str) -> str:
    """The message in the language in use."""
    return _sentences.get(message, message) if _sentences else message


def N_(message: str) -> str:  # noqa: N802  # the name that gettext's tools know for "to be translated, later"
    """The message as it is: looked up where it is shown, not where it is written."""
    return message


def said_in(code: str, message: str) -> str:
    """The message in a language that need not be the one in use: for what speaks several at once."""
    return message if code == ENGLISH else _read(code).get(message, message)


def codes() -> tuple[str, ...]:
    """The languages that the program speaks: English first, the others in the order of their codes."""
    return (ENGLISH, *sorted(_codes(CATALOGUES) - {ENGLISH}))


def current() -> str:
    """The code of the language in use."""
    return _code


def use(code: str) -> None:
    """Speak this language from now on. One without a catalogue is English."""
    global _code, _sentences  # noqa: PLW0603  # the setting of the process
    if code == _code:
        return
    _sentences = {} if code == ENGLISH else _read(code)
    _code = code if code == ENGLISH or _sentences else ENGLISH


def offered(directory: Path) -> tuple[str, ...]:
    """The languages that a person can choose where the screening's catalogues stand in `directory`: English, then those
    that both the program and the screening have, in the order of their codes.
    """
    return (ENGLISH, *sorted((_codes(CATALOGUES) & _codes(directory)) - {ENGLISH}))


@functools.cache
def own_name(code: str) -> str:
    """What a language calls itself, as its speakers look for it: "Español". Its catalogue's head says so."""
    if code == ENGLISH:
        return "English"
    try:
        with (CATALOGUES / f"{code}.po").open(encoding="utf-8") as file:
            # Only the head: the first page names the languages, and must not wait for all their words.
            found = _OWN_NAME.search(file.read(_HEAD))
    except (OSError, UnicodeDecodeError):
        found = None
    return found[1] if found else code


def is_code(code: str) -> bool:
    """Whether a word has the form of a language's code, such as es."""
    return _NAME.fullmatch(f"{code}.po") is not None


def wanted(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The languages that the environment asks for, as codes, the one that is liked best first: of a country, then
    without one. It ends with English.

    The first of LC_ALL, LC_MESSAGES and LANG that is set decides, and the list in LANGUAGE before them unless they say
    C, as with gettext.
    """
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    if locale.split(".")[0] in ("C", "POSIX"):
        return (ENGLISH,)
    codes: list[str] = []
    for asked in [*environ.get("LANGUAGE", "").split(":"), locale]:
        code = asked.split(".")[0].split("@")[0]
        codes += [code, code.split("_")[0]] if code else []
    codes.append(ENGLISH)
    return tuple(dict.fromkeys(codes[: codes.index(ENGLISH) + 1]))


def _codes(directory: Path) -> set[str]:
    try:
        return {path.stem for path in directory.iterdir() if _NAME.fullmatch(path.name)}
    except OSError:
        return set()


def _read(code: str) -> Mapping[str, str]:
    # Only who needs another language pays for reading it.
    from iop_tui.screening.catalogue import sentences

    return sentences(CATALOGUES / f"{code}.po")
