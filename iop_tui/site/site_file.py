"""A site file -> Site, or every problem at once."""

from __future__ import annotations

import re
import time
from collections.abc import Collection
from datetime import date
from pathlib import Path

import yaml

from iop_tui.screening.english import counted
from iop_tui.screening.format import yaml_nodes
from iop_tui.screening.format.decode import Decoder
from iop_tui.screening.i18n.language import codes, offered
from iop_tui.screening.i18n.localize import directory
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.model.locales import nearest
from iop_tui.screening.model.reviews import OWN_PARTS
from iop_tui.screening.problems import Report, Unusable, suggestion
from iop_tui.site.contrast import contrast
from iop_tui.site.pin import HASH
from iop_tui.site.settings import Colours, Site, Times

STEPS = 10
"""The most steps of a protocol: one for each digit key."""
PHONES = 8
"""The most phone lines of a clinic, in addition to those of the screening: more would not be read."""
READABLE = 4.5
"""The least contrast of text and background: WCAG 2.2, success criterion 1.4.3."""
_LEAST = 20
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_COLOUR = re.compile("#[0-9a-fA-F]{6}")
# Without quotes a colour begins a comment, and YAML drops it.
_BARE_COLOUR = re.compile(rb":[ \t]+#[0-9a-fA-F]{3,6}\b")


def load_site(path: Path) -> Site:
    """The site file. Raises Unusable with every problem found: file, line, sentence."""
    report = Report()
    node, raw = yaml_nodes.read(path, str(path), report)
    for line, written in enumerate(raw.split(b"\n"), 1):
        if _BARE_COLOUR.search(written):
            said = 'write a colour in quotes, as "#1f3f3a"; without them YAML takes it for a remark'
            report.add(SourceLocation(str(path), line), said)
    if node is None:
        raise Unusable(report.problems)
    site = Decoder(str(path), report).struct(Site, node)
    _sensible(site, report)
    report.close()
    return site


def fits(site: Site, screening: Screening) -> None:
    """Raise Unusable if the site file names something that the screening does not have."""
    report = Report()
    _known(site.crisis, screening.pages, "crisis", "page of danger", site, report)
    _known(site.protocols, screening.pages, "protocols", "page of danger", site, report)
    for language, own in site.words.items():
        _known(own.crisis, screening.pages, "crisis", "page of danger", site, report, under=("words", language))
    spoken = offered(directory(screening.manifest))
    _known(site.require_review, (*OWN_PARTS, *spoken[1:]), "require_review", "part", site, report)
    for language in site.languages:
        if language not in spoken:
            said = f"the screening has no words in {language!r}; it has {', '.join(spoken)}"
            report.add(_line(site, "languages"), f"site file: languages: {said}")
    report.close()


def _sensible(site: Site, report: Report) -> None:
    """Check settings that depend on each other."""
    unspoken = [name for name in site.languages if not set(nearest(name)) & set(codes())]
    _known(unspoken, codes(), "languages", "language", site, report)
    for name in dict.fromkeys(name for name in site.languages if site.languages.count(name) > 1):
        report.add(_line(site, "languages"), f"site file: languages: {name!r} is there twice; delete one")
    _worded(site, report)
    drawn: list[tuple[tuple[str, ...], tuple[str, ...], int]] = [
        (("invite",), site.invite, 3),
        (("staff", "large"), site.staff.large, 2),
    ]
    for language, own in site.words.items():
        drawn += [
            (("words", language, "invite"), own.invite or (), 3),
            (("words", language, "large"), own.large or (), 2),
        ]
    for keys, lines, most in drawn:
        if len(lines) > most:
            said = f"{len(lines)} lines are too many to be drawn large on one page; write {most} at most"
            report.add(_line(site, *keys), f"site file: {': '.join(keys)}: {said}")
        if lines and not any(sign.isalnum() for line in lines for sign in line):
            report.add(_line(site, *keys), f"site file: {': '.join(keys)}: there is no letter in it; write a word")
    _followed(site, report)
    _signed(site, report)
    _reachable(site, report)
    files = [each.file for each in site.forms]
    for number, each in enumerate(site.forms):
        if each.file in files[:number]:
            report.add(each.where, f"site file: forms: {each.file!r} is there twice; delete one")
    if site.staff.pin and not HASH.fullmatch(site.staff.pin):
        said = (
            "this is not a hash of a PIN. Do not write the PIN itself here; make a hash with 'iop-tui kiosk --new-pin'"
        )
        report.add(_line(site, "staff", "pin"), f"site file: staff: pin: {said}")
    if site.printer is not None and len(site.printer.command) == 1 and " " in site.printer.command[0]:
        written = ", ".join(site.printer.command[0].split())
        said = f"a command and its options are a list; write [{written}]"
        report.add(_line(site, "printer", "command"), f"site file: printer: command: {said}")
    _patient(site, site.times, report)
    if site.colours is not None:
        _seen(site, site.colours, report)


def _known(
    names: Collection[str],
    there: Collection[str],
    key: str,
    noun: str,
    site: Site,
    report: Report,
    *,
    under: tuple[str, ...] = (),
) -> None:
    for name in names:
        if name not in there:
            said = f"there is no {noun} {name!r}{suggestion(name, there)}"
            report.add(_line(site, *under, key, name), f"site file: {': '.join((*under, key))}: {said}")


def _worded(site: Site, report: Report) -> None:
    """Check texts in other languages: in offered languages only, and for all of the clinic's phone lines or none."""
    first, *others = site.languages
    for language, own in site.words.items():
        said = ""
        if language == first:
            said = f"the rest of this file is in {first!r} already, the first of its languages; write these words there"
        elif language not in others:
            said = f"{language!r} is not among the languages that visitors may choose; add it to 'languages'"
        if said:
            report.add(_line(site, "words", language), f"site file: words: {said}")
        if own.phones and len(own.phones) != len(site.phones):
            lines = f"{counted(len(own.phones), 'line')} here, and {len(site.phones)} in the file's own 'phones'"
            said = f"{lines}; write all of them, in the same order"
            report.add(_line(site, "words", language, "phones"), f"site file: words: {language}: phones: {said}")


def _followed(site: Site, report: Report) -> None:
    """Check the number of steps of a protocol."""
    protocols: list[tuple[tuple[str, ...], tuple[str, ...]]] = [(("protocol",), site.protocol)]
    for keys, steps in [*protocols, *((("protocols", page), own) for page, own in site.protocols.items())]:
        if len(steps) > STEPS:
            said = f"{len(steps)} steps are more than a counselor can follow on the phone; write {STEPS} at most"
            report.add(_line(site, *keys), f"site file: {': '.join(keys)}: {said}")


def _signed(site: Site, report: Report) -> None:
    """Check that each reviewer's key is there once, and that somebody could fulfil what is required."""
    keys = [reviewer.key for reviewer in site.reviewers]
    for number, reviewer in enumerate(site.reviewers):
        if reviewer.key and reviewer.key in keys[:number]:
            report.add(reviewer.where, "site file: reviewers: this key is there twice; delete one")
    if site.require_review and not site.reviewers:
        said = "nobody's review counts while there are no 'reviewers'; add the line that 'iop-tui sign' prints"
        report.add(_line(site, "require_review"), f"site file: require_review: {said}")


def _reachable(site: Site, report: Report) -> None:
    """Check the clinic's own phone lines: their number, and that each was tried on a past day."""
    if len(site.phones) > PHONES:
        said = f"{len(site.phones)} lines are more than a person in need can read; keep the {PHONES} that matter most"
        report.add(_line(site, "phones"), f"site file: phones: {said}")
    # A machine without a battery-backed clock may start in the past, so the file's own date counts if it is later.
    latest = max(time.time(), Path(site.where.file).stat().st_mtime)
    today = date.fromtimestamp(latest).isoformat()  # noqa: DTZ012  # the clinic's own calendar
    for line in site.phones:
        # An invalid day has been reported already.
        if _DAY.fullmatch(line.checked) and line.checked > today:
            said = f"{line.checked} is still to come; write the day on which somebody last tried {line.name!r}"
            report.add(line.where, f"site file: phones: checked: {said}")


def _patient(site: Site, times: Times, report: Report) -> None:
    """Check that a crisis page, or a long one, does not time out sooner than a question."""
    for name, seconds, page in (
        ("reading", times.reading, "a long page"),
        ("crisis", times.crisis, "a page of danger"),
    ):
        if _LEAST <= seconds < times.idle:
            said = f"{name} is {seconds} s, less than idle ({times.idle} s), and {page} needs more time than others"
            report.add(_line(site, "times", name), f"site file: times: {said}; write {name}: {times.idle} or more")


def _seen(site: Site, colours: Colours, report: Report) -> None:
    """Check the contrast of text and background, for low vision and for bad screens."""
    for name, colour in (("text", colours.text), ("accent", colours.accent)):
        # An invalid colour has been reported already.
        if not _COLOUR.fullmatch(colour) or not _COLOUR.fullmatch(colours.background):
            continue
        ratio = contrast(colour, colours.background)
        if ratio < READABLE:
            said = f"{name} on background has a contrast of {ratio:.1f}; {READABLE} is the least that people can read"
            remedy = "choose one of the two lighter, or the other darker"
            report.add(_line(site, "colours", name), f"site file: colours: {said}; {remedy}")


def _line(site: Site, *keys: str) -> SourceLocation:
    """The location of a key of the site file; of a missing one, that of its parent.

    The file is parsed again: scalar values have no location.
    """
    node, _raw = yaml_nodes.read(Path(site.where.file), site.where.file, Report())
    place = site.where
    for key in keys:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        found = next((pair for pair in pairs if pair[0].value == key), None)
        if found is None:
            return place
        place, node = yaml_nodes.where(found[0], site.where.file), found[1]
    return place
