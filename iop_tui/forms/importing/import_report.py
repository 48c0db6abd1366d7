"""What became of a form, item by item: for a person who decides whether to use the section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from iop_tui.forms.importing.imported import Imported
from iop_tui.forms.importing.proposals import ProposedAlarm, alarms, weighed_questions
from iop_tui.forms.importing.question_texts import clean
from iop_tui.forms.importing.totals import scores
from iop_tui.forms.model.findings import Finding
from iop_tui.forms.model.form import Item
from iop_tui.platform.markdown_escape import escaped
from iop_tui.screening.english import counted

_SHOWN = 60


class Chapter(Struct, frozen=True):
    """A heading, and its lines."""

    heading: str
    lines: tuple[str, ...]


class ImportReport(Struct, frozen=True):
    """The title, the counts in a sentence, and the chapters that have something to say."""

    title: str
    counts: str
    chapters: tuple[Chapter, ...]


def report(imported: Imported, *, with_alarms: bool) -> ImportReport:
    """The report. The items in the form are those taken, hidden and refused, each once."""
    form = imported.form
    taken, hidden, refused = (imported.count(fate) for fate in ("taken", "hidden", "refused"))
    counts = (
        f"{counted(len(form.all_items), 'item')} = {taken} taken + {hidden} hidden + {refused} refused; "
        f"{counted(len(imported.questions), 'question')} in {counted(len(imported.sections), 'section')}."
    )
    by = {severity: [each for each in imported.findings if each.severity == severity] for severity in _HEADINGS}
    said = {each.link_id for each in by["refused"]}
    silent = [item for item in form.all_items if imported.fates[item.link_id] == "refused" and item.link_id not in said]
    found = [
        Chapter("PLEASE DECIDE", tuple(_decide(list(alarms(imported)), with_alarms=with_alarms))),
        Chapter("License", tuple(_license(imported))),
        *(Chapter(heading, tuple(_lines(by[severity], form.source))) for severity, heading in _HEADINGS.items()),
        Chapter("Refused with what stands around it", tuple(_named(silent))),
        Chapter("For a counselor's note", tuple(_notes(imported))),
        Chapter("Totals of the form", tuple(_totals(imported))),
        Chapter(
            "Hidden by its author, or calculated",
            tuple(_named(item for item in form.all_items if imported.fates[item.link_id] == "hidden")),
        ),
        Chapter("Taken", tuple(_taken(imported))),
    ]
    return ImportReport(clean(form.title) or form.source, counts, tuple(each for each in found if each.lines))


def as_text(made: ImportReport) -> Iterator[str]:
    """Plain lines."""
    yield f"{made.title}: {made.counts}"
    for chapter in made.chapters:
        yield ""
        yield f"{chapter.heading}:"
        yield from (f"  {line}" for line in chapter.lines)


def as_markdown(made: ImportReport) -> Iterator[str]:
    """The same in Markdown."""
    yield f"# {escaped(made.title)}"
    yield ""
    yield escaped(made.counts)
    for chapter in made.chapters:
        yield ""
        yield f"## {chapter.heading}"
        yield ""
        yield from (f"- {escaped(line)}" for line in chapter.lines)


def rules(findings: Iterable[Finding]) -> Counter[str]:
    """How often each rule was applied."""
    return Counter(each.rule for each in findings)


# ---- inside ----------------------------------------------------------------------------------------------------------

_HEADINGS = {"refused": "Refused", "suspicious": "Suspicious", "note": "Notes"}


def _lines(findings: Iterable[Finding], file: str) -> Iterator[str]:
    for each in findings:
        about = f"{each.link_id}: " if each.link_id else ""
        remedy = f"; {each.remedy}" if each.remedy else ""
        yield f"{clean(file)}:{each.line}: {about}{each.message}{remedy} [{each.rule}]"


def _named(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        words = " ".join(clean(item.text).split())
        yield f"{item.link_id}: {words if len(words) <= _SHOWN else words[: _SHOWN - 1] + '…'} ({item.type})"


def _decide(proposed: Sequence[ProposedAlarm], *, with_alarms: bool) -> Iterator[str]:
    for each in proposed:
        question, item = each.taken.question, each.item
        about = f"{question.id} (linkId {each.taken.item.link_id}, LOINC {item.code}) asks for {item.asks}"
        if each.alarm is None:
            yield f"{about}. Nothing in the form says which answers are harmless: write its alarm yourself."
        elif with_alarms:
            yield f"{about}. You asked for its alarm: {each.alarm.id} shows the page {each.alarm.page}. Read it."
        else:
            yield (
                f"{about}. No alarm is active, and `iop-tui check` fails until a person decides. Its alarm stands in "
                "the section as a comment: take the signs and `practical: yes` away, or import with --with-alarms."
            )


def _totals(imported: Imported) -> Iterator[str]:
    """The totals that the form calculates. With weights alone, no form says which of them make a scale."""
    found = [each.sentence for each in scores(imported)]
    weighed = weighed_questions(imported)
    if weighed and not found:
        yield (
            f"{counted(len(weighed), 'question')} with weights, and no total that could be taken: which of them belong "
            "to one scale is for a person to say. "
            f"A rule of yours can ask for {{score: [{weighed[0]}, …], at_least: N}}."
        )
    yield from found


def _taken(imported: Imported) -> Iterator[str]:
    """Every item that is taken: the question it is, or where its words stand."""
    questions = {each.item.link_id: each.question.id for each in imported.questions}
    for item in imported.form.all_items:
        if imported.fates[item.link_id] == "taken":
            said = questions.get(item.link_id) or f"a {item.type}, {imported.words[item.link_id]}"
            yield f"{item.link_id} is {said}"


def _license(imported: Imported) -> Iterator[str]:
    form = imported.form
    if clean(form.copyright):
        yield f"The form says: {' '.join(clean(form.copyright).split())}"
    else:
        yield "The form says nothing of its license. Ask its publisher before people use it."


def _notes(imported: Imported) -> Iterator[str]:
    for note in imported.notes:
        where = f"note it below {note.under}" if note.under else "no question comes before it"
        yield f"{note.link_id}: {' '.join(note.text.split()) or note.type} ({note.type}): {where}"
