"""The files that an import writes: the sections alone, or a screening with them in it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from iop_tui.forms.importing import own_form, proposals, yaml_edit
from iop_tui.forms.importing.imported import Imported
from iop_tui.forms.importing.map_form import is_own
from iop_tui.forms.importing.section_yaml import as_yaml
from iop_tui.screening.model.definition import Screening

MANIFEST = "screening.yaml"
GROUP = "section."
"""What the linkIds of sections begin with in our own forms (`export/fhir/questionnaire.py`)."""


def section_files(imported: Imported, *, with_alarms: bool) -> Mapping[str, str]:
    """The sections as files of their own: name -> text."""
    return {f"{section.id}.yaml": as_yaml(imported, section, with_alarms=with_alarms) for section in imported.sections}


def screening_files(
    imported: Imported, base: Screening, texts: Mapping[str, str], *, with_alarms: bool
) -> Mapping[str, str]:
    """The files of a screening that are new or changed by the form; `texts` are its files now, by name.

    The form's sections come before the result if a rule may ask for their answers, else at the end. Of our own form of
    the same screening, the questions of each section are replaced. Raises ValueError if such a form has a section that
    the screening does not have.
    """
    if is_own_of(imported, base):
        return _replaced(imported, base, texts)
    names = list(base.manifest.sections)
    result = base.manifest.result_after
    early = proposals.weighed_questions(imported) or any(proposals.alarms(imported))
    at = names.index(result) if early and result in names else len(names)
    new = [section.id for section in imported.sections]
    order = [*names[:at], *new, *names[at:]]
    manifest = yaml_edit.with_sections(texts[MANIFEST], order)
    return {MANIFEST: manifest, **section_files(imported, with_alarms=with_alarms)}


def is_own_of(imported: Imported, base: Screening) -> bool:
    """Whether the form is what this program exports of the screening."""
    return is_own(imported.form) and imported.form.url == f"urn:iop-tui:{base.manifest.id}"


# ---- inside ----------------------------------------------------------------------------------------------------------


def _replaced(imported: Imported, base: Screening, texts: Mapping[str, str]) -> Mapping[str, str]:
    stood = {section.id: section for section in base.sections}
    made: dict[str, str] = {}
    for group in imported.form.items:
        name = group.link_id.removeprefix(GROUP)
        if group.type != "group" or name == group.link_id:
            continue
        if name not in stood:
            raise ValueError(f"the screening has no section {name!r}")
        before = stood[name].questions
        links = [item.link_id for item in group.items]
        now = {q.id: replace(q, link_id=None) for s in imported.sections if s.id == name for q in s.questions}
        # What is refused is in the form, and so in the screening: it stays as it stands there.
        kept = {question.id: question for question in before if question.id in links}
        wanted = tuple(now.get(link) or kept[link] for link in links if link in now or link in kept)
        changed = own_form.changed(before, wanted)
        order = [question.id for question in wanted]
        if order and (changed or order != [question.id for question in before]):
            made[f"{name}.yaml"] = yaml_edit.with_questions(texts[f"{name}.yaml"], order, changed)
    return made
