"""The words of the first page of the shipped screening, kept where the standard library alone can read them.

They are used only while every file that they come from is the same now, byte by byte; else the plain way is taken: the
page is shown once the YAML is read. `write` renews them.
"""

from __future__ import annotations

import os

from iop_tui import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

ENGLISH = "en"
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120  # pathlib takes longer
_FILE = f"{_PACKAGE}/_compiled/first-page.json"
"""Beside a checkout's own modules; git ignores it."""


class FirstPage:
    """The words of the welcome page in one language."""

    __slots__ = ("languages", "lead", "points", "sentences", "title")

    def __init__(
        self,
        title: str,
        lead: str,
        points: tuple[str, ...],
        languages: tuple[tuple[str, str], ...],
        sentences: Mapping[str, str],
    ) -> None:
        self.title = title
        self.lead = lead
        self.points = points
        self.languages = languages
        """Code and own name of each language to choose from, English first."""
        self.sentences = sentences
        """The program's own sentences on this page: as written in the code -> in the page's language."""


def first_page(language: str | None = None) -> FirstPage | None:
    """The welcome page's words in a language, by its code; None is English.

    None where they are not there, or where a file of the screening or of a catalogue is not what it was.
    """
    import json

    try:
        with open(_FILE, encoding="utf-8") as file:  # noqa: PTH123  # pathlib takes longer
            kept = json.load(file)
        if kept["sources"] != _digest():
            return None
        page = kept["pages"].get(language or ENGLISH)
        languages = tuple((code, name) for code, name in kept["languages"])
        return page and FirstPage(page["title"], page["lead"], tuple(page["points"]), languages, page["sentences"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write() -> None:
    """Keep the words of the first page as they are now. Raises OSError, and Unusable."""
    import json

    from iop_tui.screening.catalogue import sentences
    from iop_tui.screening.language import CATALOGUES, offered, own_name
    from iop_tui.screening.load import load_manifest, shipped
    from iop_tui.screening.translate import manifest_in

    written = load_manifest(shipped())
    codes = offered(shipped() / "locale")
    pages = {}
    for code in codes:
        manifest = written if code == ENGLISH else manifest_in(written, code)
        pages[code] = {
            "title": manifest.title,
            "lead": manifest.welcome.lead,
            "points": manifest.welcome.points,
            "sentences": {} if code == ENGLISH else dict(sentences(CATALOGUES / f"{code}.po")),
        }
    kept = {"sources": _digest(), "languages": [(code, own_name(code)) for code in codes], "pages": pages}
    os.makedirs(os.path.dirname(_FILE), exist_ok=True)  # noqa: PTH103, PTH120  # as above
    unfinished = f"{_FILE}.{os.getpid()}"
    with open(unfinished, "w", encoding="utf-8") as file:  # noqa: PTH123  # as above
        json.dump(kept, file, ensure_ascii=False)
    os.replace(unfinished, _FILE)  # noqa: PTH105  # as above


def _digest() -> str:
    """The hash over the version, and the names, sizes and bytes of all files that the words may come from."""
    try:
        from _sha2 import sha256  # type: ignore[import-not-found, unused-ignore]  # from Python 3.12
    except ImportError:
        from _sha256 import sha256  # type: ignore[import-not-found, unused-ignore]  # until Python 3.11
    installed = f"{_PACKAGE}/questions"
    questions = installed if os.path.isdir(installed) else f"{os.path.dirname(_PACKAGE)}/questions"  # noqa: PTH112, PTH120  # as above
    hashed = sha256(__version__.encode())
    for place, ending in ((questions, ".yaml"), (f"{questions}/locale", ".po"), (f"{_PACKAGE}/locale", ".po")):
        for name in sorted(os.listdir(place)):  # noqa: PTH208  # as above
            if name.endswith(ending):
                with open(f"{place}/{name}", "rb") as file:  # noqa: PTH123  # as above
                    raw = file.read()
                hashed.update(b"%s\0%d\0%s" % (name.encode(), len(raw), raw))
    digest: str = hashed.hexdigest()
    return digest
