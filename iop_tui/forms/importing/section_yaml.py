"""A section made of a form as YAML, with what a person should know as comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from iop_tui.forms.importing import yaml_text
from iop_tui.forms.importing.imported import DeskNote, Imported
from iop_tui.forms.importing.proposals import ProposedAlarm, alarms
from iop_tui.forms.importing.totals import ProposedScore, scores
from iop_tui.forms.importing.yaml_text import WIDTH, comment, pair, scalar
from iop_tui.screening.model.definition import Alarm, ImportedForm, Option, Question, Section
from iop_tui.screening.question_types import type_of

SCHEMA = "# yaml-language-server: $schema=schema/section.schema.json"


def as_yaml(imported: Imported, section: Section, *, with_alarms: bool) -> str:
    """The file of one section. Without `with_alarms`, its alarms are comments."""
    proposed = [each for each in alarms(imported) if each.taken.question in section.questions]
    totals = [each for each in scores(imported) if set(each.questions) & {q.id for q in section.questions}]
    firm = [each.alarm for each in proposed if each.alarm is not None] if with_alarms else []
    lines = [SCHEMA, *_head(section), "", *pair("id", section.id, 0), *pair("title", section.title, 0)]
    if section.intro:
        lines += pair("intro", section.intro, 0)
    if section.practical and not firm:
        lines += ["# No rule asks for these answers. Take the next line away when one does.", "practical: yes"]
    if section.form is not None:
        lines += ["", *_form(section.form)]
    lines += ["", *question_block(section.questions, imported.notes)]
    lines += _rules(proposed, totals, firm)
    return "\n".join(lines) + "\n"


def question_block(questions: Sequence[Question], notes: Iterable[DeskNote] = ()) -> Iterator[str]:
    """The key `questions` and all questions."""
    below = list(notes)
    yield "questions:"
    for at, question in enumerate(questions):
        if at:
            yield ""
        yield from question_lines(question)
        for note in below:
            if note.under == question.id:
                said = f"For a counselor's note on this question: {note.text or note.type} (linkId {note.link_id})"
                yield from comment(said, 4)


def question_lines(question: Question) -> Iterator[str]:
    """One question, as an entry of the list, in the order of docs/format.md."""
    yield f"  - id: {question.id}"
    yield from _texts(question, "label", "ask", "say", "why", "say_why")
    if question.also:
        yield f"    also: {_flow_list(question.also)}"
    yield from _texts(question, "link_id")
    if question.show_if is not None:
        yield from yaml_text.condition("show_if", question.show_if, 4)
    kind = type_of(question).id
    if kind != "one":
        yield f"    kind: {kind}"
    for key in ("if_unsaid", "lowest", "highest"):
        if getattr(question, key) is not None:
            yield f"    {key}: {getattr(question, key)}"
    yield from _texts(question, "unit", "unit_of_one", "if_more")
    for key, usual in (("ordered", True), ("practical", False), ("can_change", False)):
        if getattr(question, key) is not usual:
            yield f"    {key}: {'no' if usual else 'yes'}"
    if question.options:
        yield "    options:"
        weighed = any(option.weight for option in question.options)
        for option in question.options:
            yield from _option(option, weighed=weighed)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _written(text: str) -> str:
    """The text with both its forms, where it has two."""
    written: str = getattr(text, "written", text)
    return written


def _texts(question: Question, *keys: str) -> Iterator[str]:
    for key in keys:
        text = getattr(question, key)
        if text is not None:
            yield from pair(key, _written(text), 4)


def _flow_list(words: Iterable[str]) -> str:
    return f"[{', '.join(scalar(word, flow=True) for word in words)}]"


def _option(option: Option, *, weighed: bool) -> Iterator[str]:
    text = _written(option.text)
    more = [("weight", str(option.weight))] if weighed else []
    if option.alone:
        more.append(("alone", "yes"))
    if option.kept_for is not None:
        more.append(("kept_for", scalar(option.kept_for, flow=True)))
    if not more and "\n" not in text and len(line := f"      - {option.id}: {scalar(text)}") <= WIDTH:
        yield line
        return
    pairs = [("id", option.id), ("text", scalar(text, flow=True)), *more]
    line = f"      - {{{', '.join(f'{key}: {said}' for key, said in pairs)}}}"
    if len(line) <= WIDTH:
        yield line
        return
    yield f"      - id: {option.id}"
    yield from pair("text", text, 8)
    for key, said in more:
        yield from (
            pair(key, option.kept_for, 8) if key == "kept_for" and option.kept_for else [f"        {key}: {said}"]
        )


def _head(section: Section) -> Iterator[str]:
    form = section.form
    if form is None:
        return
    yield from comment(f"Imported from the FHIR Questionnaire {form.title} ({form.file}) with `iop-tui import`.", 0)
    yield from comment("Read docs/forms.md, and mind its license: it says who may use these words, and how.", 0)


def _form(form: ImportedForm) -> Iterator[str]:
    yield "form:"
    for key in ("title", "file", "sha256", "url", "version", "publisher", "license"):
        text = getattr(form, key)
        if text is not None:
            yield from pair(key, text, 2)


def _rules(proposed: Sequence[ProposedAlarm], totals: Sequence[ProposedScore], firm: Sequence[Alarm]) -> Iterator[str]:
    if firm:
        yield from ("", "alarms:")
        for at, alarm in enumerate(firm):
            yield from ([""] if at else [])
            yield from _alarm(alarm)
    if proposed and not firm:
        yield ""
        yield from comment(
            "PLEASE DECIDE: this form asks about suicide. No alarm is active until a person takes the comment signs "
            "below and the line `practical: yes` above away (or imports with --with-alarms); `iop-tui check` fails "
            "until then. If a clinician decides against an alarm, take `if_unsaid` of the question away, and write "
            "here who decided, and why. The section must stand before the result, as --new and --into put it.",
            0,
        )
        if any(each.alarm is not None for each in proposed):
            yield "# alarms:"
        for each in proposed:
            if each.alarm is None:
                text = (
                    f"Nothing in the form says which answers to {each.taken.question.id} are harmless: write its alarm."
                )
                yield from comment(text, 0)
                continue
            yield from (f"# {line}" for line in _alarm(each.alarm))
    for total in totals:
        yield ""
        yield from comment(total.sentence, 0)
        if total.condition:
            yield from comment("As a condition of a need or an alarm, with a number that a clinician chooses:", 0)
            yield f"#   when: {total.condition}"


def _alarm(alarm: Alarm) -> Iterator[str]:
    yield f"  - id: {alarm.id}"
    yield f"    urgency: {alarm.urgency}"
    yield from yaml_text.condition("when", alarm.when, 4)
    yield f"    page: {alarm.page}"
    yield from pair("because", alarm.because, 4)
    yield from pair("source", alarm.source, 4)
    yield "    own_reading: yes"
