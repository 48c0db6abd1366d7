"""Look at the sections as the loader and the checker will, and refuse by name what they would refuse."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from iop_tui.forms.importing.condition_mapping import FromExpression
from iop_tui.forms.importing.imported import Imported, Wish
from iop_tui.forms.importing.map_form import Ruling, map_form
from iop_tui.forms.model.findings import Finding
from iop_tui.forms.model.form import Form
from iop_tui.screening.format import references
from iop_tui.screening.model.condition import Not, named
from iop_tui.screening.model.content import CareFile, HelpFile
from iop_tui.screening.model.definition import Disclaimer, Manifest, Question, Screening, Section, Welcome
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.problems import Report
from iop_tui.screening.search.completions import Completions

_ROUNDS = 50
"""What hangs on what is refused is refused in the same round, so that few are ever needed."""


def import_form(form: Form, wish: Wish, expression: FromExpression) -> Imported:
    """The form as sections that load, and in which each question can be asked."""
    ruling = Ruling()
    imported = map_form(form, wish, expression, ruling)
    for _ in range(_ROUNDS):
        found = _ruled(imported, ruling)
        if found == ruling:
            return imported
        ruling = found
        imported = map_form(form, wish, expression, ruling)
    return imported


# ---- inside ----------------------------------------------------------------------------------------------------------


def _ruled(imported: Imported, before: Ruling) -> Ruling:
    refused, always = dict(before.refused), set(before.always)
    report = Report()
    references.resolve(_screening(imported.sections), report, whole=False)
    for problem in report.problems:
        if problem.file in imported.fates:
            refused[problem.file] = _refused(problem.file, problem.line, "beyond-our-format", problem.message)
    if refused != before.refused:
        return Ruling(refused, frozenset(always))
    for question, can_be, can_fail in _gates(imported):
        if not can_be:
            message = "no answers to this form make its condition true"
            refused[question.where.file] = _refused(question.where.file, question.where.line, "never-asked", message)
        elif not can_fail:
            always.add(question.where.file)
    return Ruling(refused, frozenset(always))


def _refused(link_id: str, line: int, rule: str, message: str) -> Finding:
    return Finding(line, link_id, "refused", rule, message, "change it in the form")


def _gates(imported: Imported) -> Iterator[tuple[Question, bool, bool]]:
    """Each question with a condition: whether answers can make it true, and whether they can make it false.

    Looked for among the questions that it hangs on, and no others: a form may have thousands.
    """
    every = {question.id: question for section in imported.sections for question in section.questions}
    position = {name: at for at, name in enumerate(every)}
    for question in every.values():
        if question.show_if is None:
            continue
        wanted, waiting = set[str](), [*named(question.show_if)]
        while waiting:
            name = waiting.pop()
            gate = every[name].show_if if name not in wanted else None
            wanted.add(name)
            waiting += [*named(gate)] if gate is not None else []
        around = tuple(every[name] for name in sorted(wanted, key=position.__getitem__))
        few = _screening((replace(imported.sections[0], questions=around),))
        # Each search has its own budget, and past it answers that it can.
        can_be = Completions(few).holds(question.show_if, {})
        yield question, can_be, Completions(few).holds(Not(question.show_if), {})


def _screening(sections: tuple[Section, ...]) -> Screening:
    nowhere = SourceLocation("", 1)
    manifest = Manifest(
        "import",
        "1",
        "Import",
        tuple(section.id for section in sections),
        Welcome("-", ("-",), nowhere),
        Disclaimer("-", "-", nowhere),
        nowhere,
    )
    return Screening(
        manifest,
        sections,
        CareFile((), (), (), nowhere),
        HelpFile((), (), (), nowhere),
    )
