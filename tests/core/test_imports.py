"""What a fresh process imports: the core knows no terminal, and a start waits for nothing that comes later.

The layers themselves are contracts of import-linter, in pyproject.toml.
"""

from __future__ import annotations

import ast
import importlib.util
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent.parent / "iop_tui"


@cache
def imported(path: Path) -> set[str]:
    """The dotted names that a file imports, wherever in the file it does."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


TERMINAL = {"textual", "rich"}
WITHOUT_TERMINAL = [
    *(
        ".".join(("iop_tui", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        for path in sorted((PACKAGE / "screening").glob("**/*.py"))
    ),
    "iop_tui.firstpaint.layout",
    "iop_tui.firstpaint.ansi",
    "iop_tui.firstpaint.takeover",
    "iop_tui.commands.first_page",
    "iop_tui.call.operations",
    "iop_tui.records.store",
    "iop_tui.records.stats",
    "iop_tui.export.report",
    "iop_tui.export.note_text",
    "iop_tui.export.note_markdown",
    "iop_tui.export.note_pdf",
    "iop_tui.export.data",
    "iop_tui.export.files",
    "iop_tui.export.fhir.bundle",
    "iop_tui.takeaway.text",
    "iop_tui.takeaway.markdown",
    "iop_tui.takeaway.summary_file",
    "iop_tui.commands.evidence_page",
    "iop_tui.takeaway.printed_page",
    "iop_tui.takeaway.qr_payload",
    "iop_tui.takeaway.printer",
    "iop_tui.takeaway.qr_code",
    "iop_tui.site.site_file",
    "iop_tui.site.pin",
    "iop_tui.kiosk.preflight",
    "iop_tui.line.start",
    "iop_tui.translation.update",
    "iop_tui.cli",
    "iop_tui.__main__",
    "iop_tui.commands.assess",
    "iop_tui.commands.basis",
    "iop_tui.commands.check",
    "iop_tui.commands.kiosk",
    "iop_tui.commands.new",
    "iop_tui.commands.schema",
    "iop_tui.commands.wizard",
]
"""Modules that a program without a terminal may import."""


def loaded_by(*modules: str) -> set[str]:
    """The names of all modules that a fresh process has after it imported these."""
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


NAME = re.compile(r"iop_tui(\.\w+)+(:\w+)?")
"""A module, or something in one, as a string that is imported or patched by it."""


def named_in_strings(path: Path) -> Iterator[tuple[int, str]]:
    """The dotted names that stand in strings of a file, each with its line."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value):
            yield node.lineno, node.value
        elif isinstance(node, ast.JoinedStr):
            first = node.values[0]
            pieced = isinstance(first, ast.Constant) and re.match(r"iop_tui\.[\w.]*$", str(first.value))
            assert not pieced, f"{path}:{node.lineno}: put together, so that nobody finds it: write the name whole"


def is_there(name: str) -> bool:
    """Whether a dotted name is a module, or something in one."""
    try:
        if ":" not in name and importlib.util.find_spec(name) is not None:
            return True
    except ModuleNotFoundError:
        pass
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


def test_every_module_that_is_named_in_a_string_is_there() -> None:
    # A module that was moved leaves such a name behind without a fault of any import or type.
    top = PACKAGE.parent
    files = [path for folder in ("iop_tui", "tests", "benchmarks") for path in (top / folder).glob("**/*.py")]
    named = [(f"{path.relative_to(top)}:{line}", name) for path in files for line, name in named_in_strings(path)]
    assert {"iop_tui.tui.question", "iop_tui.kiosk.qr_page"} <= {name for _place, name in named}
    assert [place_and_name for place_and_name in named if not is_there(place_and_name[1])] == []


def test_what_knows_no_terminal_imports_none() -> None:
    # All in one process: what one of them imports is there. Only to name it is each imported by itself.
    assert not TERMINAL & loaded_by(*WITHOUT_TERMINAL), [
        name for name in WITHOUT_TERMINAL if TERMINAL & loaded_by(name)
    ]


def test_a_screening_is_loaded_to_be_asked_without_what_only_its_authors_need() -> None:
    authors = {
        "iop_tui.screening.authoring.mutation",
        "iop_tui.screening.authoring.evidence",
        "iop_tui.screening.authoring.json_schema",
        "iop_tui.screening.authoring.readability",
    }
    assert not authors & loaded_by("iop_tui.screening.authoring.checker")


def test_the_wizard_starts_without_what_only_later_pages_need() -> None:
    late = {
        "iop_tui.tui.question",
        "iop_tui.tui.crisis",
        "iop_tui.tui.review",
        "iop_tui.tui.result",
        "iop_tui.tui.save",
        "iop_tui.tui.help",
        "iop_tui.tui.compare",
        "iop_tui.tui.confirm",
        "iop_tui.tui.glossary",
        "iop_tui.tui.glossary_links",
        "iop_tui.tui.problems",
        "iop_tui.tui.live_reload",
    }
    assert not late & loaded_by("iop_tui.tui.app")


def test_widths_of_characters_are_imported_only_to_wrap_a_line() -> None:
    assert "wcwidth" not in loaded_by("iop_tui.commands.first_page", "iop_tui.tui.app", "iop_tui.line.start")


def test_the_solver_is_imported_by_one_module_and_only_to_prove() -> None:
    users = [path for path in PACKAGE.glob("**/*.py") if "z3" in {name.split(".")[0] for name in imported(path)}]
    assert [path.relative_to(PACKAGE).as_posix() for path in users] == ["screening/proof/solver.py"]
    assert "z3" not in loaded_by("iop_tui.commands.check")
    assert "z3" not in loaded_by("iop_tui.screening.authoring.checker")


def test_nothing_private_of_textual_is_touched_outside_compat() -> None:
    private = {"_fatal_error", "_exception", "_driver", "_lines", "_option_render_cache", "_nodes", "_screen_stack"}
    for path in [path for name in ("tui", "kiosk", "counselor") for path in (PACKAGE / name).glob("**/*.py")]:
        if not path.name.startswith("compat"):
            nodes = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)]
            # A widget of the counselor's may have a `_lines` of its own.
            theirs = [n for n in nodes if path.parent.name != "pages" or getattr(n.value, "id", "") != "self"]
            attributes = {node.attr for node in theirs}
            assert not attributes & private, path.name


def test_the_first_page_is_painted_before_anything_slow_is_imported() -> None:
    path = [str(PACKAGE.parent)]
    code = f"""
import sys; sys.path[:0] = {path}
import iop_tui.__main__, iop_tui.commands.first_page as first, iop_tui.screening.compiled.compiled_index as compiled
import iop_tui.firstpaint.takeover
page = compiled.FirstPage("A title", "A lead.", ("A point.",), (("en", "English"),), {{}})
first._show(page, "en", None)
import iop_tui.firstpaint.layout
assert iop_tui.firstpaint.layout.rows(page, "en", 80, 24)
print(sorted(sys.modules.keys() & set("click msgspec pathlib re textual typing yaml".split())))
"""
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
