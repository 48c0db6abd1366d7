"""Language codes: their form, the files named after them, and the fallback order.

Codes have gettext's form, `es`, `es_MX`, `zh_Hans`, `ca@valencia`; BCP 47's `es-MX`, in any case, is accepted and means
the same. A request falls back to the nearest available language: `es_MX` to `es_419` (Latin American Spanish, its
parent in CLDR), then to `es`.
"""

from __future__ import annotations

# The first page is painted after this import: nothing is imported that it does not need.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

ENGLISH = "en"
"""The language in which screenings and the program are written."""

_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva", "arabic": "Arab"}
"""Scripts as the locales of glibc name them: sr@latin is sr_Latn."""
_NO_VARIANT = frozenset({"euro"})
_WRITTEN = {("zh", "CN"): "zh_Hans", ("zh", "TW"): "zh_Hant", ("zh", "SG"): "zh_Hans_SG"}
_WRITTEN |= {("zh", region): f"zh_Hant_{region}" for region in ("HK", "MO")}
"""Chinese is named by region in some places, and by script in others."""
_LATIN_AMERICA = frozenset(
    {"AR", "BO", "BR", "BZ", "CL", "CO", "CR", "CU", "DO", "EC", "GT", "HN", "MX"}
    | {"NI", "PA", "PE", "PR", "PY", "SV", "US", "UY", "VE"}
)
"""Spanish regions whose parent is es_419 (CLDR, supplementalData, parentLocales)."""


def N_(message: str) -> str:  # noqa: N802  # the name that gettext's tools know for "to be translated, later"
    """Mark a message for extraction: it is translated where it is shown, not here."""
    return message


def wanted(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The languages that the environment asks for, in order of preference, each followed by its fallbacks. The last is
    English.

    The first of LC_ALL, LC_MESSAGES and LANG that is set decides, and LANGUAGE before them unless they say C, as in
    gettext.
    """
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    if locale.split(".")[0] in ("C", "POSIX"):
        return (ENGLISH,)
    codes: list[str] = []
    for asked in [*environ.get("LANGUAGE", "").split(":"), locale]:
        # As in sr_RS.UTF-8@latin: the character encoding says nothing about the language.
        name, at, variant = asked.partition("@")
        code = canonical(name.split(".")[0] + at + variant)
        codes += nearest(code) if code else ()
    codes.append(ENGLISH)
    return tuple(dict.fromkeys(codes[: codes.index(ENGLISH) + 1]))


def canonical(written: str) -> str | None:
    """The code in canonical form; None if it is not a language code."""
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
    """The fallback order for a canonical `code`, nearest first."""
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
    """The catalogues in a directory: code -> file, in the order of the codes."""
    found: dict[str, Path] = {}
    for path in _files(directory):
        code = canonical(path.stem)
        if code is not None:
            found.setdefault(code, path)
    return dict(sorted(found.items()))


def catalogue_of(directory: Path, code: str) -> Path:
    """The path of a language's catalogue, whether it exists or not."""
    named = directory / f"{code}.po"
    return named if named.exists() else catalogues(directory).get(code, named)


def misnamed(directory: Path) -> Iterator[tuple[Path, str]]:
    """Files that look like catalogues but are never read, each with the remedy."""
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
    """The PO files of a directory; of two for one language, the canonically named one first. Names that begin with a
    dot or `#`, or end in more than `.po`, are files that editors and systems leave behind.
    """
    named = [path for path in _entries(directory) if path.suffix == ".po" and not path.name.startswith((".", "#"))]
    return sorted(named, key=lambda path: (canonical(path.stem) != path.stem, path.name))


def _entries(directory: Path) -> Iterable[Path]:
    try:
        return list(directory.iterdir())
    except OSError:
        return ()
