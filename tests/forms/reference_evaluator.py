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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.forms.reference_operators import (
    NO,
    UNDECIDED,
    YES,
    Json,
    NotJudged,
    Truth,
    both,
    compared,
    either,
    value_of,
)

Place = tuple[tuple[str, int], ...]


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
