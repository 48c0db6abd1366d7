"""Answer options from a ValueSet that the form contains; one that is elsewhere needs a server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from iop_tui.forms.reading.json_text import JsonObject
from iop_tui.forms.reading.rules import ItemFindings, Rule
from iop_tui.forms.reading.visible import visible

ELSEWHERE = Rule(
    "value-set-elsewhere",
    "The options are in a value set on a server: {url}",
    "Ask the author for the form with its value sets contained and expanded",
)
NOT_CONTAINED = Rule(
    "value-set-missing",
    "The options are in a contained value set that isn't in the file: {url}",
    "Ask the author for the whole form",
)
NEEDS_SERVER = Rule(
    "value-set-needs-server",
    "The contained value set {url} names its options by {what}, which only a server can resolve",
    "Ask the author for the form with its value sets expanded",
)
NOT_WHOLE = Rule(
    "value-set-not-whole",
    "The contained value set {url} holds {there} of its {total} options",
    "Ask the author for the form with its value sets expanded as a whole",
)
EMPTY = Rule(
    "value-set-empty",
    "The contained value set {url} holds no options",
    "Ask the author for the form with its value sets expanded",
)


class Contained:
    """The value sets that a form contains, by their id and their URL."""

    def __init__(self, form: JsonObject) -> None:
        self._by_name: dict[str, JsonObject] = {}
        contained = form.get("contained")
        for each in contained if isinstance(contained, list) else ():
            if isinstance(each, JsonObject) and each.get("resourceType") == "ValueSet":
                self._keep(each)

    def _keep(self, value_set: JsonObject) -> None:
        for key, before in (("id", "#"), ("url", "")):
            name = value_set.get(key)
            if isinstance(name, str) and name:
                self._by_name.setdefault(before + name, value_set)

    def concepts(self, url: str, found: ItemFindings) -> list[JsonObject] | None:
        """The concepts of a value set as the file has them, in order; None, and a finding, if they are not there."""
        value_set = self._by_name.get(url) or self._by_name.get(url.split("|")[0])
        if value_set is None:
            found.add(NOT_CONTAINED if url.startswith("#") else ELSEWHERE, url=visible(url))
            return None
        expansion = value_set.get("expansion")
        if isinstance(expansion, JsonObject) and expansion.get("contains"):
            concepts = _expanded(expansion, url, found)
        else:
            concepts = _composed(value_set.get("compose"), url, found)
        if concepts == []:
            found.add(EMPTY, value_set.line, url=visible(url))
            return None
        return concepts


def _expanded(expansion: JsonObject, url: str, found: ItemFindings) -> list[JsonObject] | None:
    concepts = list(_contains(expansion.get("contains")))
    total = expansion.get("total")
    if type(total) is int and total > len(concepts):
        found.add(NOT_WHOLE, expansion.line, url=visible(url), there=len(concepts), total=total)
        return None
    return [each for each in concepts if each.get("abstract") is not True and each.get("inactive") is not True]


def _contains(entries: Any) -> Iterator[JsonObject]:
    """Nested concepts too, in order. The file's depth is bounded."""
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, JsonObject):
            yield entry
            yield from _contains(entry.get("contains"))


def _composed(compose: Any, url: str, found: ItemFindings) -> list[JsonObject] | None:
    if not isinstance(compose, JsonObject):
        return []
    excluded: set[tuple[Any, Any]] = set()
    for system, concepts in _includes(compose.get("exclude")):
        if isinstance(concepts, str):
            found.add(NEEDS_SERVER, compose.line, url=visible(url), what=concepts)
            return None
        excluded.update((system, str(each.get("code"))) for each in concepts)
    made: list[JsonObject] = []
    for system, concepts in _includes(compose.get("include")):
        if isinstance(concepts, str):
            found.add(NEEDS_SERVER, compose.line, url=visible(url), what=concepts)
            return None
        made += [_with_system(each, system) for each in concepts if (system, str(each.get("code"))) not in excluded]
    return made


def _includes(entries: Any) -> Iterator[tuple[Any, Sequence[JsonObject] | str]]:
    """System and its concepts; or, instead of the concepts, what needs a server, in words."""
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, JsonObject):
            continue
        system = entry.get("system")
        concepts = entry.get("concept")
        if entry.get("filter"):
            yield system, "a filter"
        elif entry.get("valueSet"):
            yield system, "another value set"
        elif isinstance(concepts, list) and concepts:
            yield system, [each for each in concepts if isinstance(each, JsonObject)]
        else:
            yield system, "a whole code system"


def _with_system(concept: Mapping[str, Any], system: Any) -> JsonObject:
    made = JsonObject(concept)
    made.line = getattr(concept, "line", 0)
    if system is not None:
        made["system"] = system
    return made
