"""Finding a question by a few letters: the best match first, always all the words, never slowly."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from iop_tui.counselor.search import MAX_HITS, SearchHit, find, folded
from tests.shipped import SHIPPED

TEXTS = [text for q in SHIPPED.questions for text in (q.ask, q.say or "", q.id, *(o.text for o in q.options)) if text]


def test_what_a_caller_says_finds_the_answer_before_what_only_begins_alike() -> None:
    best = find(SHIPPED, "car")[0]
    assert best.question == "living"
    assert [SHIPPED.question("living").options[index].text for index in best.options] == [
        "I stay in a shelter, a car or outside"
    ]


def test_a_whole_word_comes_before_a_beginning_and_that_before_the_inside() -> None:
    order = [f.question for f in find(SHIPPED, "use")]
    whole = [name for name in order if "use" in folded(_all(name)).split()]
    assert order[: len(whole)] == whole


def test_what_a_caller_says_comes_before_what_only_has_it_inside() -> None:
    wife, midwife = SHIPPED.questions[0], SHIPPED.question("pregnancy_signs")
    options = (replace(midwife.options[0], text="A midwife said so"), *midwife.options[1:])
    changed = {midwife.id: replace(midwife, options=options, also=()), wife.id: replace(wife, also=("my wife", "mom"))}
    sections = tuple(
        replace(section, questions=tuple(changed.get(question.id, question) for question in section.questions))
        for section in reversed(SHIPPED.sections)
    )
    first = find(replace(SHIPPED, sections=sections), "wife")[0]
    assert (first.question, first.also) == (wife.id, ("my wife",))


def test_beginnings_of_all_words_come_before_one_inside() -> None:
    found = find(SHIPPED, "car liv")
    assert found == () or found[0].question == "living"
    for typed in ("art", "ill in", "use in"):
        order = [_begin(each, typed) for each in find(SHIPPED, typed)]
        assert order == sorted(order, reverse=True), typed


def _begin(each: SearchHit, typed: str) -> bool:
    title = SHIPPED.sections[SHIPPED.section_of[each.question]].title
    where = folded(title if each.section else _of_question(each.question)).split()
    return all(any(word.startswith(part) for word in where) for part in typed.split())


def _of_question(name: str) -> str:
    question = SHIPPED.question(name)
    own = f"{question.ask} {question.say or ''} {name.replace('_', ' ')}"
    return f"{own} {' '.join(option.text for option in question.options)} {' '.join(question.also)}"


def _all(name: str) -> str:
    question = SHIPPED.question(name)
    title = SHIPPED.sections[SHIPPED.section_of[name]].title
    own = f"{question.ask} {question.say or ''} {name.replace('_', ' ')}"
    return f"{own} {title} {' '.join(option.text for option in question.options)} {' '.join(question.also)}"


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
    if len(found) < MAX_HITS:
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
