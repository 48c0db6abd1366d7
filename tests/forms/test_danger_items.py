"""Questions about suicide are known by their code, and which of their answers say no."""

from __future__ import annotations

import datetime
import re

import pytest
from msgspec.structs import replace

from iop_tui.forms.danger_items import BY_CODE, LOINC, danger_answers, danger_item
from iop_tui.forms.model.values import Coding, Value
from iop_tui.screening.engine.third_person import third_person
from tests.forms.formed import choice, coded, item, option


def check_digit(code: str) -> int:
    """The last digit of a LOINC code (Luhn's)."""
    digits = [int(each) for each in code.split("-")[0]][::-1]
    doubled = [each * 2 - 9 * (each * 2 > 9) if at % 2 == 0 else each for at, each in enumerate(digits)]
    return -sum(doubled) % 10


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_each_code_is_one_with_a_source_and_a_page(code: str) -> None:
    found = BY_CODE[code]
    assert int(code[-1]) == check_digit(code)
    assert found.source
    assert not re.search(r"\b[Yy]ou", third_person(found.because))
    assert datetime.date.fromisoformat(found.checked)


def test_it_is_found_by_code_with_its_system_or_by_such_a_link_id() -> None:
    asked = choice("9")
    assert danger_item(replace(asked, codes=(Coding(LOINC, "44260-8"),))) is BY_CODE["44260-8"]
    assert danger_item(replace(asked, link_id="/44260-8")) is BY_CODE["44260-8"]
    assert danger_item(replace(asked, codes=(Coding(None, "44260-8"), Coding("other", "44260-8")))) is None


def test_all_answers_count_but_those_that_say_no() -> None:
    weighed = item("9", "choice", options=(option("a", "Nearly never", 0), option("b", "Often", 1)))
    assert danger_answers(weighed) == (coded("b"),)
    worded = item("9", "choice", options=(option("a", "Yes"), option("b", "No."), option("c", "Maybe")))
    assert danger_answers(worded) == (coded("a"), coded("c"))
    by_code = item("9", "choice", options=(option("a"), option("b")))
    no = replace(by_code.options[0], value=Value("coding", Coding(LOINC, "LA32-8")), text="Nein")
    assert danger_answers(replace(by_code, options=(no, by_code.options[1]))) == (coded("b"),)
    assert danger_answers(item("9")) == (Value("boolean", True),)
    assert danger_answers(by_code) == ()
