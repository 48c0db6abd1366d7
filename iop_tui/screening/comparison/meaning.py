"""What a changed condition means, and which results change with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from iop_tui.screening.assessment.assess import Assessment, assess
from iop_tui.screening.authoring.condition_text import as_yaml
from iop_tui.screening.comparison.diff_model import Finding, Meaning, Reach
from iop_tui.screening.comparison.findings import NOBODY, Finder, Search
from iop_tui.screening.comparison.joint import Joint, Sheet, Side
from iop_tui.screening.comparison.level_order import LevelOrder
from iop_tui.screening.comparison.parts import Part
from iop_tui.screening.comparison.samples import chosen_values
from iop_tui.screening.engine.evaluate import Facts, depends_on, truth
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.condition import AnyOf, Condition
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.proof import adapter
from iop_tui.screening.proof.counterexample import smallest
from iop_tui.screening.proof.encoder import World
from iop_tui.screening.proof.formula import FALSE, TRUE, Formula
from iop_tui.screening.proof.incomplete import agrees, avoiding

ALWAYS = "always"
"""In place of a condition: the part is there for everybody."""
When = Condition | str | None
"""A condition, `ALWAYS`, or None where the version does not have the part."""


class Meanings:
    """The meaning of changes between two versions."""

    def __init__(self, finder: Finder, order: LevelOrder) -> None:
        self.joint: Joint = finder.joint
        self._finder, self._order = finder, order
        sides = self.joint.old, self.joint.new
        self._plain = {side.name: wording_apart(side.screening) for side in sides}
        # Kept: a world remembers what it read by the identity of a condition.
        self.steps = {side.name: _steps(side.screening) for side in sides}
        """For each first step that a need names: that one of these needs is true."""
        self._unstopped = {side.name: _without_stops(self._plain[side.name]) for side in sides}

    def of_parts(self, old: Part | None, new: Part | None) -> Meaning | None:
        """The meaning of a change of a part; None if it holds for the same people by construction."""
        part = new or old
        if part is None or part.kind == "promise":
            return None
        is_question = part.kind == "question"
        meaning = self._of_question(part.id) if is_question else self._of(_when(old), _when(new))
        reworded = old is not None and new is not None and _written(old) != _written(new)
        return Meaning(NOBODY, NOBODY) if meaning is None and reworded else meaning

    def _of_question(self, name: str) -> Meaning | None:
        def shown(side: Side, world: World) -> Formula:
            return world.shown(name)[0] if name in side.screening.position else FALSE

        def on(side: Side, sheet: Sheet) -> bool:
            return name in side.screening.position and Facts(side.screening, side.read(sheet)).shown(name) is True

        gates: dict[str, Condition | None] = {
            side.name: side.screening.question(name).show_if if name in side.screening.position else None
            for side in (self.joint.old, self.joint.new)
        }
        return self._meaning(shown, on, gates)

    def _of(self, old: When, new: When) -> Meaning | None:
        whens: Mapping[str, When] = {"old": old, "new": new}

        def shown(side: Side, world: World) -> Formula:
            when = whens[side.name]
            if when is None or isinstance(when, str):
                return FALSE if when is None else TRUE
            return world.sure(when)

        def on(side: Side, sheet: Sheet) -> bool:
            when = whens[side.name]
            if when is None or isinstance(when, str):
                return when is not None
            return truth(when, Facts(side.screening, side.read(sheet))) is True

        return self._meaning(shown, on, {name: None if isinstance(w, str) else w for name, w in whens.items()})

    def _meaning(
        self,
        shown: Callable[[Side, World], Formula],
        on: Callable[[Side, Sheet], bool],
        conditions: Mapping[str, Condition | None],
    ) -> Meaning | None:
        old, new = self.joint.old, self.joint.new
        if shown(old, old.partial) == shown(new, new.partial):
            return None

        def one_way(less: Side, more: Side) -> Finding:
            make = self.joint.formulas
            return self._finder.find(
                make.both(shown(more, more.partial), -shown(less, less.partial)),
                make.both(shown(more, more.complete), -shown(less, less.complete)),
                lambda sheet: on(more, sheet) and not on(less, sheet),
                lambda _sheet: self._behind((side, conditions[side.name]) for side in (old, new)),
            )

        return Meaning(gained=one_way(old, new), lost=one_way(new, old))

    # ---- results ----

    def reaches(self, moved: Sequence[tuple[Sheet, tuple[int, int]]]) -> Iterator[Reach]:
        """The results that somebody gets in one version only: levels, a stop, alarms, first steps. `moved` are example
        people with another level, and the ranks of both levels.
        """
        for rank, level in [*enumerate(self._order.levels), (self._order.stop, "")]:
            gained, lost = self._level(rank, moved, gaining=True), self._level(rank, moved, gaining=False)
            yield Reach("level" if level else "stop", level, gained, lost)
        alarms = [
            {alarm.id: alarm.when for alarm in side.screening.alarms} for side in (self.joint.old, self.joint.new)
        ]
        for name in dict.fromkeys([*alarms[1], *alarms[0]]):
            yield self._reach("alarm", name, self._of(alarms[0].get(name), alarms[1].get(name)))
        old, new = self.steps["old"], self.steps["new"]
        for name in dict.fromkeys([*new, *old]):
            yield self._reach("first_step", name, self._of(old.get(name), new.get(name)))

    def _reach(self, kind: str, name: str, meaning: Meaning | None) -> Reach:
        gained, lost = (NOBODY, NOBODY) if meaning is None else (meaning.gained, meaning.lost)
        return Reach("alarm" if kind == "alarm" else "first_step", name, gained, lost)

    def _level(self, rank: int, moved: Sequence[tuple[Sheet, tuple[int, int]]], *, gaining: bool) -> Finding:
        """Who gets this level or more in one version, and less in the other."""
        old, new = self.joint.old, self.joint.new
        more, less = (new, old) if gaining else (old, new)
        has, had = self._order.reached(more, rank), self._order.reached(less, rank)
        completed, tied = less.completions(more)
        alike = has == had and has.needed == has.may_need and completed is less.complete
        if alike and less.partial.stopped() == more.partial.stopped():
            return NOBODY
        across = [s for s, (was, now) in moved if (was < rank <= now if gaining else now < rank <= was)]
        make = self.joint.formulas
        answered = make.both(has.sure, -had.sure)
        # A sheet with open questions is stopped, or gets the least level over all ways to answer them. So if it shows
        # the change, it is not stopped in one version; and it is in the other, or each way has a need for this level
        # there, and one of the ways has none here.
        stopped = more.partial.stopped()
        here = self._order.reached(less, rank, completed).needed
        most = make.both(-less.partial.stopped(), make.either(stopped, has.may_need), tied, -here)

        def shows(sheet: Sheet) -> bool:
            return self._rank(less, sheet) < rank <= self._rank(more, sheet)

        def behind(sheet: Sheet) -> Iterable[str]:
            got = self.assessed(more, sheet)
            rules = [raised.alarm.when for raised in got.alarms if raised.alarm.urgency == "now"]
            rules += [reason.need.when for reason in got.reasons if self._asks(reason.need.at_least, rank)]
            return self._behind((more, when) for when in rules)

        def near(sheet: Sheet) -> Sheet:
            # With fewer answers an alarm may not be certain any more, while the need for this level still is.
            return self._needed(more, sheet, rank) or sheet

        def unlike(sheet: Sheet) -> Formula | None:
            # What a version cannot read is open there, and each way to answer it may have a need.
            always = self._needed(less, sheet, rank)
            return self._unlike(more, sheet, rank) if always is None else -self._has(less, always)

        search = Search(tuple(across), near, unlike)
        return self._finder.find(answered, answered, shows, behind, most, search)

    def _needed(self, side: Side, sheet: Sheet, rank: int) -> Sheet | None:
        """As few as possible of the answers of a sheet with which the needs ask for so much, whatever else is answered
        and whatever alarms are active. None if they do not with all.
        """

        def asks(answers: Mapping[str, Answer]) -> bool:
            got = assess(self._unstopped[side.name], side.read(answers), in_full=False)
            return self._order.rank(got.level) >= rank

        return smallest(sheet, asks, ()) if asks(sheet) else None

    def _has(self, side: Side, sheet: Sheet) -> Formula:
        """True on sheets on which these answers are given, and count."""
        make, parts = self.joint.formulas, []
        for name, answer in side.read(sheet).items():
            parts += [side.partial.known(name), self._exactly(side, name, answer)]
        return make.all(parts)

    def _exactly(self, side: Side, name: str, answer: Answer) -> Formula:
        """True where exactly these values of a question are chosen."""
        values = chosen_values(self.joint, name if name in self.joint.by_key else f"{name}@{side.name}", answer)
        chosen = side.partial.chosen(name).items()
        return self.joint.formulas.all(here if value in values else -here for value, here in chosen)

    def _unlike(self, side: Side, sheet: Sheet, rank: int) -> Formula | None:
        """True on sheets that are stopped, or cannot be completed as this one can: without a need for so much. None if
        this one cannot.
        """
        asking = [need.when for need in side.screening.needs if self._asks(need.at_least, rank)]
        way = avoiding(side.screening, asking, side.read(sheet))
        if way is None:
            return None
        make = self.joint.formulas
        return make.either(side.partial.stopped(), -agrees(make, side.partial, way))

    def _asks(self, level: str | None, rank: int) -> bool:
        return level is not None and self._order.rank(level) >= rank

    def _rank(self, side: Side, sheet: Sheet) -> int:
        return self._order.rank(self.assessed(side, sheet).level)

    def assessed(self, side: Side, sheet: Mapping[str, Answer]) -> Assessment:
        """The result of a joint sheet in one version, in the wording for the person themselves."""
        return assess(self._plain[side.name], side.read(sheet), in_full=False)

    def _behind(self, conditions: Iterable[tuple[Side, Condition | None]]) -> set[str]:
        """The questions on which some conditions depend, as the keys of a joint sheet."""
        found: set[str] = set()
        for side, condition in conditions:
            if condition is not None:
                names = [side.screening.questions[index].id for index in depends_on(side.screening, condition)]
                found.update(name if name in self.joint.by_key else f"{name}@{side.name}" for name in names)
        return found


def wording_apart(screening: Screening) -> Screening:
    """The screening as if everybody answered for themselves: only words differ, and nothing is rewritten."""
    return replace(screening, manifest=replace(screening.manifest, for_other=None))


def _without_stops(screening: Screening) -> Screening:
    """The screening without alarms that stop the questions: its levels are those of the needs."""
    kept = (tuple(alarm for alarm in section.alarms if not adapter.stops(alarm)) for section in screening.sections)
    sections = (replace(section, alarms=alarms) for section, alarms in zip(screening.sections, kept, strict=True))
    return replace(screening, sections=tuple(sections))


def _when(part: Part | None) -> When:
    """The condition of a part, in the version that has it."""
    if part is None:
        return None
    return ALWAYS if part.condition is None else part.condition


def _written(part: Part) -> str:
    """The condition of a part as it is written."""
    return "" if part.condition is None else as_yaml(part.condition)


def _steps(screening: Screening) -> Mapping[str, Condition]:
    names = dict.fromkeys(step for need in screening.needs for step in need.first)
    return {name: AnyOf(tuple(need.when for need in screening.needs if name in need.first)) for name in names}
