"""The direction of dependencies: the core knows no terminal, and no face is imported by what lies below it."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent.parent / "iop_tui"
BELOW = {
    "screening": set(),
    "firstpaint": {"screening"},
    "site": {"screening"},
    "takeaway": {"screening", "site"},
    "line": {"screening", "takeaway"},
    "call": {"screening", "site"},
    "records": {"screening", "site", "call"},
    "export": {"screening", "site", "takeaway", "call"},
    "tui": {"screening", "firstpaint", "takeaway"},
    "kiosk": {"screening", "site", "takeaway", "tui"},
    "counselor": {"screening", "site", "takeaway", "call", "records", "export", "tui"},
    "translation": {"screening"},
    "commands": {
        *(
            "screening",
            "firstpaint",
            "site",
            "takeaway",
            "call",
            "records",
            "export",
            "line",
            "tui",
            "kiosk",
            "counselor",
        ),
        "translation",
    },
}
"""Folder -> the parts of the package that it may import, besides itself."""
_WORDS = {"kinds", "logic", "care", "model"}
CORE_ORDER = {
    "locales": set(),
    "kinds": {"locales"},
    "logic": {"kinds"},
    "care": {"kinds", "logic"},
    "model": {"kinds", "logic", "care"},
    "problems": {"kinds"},
    "entries": {"kinds"},
    "pofile": {"kinds", "entries"},
    "plurals": set(),
    "compiled": {"locales"},
    "compiled_screening": {"compiled", "plurals", *_WORDS},
    "shipped": {"compiled", "compiled_screening", "check", "model"},
    "catalogue": {"kinds", "problems", "entries", "pofile", "plurals", "compiled_screening"},
    "language": {"locales", "plurals", "catalogue"},
    "translate": {"catalogue", "locales", "compiled_screening", *_WORDS},
    "answers": {"model"},
    "limits": {"logic", "problems"},
    "question_types": {"answers", "english", "language", "limits", "problems", *_WORDS},
    "terms": _WORDS,
    "calls": {"language", *_WORDS},
    "watch": {"problems", "model"},
    "conditions": {"question_types", "answers", *_WORDS},
    "voice": {"answers", "conditions", *_WORDS},
    "interview": {"question_types", "answers", "conditions", "voice", *_WORDS},
    "domains": {"question_types", "answers", "conditions", *_WORDS},
    "bits": {"question_types", "conditions", "domains", *_WORDS},
    "encoding": {"question_types", "answers", "bits", "conditions", "domains", *_WORDS},
    "reading": {"answers", "bits", "conditions", "encoding", *_WORDS},
    "possible": {"answers", "bits", "conditions", "encoding", "reading", *_WORDS},
    "levels": {"possible", "reading", *_WORDS},
    "through": {"conditions", "logic"},
    "turning": {"answers", "conditions", "logic", "model", "question_types"},
    "beside": {"answers", "conditions", "levels", "possible", "reading", "through", *_WORDS},
    "levers": {"answers", "beside", "conditions", "reading", "turning", *_WORDS},
    "nearest": {"answers", "english", "kinds", "language", "levers", "model", "voice"},
    "assess": {"care", "answers", "conditions", "domains", "levels", "possible", "reading", "voice", *_WORDS},
    "summary": {"calls", "answers", "conditions", "assess", "language", "voice", *_WORDS},
    "caseyaml": {"answers", "assess", "cases", "kinds"},
}
"""What each module on the way from answers to the summary may import of the core."""


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


@pytest.mark.parametrize("folder", BELOW)
def test_a_folder_imports_only_what_lies_below_it(folder: str) -> None:
    for path in (PACKAGE / folder).glob("**/*.py"):
        ours = {name.split(".")[1] for name in imported(path) if name.startswith("iop_tui.") and name.count(".") > 1}
        assert ours <= BELOW[folder] | {folder}, f"{path.name} imports {ours}"


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


def test_what_knows_no_terminal_imports_none() -> None:
    # All in one process: what one of them imports is there. Only to name it is each imported by itself.
    assert not TERMINAL & loaded_by(*WITHOUT_TERMINAL), [
        name for name in WITHOUT_TERMINAL if TERMINAL & loaded_by(name)
    ]


def test_a_screening_is_loaded_to_be_asked_without_what_only_its_authors_need() -> None:
    authors = {f"iop_tui.screening.{name}" for name in ("mutation", "basis", "schema", "readability")}
    assert not authors & loaded_by("iop_tui.screening.authoring.checker")


@pytest.mark.parametrize("module", CORE_ORDER)
def test_a_module_of_the_core_imports_only_what_lies_below_it(module: str) -> None:
    here = PACKAGE / "screening" / module
    files = here.glob("*.py") if here.is_dir() else (here.with_suffix(".py"),)
    names = {name for file in files for name in imported(file)}
    ours = {name.split(".")[2] for name in names if name.startswith("iop_tui.screening.")}
    assert ours <= CORE_ORDER[module] | {module}


def test_the_wizard_starts_without_what_only_later_pages_need() -> None:
    late = {
        "question",
        "crisis",
        "review",
        "result",
        "save",
        "help",
        "compare",
        "confirm",
        "glossary",
        "marking",
        "problems",
        "author",
    }
    assert not {f"iop_tui.tui.{name}" for name in late} & loaded_by("iop_tui.tui.app")


def test_the_solver_is_imported_by_one_module_and_only_to_prove() -> None:
    users = [path for path in PACKAGE.glob("**/*.py") if "z3" in {name.split(".")[0] for name in imported(path)}]
    assert [path.relative_to(PACKAGE).as_posix() for path in users] == ["screening/proof/solver.py"]
    assert "z3" not in loaded_by("iop_tui.commands.check")
    assert "z3" not in loaded_by("iop_tui.screening.authoring.checker")


def test_nothing_private_of_textual_is_touched_outside_compat() -> None:
    private = {"_fatal_error", "_exception", "_driver", "_lines", "_option_render_cache", "_nodes", "_screen_stack"}
    for path in [*(PACKAGE / "tui").glob("*.py"), *(PACKAGE / "kiosk").glob("**/*.py")]:
        if not path.name.startswith("compat"):
            attributes = {
                node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)
            }
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
