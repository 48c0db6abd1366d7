"""Check references between files: every name exists, comes before its use where it must, and is unique."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Protocol

from iop_tui.screening import size_limits
from iop_tui.screening.format.cycles import rings
from iop_tui.screening.model.condition import Condition, InRange, Is, Score, atoms, named
from iop_tui.screening.model.content import CallTurn
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.model.field_types import NO_LEVEL, SourceLocation
from iop_tui.screening.problems import Report, suggestion
from iop_tui.screening.question_types import type_of
from iop_tui.screening.size_limits import MAX_GATES, MAX_LEVELS, MAX_QUESTIONS

_NAMED = 8
"""The number of names reported of a ring; of a longer one the first and the last."""


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def where(self) -> SourceLocation: ...


def resolve(screening: Screening, report: Report, *, whole: bool = True) -> None:
    """Report every reference to an unknown, duplicate or later name.

    With `whole` false a file could not be read: names that it may define are not reported as unknown.
    """
    _Resolver(screening, report, whole).run()


class _Resolver:
    def __init__(self, screening: Screening, report: Report, whole: bool) -> None:
        self.screening = screening
        self.report = report
        self.whole = whole
        self.questions: dict[str, Question] = {}
        care, help_file = screening.care, screening.help
        self.gaps = {
            noun
            for noun, lists in (
                ("question", [(section.where, "questions") for section in screening.sections]),
                ("first step", [(care.where, "first_steps")]),
                ("level", [(care.where, "levels")]),
                ("page", [(help_file.where, "pages")]),
                ("line", [(help_file.where, "lines")]),
            )
            if not whole or report.unread.intersection(lists)
        }
        """Nouns of things of which some could not be read: references to them are not reported as unknown."""

    def unread(self, where: SourceLocation, key: str) -> bool:
        """Whether an empty placeholder stands for a value that could not be read: it leads to no further report."""
        return (where, key) in self.report.unread

    def run(self) -> None:
        screening = self.screening
        self.size()
        self.once("question", screening.questions)
        self.once("rule", [*screening.alarms, *screening.needs, *screening.fits, *screening.care.cannot_tell])
        depth: dict[str, int] = {}
        for question in screening.questions:
            self.question(question, depth)
            self.questions.setdefault(question.id, question)
        for alarm in screening.alarms:
            self.condition(alarm.when, f"alarm {alarm.id!r}")
            self.one_of(alarm.page, screening.pages, "page", f"alarm {alarm.id!r}", alarm.where)
        for need in screening.needs:
            about = f"need {need.id!r}"
            self.condition(need.when, about)
            if need.at_least is None and not need.first:
                self.report.add(need.where, f"{about}: it needs 'at_least', 'first' or both")
            for step in need.first:
                self.one_of(step, screening.first_steps, "first step", about, need.where)
            self.levels((need.at_least or "",), about, need.where)
            covers = [*(alarm.id for alarm in screening.alarms), *(n.id for n in screening.needs if n.id != need.id)]
            for other in need.covered_by:
                self.one_of(other, covers, "alarm or other need", about, need.where)
        for fit in screening.fits:
            self.condition(fit.when, f"fit {fit.id!r}")
            self.levels(fit.levels, f"fit {fit.id!r}", fit.where)
        self.promises()
        self.once("notice", screening.manifest.notices)
        for notice in screening.manifest.notices:
            self.condition(notice.when, f"notice {notice.id!r}")
        if screening.manifest.for_other is not None:
            self.condition(screening.manifest.for_other, "screening.yaml: for_other")
        self.once("term", screening.glossary.terms)
        self.care()
        self.steps()
        self.help()

    def promises(self) -> None:
        """A promise names a level, an existing alarm, or both."""
        self.once("promise", self.screening.promises)
        for promise in self.screening.promises:
            about = f"promise {promise.id!r}"
            self.condition(promise.when, about)
            if promise.at_least is None and promise.alarm is None:
                self.report.add(promise.where, f"{about}: it needs 'at_least', 'alarm' or both")
            if promise.alarm is not None:
                alarms = [alarm.id for alarm in self.screening.alarms]
                self.one_of(promise.alarm, alarms, "alarm", about, promise.where)

    def size(self) -> None:
        """At least one question, and not too many."""
        count, manifest = len(self.screening.questions), self.screening.manifest
        if not count and self.screening.sections and "question" not in self.gaps:
            self.report.add(manifest.where, "screening.yaml: none of the sections has a question")
        if count > MAX_QUESTIONS:
            self.report.add(
                manifest.where, f"screening.yaml: the sections have {count} questions; {MAX_QUESTIONS} is the most"
            )

    def once(self, noun: str, things: Iterable[_Named]) -> None:
        """Every id is unique."""
        first: dict[str, SourceLocation] = {}
        for thing in things:
            if not thing.id:
                continue
            if thing.id in first:
                before = first[thing.id]
                self.report.add(thing.where, f"{noun} {thing.id!r}: the name is already taken ({before})")
            first.setdefault(thing.id, thing.where)

    def one_of(self, name: str, names: Iterable[str], noun: str, about: str, where: SourceLocation) -> None:
        """A name that must exist."""
        names = list(names)
        if name and name not in names and noun not in self.gaps:
            self.report.add(where, f"{about}: there is no {noun} {name!r}{suggestion(name, names)}")

    def question(self, question: Question, depth: dict[str, int]) -> None:
        """A question, and its `show_if`, which names earlier questions only."""
        about = f"question {question.id!r}"
        self.form(question, about)
        if question.if_unsaid is not None:
            self.one_of(question.if_unsaid, self.screening.pages, "page", about, question.where)
        depth[question.id] = 0
        if question.show_if is None:
            return
        for other in named(question.show_if):
            if other not in self.questions and other in self.screening.position:
                message = f"show_if names {other!r}, which is not asked before it; only earlier questions can be named"
                self.report.add(question.where, f"{about}: {message}")
            depth[question.id] = max(depth[question.id], depth.get(other, 0) + 1)
        if depth[question.id] > MAX_GATES:
            self.report.add(question.where, f"{about}: more than {MAX_GATES} questions depend on one another here")
        self.condition(question.show_if, f"{about}: show_if")

    def form(self, question: Question, about: str) -> None:
        """Options or bounds, as the question type requires."""
        if self.unread(question.where, "kind"):
            return
        for where, wrong in type_of(question).problems(question, partial(self.unread, question.where)):
            self.report.add(where, f"{about}: {wrong}")
        if not type_of(question).typed:
            self.once(f"{about}: option", question.options)

    def condition(self, condition: Condition, about: str) -> None:
        """Every question and option that a condition names."""
        size_limits.nesting(condition, about, self.report)
        for atom in atoms(condition):
            if isinstance(atom, Score):
                size_limits.score(atom, about, self.report)
            for name in atom.questions if isinstance(atom, Score) else (atom.question,):
                position = self.screening.position.get(name)
                if position is None:
                    self.one_of(name, self.screening.position, "question", about, atom.where)
                    continue
                self.atom(atom, self.screening.questions[position], about)

    def atom(self, atom: Is | InRange | Score, question: Question, about: str) -> None:
        """One named question: its options, or its bounds."""
        if self.unread(question.where, "kind"):
            return
        named_here = atom.where if isinstance(atom, InRange) else question.where
        for wrong in type_of(question).problems_of(atom, question, partial(self.unread, named_here)):
            self.report.add(atom.where, f"{about}: {wrong}")

    def care(self) -> None:
        """care.yaml: every level once, with every row."""
        care = self.screening.care
        if not care.where.file:
            return
        self.once("row", care.compare)
        self.once("first step", care.first_steps)
        self.once("advice", care.advice)
        rows = {row.id for row in care.compare}
        for rule in care.cannot_tell:
            about, ranks = f"cannot_tell rule {rule.id!r}", self.screening.ranks
            self.levels((rule.level, rule.could_be), about, rule.where)
            if ranks.get(rule.could_be, 0) <= ranks.get(rule.level, -1):
                self.report.add(rule.where, f"{about}: 'could_be' should be more care than 'level'")
        no_rows = self.unread(care.where, "compare")
        self.once("level", care.levels)
        if len(care.levels) > MAX_LEVELS:
            message = f"care.yaml: there are {len(care.levels)} levels; {MAX_LEVELS} is the most"
            self.report.add(care.where, message)
        for level in care.levels:
            about = f"level {level.id!r}"
            if level.id == NO_LEVEL:
                self.report.add(level.where, f"{about}: no level can have this id; cases mean by it that there is none")
            if no_rows or self.unread(level.where, "compare"):
                continue
            for row in sorted(rows - level.compare.keys()):
                self.report.add(level.where, f"{about}: compare: the row {row!r} is missing")
            for row in sorted(level.compare.keys() - rows):
                self.report.add(level.where, f"{about}: compare: there is no row {row!r}{suggestion(row, rows)}")

    def levels(self, names: Iterable[str], about: str, where: SourceLocation) -> None:
        """Levels that must exist."""
        for name in names:
            self.one_of(name, self.screening.levels, "level", about, where)

    def steps(self) -> None:
        """care.yaml: first steps cover existing steps without a ring; advice can apply to somebody."""
        steps = self.screening.first_steps
        for step in self.screening.care.first_steps:
            for covered in step.covers:
                self.one_of(covered, steps, "first step", f"first step {step.id!r}", step.where)
        for ring in rings({name: step.covers for name, step in steps.items()}):
            first, last = ring[0], ring[-1]
            if len(ring) == 1:
                said = "it covers itself, so it would never be shown"
            elif len(ring) == 2:
                said = f"it and {first!r} cover one another, so neither would be shown"
            else:
                names = [repr(name) for name in (ring if len(ring) <= _NAMED else (*ring[:3], *ring[-2:]))]
                if len(ring) > _NAMED:
                    names.insert(3, f"{len(ring) - 5} more")
                said = f"it covers {', which covers '.join(names)}, so none of them would be shown"
            self.report.add(steps[last].where, f"first step {last!r}: {said}; take {first!r} out of its 'covers'")
        for advice in self.screening.care.advice:
            about = f"advice {advice.id!r}"
            self.levels(advice.levels, about, advice.where)
            for item in advice.items:
                self.levels(item.levels, about, item.where)
            for condition in (advice.when, *(item.when for item in advice.items)):
                if condition is not None:
                    self.condition(condition, about)
        self.first_call()

    def first_call(self) -> None:
        """care.yaml: the first call, and those in its place."""
        care = self.screening.care
        if not self.unread(care.where, "first_call"):
            self.turns(care.first_call, "first_call", care.where)
        for other in care.other_calls:
            self.condition(other.when, "other_calls")
            self.turns(other.turns, "other_calls", other.where)

    def turns(self, turns: Sequence[CallTurn], about: str, where: SourceLocation) -> None:
        """Each turn of a call has one side, and each level has one of your turns for its card."""
        for turn in turns:
            self.levels(turn.levels, about, turn.where)
            if turn.when is not None:
                self.condition(turn.when, about)
            if (turn.they is None) is (turn.you is None) and not {
                (turn.where, "they"),
                (turn.where, "you"),
            } & self.report.unread:
                self.report.add(turn.where, f"{about}: a turn has either 'they' or 'you'")
            if turn.card and (turn.you is None or turn.when is not None):
                self.report.add(turn.where, f"{about}: the text for the card is a 'you' without a 'when'")
        for level in self.screening.care.levels if turns else ():
            said = [turn for turn in turns if turn.card and level.id in (turn.levels or (level.id,))]
            if len(said) != 1:
                message = f"{about}: {len(said)} turns have 'card: yes' for the level {level.id!r}; it needs one"
                self.report.add(said[1].where if said else where, message)

    def help(self) -> None:
        """help.yaml: pages and "always" name existing lines."""
        help_file = self.screening.help
        if not help_file.where.file:
            return
        self.once("line", help_file.lines)
        for phone_line in help_file.lines:
            if phone_line.when is not None:
                self.condition(phone_line.when, f"line {phone_line.id!r}")
        self.once("page", help_file.pages)
        for page in help_file.pages:
            for line in page.lines:
                self.one_of(line, self.screening.phone_lines, "line", f"page {page.id!r}", page.where)
            for step in page.covers:
                self.one_of(step, self.screening.first_steps, "first step", f"page {page.id!r}", page.where)
        for line in help_file.always:
            self.one_of(line, self.screening.phone_lines, "line", "always", help_file.where)
        if not help_file.always and not self.unread(help_file.where, "always"):
            self.report.add(help_file.where, "help.yaml: 'always' is empty; name who can be called from every screen")
