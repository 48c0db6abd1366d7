"""The files of `reviews/` in a screening's directory: one review each, read with every problem at once, and written."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from iop_tui.platform import private_file
from iop_tui.review.attach import REVIEWS
from iop_tui.screening.format import yaml_nodes
from iop_tui.screening.format.decode import Decoder
from iop_tui.screening.model.definition import Manifest
from iop_tui.screening.model.locales import canonical
from iop_tui.screening.model.reviews import OWN_PARTS, Review
from iop_tui.screening.problems import Problem, Report

READABLE = 0o644
"""A review is no secret: whoever shows the screening must be able to read it."""


class Read(Struct, frozen=True):
    """What a directory of reviews holds: those that could be read, in the order in which they were signed; the files
    that could not; and why.
    """

    reviews: tuple[Review, ...] = ()
    unreadable: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def directory(manifest: Manifest) -> Path:
    """The directory of a screening's reviews."""
    return Path(manifest.where.file).parent / REVIEWS


def read_reviews(place: Path) -> Read:
    """All reviews in a directory; none where it does not exist."""
    reviews, unreadable, problems = [], [], []
    for path in _files(place):
        report = Report()
        review = _read(path, report)
        if review is None:
            unreadable.append(path.name)
        else:
            reviews.append(review)
        problems += report.problems
    reviews.sort(key=lambda review: (review.at, review.where.file))
    return Read(tuple(reviews), tuple(unreadable), tuple(sorted(problems)))


def write_review(review: Review, place: Path) -> Path:
    """Write a review to a new file, and return its path. Raises CannotSave, and OSError for the directory."""
    place.mkdir(exist_ok=True)
    stem = f"{review.date}-{_slug(review.name)}"
    names = (f"{stem}{'' if number == 1 else f'-{number}'}.yaml" for number in range(1, 1000))
    path = next(place / name for name in names if not (place / name).exists())
    private_file.create(path, as_yaml(review).encode())
    path.chmod(READABLE)
    return path


def as_yaml(review: Review) -> str:
    """The text of a review's file. Every text is in double quotes, as JSON has them: YAML reads those alike."""
    fields = {name: value for name, value in msgspec.structs.asdict(review).items() if name != "where"}
    lines = ["# A signed review: see docs/reviewing.md. Whoever changes a word here makes the signature invalid."]
    for name, value in fields.items():
        if isinstance(value, dict):
            lines += [f"{name}:", *(f"  {part}: {quoted(given)}" for part, given in value.items())]
        elif value is not None:
            lines.append(f"{name}: {quoted(value)}")
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text in double quotes, as JSON and YAML have them."""
    return json.dumps(text, ensure_ascii=False)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _files(place: Path) -> Iterator[Path]:
    # A directory that may not be listed holds reviews that cannot be read.
    if not place.is_dir():
        return
    try:
        yield from sorted(path for path in place.iterdir() if path.suffix in (".yaml", ".yml"))
    except OSError:
        yield place


def _read(path: Path, report: Report) -> Review | None:
    node, _raw = yaml_nodes.read(path, str(path), report)
    if node is None:
        return None
    review = Decoder(str(path), report).struct(Review, node)
    if not report.problems:
        if not review.read:
            report.add(review.where, f"review: 'read' names nothing; it could be: {', '.join(OWN_PARTS)}, es")
        for part in review.read:
            if part not in OWN_PARTS and canonical(part) != part:
                known = ", ".join(OWN_PARTS)
                report.add(review.where, f"review: read: there is no part {part!r}; it could be: {known}, es")
    return None if report.problems else review


def _slug(name: str) -> str:
    """The name as part of a file's name."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "reviewer"
