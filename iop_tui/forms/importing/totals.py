"""The totals of a form: where they are plain sums of weights, as a score that a rule may ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from iop_tui.forms.importing.expression_mapping import plain_sum
from iop_tui.forms.importing.imported import Imported, Taken
from iop_tui.forms.importing.question_texts import clean
from iop_tui.forms.importing.questions import weights_left_out
from iop_tui.forms.model.form import Item


class ProposedScore(Struct, frozen=True):
    """A total. `condition` is a score in YAML, with N for the number to choose; empty if the total is no plain sum of
    questions that were taken: `sentence` says why.
    """

    link_id: str
    questions: tuple[str, ...]
    sentence: str
    condition: str = ""


def scores(imported: Imported) -> Iterator[ProposedScore]:
    """One for each calculated item that reads answers."""
    by_link = {taken.item.link_id: taken for taken in imported.questions}
    for item in imported.form.all_items:
        if item.calculated is None:
            continue
        read = [by_link[name] for name in item.calculated.names if name in by_link]
        if read:
            yield _score(item, by_link)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _score(item: Item, by_link: Mapping[str, Taken]) -> ProposedScore:
    total = f"“{clean(item.text) or 'a total'}” (linkId {item.link_id})"
    names = item.calculated.names if item.calculated is not None else ()
    questions = tuple(by_link[name].question.id for name in names if name in by_link)
    added = plain_sum(item.calculated) if item.calculated is not None else ()
    if not added:
        return ProposedScore(item.link_id, questions, f"The form calculates {total} in a way of its own: no score.")
    missing = [name for name in added if name not in by_link or weights_left_out(by_link[name].item)]
    if missing:
        why = f"{missing[0]!r} was not taken with its weights"
        return ProposedScore(item.link_id, questions, f"The form adds up {total}, and {why}: it would be too small.")
    listed = ", ".join(by_link[name].question.id for name in added)
    most = sum(max(option.weight for option in by_link[name].question.options) for name in added)
    said = f"The form adds up {total}, 0 to {most}: a plain sum of the weights."
    return ProposedScore(item.link_id, questions, said, f"{{score: [{listed}], at_least: N}}")
