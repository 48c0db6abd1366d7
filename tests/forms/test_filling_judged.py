"""The engine against brute force on random forms and random sequences of answers.

The reference evaluator is written from the wording of R4 and knows nothing of the program. Where it says UNDECIDED, the
state after a sequence of answers is still the same as the one worked out from the answers at once.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iop_tui.forms.filling.answer_state import Working
from iop_tui.forms.filling.filling import Filling, begin
from iop_tui.forms.filling.steps import Another, Asking, Finished
from iop_tui.forms.model.form import Form
from tests.bounded import rounds
from tests.forms.random_forms import DOMAIN, as_questionnaire, forms, operate, retained
from tests.forms.reference_evaluator import judge
from tests.forms.reference_operators import NO, YES
from tests.profiles import examples


def check_recomputed(filling: Filling) -> None:
    """What was worked out step by step is what follows from the answers."""
    sheet = filling.sheet
    working = Working(sheet.layout)
    working.values[:] = sheet.values
    working.done[:] = sheet.done
    working.settle_all()
    anew = working.sheet()
    assert (anew.own, anew.enabled, anew.status) == (sheet.own, sheet.enabled, sheet.status)


def check_judged(form: Form, filling: Filling) -> None:
    judgement = judge(as_questionnaire(form), retained(filling))
    for place, truth in judgement.enabled.items():
        if truth is YES:
            assert filling.enabled(place), place
        elif truth is NO:
            assert not filling.enabled(place), place
    missing = set(filling.missing)
    assert judgement.missing <= missing <= judgement.missing | judgement.missing_in_a_reading


@examples(5)
@given(st.data(), forms())
def test_every_sequence_of_answers_enables_what_the_wording_says(data: st.DataObject, form: Form) -> None:
    filling = begin(form)
    check_judged(form, filling)
    for _each in range(data.draw(st.integers(1, 12))):
        filling = operate(data, filling)
        check_recomputed(filling)
    check_judged(form, filling)


@given(st.data(), forms())
def test_whoever_answers_what_is_asked_reaches_the_end(data: st.DataObject, form: Form) -> None:
    filling = begin(form)
    for _round in rounds("the end of the form", 300):
        match filling.step:
            case Finished():
                break
            case Another(place):
                filling = filling.another(place, place[-1][1] < 1 and data.draw(st.booleans()))
            case Asking(place):
                assert filling.askable(place)
                assert not filling.done(place)
                filling = filling.answered(place, (data.draw(st.sampled_from(DOMAIN[filling.item(place).type])),))
    assert filling.progress[1] == 0
    unanswered = [place for place in filling.missing if filling.askable(place)]
    assert not unanswered
