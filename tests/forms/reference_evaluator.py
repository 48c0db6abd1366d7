"""The judge of the form engine: which items of a FHIR R4 Questionnaire are enabled, written from the wording alone.

Brute force, slow, and without a thought for the product: nothing of `iop_tui` is imported or was looked at. Every
function names the sentence it implements, in own words, with element and version. Where the wording leaves a case
open the judge says UNDECIDED.

In: the Questionnaire as parsed JSON (numbers as Decimal or int) and the answers as a QuestionnaireResponse, which may
still hold answers of disabled items. Out: `Judgement`. A place is a path of (linkId, number): the number of the
instance of a repeating group, or of the answer that the next element stands below; else 0. A group without retained
answers has one instance, number 0.

What the wording leaves open, and this judge with it:
- dates of unequal precision that agree as far as both go (R5, item.enableWhen, comment: "there is not a clear answer");
- which occurrence is meant when several are equally near, as in another repeating group (R5, enableWhen.question,
  comment: an error);
- whether the children of a question without an answer are asked: R4 puts them "within this particular answer"
  (answer.item), and R4 allows an answer without a value (answer.value[x] is 0..1, R5 has 1..1);
- an order of strings, codings, booleans, references; any order between unlike types;
- quantities with different or half given units (no conversion is mentioned), or with a comparator;
- codings that have no code on either side; a uri answer against answerString (there is no answerUri);
- whether a required question is missing when the optional group around it is absent (R5, item.required: it is not; R4
  does not say).

- which occurrence is "nearest" for a question that stands LATER in a repeating group. By distance it is the one in the
  same instance (and R5's "equidistant" only makes sense with a distance). By the letter of "first the ancestor axis,
  then the preceding, then the following" it is the one in the instance BEFORE, since all of that precedes. Where the
  two readings differ the judge says UNDECIDED; with `same_instance` it takes the distance alone;
- R4's comment on item.enableWhen says that a condition is true "if any of the answers match"; for `!=` the operator's
  own definition says "no answer is equal". The judge follows the definition, which is the more special of the two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any

Json = dict[str, Any]
Place = tuple[tuple[str, int], ...]


class Truth(Enum):
    """Yes, no, or: the wording does not say."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


YES, NO, UNDECIDED = Truth.YES, Truth.NO, Truth.UNDECIDED


class NotJudged(ValueError):
    """The form breaks a rule of R4 in a way that leaves nothing to evaluate; the sentence names the linkId."""


@dataclass(eq=False)
class Occurrence:
    """One item at one place, with the answers retained there (also when it is disabled)."""

    item: Json
    place: Place
    parent: Occurrence | None
    answers: list[Json]
    stands_below_no_answer: bool
    children: list[Occurrence] = field(default_factory=list)

    @property
    def link_id(self) -> str:
        return str(self.item["linkId"])

    @property
    def is_question(self) -> bool:
        return self.item["type"] not in ("group", "display")


@dataclass(frozen=True)
class Judgement:
    """What the wording says about one form with one set of retained answers."""

    enabled: dict[Place, Truth]  # every place of the form, in document order
    missing: frozenset[Place]  # required, enabled, without an answer: in each reading of `required`
    missing_in_a_reading: frozenset[Place]  # the same, but not in each reading (absent optional group, open case)
    pruned: Json  # the response without disabled and without UNDECIDED items, and without items that hold no answer

    def places(self, truth: Truth) -> list[Place]:
        return [place for place, its in self.enabled.items() if its is truth]


@dataclass(frozen=True)
class Scene:
    """Every place of a form, in document order, and how "nearest" is read."""

    everything: list[Occurrence]
    same_instance: bool = False


def judge(questionnaire: Json, response: Json, same_instance: bool = False) -> Judgement:
    """Evaluate every place. Raises NotJudged for a form that R4 does not allow.

    With `same_instance` "nearest" means the smallest instance around an item and nothing else.
    """
    top = occurrences(questionnaire.get("item", []), response.get("item", []), None, (), False)
    everything = list(in_document_order(top))
    refuse_what_cannot_be_judged(everything)
    scene = Scene(everything, same_instance)
    enabled = {one.place: is_enabled(one, scene) for one in everything}
    missing, in_a_reading = missing_places(everything, enabled)
    pruned = {"resourceType": "QuestionnaireResponse", "item": pruned_items(top, enabled)}
    return Judgement(enabled, frozenset(missing), frozenset(in_a_reading), pruned)


# ---------------------------------------------------------------- the places


def occurrences(
    items: Sequence[Json], response_items: Sequence[Json], parent: Occurrence | None, above: Place, below_nothing: bool
) -> list[Occurrence]:
    """The form's items beside the response's.

    R4 item.repeats: "multiple answers for questions or multiple sets of answers for groups". R4
    QuestionnaireResponse.item.item is for nesting below a group, item.answer.item for nesting below a question,
    "within this particular answer".
    """
    found: list[Occurrence] = []
    for item in items:
        link_id = item["linkId"]
        here = [one for one in response_items if one["linkId"] == link_id]
        if item["type"] in ("group", "display"):
            for number, one in enumerate(here or [{}]):
                place = (*above, (link_id, number))
                group = Occurrence(item, place, parent, [], below_nothing)
                group.children = occurrences(item.get("item", []), one.get("item", []), group, place, below_nothing)
                found.append(group)
        else:
            answers = [answer for one in here for answer in one.get("answer", [])]
            question = Occurrence(item, (*above, (link_id, 0)), parent, answers, below_nothing)
            for number, answer in enumerate(answers or [{}]):
                nothing = below_nothing or value_of(answer) is None
                below = (*above, (link_id, number))
                question.children += occurrences(item.get("item", []), answer.get("item", []), question, below, nothing)
            found.append(question)
    return found


def in_document_order(some: Sequence[Occurrence]) -> Iterator[Occurrence]:
    for one in some:
        yield one
        yield from in_document_order(one.children)


def value_of(element: Json) -> tuple[str, Any] | None:
    """The value[x] of an answer or the answer[x] of a condition: the kind and the value."""
    for key, value in element.items():
        for stem in ("value", "answer"):
            if key.startswith(stem) and key != stem:
                return key[len(stem) :], value
    return None


# ---------------------------------------------------------------- enabled or not


def is_enabled(one: Occurrence, scene: Scene) -> Truth:
    """R4 item.enableWhen, comment: with an item all its descendants are disabled, whatever their conditions say."""
    above = YES if one.parent is None else is_enabled(one.parent, scene)
    own = own_conditions(one, scene)
    home = UNDECIDED if one.stands_below_no_answer else YES
    return both([above, own, home])


def own_conditions(one: Occurrence, scene: Scene) -> Truth:
    """R4 item.enableBehavior: all of several conditions must hold, or any; needed when there is more than one."""
    if "enableWhenExpression" in str(one.item.get("extension", "")):
        return UNDECIDED  # not judged here: it is not a matter of enableWhen
    conditions = one.item.get("enableWhen", [])
    if not conditions:
        return YES
    truths = [condition_holds(condition, one, scene) for condition in conditions]
    if len(truths) == 1:
        return truths[0]
    return both(truths) if one.item["enableBehavior"] == "all" else either(truths)


def condition_holds(condition: Json, one: Occurrence, scene: Scene) -> Truth:
    """Of the occurrences of the target, the nearest one decides; see `nearest` and `nearest_by_the_letter`."""
    targets = nearest(condition["question"], one, scene.everything)
    if len(targets) > 1:
        return UNDECIDED
    its = holds_for(condition, targets[0], scene)
    if scene.same_instance:
        return its
    by_the_letter = holds_for(condition, nearest_by_the_letter(condition["question"], one, scene.everything), scene)
    return its if its is by_the_letter else UNDECIDED


def holds_for(condition: Json, target: Occurrence, scene: Scene) -> Truth:
    """R4 item.enableWhen, comment: a target that is disabled counts as not valued, even if a value is retained."""
    target_enabled = is_enabled(target, scene)
    if target_enabled is YES:
        return compared(condition, target.answers)
    if target_enabled is NO:
        return compared(condition, [])
    one_way, other_way = compared(condition, target.answers), compared(condition, [])
    return one_way if one_way is other_way else UNDECIDED


def nearest(link_id: str, one: Occurrence, everything: Sequence[Occurrence]) -> list[Occurrence]:
    """R4 enableWhen.question, comment: the nearest of several occurrences. R5: equally near ones are an error.

    So: an ancestor that is the question itself; else what stands in the smallest instance (of a group, of an answer)
    around the item.
    """
    ancestor = one.parent
    while ancestor is not None:
        if ancestor.link_id == link_id:
            return [ancestor]
        ancestor = ancestor.parent
    for length in range(len(one.place) - 1, -1, -1):
        around = one.place[:length]
        there = [other for other in everything if other.link_id == link_id and other.place[:length] == around]
        if there:
            return there
    raise NotJudged(f"{one.link_id} depends on {link_id}, which is not there")


def nearest_by_the_letter(link_id: str, one: Occurrence, everything: Sequence[Occurrence]) -> Occurrence:
    """R4 enableWhen.question, comment, word by word: the ancestors, then what precedes, then what follows."""
    ancestor = one.parent
    while ancestor is not None:
        if ancestor.link_id == link_id:
            return ancestor
        ancestor = ancestor.parent
    here = everything.index(one)
    preceding = [other for other in everything[:here] if other.link_id == link_id]
    following = [other for other in everything[here:] if other.link_id == link_id]
    return preceding[-1] if preceding else following[0]


# ---------------------------------------------------------------- the operators


def compared(condition: Json, answers: Sequence[Json]) -> Truth:
    """The code system questionnaire-enable-operator: R4's wording for exists, = and !=, R5's for the order operators.

    `exists`: whether an answer exists equals the boolean. `=`: at least one answer is equal. `!=`: no answer is
    equal, so it holds for a question without an answer. `>` and the others: at least one answer is greater (R4 has
    "at least no answer" by mistake).
    """
    operator, wanted = condition["operator"], value_of(condition)
    if wanted is None:
        raise NotJudged(f"a condition on {condition['question']} has no answer[x]")
    values = [value_of(answer) for answer in answers]
    valued = [value for value in values if value is not None]
    if operator == "exists":
        if len(valued) < len(values) and not valued:
            return UNDECIDED  # an answer without a value: R4 allows it and does not say whether it "exists"
        return YES if bool(valued) == wanted[1] else NO
    if operator == "=":
        return either([equal(value, wanted) for value in valued])
    if operator == "!=":
        return opposite(either([equal(value, wanted) for value in valued]))
    return either([in_order(value, operator, wanted) for value in valued])


def equal(answer: tuple[str, Any], wanted: tuple[str, Any]) -> Truth:
    """Whether an answer "has a value that is equal" (R4, code system questionnaire-enable-operator)."""
    kind, value = answer
    other_kind, other = wanted
    if kind in ("Decimal", "Integer") and other_kind in ("Decimal", "Integer"):
        return truth(Decimal(value) == Decimal(other))
    if kind == "Uri" and other_kind == "String":
        return UNDECIDED if value == other else NO
    if {kind, other_kind} == {"Date", "DateTime"}:
        return UNDECIDED
    if kind != other_kind:
        return NO
    if kind == "Coding":
        return equal_codings(value, other)
    if kind == "Quantity":
        alike = truth(Decimal(value["value"]) == Decimal(other["value"]))
        return alike if same_unit(value, other) is YES else UNDECIDED
    if kind in ("Date", "DateTime"):
        return moment_order(value, other, lambda order: order == 0)
    if kind == "Time":
        return truth(seconds(value) == seconds(other))
    if kind == "Reference":
        known = value.get("reference") and other.get("reference")
        return truth(value["reference"] == other["reference"]) if known else UNDECIDED
    return truth(value == other)  # boolean, string


def in_order(answer: tuple[str, Any], operator: str, wanted: tuple[str, Any]) -> Truth:
    """Whether an answer "has a value that is greater than the enableWhen answer", and so on (R5's code system)."""
    kind, value = answer
    other_kind, other = wanted
    if kind in ("Decimal", "Integer") and other_kind in ("Decimal", "Integer"):
        return truth(fits(operator, sign(Decimal(value) - Decimal(other))))
    if kind != other_kind:
        return UNDECIDED
    if kind == "Quantity":
        if same_unit(value, other) is not YES:
            return UNDECIDED
        return truth(fits(operator, sign(Decimal(value["value"]) - Decimal(other["value"]))))
    if kind in ("Date", "DateTime"):
        return moment_order(value, other, lambda order: fits(operator, order))
    if kind == "Time":
        return truth(fits(operator, sign(seconds(value) - seconds(other))))
    return UNDECIDED


def equal_codings(one: Json, other: Json) -> Truth:
    """R4 Coding: the meaning is the code in its system, display only represents it. No system is not any system."""
    if one.get("code") is None and other.get("code") is None:
        return UNDECIDED
    return truth((one.get("system"), one.get("code")) == (other.get("system"), other.get("code")))


def same_unit(one: Json, other: Json) -> Truth:
    """R4 Quantity: system and code are the unit, `unit` is what a person reads. Conversion is not mentioned."""
    if one.get("comparator") or other.get("comparator"):
        return UNDECIDED
    coded = (one.get("system"), one.get("code")), (other.get("system"), other.get("code"))
    if all(code for _system, code in coded):
        return YES if coded[0] == coded[1] else UNDECIDED
    if not any(code for _system, code in coded):
        return YES if one.get("unit") == other.get("unit") else UNDECIDED
    return UNDECIDED


def moment_order(one: str, other: str, holds: Any) -> Truth:
    """R5 item.enableWhen, comment: values that differ only by precision have no clear order, nor equality."""
    left, right = parts(one), parts(other)
    if len(left) == 7 and len(right) == 7:
        return truth(holds(sign(instant(one) - instant(other))))
    if max(len(left), len(right)) == 7:
        # A day has no zone, a moment has one: they are apart for certain only if a whole day lies between them.
        days = (dt.date(*left[:3]) - dt.date(*right[:3])).days if min(len(left), len(right)) >= 3 else 0
        return truth(holds(sign(Decimal(days)))) if abs(days) > 1 else UNDECIDED
    for ours, theirs in zip(left, right, strict=False):
        if ours != theirs:
            return truth(holds(sign(Decimal(ours - theirs))))
    return truth(holds(0)) if len(left) == len(right) else UNDECIDED


def parts(text: str) -> list[int]:
    """Year, month, day as far as given; seven numbers for a moment of the day, whatever its fraction."""
    day, _, clock = text.partition("T")
    numbers = [int(part) for part in day.split("-")]
    return [*numbers, 0, 0, 0, 0] if clock else numbers


def instant(text: str) -> Decimal:
    """Seconds since a fixed day, zone taken into account (R4 dateTime: with a time there must be a zone)."""
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise NotJudged(f"the dateTime {text} has a time and no zone")
    gone = moment.astimezone(dt.UTC) - dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
    return Decimal(gone.days) * 86400 + Decimal(gone.seconds) + Decimal(gone.microseconds) / 1_000_000


def seconds(clock: str) -> Decimal:
    hour, minute, second = clock.split(":")
    return Decimal(hour) * 3600 + Decimal(minute) * 60 + Decimal(second)


def fits(operator: str, order: int) -> bool:
    return {">": order > 0, "<": order < 0, ">=": order >= 0, "<=": order <= 0}[operator]


def sign(number: Decimal) -> int:
    return (number > 0) - (number < 0)


def truth(holds: bool) -> Truth:
    return YES if holds else NO


def both(truths: Sequence[Truth]) -> Truth:
    if NO in truths:
        return NO
    return UNDECIDED if UNDECIDED in truths else YES


def either(truths: Sequence[Truth]) -> Truth:
    if YES in truths:
        return YES
    return UNDECIDED if UNDECIDED in truths else NO


def opposite(its: Truth) -> Truth:
    return {YES: NO, NO: YES, UNDECIDED: UNDECIDED}[its]


# ---------------------------------------------------------------- required, pruned


def missing_places(everything: Sequence[Occurrence], enabled: dict[Place, Truth]) -> tuple[set[Place], set[Place]]:
    """R4 item.required: must be present in a completed response, and only has meaning while the item is enabled.

    R5, comment: a question needs an answer of its own, a group at least one answered question below it; and
    `required` has meaning only if the parent is present: an optional group may be left out with the required
    questions in it. R4 is silent there.
    """
    missing: set[Place] = set()
    in_a_reading: set[Place] = set()
    for one in everything:
        if not one.item.get("required") or one.item["type"] == "display" or enabled[one.place] is NO:
            continue
        if one.item["type"] == "group":
            beside = one.place[:-1]  # in the same instance, below the same answer
            siblings = [other for other in everything if other.place[:-1] == beside and other.link_id == one.link_id]
            lacks = one is siblings[0] and not any(holds_an_answer(other, enabled) for other in siblings)
            may_hold_one = any(holds_an_answer(other, enabled, (YES, UNDECIDED)) for other in siblings)
        else:
            lacks = not any(value_of(answer) for answer in one.answers)
            may_hold_one = False
        if lacks:
            certain = enabled[one.place] is YES and must_be_present(one.parent, enabled) and not may_hold_one
            (missing if certain else in_a_reading).add(one.place)
    return missing, in_a_reading


def must_be_present(group: Occurrence | None, enabled: dict[Place, Truth]) -> bool:
    """Whether the response has the parent for certain: it holds answers, or each group up to the top is required."""
    if group is None or holds_an_answer(group, enabled):
        return True
    return bool(group.item.get("required")) and must_be_present(group.parent, enabled)


def holds_an_answer(one: Occurrence, enabled: dict[Place, Truth], counting: Sequence[Truth] = (YES,)) -> bool:
    """Whether an answer stands at the item or below it; `counting`: at which items it counts."""
    if enabled[one.place] not in counting:
        return False
    own = any(value_of(answer) for answer in one.answers)
    return own or any(holds_an_answer(child, enabled, counting) for child in one.children)


def pruned_items(some: Sequence[Occurrence], enabled: dict[Place, Truth]) -> list[Json]:
    """R4 item.enableWhen, isModifierReason: with a false condition it is as though the item were not there.

    R4 item.linkId, requirements: a response need not include items that are left out, so what holds no answer is left
    out.
    """
    kept: list[Json] = []
    for one in some:
        if not holds_an_answer(one, enabled):
            continue
        item: Json = {"linkId": one.link_id}
        if one.is_question:
            item["answer"] = [pruned_answer(one, number, enabled) for number in range(len(one.answers))]
        else:
            item["item"] = pruned_items(one.children, enabled)
        kept.append(item)
    return kept


def pruned_answer(one: Occurrence, number: int, enabled: dict[Place, Truth]) -> Json:
    answer = {key: value for key, value in one.answers[number].items() if key != "item"}
    below = (*one.place[:-1], (one.link_id, number))
    children = pruned_items([child for child in one.children if child.place[:-1] == below], enabled)
    return {**answer, "item": children} if children else answer


# ---------------------------------------------------------------- what R4 does not allow


def refuse_what_cannot_be_judged(everything: Sequence[Occurrence]) -> None:
    """R4: a condition names a linkId of the form; several need enableBehavior; nothing may depend on itself."""
    for one in everything:
        conditions = one.item.get("enableWhen", [])
        if len(conditions) > 1 and one.item.get("enableBehavior") not in ("all", "any"):
            raise NotJudged(f"{one.link_id} has several conditions and no enableBehavior")
        follow(one, everything, ())


def follow(one: Occurrence, everything: Sequence[Occurrence], on_the_way: tuple[Place, ...]) -> None:
    """Walk every way from an item to what it depends on: its parent and the targets of its conditions."""
    if one.place in on_the_way:
        raise NotJudged(f"{one.link_id} depends on itself")
    needs = [one.parent] if one.parent is not None else []
    for condition in one.item.get("enableWhen", []):
        needs += nearest(condition["question"], one, everything)
    for other in needs:
        follow(other, everything, (*on_the_way, one.place))
