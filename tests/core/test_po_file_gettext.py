"""PO files over the whole grammar, at random: GNU gettext is the judge of what they say.

Where msgfmt reads a file, the same translations come out; where it refuses one, something is noted.
"""

from __future__ import annotations

import random
import shutil
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from iop_tui.screening.i18n.po_file import parse
from iop_tui.screening.i18n.po_model import Entry, PoFile

MSGFMT, MSGCAT = (shutil.which(name) or "" for name in ("msgfmt", "msgcat"))
pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(not (MSGFMT and MSGCAT), reason="GNU gettext is not installed"),
]
HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=3; plural=n%3;\\n"\n\n'
)  # fmt: skip
LETTERS = "aé¿ñ€𝄞 '#~|[]:.,=!\t"
ESCAPES = (
    r"\n",
    r"\t",
    r"\"",
    r"\\",
    r"\a",
    r"\b",
    r"\f",
    r"\v",
    r"\r",
    r"\303\251",
    r"\xc3\xa9",
    r"\101",
    r"\7",
    r"\x41",
)
FLAGS = ("fuzzy", "no-wrap", "fuzzy, no-wrap", "no-wrap, range: 0..9", "", ",fuzzy")


class Writer:
    """Writes one file at random. `read` says of each text whether it is the first of its kind."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # the same files for the same seed
        self.mark = ""

    def file(self) -> str:
        parts = [HEAD]
        for number in range(self.random.randint(1, 6)):
            self.mark = self.random.choice(["", "", "", "#~ ", "#~"])
            parts.append(self.entry(number))
        return "".join(parts)

    def entry(self, number: int) -> str:
        said = "".join(self.comments())
        if self.random.random() < 0.3:
            said += self.previous()
        words = [("msgctxt", f"c{number}")] if self.random.random() < 0.5 else []
        words.append(("msgid", f"t{number}"))
        if self.random.random() < 0.4:
            words += [("msgid_plural", "p"), *((f"msgstr{self.number(form)}", "s") for form in range(3))]
        else:
            words.append(("msgstr", "s"))
        return said + "".join(self.keyword(word, begins) for word, begins in words) + self.line()

    def comments(self) -> Iterator[str]:
        # Of several lines with flags, gettext took the last one alone before June 2025.
        kinds = self.random.sample(["# ", "#", "#. ", "#: ", "#,"], k=self.random.randint(0, 4))
        for kind in kinds:
            if kind == "#,":
                yield f"{kind}{self.random.choice(FLAGS)}\n"
            else:
                yield f"{kind}{''.join(self.random.choices('aé:, ~', k=4)) if kind != '#' else ''}\n"
            if self.random.random() < 0.2:
                yield "\n"

    def previous(self) -> str:
        old = '#| msgctxt "k"\n' if self.random.random() < 0.4 else ""
        old += f'#| msgid "o"\n#|"{self.letters()}"\n'
        if self.random.random() < 0.3:
            old += '#| msgid_plural "os"\n'
        return old.replace("#|", "#~|") if self.mark else old

    def number(self, form: int) -> str:
        return self.random.choice(["[{}]", " [ {} ]", "[ {}]"]).format(form)

    def keyword(self, word: str, begins: str) -> str:
        # msgfmt wants the English and its translation alike in whether they begin and end with a line end.
        strings = [begins, *(self.letters() for _ in range(self.random.randint(0, 3))), "z"]
        if begins == "s" and self.random.random() < 0.2:
            strings = [""]
        return f"{self.mark}{word}{self.gap(may_be_empty=True)}" + "".join(
            f'"{said}"{self.gap(may_be_empty=True)}' for said in strings
        ) + self.line()  # fmt: skip

    def letters(self) -> str:
        parts = self.random.choices([*LETTERS, *ESCAPES], k=self.random.randint(0, 5))
        # The escapes of C take as many digits as they can get.
        return "".join(part if not part.startswith((r"\x", r"\7")) else f"{part}!" for part in parts)

    def gap(self, *, may_be_empty: bool) -> str:
        gaps = [" ", "\t", "  ", self.line() + self.mark, *([""] if may_be_empty else [])]
        return self.random.choice(gaps)

    def line(self) -> str:
        return self.random.choice(["\n", "\n", "\n\n", "\r\n", " \n"])


def read(text: str) -> tuple[PoFile, list[tuple[int, str]]]:
    notes: list[tuple[int, str]] = []
    return parse(text, "es.po", lambda where, said: notes.append((where.line, said))), notes


def judged(text: str, directory: Path, *options: str) -> dict[tuple[str, str], tuple[str, ...]] | None:
    """What msgfmt makes of it: context and text -> translations; None where it refuses the file."""
    path, made = directory / "es.po", directory / "es.mo"
    path.write_text(text, encoding="utf-8", newline="")
    made.unlink(missing_ok=True)
    done = subprocess.run([MSGFMT, *options, "-o", made, path], capture_output=True, check=False)
    if done.returncode:
        return None
    return compiled(made.read_bytes()) if made.exists() else {}


def compiled(raw: bytes) -> dict[tuple[str, str], tuple[str, ...]]:
    """What a compiled catalogue holds ("The Format of GNU MO Files"), its head left out."""
    count, texts, translations = struct.unpack_from("<3I", raw, 8)
    said: list[list[str]] = [[], []]
    for side, table in enumerate((texts, translations)):
        for number in range(count):
            length, at = struct.unpack_from("<2I", raw, table + 8 * number)
            # msgfmt does not ask whether the bytes of escapes make text.
            said[side].append(raw[at : at + length].decode("utf-8", "replace"))
    pairs = ((text.split("\0")[0].rpartition("\4"), tuple(told.split("\0"))) for text, told in zip(*said, strict=True))
    return {(context, text): told for (context, _, text), told in pairs if text}


def shown(entries: tuple[Entry, ...], *, fuzzy: bool) -> dict[tuple[str, str], tuple[str, ...]]:
    """What msgfmt takes: entries whose first form has words."""
    fit = (entry for entry in entries if entry.said[0] and (fuzzy or not entry.fuzzy))
    return {(entry.context, entry.text): entry.said for entry in fit}


@pytest.mark.parametrize("batch", range(10))
def test_msgfmt_and_we_read_the_same(batch: int, tmp_path: Path) -> None:
    for seed in range(batch * 60, batch * 60 + 60):
        text = Writer(seed).file()
        found, notes = read(text)
        assert notes == [], (seed, text)
        for options, fuzzy in (((), False), (("--use-fuzzy",), True)):
            assert shown(found.entries, fuzzy=fuzzy) == judged(text, tmp_path, *options), (seed, text)


def beside(text: str) -> list[tuple[object, ...]]:
    """What stands beside each translation. To msgcat, what has no words is not fuzzy, nor is it worth setting aside."""
    found = read(text)[0]
    every = (*found.entries, *(part.entry for part in found.obsolete if part.entry and part.entry.said[0]))
    return [
        (e.context, e.text, e.said, e.fuzzy and bool(e.said[0]), e.comments, e.previous_context, e.previous)
        for e in every
    ]


@pytest.mark.parametrize("batch", range(5))
def test_msgcat_and_we_keep_the_same_comments_flags_and_old_wordings(batch: int, tmp_path: Path) -> None:
    for seed in range(batch * 60, batch * 60 + 60):
        text = Writer(seed).file()
        path = tmp_path / "es.po"
        path.write_text(text, encoding="utf-8", newline="")
        done = subprocess.run([MSGCAT, "--no-wrap", path], capture_output=True, check=True)
        mine, theirs = map(beside, (text, done.stdout.decode()))
        assert mine == theirs, (seed, text)


@pytest.mark.parametrize("batch", range(10))
def test_what_msgfmt_refuses_is_noted(batch: int, tmp_path: Path) -> None:
    for seed in range(batch * 60, batch * 60 + 60):
        chance = random.Random(seed)  # noqa: S311  # the same files for the same seed
        text = Writer(seed).file()
        at = chance.randrange(len(HEAD), len(text) + 1)
        text = text[:at] + chance.choice(["", '"', "\\", "\n", "#", "#~ ", "#| ", "msgid ", "[", "x"]) + text[at + 1 :]
        found, notes = read(text)
        theirs = judged(text, tmp_path)
        if theirs is None:
            assert notes, (seed, text)
        elif not notes:
            assert shown(found.entries, fuzzy=False) == theirs, (seed, text)
