"""One person's interview: the next question, going back, changing an answer, and alarms.

Every face uses it, so that the questions, their order and the result are the same everywhere. An Interview is
immutable: each step returns a new one. The cost of a step depends on the rules and later questions that depend on the
answer, not on the length of the screening.

The result is shown once the answers that it follows from were checked. Where the screening has questions after it
(`result_after`), the person may go on with them, and stop at any of them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.screening.engine.evaluate import Facts, depends_on, truth
from iop_tui.screening.engine.progress import Left, Progress
from iop_tui.screening.engine.third_person import wording_for
from iop_tui.screening.model.answers import Answer, Answers, Unknown
from iop_tui.screening.model.definition import Alarm, Notice, Question, Screening, Section
from iop_tui.screening.question_types import on_day, refusal


class Asking(Struct, frozen=True):
    """The current question waits for an answer."""

    question: Question


class Alarmed(Struct, frozen=True):
    """An alarm is active, and its page must be shown before anything else."""

    alarm: Alarm


class NotAnswered(Struct, frozen=True):
    """A safety question was not answered: the page that it has for this must be shown once before going on."""

    question: Question
    page: str


class Reviewing(Struct, frozen=True):
    """Every shown question up to the result has an answer, possibly an unknown one: the person checks them."""


class ShowingResult(Struct, frozen=True):
    """The answers were checked, and the result is shown. `more` questions can follow."""

    more: Left


Step = Asking | Alarmed | NotAnswered | Reviewing | ShowingResult


class Refused(ValueError):
    """An invalid answer. The message never holds the answer."""


class Interview(Struct, frozen=True):
    """The answers so far and the current question. Made by `begin`."""

    screening: Screening
    answers: Answers
    at: int = 0
    """The index of the current question; the number of questions while none is asked."""
    last: int = 0
    """The index of the last answered question: where a mistaken alarm is corrected."""
    active_alarms: frozenset[str] = frozenset()
    """The ids of the active alarms. They follow from the answers; kept because an answer affects few alarms."""
    unacknowledged: frozenset[str] = frozenset()
    """The active alarms whose page is still to be shown: `now` while it is active, `today` until acknowledged."""
    reviewed: bool = False
    """True once the review was reached: from then on only newly opened questions are asked."""
    pending: tuple[int, ...] = ()
    """After the review: the open questions, in order."""
    checked: bool = False
    """True once the person checked the answers that the result follows from: it may be shown."""
    continuing: bool = False
    """True while the person answers the questions after the result."""
    correcting: bool = False
    """True while an answer is being corrected from an alarm's page: alarm pages wait until then."""
    not_answered_due: bool = False
    """True while the page for a safety question that was not answered has not been acknowledged."""
    today: date | None = None
    """The day on which the interview began, if known."""

    # ---- where it stands ----

    @property
    def step(self) -> Step:
        """The current step. An alarm `now` is the step as long as it is active."""
        if self.unacknowledged and not self.correcting:
            order = _touches(self.screening).alarm_order
            return Alarmed(self.wording.alarms[min(order[alarm_id] for alarm_id in self.unacknowledged)])
        if self.not_answered_due:
            question = self.wording.questions[self.last]
            return NotAnswered(question, question.if_unsaid or "")
        if self.at < len(self.screening.questions):
            return Asking(self.wording.questions[self.at])
        return ShowingResult(self.more) if self.checked else Reviewing()

    @property
    def wording(self) -> Screening:
        """The screening in the respondent's wording. All text that is shown comes from here."""
        return wording_for(self.screening, self.answers)

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """The active alarms, those with urgency `now` first."""
        if not self.active_alarms:
            return ()
        return tuple(alarm for alarm in self.wording.alarms if alarm.id in self.active_alarms)

    @property
    def current_answer(self) -> Answer | None:
        """The answer to the current question, if there is one already."""
        return (
            self.answers.get(self.screening.questions[self.at].id) if self.at < len(self.screening.questions) else None
        )

    @property
    def asks_about_danger(self) -> bool:
        """True if an alarm `now` depends on the current question, or if leaving it unanswered shows a page."""
        if self.at >= len(self.screening.questions):
            return False
        alarms = _touches(self.screening).alarms[self.at]
        return (
            any(alarm.urgency == "now" for alarm in alarms) or self.screening.questions[self.at].if_unsaid is not None
        )

    @property
    def at_start(self) -> bool:
        """True if there is nothing to go back to."""
        return not self.continuing and self._before(self.at) is None

    @property
    def section(self) -> Section:
        """The section of the current question; the last one while none is asked."""
        questions = self.screening.questions
        return self.wording.sections[self.screening.section_of[questions[min(self.at, len(questions) - 1)].id]]

    @property
    def progress(self) -> Progress:
        """The current section and the share of questions passed, up to the result or of those after it. `done` grows
        with every question, skipped ones included.
        """
        questions, result_at = self.screening.questions, self.screening.result_at
        begin, end = (result_at, len(questions)) if result_at <= self.at < len(questions) else (0, result_at)
        section = self.screening.section_of[questions[min(self.at, end - 1)].id]
        done = (min(self.at, end) - begin) / (end - begin)
        return Progress(self.wording.sections[section].title, done)

    @property
    def left(self) -> Left:
        """How many questions can still come, as far as the answers decide it: up to the result, or after it for whoever
        went on.
        """
        result_at = self.screening.result_at
        if self.continuing and self.at >= result_at:
            more, again = self.more, self.current_answer is not None
            return Left(more.least + again, more.most + again)
        if self.reviewed:
            count = sum(1 for index in self.pending if self.at <= index < result_at)
            return Left(count, count)
        return self._open_in(self.screening.questions[self.at : result_at], answered=True)

    @property
    def more(self) -> Left:
        """The number of open questions after the result, as far as the answers decide it."""
        return self._open_in(self.screening.questions[self.screening.result_at :], answered=False)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notices to show beside the questions now."""
        facts = Facts(self.screening, self.answers)
        return tuple(
            notice
            for notice in self.wording.manifest.notices
            if notice.show != "summary" and truth(notice.when, facts) is True
        )

    # ---- steps ----

    def answer(self, answer: Answer) -> Interview:
        """Answer the current question and go on. Raises Refused for an invalid answer, and while a crisis page or the
        review is the step.
        """
        stopped = self.not_answered_due or (self.unacknowledged and not self.correcting)
        if stopped or self.at == len(self.screening.questions):
            raise Refused("no question is asked now")
        return self.answer_to(self.screening.questions[self.at].id, answer)

    def answer_to(self, question_id: str, answer: Answer) -> Interview:
        """Answer any question that is shown or may be, and go on from there. Raises KeyError or Refused."""
        index, answered, facts = self._answered(question_id, answer)
        return answered._after(index, facts)

    def answer_in_place(self, question_id: str, answer: Answer) -> Interview:
        """Answer any question that is shown or may be, without moving: a caller answers in their own order.

        If its `show_if` is unknown, the answer is recorded ahead and counts once that is true. The current question
        changes only if the answer hides it, or opens one after the review. Raises KeyError or Refused.
        """
        index, answered, facts = self._answered(question_id, answer)
        return answered._settled(index, facts)

    def without(self, question_id: str) -> Interview:
        """Remove an answer, without moving. Raises KeyError for an unknown question."""
        index = self.screening.position[question_id]
        if question_id not in self.answers:
            return self
        answers = self.answers.with_answer(question_id, None)
        facts = Facts(self.screening, answers)
        not_answered_due = self.not_answered_due and self.last != index
        return (
            replace(self, answers=answers, not_answered_due=not_answered_due)
            ._alarmed(index, facts)
            ._settled(index, facts)
        )

    def back(self) -> Interview:
        """Go to the previous question; from a crisis page to the last answered one; from the first question after the
        result to the result, and from there to the review. At the first question nothing changes.
        """
        step = self.step
        if isinstance(step, Alarmed):
            return replace(self, at=self.last, correcting=True)
        if isinstance(step, NotAnswered):
            return replace(self, at=self.last, not_answered_due=False)
        if isinstance(step, ShowingResult):
            return replace(self, checked=False)
        before = self._before(self.at)
        if self.continuing and (before is None or before < self.screening.result_at <= self.at):
            return self.stopped()
        return self if before is None else replace(self, at=before)

    def confirmed(self) -> Interview:
        """Go from the review to the result: the answers are right. Elsewhere nothing changes."""
        return replace(self, checked=True) if isinstance(self.step, Reviewing) else self

    def continued(self) -> Interview:
        """Go from the result to the open questions after it. If there are none, and elsewhere, nothing changes."""
        return replace(self, continuing=True)._first_pending() if isinstance(self.step, ShowingResult) else self

    def stopped(self) -> Interview:
        """Go from any question after the result back to it; the rest stays open. Elsewhere nothing changes."""
        if not self.continuing or not isinstance(self.step, Asking):
            return self
        return replace(self, at=len(self.screening.questions), continuing=False)

    def change(self, question_id: str) -> Interview:
        """Go to a question that is shown or may be. Raises KeyError if it is unknown, Refused if it is hidden."""
        position = self.screening.position[question_id]
        if Facts(self.screening, self.answers).shown(question_id) is False:
            raise Refused(f"question {question_id!r} is not asked with the other answers")
        return replace(self, at=position)

    def translated(self, screening: Screening) -> Interview:
        """The same interview in another language: `screening` must be a translation of this one."""
        screening = on_day(screening, self.today)
        return replace(self, screening=screening, answers=Answers(screening, self.answers))

    def acknowledged(self) -> Interview:
        """Go on from the crisis page that is the step. An alarm `now` cannot be acknowledged."""
        step = self.step
        if isinstance(step, NotAnswered):
            return replace(self, not_answered_due=False)
        if isinstance(step, Alarmed) and step.alarm.urgency == "today":
            return replace(self, unacknowledged=self.unacknowledged - {step.alarm.id})
        return self

    # ---- inside ----

    def _before(self, index: int) -> int | None:
        facts = Facts(self.screening, self.answers)
        questions, result_at = self.screening.questions, self.screening.result_at
        # What comes after the result may not have been asked yet.
        before = (i for i in range(index - 1, -1, -1) if i < result_at or questions[i].id in self.answers)
        return next((i for i in before if facts.shown(questions[i].id)), None)

    def _open_in(self, questions: Sequence[Question], *, answered: bool) -> Left:
        """How many of these can be asked, those that are `answered` already included."""
        facts = Facts(self.screening, self.answers)
        shown = [facts.shown(question.id) for question in questions if answered or question.id not in self.answers]
        sure = shown.count(True)
        return Left(sure, sure + shown.count(None))

    def _answered(self, question_id: str, answer: Answer) -> tuple[int, Interview, Facts]:
        """The interview with this answer and the alarms that follow from it, not moved yet."""
        question = self.screening.question(question_id)
        answers = self.answers.with_answer(question_id, answer)
        facts = Facts(self.screening, answers)
        why = refusal(question, answer)
        if facts.shown(question_id) is False:
            why = "is not asked with the other answers"
        if why:
            raise Refused(f"question {question_id!r} {why}")
        index = self.screening.position[question_id]
        not_answered_due = question.if_unsaid is not None and isinstance(answer, Unknown)
        # A result that was shown is another one now; whoever goes on after it sees that one next.
        checked = self.checked and (self.continuing or index >= self.screening.result_at)
        moved = replace(
            self, answers=answers, last=index, correcting=False, not_answered_due=not_answered_due, checked=checked
        )
        return index, moved._alarmed(index, facts), facts

    def _alarmed(self, index: int, facts: Facts) -> Interview:
        """Update the active alarms after a change to this answer."""
        touched = _touches(self.screening).alarms[index]
        if not touched:
            return self
        active = active_of(touched, facts)
        cleared = {alarm.id for alarm in touched} - active
        acknowledged = self.active_alarms - self.unacknowledged
        return replace(
            self,
            active_alarms=(self.active_alarms - cleared) | active,
            unacknowledged=(self.unacknowledged - cleared) | (active - acknowledged),
        )

    def _after(self, index: int, facts: Facts) -> Interview:
        """Move on from an answered question."""
        questions, end = self.screening.questions, self.screening.result_at
        if self.reviewed:
            return self._opened(index, facts)._first_pending()
        at = next((i for i in range(index + 1, end) if facts.shown(questions[i].id)), end)
        if at < end:
            return replace(self, at=at)
        # A person who answered in another order may have left some open: they are asked before the review.
        left = tuple(i for i, question in enumerate(questions) if self._open(question, facts))
        return replace(self, reviewed=True, pending=left)._first_pending()

    def _settled(self, index: int, facts: Facts) -> Interview:
        """Stay at the current question after a change to this answer, if it is still shown."""
        questions = self.screening.questions
        opened = self._opened(index, facts) if self.reviewed else self
        if self.at < len(questions) and facts.shown(questions[self.at].id) is not False:
            return opened
        return opened._first_pending() if self.reviewed else self._after(self.at, facts)

    def _opened(self, index: int, facts: Facts) -> Interview:
        """After the review: the questions that are open after a change to this answer."""
        candidates = sorted({*self.pending, index, *_touches(self.screening).questions[index]})
        questions = self.screening.questions
        return replace(self, pending=tuple(i for i in candidates if self._open(questions[i], facts)))

    def _first_pending(self) -> Interview:
        """At the first question that is open: one up to the result, or any for whoever went on from there."""
        end = len(self.screening.questions)
        until = end if self.continuing else self.screening.result_at
        at = next((index for index in self.pending if index < until), end)
        return replace(self, at=at, continuing=self.continuing and at < end)

    def _open(self, question: Question, facts: Facts) -> bool:
        return facts.shown(question.id) is True and question.id not in self.answers


def begin(screening: Screening, today: date | None = None) -> Interview:
    """An interview before its first question. `today` is the day from which answers about days are counted."""
    screening = on_day(screening, today)
    answers = Answers(screening)
    facts = Facts(screening, answers)
    # A rule may be true before anything is answered: a score that every answer reaches.
    active = active_of(screening.alarms, facts)
    return Interview(screening, answers, active_alarms=active, unacknowledged=active, today=today)._after(-1, facts)


def active_of(alarms: Iterable[Alarm], facts: Facts) -> frozenset[str]:
    """The ids of those of the alarms that are active."""
    return frozenset(alarm.id for alarm in alarms if truth(alarm.when, facts) is True)


class _Touched(Struct, frozen=True):
    """By a question's index: the later questions and the alarms that depend on it."""

    questions: tuple[tuple[int, ...], ...]
    alarms: tuple[tuple[Alarm, ...], ...]
    alarm_order: Mapping[str, int]
    """Alarm id -> its index in the screening's alarms."""


@functools.lru_cache(maxsize=4)
def _touches(screening: Screening) -> _Touched:
    size = len(screening.questions)
    opens: list[list[int]] = [[] for _ in range(size)]
    alarms: list[list[Alarm]] = [[] for _ in range(size)]
    for index, question in enumerate(screening.questions):
        for above in depends_on(screening, question.show_if) if question.show_if is not None else ():
            opens[above].append(index)
    for alarm in screening.alarms:
        for index in depends_on(screening, alarm.when):
            alarms[index].append(alarm)
    order = {alarm.id: index for index, alarm in enumerate(screening.alarms)}
    return _Touched(tuple(map(tuple, opens)), tuple(map(tuple, alarms)), order)
