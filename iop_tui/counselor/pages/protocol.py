"""The protocol of an alarm: the clinic's steps, each ticked off with its time, beside the text of the crisis page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import OptionList

from iop_tui.call.form_alarm import FORM_ALARM, FormQuestionOpen
from iop_tui.call.operations import moved_to, noted, ticked, unticked
from iop_tui.counselor.alarms import Subject
from iop_tui.counselor.checklist import Checklist, ClearedAlarm, checklists, cleared_alarms, sharing
from iop_tui.counselor.input_guard import InputGuard
from iop_tui.counselor.pages.call_overlay import CallOverlay
from iop_tui.counselor.pages.notes import CallNotePage, NotePage
from iop_tui.screening.assessment.answer_words import answer_text
from iop_tui.screening.engine.evaluate import Facts, depends_on, evidence
from iop_tui.screening.engine.interview import NotAnswered
from iop_tui.screening.english import counted
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.definition import Alarm, Screening
from iop_tui.site.settings import Site
from iop_tui.tui.base_screen import HELP, KeyHint
from iop_tui.tui.blocks import GAP, Block, Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.glossary_links import marked
from iop_tui.tui.phone_blocks import phone_lines

if TYPE_CHECKING:
    from datetime import datetime

    from iop_tui.call.operations import CallState
    from iop_tui.tui.host import AnyPage

_ON, _MISTAKE, _OTHER = "on", "mistake", "other"


def answers_behind(work: CallState, alarm: Alarm) -> Mapping[str, Answer]:
    """The answers that raised an alarm; for a possible alarm, the given answers that its condition depends on."""
    screening, answers = work.interview.wording, work.interview.answers
    proof = evidence(alarm.when, Facts(screening, answers))
    if proof:
        return proof
    named = [screening.questions[index].id for index in sorted(depends_on(screening, alarm.when))]
    return {name: answers[name] for name in named if name in answers and not isinstance(answers[name], Unknown)}


class ProtocolPage(CallOverlay):
    """The alarms of one crisis page, with one checklist; or a declined safety question; or, with None, the cleared
    alarms of this call. The call can go on at any time.
    """

    HINTS = (
        KeyHint("Esc", "Go on", "back"),
        KeyHint("1-9", "Tick", "nothing"),
        KeyHint("Y", "Note on call", "call_note", "Call"),
        KeyHint("T", "Note", "note"),
        KeyHint("PgDn", "Read on", "read_on", scrolls=True),
        HELP,
    )
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "scroll_words(1)", show=False, priority=True),
        Binding("pageup", "scroll_words(-1)", show=False, priority=True),
    ]

    def __init__(self, work: CallState, alarm: Subject, site: Site) -> None:
        super().__init__(work)
        self._declined = alarm if isinstance(alarm, (NotAnswered, FormQuestionOpen)) else None
        self._page = alarm.page if alarm is not None else ""
        """The id of the crisis page; empty where no alarm is active."""
        self._site = site
        self._guard = InputGuard()
        self._guard.close()
        self._held = False
        """Whether a note is about to open: keys typed until then were not meant for this page."""
        self._lists: tuple[Checklist, ...] = ()
        self._look(work)

    # ---- what it is about ----

    def _look(self, work: CallState) -> None:
        self._lists = checklists(work, self._site)
        if self._declined is None and self._list is None:
            # The alarms of this page were cleared.
            self._page = self._lists[0].page if self._lists else ""

    @property
    def _screening(self) -> Screening:
        return self.work.interview.wording

    @property
    def _list(self) -> Checklist | None:
        """The checklist on the page; None for a declined safety question, and where no alarm is active."""
        if self._declined is not None:
            return None
        return next((each for each in self._lists if each.page == self._page), None)

    @property
    def _place(self) -> int:
        """The index of this checklist among all; -1 if none is shown."""
        here = self._list
        return -1 if here is None else self._lists.index(here)

    @property
    def _next(self) -> Checklist | None:
        """The next checklist, in turn; None if there is no other."""
        after = self._lists[(self._place + 1) % len(self._lists)] if self._lists else None
        return None if after is self._list else after

    @property
    def steps(self) -> Sequence[str]:
        """The steps in order; after them ticked steps that the site file no longer has."""
        here = self._list
        return here.steps if here is not None else ()

    # ---- what it shows ----

    def body(self) -> ComposeResult:
        """The title; the steps and the choices; the text of the crisis page, below or beside them."""
        with Vertical(classes="body broad", id="protocol"):
            yield Prose(id="title")
            with VerticalScroll(id="sides", can_focus=False):
                with Vertical(id="doing"):
                    yield Prose(id="you-do")
                    yield Choices()
                with VerticalScroll(id="words", can_focus=False):
                    yield Prose(id="tell")

    def on_mount(self) -> None:
        """Show everything, and accept keys in a moment."""
        self._show()
        self.query_one(Choices).focus(scroll_visible=False)
        self._from_the_top()
        self._guard.open_soon(self, self.host.time)

    def _from_the_top(self) -> None:
        """Scroll to the first step, though the cursor is on the way on."""
        scrolls = [*self.query(VerticalScroll), self.query_one(Choices)]
        self.call_after_refresh(lambda: [each.scroll_home(animate=False) for each in scrolls])

    def show_work(self, work: CallState) -> None:
        """The call as it is now; the cursor stays where it is."""
        super().show_work(work)
        self._look(work)
        if self.query(Choices):
            self._show()

    def _show(self) -> None:
        here, steps = self._list, self.steps
        self.query_one("#title", Prose).show([Paragraph(self._title())])
        self.query_one("#you-do", Prose).show([Paragraph("You do", "bold $key")] if steps else [])
        words = marked(self.host.screening, self._words())[0] if self.host.has_words else self._words()
        self.query_one("#tell", Prose).show(words)
        choices = self.query_one(Choices)
        under = choices.highlighted_option
        offered = self._choices()
        at = under.id if under is not None and under.id in {choice.id for choice in offered} else _ON
        choices.offer(offered, at=at)
        done = len(here.ticks) if here is not None else 0
        right = "{done} of {steps} done".format(done=done, steps=counted(len(steps), "step")) if steps else ""
        self.show_title(self._urgency(), right, done / len(steps) if steps else 0.0)

    def _urgency(self) -> str:
        if not self._page:
            return "Cleared alarms"
        return "Danger now" if self._list is not None and self._list.now else "Safety today"

    def _title(self) -> str:
        if not self._page:
            return "No alarm is active now"
        title = self._screening.pages[self._page].title
        if self._list is None or len(self._lists) == 1:
            return title
        which = "{number} of {all} · {title}"
        return which.format(number=self._place + 1, all=len(self._lists), title=title)

    def _words(self) -> list[Block]:
        blocks: list[Block] = []
        if self._declined is not None:
            declined = self._declined
            ask = declined.ask if isinstance(declined, FormQuestionOpen) else declined.question.ask
            said = f"This question about safety was left open: “{ask}”"
            blocks += [Paragraph(said, "$muted"), GAP]
        if self._list is not None:
            blocks += self._reasons(self._list)
        if self._page:
            page = self._screening.pages[self._page]
            blocks.append(Paragraph("What the page tells people who are alone with it", "bold $key"))
            blocks += [Paragraph(text, mark="· ") for text in page.do]
            blocks += [GAP, *phone_lines([self._screening.phone_lines[name] for name in page.lines], about=False), GAP]
        cleared = cleared_alarms(self.work)
        if cleared:
            blocks.append(Paragraph("Cleared alarms", "bold $key"))
        for each in cleared:
            blocks += self._cleared(each)
        return blocks

    def _reasons(self, here: Checklist) -> list[Block]:
        """Why: each alarm with the answers that raised it; an answer that raised several is shown once."""
        blocks: list[Block] = []
        if not here.certain:
            maybe = "It counts once the questions before it are answered. Do not wait for them."
            blocks.append(Paragraph(maybe, "bold"))
        blocks.append(Paragraph("Because of", "bold $key"))
        told: set[tuple[str, Answer]] = set()
        for alarm in here.alarms:
            blocks.append(Paragraph(alarm.because, mark="· "))
            for name, answer in answers_behind(self.work, alarm).items():
                if (name, answer) not in told:
                    question = self._screening.question(name)
                    said = f"{question.ask} {answer_text(question, answer)}"
                    blocks.append(Paragraph(said, "$muted", indent=2))
                    told.add((name, answer))
            if alarm.id == FORM_ALARM:
                for filled in self.work.call.forms:
                    for line in filled.suicide:
                        blocks.append(Paragraph(f"{filled.title}: {line.in_one}", "$muted", indent=2))
        return [*blocks, GAP]

    def _cleared(self, cleared: ClearedAlarm) -> list[Block]:
        event = cleared.event
        because = cleared.alarm.because if cleared.alarm is not None else event.alarm
        times = f"{_clock(event.at)} to {_clock(cleared.cleared_at)}"
        blocks: list[Block] = [Paragraph(f"{times}  {because}", mark="· ")]
        if event.raised_by:
            blocks.append(Paragraph(f"Was said: {event.raised_by}", "$muted", indent=2))
        if event.corrected_to:
            blocks.append(Paragraph(f"Became: {event.corrected_to}", "$muted", indent=2))
        blocks += [Paragraph(tick.step, mark=f"[{_clock(tick.at)}] ", indent=2) for tick in cleared.ticks]
        if not cleared.ticks:
            blocks.append(Paragraph("No step was ticked.", "$muted", indent=2))
        return [*blocks, GAP]

    def _choices(self) -> list[Choice]:
        ticks = self._list.ticks if self._list is not None else {}
        choices = []
        for number, step in enumerate(self.steps, 1):
            at = ticks.get(step)
            # Five letters for the time, ticked or not: the words stay where they are.
            mark = f"[{_clock(at)}] " if at else "[     ] "
            choices.append(
                Choice(f"step-{number}", step, str(number) if number < 10 else "", mark=mark, quiet=bool(at))
            )
        choices.append(Choice(_ON, "Go on with the call", "c", apart=bool(choices)))
        if self._next is not None:
            title = self._screening.pages[self._next.page].title
            choices.append(Choice(_OTHER, f"The next page: {title}", "a"))
        if self._page:
            choices.append(Choice(_MISTAKE, self._mistake_words(), "m", quiet=True))
        return choices

    def _mistake_words(self) -> str:
        if self._declined is not None:
            return "Go back to that question"
        if self._latest() is None:
            return "That was a mistake: change the answer in the form"
        return "That was a mistake: change the answer"

    # ---- what is done ----

    def on_key(self, event: events.Key) -> None:
        """No key counts while the input guard is closed, or while a note is about to open."""
        if self._guard.is_closed or self._held:
            event.stop()
            event.prevent_default()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the first moment no action works but leaving."""
        if (self._guard.is_closed or self._held) and action in ("back", "help", "words"):
            return False
        return super().check_action(action, parameters)

    def pressed(self, character: str) -> bool:
        """The keys of the notes, besides those of the choices."""
        notes = {"y": self.action_call_note, "t": self.action_note}
        if character in notes:
            notes[character]()
            return True
        return super().pressed(character)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        """Show the steps when the cursor moves among them or one is ticked."""
        self.query_one("#sides", VerticalScroll).scroll_home(animate=False)

    def choose(self, choice: str) -> None:
        """Tick a step, or go a way on."""
        if self._guard.is_closed or self._held:
            return
        if choice == _ON:
            self.close()
        elif choice == _OTHER:
            self._to_the_other()
        elif choice == _MISTAKE:
            self._put_right()
        else:
            self._tick(self.steps[int(choice.removeprefix("step-")) - 1])

    def _tick(self, step: str) -> None:
        """Tick for all active alarms of this page at once; untick for all alarms that share the page."""
        here = self._list
        if here is None:
            return
        by, now = self.host.by, self.host.now()
        if step in here.ticks:
            self.do(_each(sharing(self.work, here.page), lambda work, alarm: unticked(work, alarm, step, now)))
        else:
            active = [alarm.id for alarm in here.alarms]
            self.do(_each(active, lambda work, alarm: ticked(work, alarm, step, by, now)))

    def _to_the_other(self) -> None:
        if self._next is None:
            return
        self._page, self._declined = self._next.page, None
        self._show()
        choices = self.query_one(Choices)
        choices.highlighted = choices.get_option_index(_ON)
        self._from_the_top()

    def _latest(self) -> str | None:
        """The question answered last of those that raised the alarms shown; None if none is known."""
        if isinstance(self._declined, FormQuestionOpen):
            return None
        if self._declined is not None:
            return self._declined.question.id
        given = self.work.call.answers
        alarms = self._list.alarms if self._list is not None else ()
        names = [name for alarm in alarms for name in answers_behind(self.work, alarm) if name in given]
        return max(names, key=lambda name: given[name].at, default=None)

    def _put_right(self) -> None:
        """Go to the question answered last of those that raised them."""
        name, now = self._latest(), self.host.now()
        if name is None:
            self.close(self.host.to_form_answer)
            return
        self.do(lambda work: moved_to(work, name, now))
        self.close()

    def open(self, make: Callable[[], AnyPage]) -> None:
        """Open another page over this one. Keys typed until it is there tick no step."""
        self._held = True
        super().open(make)

    def on_screen_resume(self) -> None:
        """This page is visible again."""
        self._held = False

    def action_call_note(self) -> None:
        """A note on the call: where the caller is, the number to call back."""
        self.open(lambda: CallNotePage(self.work, to_note=True))

    def action_note(self) -> None:
        """A note on the question that led here; on the call if there is none."""
        name = self._latest()
        if name is None:
            self.action_call_note()
            return
        question = self._screening.question(name)

        def then(text: str) -> Callable[[CallState], CallState]:
            now = self.host.now()
            return lambda work: noted(work, name, text, now)

        self.open(lambda: NotePage(question.ask, self.work.call.notes.get(name, ""), then))

    def action_scroll_words(self, way: int) -> None:
        """Scroll by a page: everything, or the text if it is beside the steps."""
        for scroll in self.query(VerticalScroll):
            if scroll.max_scroll_y:
                (scroll.scroll_page_down if way > 0 else scroll.scroll_page_up)(animate=False)

    def action_read_on(self) -> None:
        """A page further down, when the hint is clicked."""
        self.action_scroll_words(1)


def _clock(moment: datetime) -> str:
    """Local hours and minutes."""
    return moment.astimezone().strftime("%H:%M")


def _each(alarms: Sequence[str], change: Callable[[CallState, str], CallState]) -> Callable[[CallState], CallState]:
    """One change that changes each of these alarms."""

    def changed(work: CallState) -> CallState:
        for alarm in alarms:
            work = change(work, alarm)
        return work

    return changed
