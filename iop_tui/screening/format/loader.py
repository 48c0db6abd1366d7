"""A questions directory -> Screening, or every problem at once."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from iop_tui.screening.compiled.compiled_index import digest
from iop_tui.screening.format import references, yaml_nodes
from iop_tui.screening.format.decode import Decoder
from iop_tui.screening.format.result_point import check_result_point
from iop_tui.screening.model.content import CareFile, Glossary, HelpFile
from iop_tui.screening.model.definition import Manifest, Screening, Section
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.problems import Report, Unusable

S = TypeVar("S", bound=Struct)
_NO_SECTIONS = ("screening", "care", "help", "glossary", "basis", "cases", "schema")
"""Names with a meaning of their own in a questions directory."""


def load(directory: Path) -> Screening:
    """The screening in a directory. Raises Unusable with every problem found.

    Problems name files relative to the directory as the caller named it.
    """
    report = Report()
    reader = _Reader(directory, report)
    manifest = reader.manifest()
    names = [name for name in dict.fromkeys(manifest.sections) if name and name not in _NO_SECTIONS]
    sections = [section for name in names if (section := reader.file(Section, f"{name}.yaml"))]
    _names_match(manifest, sections, report)
    care, help_file = reader.file(CareFile, "care.yaml"), reader.file(HelpFile, "help.yaml")
    glossary = reader.file(Glossary, "glossary.yaml") if is_there(directory / "glossary.yaml") else None
    loaded = Screening(
        manifest=manifest,
        sections=tuple(sections),
        care=care or CareFile((), (), (), SourceLocation("", 1)),
        help=help_file or HelpFile((), (), (), SourceLocation("", 1)),
        glossary=glossary or Glossary((), SourceLocation("", 1)),
        sha256=reader.sha256(),
    )
    whole = not reader.unread and (manifest.where, "sections") not in report.unread
    references.resolve(loaded, report, whole=whole)
    check_result_point(loaded, report, whole=whole)
    report.close()
    return loaded


def load_manifest(directory: Path) -> Manifest:
    """Only the screening.yaml of a directory: enough for a first page. Raises Unusable."""
    report = Report()
    manifest = _Reader(directory, report).manifest()
    report.close()
    return manifest


def is_there(path: Path) -> bool:
    """Whether an optional path exists. A broken link does: its file is missing."""
    return path.exists() or path.is_symlink()


class _Reader:
    """Reads the files of a directory one after another."""

    def __init__(self, directory: Path, report: Report) -> None:
        self.directory = directory
        self.report = report
        self.files: list[tuple[str, bytes]] = []
        self.unread = False

    def manifest(self) -> Manifest:
        """screening.yaml. Raises Unusable at once if it cannot be read: nothing else can be found without it."""
        here = SourceLocation(str(self.directory), 1)
        try:
            if not self.directory.is_dir():
                self.report.add(here, "there is no such directory")
            elif not (self.directory / "screening.yaml").is_file():
                said = "there is no screening here: a screening is a directory with a screening.yaml"
                if any(self.directory.glob("*.yaml")):
                    said += "; a section alone is checked once it is in one, named in 'sections' of its screening.yaml"
                self.report.add(here, said)
        except OSError as failure:
            self.report.add(here, f"the directory cannot be read: {failure.strerror or failure}")
        self.report.close()
        manifest = self.file(Manifest, "screening.yaml")
        if manifest is None:
            raise Unusable(self.report.problems)
        return manifest

    def sha256(self) -> str:
        """The hash over the names, sizes and bytes of the files read, in hexadecimal."""
        return digest(self.files)

    def file(self, cls: type[S], name: str) -> S | None:
        """One file as a model class; None, with the problem reported, if it cannot be read."""
        path = self.directory / name
        node, raw = yaml_nodes.read(path, str(path), self.report)
        self.files.append((name, raw))
        if node is None:
            self.unread = True
            return None
        return Decoder(str(path), self.report).struct(cls, node)


def _names_match(manifest: Manifest, sections: list[Section], report: Report) -> None:
    for section in sections:
        stem = Path(section.where.file).stem
        if section.id and section.id != stem:
            report.add(
                section.where, f"section {section.id!r}: the file is called {stem}.yaml; give both the same name"
            )
    if len(set(manifest.sections)) != len(manifest.sections):
        report.add(manifest.where, "screening.yaml: a section is named twice in 'sections'")
    for name in [name for name in _NO_SECTIONS if name in manifest.sections]:
        report.add(manifest.where, f"screening.yaml: no section can be called {name!r}; give it another name")
    if not manifest.sections and (manifest.where, "sections") not in report.unread:
        report.add(manifest.where, "screening.yaml: 'sections' is empty; name at least one")
