"""A screening as a FHIR R4 Questionnaire: sections are groups, a question's id is its link id."""

from __future__ import annotations

from iop_tui.call.record import Ref
from iop_tui.export.fhir.enable_when import enable_when
from iop_tui.export.fhir.names import EXTENSION, LINK_ID, SHA256, UNKNOWN, Json, absent, canonical, system, tags
from iop_tui.screening.model.definition import Option, Question, Screening, Section
from iop_tui.screening.question_types import type_of

_HELP = {
    "url": EXTENSION + "questionnaire-itemControl",
    "valueCodeableConcept": {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help"}]},
}
_EXCLUSIVE = {"url": EXTENSION + "questionnaire-optionExclusive", "valueBoolean": True}


def questionnaire(screening: Screening, ref: Ref) -> Json:
    """The resource."""
    manifest = screening.manifest
    known = {"identifier": [{"system": SHA256, "value": ref.sha256}]} if ref.sha256 else {}
    return {
        "resourceType": "Questionnaire",
        **tags(ref),
        "language": "en",
        "url": canonical(ref),
        **known,
        "version": ref.version,
        "name": "".join(part.capitalize() for part in ref.id.split("-")),
        "title": manifest.title,
        "status": "active",
        "subjectType": ["Patient"],
        **_origins(screening),
        "description": f"{manifest.disclaimer.opening} {manifest.disclaimer.closing}",
        "item": [
            _display("notice.opening", manifest.disclaimer.opening),
            *(_section(screening, ref, section) for section in screening.sections),
            _display("notice.closing", manifest.disclaimer.closing),
        ],
    }


def section_link(section: str) -> str:
    """The link id of a section: no question can have it, for a question's id has no dot."""
    return f"section.{section}"


def coding(ref: Ref, question: Question, option: Option) -> Json:
    """An option as it is coded."""
    return {
        "system": system(ref, question.id),
        "version": ref.version,
        "code": option.id,
        "display": option.text,
    }


# ---- inside ----------------------------------------------------------------------------------------------------------


def _origins(screening: Screening) -> Json:
    """The forms that questions were imported from, and their licenses: they go where the texts go."""
    forms = [section.form for section in screening.sections if section.form is not None]
    known = dict.fromkeys("|".join(filter(None, (form.url, form.version))) for form in forms if form.url)
    licenses = dict.fromkeys(form.license for form in forms if form.license)
    return {
        **({"derivedFrom": list(known)} if known else {}),
        **({"copyright": "\n".join(licenses)} if licenses else {}),
    }


def _display(link: str, text: str) -> Json:
    return {"linkId": link, "text": text, "type": "display"}


def _section(screening: Screening, ref: Ref, section: Section) -> Json:
    intro = [_display(f"intro.{section.id}", section.intro)] if section.intro else []
    questions = [_question(screening, ref, question) for question in section.questions]
    return {
        "linkId": section_link(section.id),
        "text": section.title,
        "type": "group",
        "item": [*intro, *questions],
    }


def _question(screening: Screening, ref: Ref, question: Question) -> Json:
    kind = type_of(question)
    when = enable_when(screening, ref, question)
    came = [{"url": LINK_ID, "valueString": question.link_id}] if question.link_id is not None else []
    more = [*when.pop("extension", []), *_bounds(question), *came]
    item: Json = {
        **({"extension": more} if more else {}),
        "linkId": question.id,
        "text": question.ask,
        "type": kind.fhir_type,
        **when,
        # Every question may be left open: that is an answer here.
        "required": False,
        "repeats": kind.multiple,
    }
    if not kind.typed:
        weighed = any(option.weight for option in question.options)
        unknown = [{**_alone(question), "valueCoding": absent(word)} for word in UNKNOWN]
        item["answerOption"] = [*(_option(ref, question, each, weighed=weighed) for each in question.options), *unknown]
    item["item"] = [{"extension": [_HELP], **_display(f"why.{question.id}", question.why)}]
    return item


def _bounds(question: Question) -> list[Json]:
    bounds = type_of(question).fhir_bounds(question)
    return [{"url": EXTENSION + name, **value} for name, value in bounds.items()]


def _option(ref: Ref, question: Question, option: Option, *, weighed: bool) -> Json:
    extension = [{"url": EXTENSION + "ordinalValue", "valueDecimal": option.weight}] if weighed else []
    if option.alone:
        extension.append(_EXCLUSIVE)
    return {**({"extension": extension} if extension else {}), "valueCoding": coding(ref, question, option)}


def _alone(question: Question) -> Json:
    return {"extension": [_EXCLUSIVE]} if type_of(question).multiple else {}
