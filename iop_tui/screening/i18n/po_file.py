"""A parser of PO files, with line numbers: the complete grammar of GNU gettext.

The grammar is that of read-po-gram.y and read-po-lex.c in gettext-tools 1.0. A line end terminates comments and
strings, and is otherwise insignificant: the tokens of an entry may be spread over lines, with empty lines between them.
Strings contain the escapes of C, which produce bytes. No library for Python parses all of this (docs/compatibility.md).

Errors are reported with their lines, and parsing continues with the next entry. An entry with an error is not `whole`:
checks can name it, and its text is never shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from iop_tui.screening.i18n.po_model import Entry, ObsoleteEntry, PoFile
from iop_tui.screening.model.field_types import SourceLocation

Note = Callable[[SourceLocation, str], None]
"""Receives the line of an error, and its message."""


def parse(text: str, file: str, note: Note) -> PoFile:
    """Parse a PO file. Errors go to `note`."""
    return _Parser(text.replace("\r\n", "\n"), file, note).read()


# ---- inside ----------------------------------------------------------------------------------------------------------

# A backslash at the end of a line continues it, as in C, in strings and in comments.
_TOKEN = re.compile(
    r"""(?P<space>(?:[ \t\r\f\v\n]++|\\\n)*+)(?:
      "(?P<said>(?:[^"\\\n]++|\\[\s\S])*+)(?P<string>"?)
    | (?P<word>[A-Za-z_$][A-Za-z_$0-9]*+)
    | (?P<comment>\#(?![~|])(?:[^\\\n]++|\\\n?)*+)
    | (?P<mark>\#~\|?|\#\|)
    | (?P<number>[0-9]++)
    | (?P<sign>[^\n])
    | (?P<end>\Z)
    )""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r'\\(?:\n|([abfnrtv\\"])|([0-7]{1,3})|x([0-9A-Fa-f]++)|.?)')
_MEANS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", '"': '"'}
_BYTE = 0xDC00
"""A byte of an escape is kept as U+DC80 to U+DCFF until all strings of a text are joined and decoded."""
_ENDS_CONTEXT = "\x04"
"""The separator of context and text in an MO file, which no text may contain."""

_BEGINS = frozenset({"comment", "domain", "#|msgctxt", "#|msgid", "msgctxt", "msgid"})
_WORDS = frozenset({"domain", "msgctxt", "msgid", "msgid_plural", "msgstr"})
_NO_TEXT = ("", "")
"""Context and text of the header."""
_OWN = "messages"
"""The default domain."""


class _Misplaced(Exception):
    """A syntax error at an offset in the file."""

    def __init__(self, at: int, said: str) -> None:
        super().__init__(said)
        self.at = at


class _Draft:
    """The entry that is being parsed, with the comments above it."""

    def __init__(self) -> None:
        self.starts = -1
        """The offset of its first line; -1 before anything of it was read."""
        self.at = 0
        """The offset of its first keyword."""
        self.obsolete = self.fuzzy = False
        self.whole = True
        self.comments: list[str] = []
        self.flags: list[str] = []
        self.texts: dict[str, str] = {}
        """Keyword -> text."""
        self.forms: list[str] = []


class _Parser:
    """A recursive-descent parser with one token of lookahead."""

    def __init__(self, text: str, file: str, note: Note) -> None:
        self._text, self._file, self._note = text, file, note
        self._tokens = _TOKEN.finditer(text)
        self._counted = (0, 1)
        """A place in the text, and its line."""
        self._obsolete, self._previous = False, ""
        """The prefix of the next token on its line: `#~`, `#|`."""
        self._ends = 0
        """The offset where the previous token ends."""
        self._draft = _Draft()
        self._entries: list[Entry] = []
        self._numbers: dict[tuple[str, str], int] = {}
        """Context and text -> the index of their entry, -1 for the header."""
        self._head = PoFile()
        self._obsolete_entries: list[ObsoleteEntry] = []
        self._foreign = self._failed = self._bytes = self._just_added = False
        self._found = next(_TOKEN.finditer(""))
        self._kind = ""
        self._take()

    def read(self) -> PoFile:
        """The whole file."""
        while self._kind != "end":
            if self._kind == "comment":
                self._comment()
            elif self._kind == "domain":
                self._domain()
            else:
                self._entry()
        if self._draft.starts >= 0:
            self._obsolete_entries.append(ObsoleteEntry(self._text[self._draft.starts :].strip("\n")))
        for obsolete in self._obsolete_entries:
            self._not_both(obsolete.entry)
        return replace(self._head, entries=tuple(self._entries), obsolete=tuple(self._obsolete_entries))

    # ---- tokens ----

    def _take(self) -> re.Match[str]:
        """Consume the next token. Each keyword and each sign is a token type of its own."""
        taken, found = self._found, next(self._tokens)
        self._ends = taken.end()
        if self._obsolete or self._previous or found.lastgroup == "mark":
            found = self._marked(found)
        self._found = found
        kind = found.lastgroup
        if kind in ("word", "sign"):
            kind = found[kind]
        self._kind = f"{self._previous}{kind}" if self._previous and kind not in ("comment", "end") else kind or ""
        return taken

    def _marked(self, found: re.Match[str]) -> re.Match[str]:
        """The next token after any `#~` and `#|`, and these prefixes."""
        while True:
            if "\n" in found["space"].replace("\\\n", ""):
                self._obsolete, self._previous = False, ""
            if found.lastgroup != "mark":
                return found
            self._obsolete = self._obsolete or found["mark"] != "#|"
            self._previous = self._previous or ("" if found["mark"] == "#~" else "#|")
            found = next(self._tokens)

    def _here(self) -> int:
        """The offset of the next token."""
        return self._found.end("space")

    # ---- what a file is made of ----

    def _comment(self) -> None:
        draft = self._draft
        self._begin()
        self._just_added = False
        at, said = self._here(), self._take()["comment"]
        if "\\\n" in said:
            self._wrong(at, "this comment ends in a backslash, which takes the next line into it; delete it")
            draft.whole = False
        kind = said[1:2]
        if kind in (",", "=", "!"):
            for part in said[2:].split(","):
                words = part.split()
                draft.fuzzy = draft.fuzzy or "fuzzy" in words
                draft.flags.append(" ".join(word for word in words if word != "fuzzy"))
        elif kind not in (".", ":"):
            draft.comments.append(said[1:].removeprefix(" ").rstrip())

    def _domain(self) -> None:
        at = self._here()
        self._take()
        name = self._said("domain", at) if self._kind == "string" else ""
        self._foreign = name != _OWN
        if self._foreign:
            self._wrong(at, "what follows 'domain' belongs to another catalogue; give it a file of its own")
        self._draft = _Draft()

    def _entry(self) -> None:
        draft = self._draft
        self._begin()
        draft.at, draft.obsolete = self._here(), self._obsolete
        # The rest of an entry with an error is not reported again.
        left = self._failed and self._kind not in _BEGINS
        if self._kind not in _BEGINS and self._just_added:
            # A quote within a sentence ends the string: the text before it is only half of it.
            self._entries[-1] = replace(self._entries[-1], whole=False)
        self._failed = False
        try:
            self._texts(draft)
        except _Misplaced as misplaced:
            if not left:
                self._wrong(misplaced.at, str(misplaced))
            draft.whole, self._failed = False, True
            while self._kind != "end" and self._kind not in _BEGINS:
                self._take()
        self._draft = _Draft()
        self._just_added = False
        ends = self._text.find("\n", self._ends)
        written = self._text[draft.starts : ends if ends >= 0 else None]
        if draft.obsolete:
            self._obsolete_entries.append(
                ObsoleteEntry(written, self._made(draft) if draft.texts.get("msgid") else None)
            )
        elif not self._foreign and "msgid" in draft.texts:
            self._add(draft, written)

    def _begin(self) -> None:
        if self._draft.starts < 0:
            self._draft.starts = self._text.rfind("\n", 0, self._here()) + 1

    # ---- what an entry is made of ----

    def _texts(self, draft: _Draft) -> None:
        """Each keyword, and its strings."""
        if self._kind == "#|msgctxt":
            self._strings(draft)
            if self._kind != "#|msgid":
                raise self._misplaced(draft.at, "behind '#| msgctxt' comes '#| msgid'")
        if self._kind == "#|msgid":
            self._strings(draft)
            if self._kind == "#|msgid_plural":
                self._strings(draft)
        if self._kind in ("msgctxt", "msgid"):
            draft.at = self._here()
        if self._kind == "msgctxt":
            self._strings(draft)
        if self._kind != "msgid":
            raise self._misplaced()
        self._strings(draft)
        if self._kind == "msgid_plural":
            self._strings(draft)
            while self._kind == "msgstr":
                self._form(draft)
            if not draft.forms:
                raise self._misplaced(draft.at, "msgstr[0] is missing")
        elif self._kind == "msgstr":
            self._strings(draft)
        else:
            raise self._misplaced(draft.at, "msgstr is missing")

    def _form(self, draft: _Draft) -> None:
        at, number = self._here(), ""
        self._take()
        for kind in ("[", "number", "]"):
            if self._kind != kind:
                raise _Misplaced(at, "msgid_plural goes with msgstr[0], msgstr[1] and so on")
            number = self._take()["number"] or number
        if number.lstrip("0") != (str(len(draft.forms)) if draft.forms else ""):
            self._wrong(at, f"this should be msgstr[{len(draft.forms)}]")
            draft.whole = False
        draft.forms.append(self._said("msgstr", at))

    def _strings(self, draft: _Draft) -> None:
        keyword, at = self._kind, self._here()
        self._take()
        draft.texts[keyword] = self._said(keyword, at)

    def _said(self, keyword: str, at: int) -> str:
        """The strings after a keyword, joined."""
        kind, said, obsolete = "#|string" if keyword[0] == "#" else "string", None, self._draft.obsolete
        while self._kind == kind:
            if self._obsolete != obsolete:
                self._spoiled(self._here(), "an entry is obsolete (#~) as a whole, or not at all")
            said = self._string() if said is None else said + self._string()
        if said is None:
            if keyword == "msgstr" and self._kind == "[":
                raise _Misplaced(self._draft.at, "msgid_plural is missing")
            raise self._misplaced(at, f"there is no text in quotes after {keyword.removeprefix('#|')}")
        if self._bytes:
            self._bytes = False
            raw = said.encode("utf-8", "surrogateescape")
            said = raw.decode("utf-8", "replace")
            if raw != said.encode("utf-8") and self._draft.whole:
                self._spoiled(at, "the escapes here do not make UTF-8 text; write the letters themselves")
        return said

    def _string(self) -> str:
        at, found = self._here(), self._take()
        said = found["said"]
        if "\\" in said:
            said = _ESCAPE.sub(lambda escape: self._unescaped(escape, at), said)
        if not found["string"]:
            self._spoiled(at, 'a string is not closed here; end it with "')
        if _ENDS_CONTEXT in said:
            self._spoiled(at, "there is a control character (U+0004) here; delete it")
        return said

    def _unescaped(self, escape: re.Match[str], at: int) -> str:
        letter, octal, hexadecimal = escape.groups()
        if letter:
            return _MEANS[letter]
        if octal or hexadecimal:
            value = int(octal, 8) if octal else int(hexadecimal, 16)
            if value <= 0xFF:
                self._bytes = self._bytes or value >= 0x80
                return chr(value if value < 0x80 else _BYTE + value)
            self._spoiled(at, f"{escape[0]} is more than a byte; write the letter itself")
        elif escape[0] != "\\\n":
            self._spoiled(at, f"{escape[0]} means nothing; write \\\\ for a backslash")
        else:
            return ""
        return escape[0]

    # ---- what is wrong ----

    def _misplaced(self, at: int = 0, missing: str = "") -> _Misplaced:
        """The error for the next token; `missing` is what was expected before it."""
        kind, here = self._kind, self._here()
        if kind == "comment":
            return _Misplaced(here, "there is a comment inside an entry; put it above")
        if missing:
            return _Misplaced(at, missing)
        if kind.removeprefix("#|") in _WORDS:
            return _Misplaced(here, f"{kind.removeprefix('#|')} is here without a msgid")
        if kind.endswith("string"):
            return _Misplaced(here, "there is a text here without a keyword, such as msgstr")
        said = self._found[0].strip()
        return _Misplaced(here, f'{said!r} is outside the quotes; write \\" for a quote within a text')

    def _spoiled(self, at: int, said: str) -> None:
        self._draft.whole = False
        self._wrong(at, said)

    def _wrong(self, at: int, said: str) -> None:
        self._note(SourceLocation(self._file, self._line(at)), said)

    def _line(self, at: int) -> int:
        before, line = self._counted
        if at < before:
            before, line = 0, 1
        self._counted = at, line + self._text.count("\n", before, at)
        return self._counted[1]

    # ---- entries ----

    def _add(self, draft: _Draft, written: str) -> None:
        """Add an entry; the one with an empty text is the header."""
        for word in ("msgctxt", "msgid_plural"):
            if draft.texts.get(word) == "":
                self._wrong(draft.at, f"{word} is empty; delete it")
                draft.whole = False
        made = self._made(draft)
        key = made.context, made.text
        first = self._numbers.setdefault(key, -1 if key == _NO_TEXT else len(self._entries))
        if first == len(self._entries):
            self._entries.append(made)
            self._just_added = True
        elif key == _NO_TEXT and not self._head.head_written:
            self._head = PoFile(head=made.translation, head_line=made.where.line, head_written=written)
        else:
            before = self._entries[first] if first >= 0 else None
            again = before.where.line if before else self._head.head_line
            self._wrong(draft.at, f"what line {again} translates is repeated here; delete one of them")
            if before is not None:
                self._entries.append(replace(made, whole=False))
                if before.said != made.said:
                    # Only a translator knows which of the two is right.
                    self._entries[first] = replace(before, whole=False)

    def _made(self, draft: _Draft) -> Entry:
        texts = draft.texts
        return Entry(
            where=SourceLocation(self._file, self._line(draft.at)),
            context=texts.get("msgctxt", ""),
            text=texts["msgid"],
            translation=texts.get("msgstr", ""),
            fuzzy=draft.fuzzy,
            previous=texts.get("#|msgid", ""),
            comments=tuple(draft.comments),
            plural=texts.get("msgid_plural", ""),
            forms=tuple(draft.forms),
            flags=tuple(filter(None, draft.flags)),
            previous_context=texts.get("#|msgctxt", ""),
            previous_plural=texts.get("#|msgid_plural", ""),
            whole=draft.whole,
        )

    def _not_both(self, obsolete: Entry | None) -> None:
        """Report texts that are both active and obsolete: msgfmt refuses such a file."""
        number = self._numbers.get((obsolete.context, obsolete.text), -1) if obsolete else -1
        if obsolete is not None and number >= 0 and self._entries[number].translated:
            said = (
                f"what line {self._entries[number].where.line} translates is obsolete (#~) here too; delete one of them"
            )
            self._note(obsolete.where, said)
