"""Codes of languages: how they are written, which files are named by them, and what serves whom.

A code is written as gettext does it, `es`, `es_MX`, `zh_Hans`, `ca@valencia`; BCP 47's `es-MX`, and any case, are
understood and mean the same. Whoever asks for a language gets the nearest one that is there: for `es_MX` that is
`es_419` (Spanish of Latin America, its parent in CLDR), then `es`.
"""

from __future__ import annotations

# The first page is painted after this, so nothing is imported that it does not need.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

ENGLISH = "en"
"""The code of the language that screenings and the program are written in."""

_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva", "arabic": "Arab"}
"""Scripts as the locales of glibc name them: sr@latin is sr_Latn."""
_NO_VARIANT = frozenset({"euro"})
_WRITTEN = {("zh", "CN"): "zh_Hans", ("zh", "TW"): "zh_Hant", ("zh", "SG"): "zh_Hans_SG"}
_WRITTEN |= {("zh", region): f"zh_Hant_{region}" for region in ("HK", "MO")}
"""Chinese is called by its country in some places, and by its script in others."""
_LATIN_AMERICA = frozenset(
    {"AR", "BO", "BR", "BZ", "CL", "CO", "CR", "CU", "DO", "EC", "GT", "HN", "MX"}
    | {"NI", "PA", "PE", "PR", "PY", "SV", "US", "UY", "VE"}
)
"""Where Spanish has es_419 as its parent (CLDR, supplementalData, parentLocales)."""


def N_(message: str) -> str:  # noqa: N802  # the name that gettext's tools know for "to be translated, later"
    """The message as it is: looked up where it is shown, not where it is written."""
    return message


def wanted(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The languages that the environment asks for, as codes, the one that is liked best first, each followed by those
    that would do in its place. It ends with English.

    The first of LC_ALL, LC_MESSAGES and LANG that is set decides, and the list in LANGUAGE before them unless they say
    C, as with gettext.
    """
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    if locale.split(".")[0] in ("C", "POSIX"):
        return (ENGLISH,)
    codes: list[str] = []
    for asked in [*environ.get("LANGUAGE", "").split(":"), locale]:
        # As in sr_RS.UTF-8@latin: how letters are made to bytes is no matter of the language.
        name, at, variant = asked.partition("@")
        code = canonical(name.split(".")[0] + at + variant)
        codes += nearest(code) if code else ()
    codes.append(ENGLISH)
    return tuple(dict.fromkeys(codes[: codes.index(ENGLISH) + 1]))


def canonical(written: str) -> str | None:
    """A code as this program writes it; None for what is none."""
    plain, _at, variant = written.partition("@")
    language, *parts = plain.replace("-", "_").split("_")
    if not (written.isascii() and language.isalpha() and 2 <= len(language) <= 3 and (variant.isalpha() or not _at)):
        return None
    language, variant = language.lower(), variant.lower()
    script = parts.pop(0).title() if parts and len(parts[0]) == 4 and parts[0].isalpha() else _SCRIPTS.get(variant, "")
    region = parts.pop(0).upper() if parts and _is_region(parts[0]) else ""
    if parts:
        return None
    if not script and (language, region) in _WRITTEN:
        return _WRITTEN[language, region]
    variant = "" if variant in _SCRIPTS or variant in _NO_VARIANT else variant
    return "_".join(part for part in (language, script, region) if part) + (f"@{variant}" if variant else "")


def nearest(code: str) -> tuple[str, ...]:
    """The languages that serve somebody who wants this one, the nearest first. `code` is canonical."""
    plain, _at, variant = code.partition("@")
    language, *parts = plain.split("_")
    script = "_".join(part for part in parts if len(part) == 4)
    region = "_".join(part for part in parts if len(part) != 4)
    wider = ["419"] if language == "es" and region in _LATIN_AMERICA else []
    made = []
    for written in dict.fromkeys((script, "")):
        for where in dict.fromkeys((region, *wider, "")):
            named = "_".join(part for part in (language, written, where) if part)
            made += [f"{named}@{variant}", named] if variant else [named]
    return tuple(dict.fromkeys(made))


def catalogues(directory: Path) -> Mapping[str, Path]:
    """The catalogues of a directory: code -> file, in the order of the codes."""
    found: dict[str, Path] = {}
    for path in _files(directory):
        code = canonical(path.stem)
        if code is not None:
            found.setdefault(code, path)
    return dict(sorted(found.items()))


def catalogue_of(directory: Path, code: str) -> Path:
    """Where the catalogue of a language stands, or would."""
    named = directory / f"{code}.po"
    return named if named.exists() else catalogues(directory).get(code, named)


def misnamed(directory: Path) -> Iterator[tuple[Path, str]]:
    """Files that look like catalogues and are nobody's, each with what to do."""
    seen: dict[str, Path] = {}
    for path in _files(directory):
        code = canonical(path.stem)
        if code is None:
            yield path, "its name is no code of a language, so nobody is offered it; rename it, as in es.po, or move it"
        elif code in seen:
            yield path, f"{seen[code].name} is of the same language, so this one is not read; keep one of them"
        else:
            seen[code] = path
    for path in sorted(_entries(directory)):
        if path.suffix.lower() == ".po" != path.suffix:
            yield path, f"it is not read; name it {path.stem}.po"
        elif path.is_dir() and canonical(path.name) and (path / "LC_MESSAGES").exists():
            yield path, f"catalogues in directories are not read; move its PO file to {path.name}.po"


def _is_region(part: str) -> bool:
    return (len(part) == 2 and part.isalpha()) or (len(part) == 3 and part.isdigit())


def _files(directory: Path) -> list[Path]:
    """What is named like a PO file; of two for one language, first the one that is named as the code is written. Names
    that begin with a point or `#` are left behind by editors and systems, as are those that end in more than `.po`.
    """
    named = [path for path in _entries(directory) if path.suffix == ".po" and not path.name.startswith((".", "#"))]
    return sorted(named, key=lambda path: (canonical(path.stem) != path.stem, path.name))


def _entries(directory: Path) -> Iterable[Path]:
    try:
        return list(directory.iterdir())
    except OSError:
        return ()
