"""docs/architecture.md names files and packages that exist, all packages, and all layers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "iop_tui"
MAP = (ROOT / "docs" / "architecture.md").read_text()
_NAMES = re.compile(r"`([\w./*-]+)`")
_FILE = re.compile(r"[\w*-]+\.(py|md|yaml|toml|tcss)|.*/.*")
"""A name with the ending of a file, or with a slash: the others are commands and words of YAML."""


def section(title: str) -> str:
    """The text below a heading, up to the next one."""
    return MAP.partition(f"## {title}\n")[2].partition("\n## ")[0]


def rows(title: str) -> list[tuple[str, str]]:
    """The rows of a table of two columns, without its head."""
    lines = [line.strip("|").split("|", 1) for line in section(title).splitlines() if line.startswith("| ")]
    return [(first, second) for first, second in lines][2:]


def files_in(text: str) -> list[str]:
    return [name for name in _NAMES.findall(text) if _FILE.fullmatch(name)]


def there(name: str, *folders: Path) -> bool:
    """Whether a file, a folder, or a file of that pattern exists in one of the folders."""
    return any(any(folder.glob(name.rstrip("/"))) for folder in folders)


def packages() -> Iterator[str]:
    """The packages right below iop_tui and its core, as the map names them."""
    for parent in (PACKAGE, PACKAGE / "screening"):
        yield from (path.parent.relative_to(PACKAGE).as_posix() for path in parent.glob("*/__init__.py"))


def test_every_file_named_for_a_package_is_in_it() -> None:
    table = rows("Packages")
    assert len(table) > 15
    for first, second in table:
        folders = [PACKAGE / name for name in _NAMES.findall(first)]
        assert all(folder.is_dir() for folder in folders), first
        assert [name for name in files_in(second) if not there(name, *folders)] == [], first


def test_every_package_is_named() -> None:
    named = {name for first, _second in rows("Packages") for name in _NAMES.findall(first)}
    assert {*packages()} - {"screening"} <= named


def test_where_a_change_belongs_is_a_file_that_exists() -> None:
    table = rows("Where a change belongs")
    named = [name for _change, files in table for name in files_in(files)]
    assert len(named) > len(table)
    assert [name for name in named if not there(name, ROOT, PACKAGE)] == []


def test_every_layer_of_the_core_is_in_the_figure_in_order() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [layers] = [each["layers"] for each in contracts if each.get("containers") == ["iop_tui.screening"]]
    figure = section("Layers").partition("screening  ")[2]
    places = [re.search(rf"\b{layer}\b(?=\s)", figure) for layer in layers]
    assert None not in places
    starts = [place.start() for place in places if place is not None]
    assert starts == sorted(starts)
