"""A gettext catalogue: the translations of one language, from its PO file.

Read by ourselves, for two reasons that gettext's own compiled form does not serve: a PO file that is dropped into its
place works at once, and each entry keeps its line, so that a check can name it. The form is that of the GNU gettext
manual, "The Format of PO Files"; plurals are not used.
"""

from __future__ import annotations

import codecs
import functools
import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from iop_tui.screening.kinds import Where
from iop_tui.screening.problems import Report
from iop_tui.screening.yamlfile import CONTROL

MAX_BYTES = 4_000_000
_KEYWORD = re.compile(r'(msgctxt|msgid|msgstr)?\s*"((?:[^"\\]|\\.)*)"\s*$')
_NAMED = re.compile(r"\{\w*\}")
_ESCAPE = re.compile(r"\\(.)")
_MEANS = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}


class Entry(Struct, frozen=True):
    """One text and its translation, empty where there is none. `context` is the place of a screening's text; the
    program's own sentences have none. A `fuzzy` one was made for another wording, `previous`, and is not shown.
    `comments` are the translators' own.
    """

    where: Where
    context: str
    text: str
    translation: str
    fuzzy: bool = False
    previous: str = ""
    comments: tuple[str, ...] = ()


def read(path: Path, report: Report) -> tuple[Entry, ...]:
    """The entries of a PO file, its head and what is obsolete left out; what cannot be read is noted."""
    here = Where(str(path), 1)
    try:
        if not path.is_file():
            raise OSError("it is not a file")
        raw = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as failure:
        report.add(here, f"the catalogue cannot be read: {failure.strerror or failure}", "translation")
        return ()
    if raw is None:
        report.add(here, f"the catalogue is larger than {MAX_BYTES // 1_000_000} MB", "translation")
        return ()
    try:
        text = raw.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as failure:
        line = raw.count(b"\n", 0, failure.start) + 1
        report.add(Where(str(path), line), "this line is not UTF-8 text; save the catalogue as UTF-8", "translation")
        return ()
    return tuple(_Entries(path, report).of(text))


def sentences(path: Path) -> Mapping[str, str]:
    """The program's sentences -> their translations, without those that are missing or fuzzy, and without those in
    which other names stand in braces: nothing could be put in there. Empty without a file.
    """
    said = {text: said for (context, text), said in translations(path).items() if not context}
    return {text: words for text, words in said.items() if "{" not in words + text or named(words) == named(text)}


def named(text: str) -> frozenset[str] | None:
    """The names in braces in a sentence of the program; None where a brace stands by itself."""
    rest = _NAMED.sub("", text)
    return None if "{" in rest or "}" in rest else frozenset(_NAMED.findall(text))


def translations(path: Path) -> Mapping[tuple[str, str], str]:
    """Context and text -> translation, without those that are missing or fuzzy. Empty without a file.

    What cannot be read, or holds what no terminal is to be sent, is left out: a person sees English there, and a check
    says why.
    """
    try:
        seen = path.stat()
    except OSError:
        return {}
    return _translations(path, seen.st_mtime_ns, seen.st_size)


@functools.lru_cache(maxsize=8)
def _translations(path: Path, _changed: int, _size: int) -> Mapping[tuple[str, str], str]:
    return {
        (entry.context, entry.text): entry.translation
        for entry in (read(path, Report()) if path.is_file() else ())
        if entry.translation and not entry.fuzzy and not CONTROL.search(entry.translation)
    }


class _Entries:
    """Reads a catalogue line by line."""

    def __init__(self, path: Path, report: Report) -> None:
        self._file = str(path)
        self._report = report
        self._entries: list[Entry] = []
        self._parts: dict[str, list[str]] = {}
        self._last = ""
        self._line = 1
        self._fuzzy = False
        self._previous = ""
        self._comments: list[str] = []

    def of(self, text: str) -> list[Entry]:
        for number, line in enumerate(map(str.strip, text.split("\n")), 1):
            if line.startswith("#~") or not line:
                self._close()
                self._forget()
            elif line.startswith("#"):
                if "msgstr" in self._parts:
                    self._close()
                self._comment(line)
            else:
                self._string(number, line)
        self._close()
        return self._entries

    def _comment(self, line: str) -> None:
        kind, rest = line[:2], line[2:].strip()
        if kind == "#,":
            self._fuzzy = self._fuzzy or "fuzzy" in (flag.strip() for flag in rest.split(","))
        elif kind == "#|":
            found = _KEYWORD.match(rest)
            if found is not None and found[1] != "msgctxt":
                self._previous += _unescaped(found[2])
        elif kind not in ("#.", "#:"):
            self._comments.append(line[1:].strip())

    def _forget(self) -> None:
        self._fuzzy, self._previous, self._comments = False, "", []

    def _string(self, number: int, line: str) -> None:
        found = _KEYWORD.match(line)
        if found is None:
            said = (
                "plurals are not used here" if "plural" in line or "msgstr[" in line else "this is no line of a PO file"
            )
            self._report.add(Where(self._file, number), said, "translation")
            # What goes on in the next lines belongs to this one.
            self._last = ""
            return
        keyword, said = found.groups()
        if keyword:
            if "msgstr" in self._parts and keyword != "msgstr":
                self._close()
            if keyword in self._parts:
                self._report.add(Where(self._file, number), f"{keyword} stands here again", "translation")
            if not self._parts:
                self._line = number
            self._last = keyword
            self._parts[keyword] = []
        if self._last:
            self._parts[self._last].append(_unescaped(said))

    def _close(self) -> None:
        """Take what was read as an entry; the head, which translates nothing, is none."""
        parts = {keyword: "".join(strings) for keyword, strings in self._parts.items()}
        if parts.get("msgid"):
            where = Where(self._file, self._line)
            context = parts.get("msgctxt", "")
            said, previous = parts.get("msgstr", ""), self._previous
            comments = tuple(self._comments)
            self._entries.append(Entry(where, context, parts["msgid"], said, self._fuzzy, previous, comments))
        if self._parts:
            self._forget()
        self._parts, self._last = {}, ""


def _unescaped(said: str) -> str:
    return _ESCAPE.sub(lambda escape: _MEANS.get(escape[1], escape[0]), said) if "\\" in said else said
