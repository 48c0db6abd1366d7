"""Finding a question by a few letters: the best match first, always all the words, never slowly."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from iop_tui.counselor.pages.finding import MOST, find, folded
from tests.counselor.pages.around import SHIPPED

TEXTS = [text for q in SHIPPED.questions for text in (q.ask, q.say or "", q.id, *(o.text for o in q.options)) if text]


def test_what_a_caller_says_finds_the_answer_before_what_only_begins_alike() -> None:
    best = find(SHIPPED, "car")[0]
    assert best.question == "living"
    assert [SHIPPED.question("living").options[index].text for index in best.options] == [
        "In a shelter, a car or outside"
    ]


def test_a_whole_word_comes_before_a_beginning_and_that_before_the_inside() -> None:
    order = [f.question for f in find(SHIPPED, "use")]
    whole = [name for name in order if "use" in folded(_all(name)).split()]
    assert order[: len(whole)] == whole


def _all(name: str) -> str:
    question = SHIPPED.question(name)
    title = SHIPPED.sections[SHIPPED.section_of[name]].title
    own = f"{question.ask} {question.say or ''} {name.replace('_', ' ')}"
    return f"{own} {title} {' '.join(option.text for option in question.options)}"


def test_accents_capitals_and_apostrophes_do_not_matter() -> None:
    assert find(SHIPPED, "ÍNSURANCE") == find(SHIPPED, "insurance") != ()
    assert find(SHIPPED, "dont") == find(SHIPPED, "don't") == find(SHIPPED, "don’t")


def test_a_section_is_found_by_its_title() -> None:
    section = SHIPPED.sections[-1]
    found = find(SHIPPED, section.title)
    assert any(f.section and f.question == section.questions[0].id for f in found)


@given(st.sampled_from(TEXTS), st.data())
def test_any_piece_of_any_text_finds_its_question(text: str, data: st.DataObject) -> None:
    words = folded(text.replace("_", " ")).split()
    picked = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=3, unique=True))
    typed = " ".join(word[: data.draw(st.integers(1, len(word)))] for word in picked)
    found = find(SHIPPED, typed)
    for each in found:
        title = SHIPPED.sections[SHIPPED.section_of[each.question]].title
        where = folded(title if each.section else _all(each.question))
        assert all(word in where for word in typed.split()), (typed, each)
    question = next(q for q in SHIPPED.questions if text in (q.ask, q.say, q.id, *(o.text for o in q.options)))
    if len(found) < MOST:
        assert question.id in {each.question for each in found}


@given(st.text(max_size=40))
def test_no_text_breaks_it(typed: str) -> None:
    for each in find(SHIPPED, typed):
        assert each.question in SHIPPED.position


def test_it_answers_within_ten_milliseconds() -> None:
    find(SHIPPED, "warm")
    times = []
    for typed in ("c", "ca", "car", "drink or use", "zzz", "a e i o u") * 5:
        began = time.perf_counter()
        find(SHIPPED, typed)
        times.append(time.perf_counter() - began)
    assert sorted(times)[len(times) // 2] < 0.010
