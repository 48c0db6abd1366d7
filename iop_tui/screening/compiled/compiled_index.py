"""The compiled form of the shipped screening, so that a start need not read YAML: its index, and whether it is fresh.

A build (`compiling.py`) writes into `iop_tui/_compiled` the screening and its translations, decoded and checked
(`packed_screening.py` reads them), and an index: the source files of each, with a SHA-256 over their names, sizes and
bytes, and the texts of the first page. A compiled file is used only while all of its sources are unchanged, byte by
byte; otherwise the YAML is read.

The first page is painted from here before anything else is imported: this module needs only the standard library, and
very little of it. That is why the index is not JSON (`import json` takes as long as all the rest together), but text in
records and fields with ASCII's separators. No text of a screening may contain these.
"""

from __future__ import annotations

import os

from iop_tui import __version__
from iop_tui.screening.model.locales import ENGLISH as ENGLISH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FORMAT = 2
"""Of the index and of everything that it names. To be raised when a program cannot read what an older one made."""
PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120  # pathlib takes longer
PLACE = f"{PACKAGE}/_compiled"
"""Where the build writes; beside a checkout's own modules, git ignores it."""
INDEX = "index"
_RECORD, _FIELD = "\x1e\n", "\x1f"


def questions() -> str:
    """The questions directory that comes with the program: inside an installed package, beside it in a checkout."""
    installed = f"{PACKAGE}/questions"
    return installed if os.path.isdir(installed) else f"{os.path.dirname(PACKAGE)}/questions"  # noqa: PTH112, PTH120  # the same


class FirstPage:
    """The words of the welcome page in one language."""

    __slots__ = ("about", "languages", "lead", "points", "reviewed", "sentences", "title")

    def __init__(
        self,
        title: str,
        lead: str,
        points: tuple[str, ...],
        languages: tuple[tuple[str, str], ...],
        sentences: Mapping[str, str],
        about: str = "",
        reviewed: str = "",
    ) -> None:
        self.title = title
        self.lead = lead
        self.points = points
        self.about = about
        """The line on its limits; empty where there is no page about them."""
        self.reviewed = reviewed
        """The line on its reviews; empty where it has none."""
        self.languages = languages
        """Code and own name of each language to choose from, English first."""
        self.sentences = sentences
        """The program's own sentences on this page: as written in the code -> in the page's language."""


class Made:
    """A file that a build made: its name and SHA-256, and those of what it was made from. Sources are named from
    `root`, which is `questions` or `package`.
    """

    __slots__ = ("name", "root", "sha256", "sources", "sources_sha256")

    def __init__(self, name: str, sha256: str, root: str, sources_sha256: str, *sources: str) -> None:
        self.name = name
        self.sha256 = sha256
        self.root = root
        self.sources_sha256 = sources_sha256
        self.sources = sources

    def is_fresh(self) -> bool:
        """Whether its sources are now as they were. Raises OSError where one cannot be read."""
        return digest(read_from(self.root, self.sources)) == self.sources_sha256


def first_page(language: str | None = None) -> FirstPage | None:
    """The welcome page's words in a language, by its code; None is English.

    None where they are not there, or where any file of the screening or of a catalogue is not what it was: the words
    on the page, and the screening behind it, would not be the ones that were checked.
    """
    code = language or ENGLISH
    try:
        index = _index()
        if f"page {code}" not in index or not all(made.is_fresh() for made in _all_made(index)):
            return None
        title, lead, about, *points = index[f"page {code}"]
        said = _pairs(index[f"sentences {code}"])
        return FirstPage(title, lead, tuple(points), _pairs(index["languages"]), dict(said), about)
    except (OSError, ValueError):
        return None


def made(name: str) -> bytes | None:
    """The content of a compiled file; None if it is missing or damaged, or its sources have changed."""
    try:
        found = next((each for each in _all_made(_index()) if each.name == name), None)
        if found is None or not found.is_fresh():
            return None
        raw = _bytes(f"{PLACE}/{name}")
        return raw if sha256(raw) == found.sha256 else None
    except (OSError, ValueError):
        return None


# ---- also for the build, so that each form is known in one place --------------------------------------------------


def sha256(data: bytes) -> str:
    """Of some bytes, in hexadecimal."""
    # As in the standard library's `random`: hashlib would load the whole of OpenSSL first.
    try:
        from _sha2 import sha256 as hashed  # type: ignore[import-not-found, unused-ignore]  # from Python 3.12
    except ImportError:
        try:
            from _sha256 import sha256 as hashed  # type: ignore[import-not-found, unused-ignore]  # until Python 3.11
        except ImportError:
            from hashlib import sha256 as hashed
    hexadecimal: str = hashed(data).hexdigest()
    return hexadecimal


def digest(files: Iterable[tuple[str, bytes]]) -> str:
    """The hash over the names, sizes and bytes of files, in hexadecimal."""
    return sha256(b"".join(b"%s\0%d\0%s" % (name.encode(), len(raw), raw) for name, raw in files))


def read_from(root: str, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Files under `questions` or `package`, name and bytes. Raises OSError where one cannot be read."""
    directory = questions() if root == "questions" else PACKAGE
    return ((name, _bytes(f"{directory}/{name}")) for name in names)


def there() -> list[str]:
    """The names of all files that a screening and its translations may be made from: an added or removed one counts as
    a change.
    """
    directory = questions()
    places = ((directory, ".yaml"), (f"{directory}/locale", ".po"), (f"{PACKAGE}/locale", ".po"))
    return [
        f"{number} {name}"
        for number, (place, ending) in enumerate(places)
        for name in sorted(os.listdir(place))  # noqa: PTH208  # pathlib takes longer
        if name.endswith(ending)
    ]


def as_index(records: Mapping[str, Sequence[str]]) -> bytes:
    """The index as it is written. Raises ValueError for a text that contains a separator."""
    fields = [[name, *rest] for name, rest in records.items()]
    if any(sign in field for record in fields for field in record for sign in (_RECORD[0], _FIELD)):
        raise ValueError("there is a separator in a text of the first page")
    text = _RECORD.join(_FIELD.join(record) for record in fields).encode()
    return _head(text) + text


# ---- inside -------------------------------------------------------------------------------------------------------


def _head(text: bytes) -> bytes:
    return f"iop-tui {__version__} compiled {FORMAT} {sha256(text)}\n".encode()


def _index() -> Mapping[str, list[str]]:
    """The records of the index by name; none for another version's, a damaged one, or where other files are there."""
    head, end, text = _bytes(f"{PLACE}/{INDEX}").partition(b"\n")
    if head + end != _head(text):
        return {}
    records = {name: fields for name, *fields in (record.split(_FIELD) for record in text.decode().split(_RECORD))}
    return records if records["there"] == there() else {}


def _all_made(index: Mapping[str, list[str]]) -> Iterator[Made]:
    return (Made(name.removeprefix("made "), *fields) for name, fields in index.items() if name.startswith("made "))


def _pairs(fields: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple(zip(fields[::2], fields[1::2], strict=True))


def _bytes(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # pathlib takes longer
        return file.read()
