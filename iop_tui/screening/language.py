"""The program's own sentences in the person's language: gettext catalogues, with English where there is none.

One process serves one person at a time, so the language in use is a setting of the process. Sentences are written in
English in the code and looked up as they are shown; the texts of a screening are another matter (`translate.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from iop_tui.screening.kinds import ENGLISH

CATALOGUES = Path(__file__).parent.parent / "locale"
"""Where the program's own translations stand, `es.po` for Spanish."""

_code = ENGLISH
_sentences: Mapping[str, str] = {}


def _(message: str) -> str:
    """The message in the language in use."""
    return _sentences.get(message, message) if _sentences else message


def N_(message: str) -> str:  # noqa: N802  # the name that gettext's tools know for "to be translated, later"
    """The message as it is: looked up where it is shown, not where it is written."""
    return message


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


def codes(directory: Path) -> tuple[str, ...]:
    """The languages that a directory of catalogues has, English first, then in the order of their codes."""
    others = sorted(path.stem for path in directory.glob("*.po")) if directory.is_dir() else []
    return (ENGLISH, *(code for code in others if code != ENGLISH))


def own_name(code: str) -> str:
    """What a language calls itself, as its speakers look for it: "Español"."""
    return "English" if code == ENGLISH else _read(code).get("English", code)


def wanted(environ: Mapping[str, str]) -> str:
    """The language that the environment asks for, as a code; English where it asks for none.

    The first of LC_ALL, LC_MESSAGES and LANG that is set decides, and LANGUAGE before them unless they say C, as with
    gettext.
    """
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    if locale.split(".")[0] in ("C", "POSIX"):
        return ENGLISH
    first = environ.get("LANGUAGE", "").split(":")[0] or locale
    return first.split(".")[0].split("@")[0].split("_")[0].lower() or ENGLISH


def _read(code: str) -> Mapping[str, str]:
    # Only who needs another language pays for reading it.
    from iop_tui.screening.catalogue import sentences

    return sentences(CATALOGUES / f"{code}.po")
