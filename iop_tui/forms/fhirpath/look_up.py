"""Weights looked up in the questionnaire by hand, in the shapes that published forms write out."""

from __future__ import annotations

import re
from collections.abc import Callable

from iop_tui.forms.fhirpath.form_outline import Outline
from iop_tui.forms.fhirpath.not_understood import NotUnderstood
from iop_tui.forms.fhirpath.syntax import Node
from iop_tui.forms.fhirpath.tree import Typed, Weights

WEIGHT_URLS = frozenset(
    {
        "http://hl7.org/fhir/StructureDefinition/ordinalValue",
        "http://hl7.org/fhir/StructureDefinition/itemWeight",
    }
)
_TEXT = r"'((?:[^'\\])*)'"
_ITEMS = rf"((?:\.item\.where\(linkId={_TEXT}\))+)"
_LOOK_UP = re.compile(
    rf"%questionnaire{_ITEMS}\.answerOption\.where\(valueCoding\.code="
    rf"%resource{_ITEMS}\.answer\.value(?:Coding)?\.code\)"
    rf"\.extension(?:\.where\(url=(?:{_TEXT}|%(\w+))\)|\((?:{_TEXT}|%(\w+))\))\.value(?:Decimal)?"
)
_LINK = re.compile(rf"linkId={_TEXT}")


def looked_up_weight(node: Node, outline: Outline, text_of: Callable[[str], object]) -> Typed | None:
    """The weight of the option chosen for an item, where the node looks just that up; None where it does not.

    `text_of` gives the text of a variable by its name, None if it is another thing.

    Raises:
        NotUnderstood: it looks up something close to it.
    """
    if not node.text.startswith("%questionnaire") or ".extension" not in node.text:
        return None
    match = _LOOK_UP.fullmatch(node.text)
    if match is None:
        return None
    form, response = (tuple(_LINK.findall(match[group])) for group in (1, 3))
    named = match[6] or match[8]
    if (text_of(named) if named else match[5] or match[7]) not in WEIGHT_URLS:
        raise NotUnderstood("look-up", "what is looked up in the options is no weight")
    if form != response:
        raise NotUnderstood("look-up", "the weights of one item are looked up with the answer of another")
    shape = outline.get(form[-1])
    above = []
    while shape is not None:
        above.append(shape)
        shape = outline.get(shape.above)
    if tuple(each.link_id for each in reversed(above)) != form or any(each.below_answer for each in above):
        raise NotUnderstood("look-up", f"{form[-1]} does not stand where the weight is looked up")
    item = above[0]
    if item.several or not item.codes_differ:
        raise NotUnderstood("look-up", f"{form[-1]} can have several answers, or offers a code twice")
    return Typed(Weights((form[-1],)), frozenset({"integer", "decimal"}))
