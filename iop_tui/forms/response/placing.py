"""The items of a response put into the places that the form has for them."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from iop_tui.forms.filling.allowed_values import objections
from iop_tui.forms.filling.enable_rows import identity
from iop_tui.forms.filling.plan import Plan, Planned
from iop_tui.forms.model.places import Place
from iop_tui.forms.model.read_response import Unplaced
from iop_tui.forms.model.values import Value
from iop_tui.forms.reading.json_text import JsonObject
from iop_tui.forms.reading.read_value import NotAValue, read_value
from iop_tui.forms.reading.rules import Collector, Rule
from iop_tui.forms.response import response_rules
from iop_tui.forms.response.foreign_values import as_answer, is_reason


class Placing:
    """Collects the answers by place, their lines, reasons for none, and what has no place. `known` are all linkIds of
    the form.
    """

    def __init__(self, plan: Plan, known: Set[str], collector: Collector) -> None:
        self._plan = plan
        self._known = known
        self._collector = collector
        self.answers: dict[Place, tuple[Value, ...]] = {}
        self.lines: dict[Place, int] = {}
        self.reasons: dict[Place, JsonObject] = {}
        self.unplaced: list[Unplaced] = []

    def items(self, source: Any, parent: int, above: Place, path: str) -> None:
        """The items below an item of the form (-1: at the top), which stands at `above`."""
        if source is None:
            return
        instances: dict[str, int] = {}
        questions: dict[str, list[tuple[JsonObject, str]]] = {}
        for position, entry in enumerate(source if isinstance(source, list) else [source]):
            here = f"{path}[{position}]"
            link_id = entry.get("linkId") if isinstance(entry, JsonObject) else None
            if not isinstance(entry, JsonObject) or not isinstance(link_id, str):
                self._lay_aside(response_rules.NOT_AN_ITEM, entry, "", here)
                continue
            planned = self._planned(entry, link_id, here)
            if planned is None:
                continue
            if planned.parent != parent:
                self._elsewhere(entry, planned, here)
            elif planned.question:
                questions.setdefault(link_id, []).append((entry, here))
            else:
                self._group(entry, planned, above, instances, here)
        for link_id, entries in questions.items():
            self._question(entries, self._plan.items[self._plan.by_link[link_id]], above)

    # ---- inside ----

    def _planned(self, entry: JsonObject, link_id: str, path: str) -> Planned | None:
        if entry.get("modifierExtension"):
            self._lay_aside(response_rules.MODIFIED, entry, link_id, path)
            return None
        index = self._plan.by_link.get(link_id)
        if index is None:
            rule = response_rules.REFUSED if link_id in self._known else response_rules.UNKNOWN
            self._lay_aside(rule, entry, link_id, path)
            return None
        if entry.get("extension"):
            self._say(response_rules.EXTENSION, entry, link_id, path=path)
        return self._plan.items[index]

    def _elsewhere(self, entry: JsonObject, planned: Planned, path: str) -> None:
        """An item at the wrong level: put in its place if it can have only one."""
        link_id = planned.item.link_id
        around = [self._plan.items[index] for index in planned.above]
        place = tuple((each.item.link_id, 0) for each in (*around, planned))
        once = not planned.copied and not (planned.group and planned.item.repeats)
        if not once or place in self.answers or not (planned.question or planned.group):
            self._lay_aside(response_rules.NO_PLACE, entry, link_id, path)
            return
        self._say(response_rules.ELSEWHERE, entry, link_id, path=path)
        if planned.question:
            self._question([(entry, path)], planned, place[:-1])
        else:
            self._group(entry, planned, place[:-1], {}, path)

    def _group(self, entry: JsonObject, planned: Planned, above: Place, instances: dict[str, int], path: str) -> None:
        link_id = planned.item.link_id
        if entry.get("answer"):
            self._lay_aside(response_rules.GROUP_ANSWERED, entry["answer"], link_id, f"{path}.answer", entry)
        if planned.item.type == "display":
            self.items(entry.get("item"), planned.index, (*above, (link_id, 0)), f"{path}.item")
            return
        number = instances.get(link_id, 0)
        if number and not planned.item.repeats:
            self._lay_aside(response_rules.TWICE, entry, link_id, path)
            return
        before = len(self.answers)
        self.items(entry.get("item"), planned.index, (*above, (link_id, number)), f"{path}.item")
        if len(self.answers) > before or not planned.item.repeats:
            # An instance without answers is none: the next one has its number.
            instances[link_id] = number + 1

    def _question(self, entries: list[tuple[JsonObject, str]], planned: Planned, above: Place) -> None:
        link_id = planned.item.link_id
        place = (*above, (link_id, 0))
        if len(entries) > 1:
            self._say(response_rules.ITEM_TWICE, entries[1][0], link_id, path=entries[1][1])
        read: list[tuple[Value, JsonObject, str]] = []
        for entry, path in entries:
            answers = entry.get("answer")
            for position, answer in enumerate(answers if isinstance(answers, list) else [answers] if answers else []):
                here = f"{path}.answer[{position}]"
                # Where the item can be there several times, an instance without answers is none: a reason could move.
                if not planned.copied and is_reason(planned, answer):
                    self.reasons.setdefault(place, answer)
                    self._say(response_rules.REASON, answer, link_id, path=here)
                    continue
                value = self._answer(answer, planned, here, entry)
                if value is not None:
                    read.append((value, answer, here))
        read = self._each_once(read, planned, entries[0][0])
        if len(read) > 1 and not planned.item.repeats:
            path = entries[0][1]
            self._say(response_rules.SEVERAL, entries[0][0], link_id, path=path, count=len(read))
            self.unplaced.extend(Unplaced(link_id, here, answer) for _value, answer, here in read)
            read = []
        if place in self.answers and read:
            self._lay_aside(response_rules.NO_PLACE, entries[0][0], link_id, entries[0][1])
            return
        if read:
            self.answers[place] = tuple(value for value, _answer, _here in read)
            self.lines[place] = entries[0][0].line
        for number, (_value, answer, here) in enumerate(read):
            self.items(answer.get("item"), planned.index, (*above, (link_id, number)), f"{here}.item")
        for entry, path in entries:
            self._below_the_item(entry, planned, (*above, (link_id, 0)), len(read), path)

    def _below_the_item(self, entry: JsonObject, planned: Planned, place: Place, answers: int, path: str) -> None:
        """`item` beside `answer` instead of within it: it can only belong to a single answer."""
        below = entry.get("item")
        if not below:
            return
        if answers == 1:
            self._say(response_rules.ELSEWHERE, entry, planned.item.link_id, path=f"{path}.item")
            self.items(below, planned.index, place, f"{path}.item")
        else:
            self._lay_aside(response_rules.NO_PLACE, below, planned.item.link_id, f"{path}.item", entry)

    def _each_once(
        self, read: list[tuple[Value, JsonObject, str]], planned: Planned, entry: JsonObject
    ) -> list[tuple[Value, JsonObject, str]]:
        """Without repetitions of the same answer, where they say nothing: of an option, or where one is allowed."""
        if planned.item.repeats and not planned.options:
            return read
        found: dict[object, tuple[Value, JsonObject, str]] = {}
        for value, answer, path in read:
            if identity(value) not in found:
                found[identity(value)] = (value, answer, path)
            elif answer.get("item"):
                return read
            else:
                self._say(response_rules.SAME_TWICE, entry, planned.item.link_id, path=path)
        return list(found.values())

    def _answer(self, answer: Any, planned: Planned, path: str, entry: JsonObject) -> Value | None:
        link_id = planned.item.link_id
        if not isinstance(answer, JsonObject):
            self._lay_aside(response_rules.UNREADABLE, answer, link_id, path, entry, why="is no object")
            return None
        if answer.get("modifierExtension"):
            self._lay_aside(response_rules.MODIFIED, answer, link_id, path)
            return None
        try:
            value = read_value(answer, "value")
        except NotAValue as refused:
            # The sentence can quote the answer, which must not be in a finding.
            why = str(refused).partition(", and is “")[0]
            self._lay_aside(response_rules.UNREADABLE, answer, link_id, path, why=why)
            return None
        if value is None:
            if answer:
                self._lay_aside(response_rules.NO_VALUE, answer, link_id, path)
            return None
        if answer.get("extension"):
            self._say(response_rules.EXTENSION, answer, link_id, path=path)
        taken, rule = as_answer(planned, value)
        if taken is None:
            self._lay_aside(response_rules.WRONG_KIND, answer, link_id, path, kind=value.kind, type=planned.item.type)
            return None
        if rule is not None:
            self._say(rule, answer, link_id, path=path)
        elif identity(taken) not in planned.options and any(True for _each in objections(planned.item, taken)):
            self._say(response_rules.OUT_OF_BOUNDS, answer, link_id, path=path)
        return taken

    def _lay_aside(
        self, rule: Rule, source: Any, link_id: str, path: str, within: JsonObject | None = None, **facts: object
    ) -> None:
        """A finding, and its part of the file handed on as it is."""
        self.unplaced.append(Unplaced(link_id, path, source))
        place = source if isinstance(source, JsonObject) else within
        self._collector.add(rule, place.line if place is not None else 1, link_id, path=path, **facts)

    def _say(self, rule: Rule, source: JsonObject, link_id: str, **facts: object) -> None:
        self._collector.add(rule, source.line, link_id, **facts)
