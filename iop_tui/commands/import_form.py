"""`iop-tui import`: a FHIR R4 Questionnaire as a section of a screening."""

from __future__ import annotations

import errno
import importlib.util
import os
import shlex
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import click
from msgspec import Struct

from iop_tui.cli_support.exit_status import DONE, FAILED
from iop_tui.cli_support.refusals import cannot_write, refuse, refuse_all
from iop_tui.commands.diff import named_problems
from iop_tui.forms.importing import import_report, proposals
from iop_tui.forms.importing.expression_mapping import as_condition
from iop_tui.forms.importing.imported import Imported, Wish
from iop_tui.forms.importing.settle import import_form
from iop_tui.forms.importing.written import MANIFEST, is_own_of, screening_files, section_files
from iop_tui.forms.model.findings import FormRefused
from iop_tui.forms.reading.read_form import read_form
from iop_tui.platform import output
from iop_tui.screening.english import counted
from iop_tui.screening.format.loader import load
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.problems import Unusable
from iop_tui.screening.shipped import shipped

MAX_BYTES = 20_000_000
"""The largest file that is read."""
_NO_SECTIONS = frozenset({"care", "help", "glossary", "basis", "screening"})
"""Files of a screening that are no sections."""
_COPIED = ("cases", "locale", "schema")


class Order(Struct, frozen=True):
    """What is to be done. `base` is the screening to copy and put the sections into; None: write the sections alone."""

    form: Path
    directory: Path
    base: Path | None
    wish: Wish
    with_alarms: bool = False
    report: Path | None = None
    repair_systems: bool = False


def run(order: Order) -> int:
    """Write the section and print the report. The exit status: 0 if something was taken, 1 if nothing was, 2 if the
    form or the place cannot be used.
    """
    refused = _place_refused(order.directory, order.report)
    if refused:
        return refuse(refused)
    try:
        base = load(order.base) if order.base is not None else None
        form = read_form(_bytes(order.form), order.form.name, repair_systems=order.repair_systems)
    except Unusable as unusable:
        return refuse_all(unusable)
    except FormRefused as failure:
        output.tell(str(failure).split("\n"))
        return refuse(f"{order.form} cannot be imported. Nothing was written.")
    except OSError as failure:
        return refuse(f"{order.form} cannot be read: {failure.strerror or failure}.")
    imported = import_form(form, _wish(order.wish, base, form.url), as_condition)
    refused = _wish_refused(order, imported, base)
    if refused:
        return refuse(refused)
    made = import_report.report(imported, with_alarms=order.with_alarms)
    try:
        if _to_write(imported, base):
            _write(order, imported, base)
        if order.report is not None:
            with order.report.open("x", encoding="utf-8") as file:
                file.write("\n".join(import_report.as_markdown(made)) + "\n")
    except Unusable as unusable:
        output.tell(map(str, unusable.problems))
        return refuse(f"with {order.form} the screening would not load, as said above. Nothing was written.")
    except ValueError as failure:
        return refuse(f"{order.form}: {failure}; import it with --into the screening it was exported from.")
    except OSError as failure:
        return cannot_write(failure)
    for line in import_report.as_text(made):
        click.echo(line)
    return _goodbye(order, imported, base)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _place_refused(directory: Path, report: Path | None) -> str:
    """Why the files cannot go where they should; empty if they can."""
    if "\0" in str(directory) or (report is not None and "\0" in str(report)):
        return "the name of a file or directory cannot have a NUL in it."
    try:
        if directory.is_symlink() and not directory.exists():
            return f"{directory} is a link that leads nowhere; choose another name."
        # As it will be once the directories above it are made: "new/../full" is "full".
        place = directory.resolve()
        if place.exists() and not place.is_dir():
            return f"{directory} is a file; choose the name of a new directory."
        if place.exists() and any(place.iterdir()):
            return f"{directory} is not empty; choose a new directory, so that nothing is written over."
        if place.is_relative_to(shipped().resolve()):
            return f"{directory} is among the questions that come with the program; choose another place."
        if report is not None and (report.exists() or report.is_symlink()):
            return f"{report} exists; choose a new file for the report."
        if report is not None and not report.parent.is_dir():
            return f"there is no directory {report.parent} for the report."
    except OSError as failure:
        return f"{directory} cannot be used: {failure.strerror or failure}."
    return ""


def _wish_refused(order: Order, imported: Imported, base: Screening | None) -> str:
    """Why what the user wants of the section cannot be; empty if it can."""
    named = {*base.manifest.sections, *_NO_SECTIONS} if base is not None else _NO_SECTIONS
    if order.wish.section in named:
        return f"the screening has a file {order.wish.section}.yaml; give another --id."
    again = _there_already(imported, base) if base is not None else ""
    if again:
        return f"the screening has this form already, as the section {again!r}; take that section out of it first."
    if order.with_alarms and base is not None:
        pages = {each.alarm.page for each in proposals.alarms(imported) if each.alarm is not None}
        missing = sorted(pages - set(base.pages))
        if missing:
            return f"the screening has no crisis page {missing[0]!r} for the alarm; import without --with-alarms."
    return ""


def _there_already(imported: Imported, base: Screening) -> str:
    """The section that was made of this form before; empty if there is none."""
    form = imported.form
    for section in base.sections:
        before = section.form
        if before is not None and (before.sha256 == form.sha256 or (before.url is not None and before.url == form.url)):
            return section.id
    return ""


def _to_write(imported: Imported, base: Screening | None) -> bool:
    """Whether there is something to write: a question, or our own form, whose screening keeps what is not taken."""
    return bool(imported.questions) or (base is not None and is_own_of(imported, base))


def _bytes(path: Path) -> bytes:
    """The file, up to one byte past the limit. Raises OSError."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _wish(wish: Wish, base: Screening | None, url: str) -> Wish:
    """With the names that exist already; of its own form, a screening's names are meant."""
    if base is None or url == f"urn:iop-tui:{base.manifest.id}":
        return wish
    rules = {rule.id for many in (base.alarms, base.needs, base.fits) for rule in many}
    ids = {question.id for question in base.questions} | rules | set(base.manifest.sections)
    return Wish(wish.section, wish.numbers, wish.days, frozenset(ids), frozenset(base.pages))


def _write(order: Order, imported: Imported, base: Screening | None) -> None:
    """The new directory, whole or not at all. Raises OSError; ValueError for our own form of other sections; Unusable
    for a screening that would not load, because a rule names what our own form has no more.
    """
    with _new_directory(order.directory.resolve()) as place:
        if base is None or order.base is None:
            _put(place, section_files(imported, with_alarms=order.with_alarms))
            return
        _copy(order.base, place)
        texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(order.base.glob("*.yaml"))}
        _put(place, screening_files(imported, base, texts, with_alarms=order.with_alarms))
        try:
            _translations(place, imported, load(place))
        except Unusable as unusable:
            raise Unusable(named_problems(unusable.problems, place, str(order.directory))) from None


def _put(place: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (place / name).write_text(text, encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    for path in sorted(source.iterdir()):
        if path.is_dir() and path.name in _COPIED:
            (target / path.name).mkdir()
            _copy(path, target / path.name)
        elif path.is_file() and path.suffix in (".yaml", ".json", ".po"):
            (target / path.name).write_bytes(path.read_bytes())


@contextmanager
def _new_directory(directory: Path) -> Iterator[Path]:
    """A directory beside the one that is wanted, which takes its name once all is in it."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    beside = directory.parent / f".iop-tui-{os.urandom(4).hex()}"
    beside.mkdir()
    try:
        yield beside
        if directory.exists():
            if any(directory.iterdir()):
                raise FileExistsError(errno.EEXIST, "something was written there meanwhile", str(directory))
            for path in sorted(beside.iterdir()):
                path.rename(directory / path.name)
            beside.rmdir()
        else:
            beside.rename(directory)
    finally:
        with suppress(OSError):
            shutil.rmtree(beside)


def _translations(place: Path, imported: Imported, screening: Screening) -> None:
    """Put the form's translations into the catalogues of the screening, and give all of them its new texts."""
    codes = {code for taken in imported.questions for code in taken.translations}
    there = {path.stem for path in (place / "locale").glob("*.po")} if (place / "locale").is_dir() else set()
    if not (codes | there) or importlib.util.find_spec("babel") is None:
        return
    from iop_tui.forms.importing.catalogue import translated
    from iop_tui.screening.i18n.language import own_name
    from iop_tui.screening.model.locales import canonical, catalogue_of
    from iop_tui.translation import extract
    from iop_tui.translation.update import renew

    for said in sorted(codes | there):
        code = canonical(said)
        if code is None:
            continue
        path = catalogue_of(place / "locale", code)
        renew(path, code, own_name(code), extract.of_screening(screening))
        path.write_text(translated(path.read_text(encoding="utf-8"), imported, said), encoding="utf-8")


def _goodbye(order: Order, imported: Imported, base: Screening | None) -> int:
    click.echo("")
    if not _to_write(imported, base):
        click.echo("No question of the form can be taken. Nothing was written.")
        return FAILED
    named = shlex.quote(f"./{order.directory}" if str(order.directory).startswith("-") else str(order.directory))
    if base is None:
        files = ", ".join(f"{section.id}.yaml" for section in imported.sections)
        it, its = ("it", "its name") if len(imported.sections) == 1 else ("them", "their names")
        click.echo(
            f"Written: {files} in {order.directory}. Put {it} beside the files of your screening, and {its} into"
        )
        click.echo(f"`sections` of {MANIFEST}; or let --into DIR do both in a copy of your screening.")
        return DONE
    own = is_own_of(imported, base)
    what = "with the questions of the form" if own else f"with {counted(len(imported.sections), 'new section')}"
    stay = [question.id for question in base.questions if imported.fates.get(question.id) == "refused"] if own else []
    if stay:
        click.echo(f"As they stood in the screening, because the form cannot say them: {', '.join(stay)}.")
    click.echo(f"A copy of the screening {what} is in {order.directory}. Read what is new, then:")
    click.echo(f"  iop-tui check {named}")
    return DONE
