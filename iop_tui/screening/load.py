"""A questions directory -> Screening, or every problem at once."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from iop_tui.screening import references, yamlfile
from iop_tui.screening.decode import Decoder
from iop_tui.screening.model import (
    CareFile,
    HelpFile,
    Manifest,
    Screening,
    Section,
    Where,
)
from iop_tui.screening.problems import Report, Unusable

S = TypeVar("S", bound=Struct)


def shipped() -> Path:
    """The questions directory that comes with the program: inside an installed package, beside it in a checkout."""
    package = Path(__file__).parent.parent
    installed = package / "questions"
    return installed if installed.is_dir() else package.parent / "questions"


def load(directory: Path) -> Screening:
    """The screening in a directory. Raises Unusable with every problem found: file, line, sentence.

    Files are named in problems as the directory was named by the caller.
    """
    report = Report()
    reader = _Reader(directory, report)
    manifest = reader.manifest()
    sections = [section for name in manifest.sections if (section := reader.file(Section, f"{name}.yaml"))]
    _names_match(manifest, sections, report)
    care, help_file = reader.file(CareFile, "care.yaml"), reader.file(HelpFile, "help.yaml")
    loaded = Screening(
        manifest=manifest,
        sections=tuple(sections),
        care=care or CareFile((), (), Where("", 1)),
        help=help_file or HelpFile((), (), (), Where("", 1)),
        sha256=reader.digest.hexdigest(),
    )
    references.resolve(loaded, report, whole=not reader.unread)
    report.close()
    return loaded


def load_manifest(directory: Path) -> Manifest:
    """The screening.yaml of a directory alone: enough for a first page. Raises Unusable."""
    report = Report()
    manifest = _Reader(directory, report).manifest()
    report.close()
    return manifest


class _Reader:
    """Reads the files of a directory one after another."""

    def __init__(self, directory: Path, report: Report) -> None:
        self.directory = directory
        self.report = report
        self.digest = hashlib.sha256()
        self.unread = False

    def manifest(self) -> Manifest:
        """screening.yaml. Raises Unusable at once where it cannot be read: nothing else can be found without it."""
        if not (self.directory / "screening.yaml").is_file():
            here = Where(str(self.directory), 1)
            if not self.directory.is_dir():
                self.report.add(here, "there is no such directory")
            else:
                self.report.add(here, "there is no screening here: a screening is a directory with a screening.yaml")
            self.report.close()
        manifest = self.file(Manifest, "screening.yaml")
        if manifest is None:
            raise Unusable(self.report.problems)
        return manifest

    def file(self, cls: type[S], name: str) -> S | None:
        """One file as a model class; None, with the problem noted, where it cannot be read."""
        path = self.directory / name
        node, raw = yamlfile.read(path, str(path), self.report)
        self.digest.update(name.encode() + b"\0" + str(len(raw)).encode() + b"\0" + raw)
        if node is None:
            self.unread = True
            return None
        return Decoder(str(path), self.report).struct(cls, node)


def _names_match(manifest: Manifest, sections: list[Section], report: Report) -> None:
    for section in sections:
        stem = Path(section.where.file).stem
        if section.id != stem:
            report.add(
                section.where, f"section {section.id!r}: the file is called {stem}.yaml; give both the same name"
            )
    if len(set(manifest.sections)) != len(manifest.sections):
        report.add(manifest.where, "screening.yaml: a section is named twice in 'sections'")
    if not manifest.sections:
        report.add(manifest.where, "screening.yaml: 'sections' is empty; name at least one")
