"""The instances of repeating groups: which can be taken away, and how each is named to a person."""

from __future__ import annotations

from collections import Counter

from iop_tui.forms.asking.form_interview import FormInterview
from iop_tui.forms.asking.item_words import answer_text, question_line
from iop_tui.forms.asking.lead import is_question
from iop_tui.forms.model.places import Place
from iop_tui.screening.i18n.language import _

_LONGEST = 40
"""Letters of the answers that an instance is told apart by."""


def removable(interview: FormInterview) -> tuple[Place, ...]:
    """The instances that can be taken away: each of several, and the only one once something is answered in it."""
    filling = interview.filling
    found = [place for place in filling.places if _repeats(interview, place)]
    several = Counter(map(_group, found))
    return tuple(place for place in found if several[_group(place)] > 1 or holds_answers(interview, place))


def instance_around(interview: FormInterview, place: Place) -> Place | None:
    """The innermost instance that a question stands in; None where it stands in none."""
    return next((place[:end] for end in range(len(place), 0, -1) if _repeats(interview, place[:end])), None)


def holds_answers(interview: FormInterview, place: Place) -> bool:
    """Whether something is answered in an instance."""
    return bool(_answers(interview, place))


def instance_name(interview: FormInterview, place: Place) -> str:
    """The group's text, with its number where there are several instances, and its first answers."""
    item = interview.item(place)
    name = question_line(item, interview.language)
    if sum(_group(each) == _group(place) for each in interview.filling.places) > 1:
        name = _("{name} {number}").format(name=name, number=place[-1][1] + 1)
    answers = _answers(interview, place)
    return f"{name} ({answers})" if answers else name


def _group(place: Place) -> tuple[Place, str]:
    """The same for all instances of a group."""
    return place[:-1], place[-1][0]


def _repeats(interview: FormInterview, place: Place) -> bool:
    item = interview.form.by_link[place[-1][0]]
    return item.type == "group" and item.repeats


def _answers(interview: FormInterview, place: Place) -> str:
    filling = interview.filling
    inside = [each for each in filling.places if each[: len(place)] == place and is_question(filling.item(each))]
    texts = [answer_text(filling.item(each), filling.value(each), interview.language) for each in inside]
    said = ", ".join(text for text in texts if text)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST].rstrip()}…"
