"""What may come after the result (`result_after`): a screening that could change it there is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_tui.screening.format.loader import load
from iop_tui.screening.problems import Unusable
from tests.core.after_result import write
from tests.core.authored import spoil


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The small screening, and questions after its result."""
    return write(tmp_path / "q")


def told(directory: Path) -> list[str]:
    with pytest.raises(Unusable) as unusable:
        load(directory)
    return [f"{Path(p.file).name}:{p.line}: {p.message}" for p in unusable.value.problems]


def test_the_result_comes_before_the_first_question_after_that_section(copy: Path) -> None:
    screening = load(copy)
    assert screening.questions[screening.result_at].id == "work_hours"


def test_without_the_key_it_comes_after_all_questions(copy: Path) -> None:
    spoil(copy, "screening.yaml", "result_after: safety\n", "")
    screening = load(copy)
    assert screening.result_at == len(screening.questions)


def test_a_section_that_does_not_exist_is_named_with_the_one_that_may_be_meant(copy: Path) -> None:
    spoil(copy, "screening.yaml", "result_after: safety", "result_after: saftey")
    [message] = told(copy)
    assert message.startswith("screening.yaml:1: screening.yaml: result_after: there is no section 'saftey'")
    assert "'safety'" in message


def test_a_question_after_the_result_says_that_it_is_practical(copy: Path) -> None:
    spoil(copy, "life.yaml", "practical: yes\n", "")
    message, _other = told(copy)
    assert message.startswith("life.yaml:5: question 'work_hours': it comes after the result ('result_after: safety'")
    assert "'practical: yes'" in message


def test_a_question_after_the_result_is_none_about_danger(copy: Path) -> None:
    spoil(copy, "life.yaml", "    why: Programs", "    if_unsaid: unsaid\n    why: Programs")
    [message] = told(copy)
    assert message.startswith("life.yaml:6: question 'work_hours': 'if_unsaid' is for a question about danger")


NEED = "needs:\n  - {id: x, at_least: iop, when: {work_hours: nights}, because: So., source: x}"
ALARM = "alarms:\n  - {id: x, urgency: now, when: {work_hours: nights}, page: suicide, because: So., source: x}"


@pytest.mark.parametrize(("empty", "rule"), [("needs: []", NEED), ("alarms: []", ALARM)], ids=["need", "alarm"])
def test_no_rule_asks_for_an_answer_that_comes_after_the_result(copy: Path, empty: str, rule: str) -> None:
    spoil(copy, "life.yaml", empty, rule)
    [message] = told(copy)
    kind = empty.removesuffix("s: []")
    assert f"{kind} 'x': it asks for the answer to 'work_hours', but that comes after the result" in message
