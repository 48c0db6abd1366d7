"""An alarm during a call: what to tell the caller, and the clinic's steps, each ticked off with its time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll

from iop_tui.call.work import ticked, unticked, went
from iop_tui.counselor.danger import dangers
from iop_tui.counselor.pages.over import OverCall
from iop_tui.screening.answers import Answer, Unknown
from iop_tui.screening.conditions import Facts, evidence, hangs_on
from iop_tui.screening.interview import Unsaid
from iop_tui.screening.language import _
from iop_tui.screening.model import Alarm, Screening
from iop_tui.screening.summary import answer_text
from iop_tui.site.model import Site
from iop_tui.site.protocol import steps_for
from iop_tui.tui.blocks import GAP, Block, Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.marking import marked
from iop_tui.tui.page import HELP, Head, KeyHint
from iop_tui.tui.people import phone_lines

if TYPE_CHECKING:
    from iop_tui.call.work import Work

_ON, _MISTAKE, _OTHER = "on", "mistake", "other"
_DEAF = 0.4
"""Seconds in which no key counts. The page comes by itself while somebody types answers: a digit meant for the next
question must not become a step that was taken.
"""


def behind(work: Work, alarm: Alarm) -> Mapping[str, Answer]:
    """The answers that raised an alarm; for one that only may stand, those given that it hangs on."""
    screening, answers = work.interview.wording, work.interview.answers
    proof = evidence(alarm.when, Facts(screening, answers))
    if proof:
        return proof
    named = [screening.questions[index].id for index in sorted(hangs_on(screening, alarm.when))]
    return {name: answers[name] for name in named if name in answers and not isinstance(answers[name], Unknown)}


class ProtocolPage(OverCall):
    """One alarm, or a question about danger that was left unsaid. The call can go on at any time."""

    HINTS = (
        KeyHint("Esc", _("Go on with the call"), "back", _("Go on")),
        KeyHint("1-9", _("Tick a step"), "nothing", _("Tick")),
        KeyHint("PgDn", _("Read on"), "read_on", scrolls=True),
        HELP,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "scroll_words(1)", show=False, priority=True),
        Binding("pageup", "scroll_words(-1)", show=False, priority=True),
    ]

    def __init__(self, work: Work, alarm: Alarm | Unsaid, site: Site) -> None:
        super().__init__(work)
        self._about = alarm
        self._site = site
        self._deaf = True

    # ---- what it is about ----

    @property
    def _screening(self) -> Screening:
        return self.work.interview.wording

    @property
    def _page(self) -> str:
        return self._about.page

    @property
    def _today(self) -> bool:
        return isinstance(self._about, Unsaid) or self._about.urgency == "today"

    @property
    def _next(self) -> Alarm | None:
        """The alarm after this one, in turn; None where there is no other."""
        order = [danger.alarm for danger in dangers(self.work)]
        here = self._about.id if isinstance(self._about, Alarm) else ""
        at = next((number for number, alarm in enumerate(order) if alarm.id == here), -1)
        after = order[(at + 1) % len(order)] if order else None
        return None if after is None or after.id == here else after

    @property
    def steps(self) -> Sequence[str]:
        """The steps in order; after them those that were ticked in words that the site file has no more."""
        if isinstance(self._about, Unsaid):
            return ()
        present = steps_for(self._site, self._page, today=self._today)
        return (*present, *(step for step in self._ticks if step not in present))

    @property
    def _ticks(self) -> Mapping[str, str]:
        """Step -> when it was ticked, as hours and minutes of this place."""
        if isinstance(self._about, Unsaid):
            return {}
        ticks = [tick for tick in self.work.call.ticks if tick.alarm == self._about.id]
        return {tick.step: tick.at.astimezone().strftime("%H:%M") for tick in ticks}

    # ---- what it shows ----

    def body(self) -> ComposeResult:
        """The title; what to tell the caller; the steps and the ways on, beside it where there is room."""
        with Vertical(classes="body broad", id="protocol"):
            yield Prose(id="title")
            with Container(id="sides"):
                with VerticalScroll(id="words", can_focus=False):
                    yield Prose(id="tell")
                yield Choices()

    def on_mount(self) -> None:
        """Show all, and let keys count in a moment."""
        self._show()
        self.set_timer(_DEAF, self._hear)

    def _hear(self) -> None:
        self._deaf = False

    def show_work(self, work: Work) -> None:
        """The call as it is now; the cursor stays where it is."""
        super().show_work(work)
        if self.query(Choices):
            self._show()

    def _show(self) -> None:
        page = self._screening.pages[self._page]
        self.query_one("#title", Prose).show([Paragraph(page.title)])
        words = marked(self.wizard.screening, self._words())[0] if self.wizard.has_words else self._words()
        self.query_one("#tell", Prose).show(words)
        choices = self.query_one(Choices)
        under = choices.highlighted_option
        offered = self._choices()
        at = under.id if under is not None and under.id in {choice.id for choice in offered} else _ON
        choices.offer(offered, at=at)
        steps = self.steps
        done = sum(step in self._ticks for step in steps)
        right = _("{done} of {steps} steps done").format(done=done, steps=len(steps)) if steps else ""
        left = _("Safety today") if self._today else _("Danger now")
        self.query_one(Head).show(left, right, done / len(steps) if steps else 0.0)

    def _words(self) -> list[Block]:
        screening, page = self._screening, self._screening.pages[self._page]
        blocks: list[Block] = []
        if isinstance(self._about, Unsaid):
            said = _("This question about safety was left open: “{ask}”").format(ask=self._about.question.ask)
            blocks.append(Paragraph(said, "$muted"))
        else:
            blocks.append(Paragraph(self._about.because, "$muted"))
            if self._about.id not in {danger.alarm.id for danger in dangers(self.work) if danger.certain}:
                maybe = _("It counts once the questions before it are answered. Do not wait for them.")
                blocks.append(Paragraph(maybe, "bold"))
        blocks += [GAP, Paragraph(_("Tell the caller"), "bold $key")]
        blocks += [Paragraph(text, mark="· ") for text in page.do]
        blocks += [GAP, *phone_lines([screening.phone_lines[name] for name in page.lines], about=False)]
        if isinstance(self._about, Alarm):
            blocks += [GAP, Paragraph(_("Because of"), "bold $key")]
            for name, answer in behind(self.work, self._about).items():
                question = screening.question(name)
                blocks.append(Paragraph(question.ask, "$muted", mark="· "))
                blocks.append(Paragraph(answer_text(question, answer), indent=2))
        return blocks

    def _choices(self) -> list[Choice]:
        ticks = self._ticks
        choices = []
        for number, step in enumerate(self.steps, 1):
            at = ticks.get(step)
            # Five letters for the time, ticked or not: the words stay where they are.
            mark = f"[{at}] " if at else "[     ] "
            choices.append(
                Choice(f"step-{number}", step, str(number) if number < 10 else "", mark=mark, quiet=bool(at))
            )
        choices.append(Choice(_ON, _("Go on with the call"), "c", apart=bool(choices)))
        if self._next is not None:
            title = self._screening.pages[self._next.page].title
            choices.append(Choice(_OTHER, _("The next alarm: {title}").format(title=title), "a"))
        choices.append(Choice(_MISTAKE, self._mistake_words(), "m", quiet=True))
        return choices

    def _mistake_words(self) -> str:
        if isinstance(self._about, Unsaid):
            return _("Go back to that question")
        return _("That was a mistake: change the answer")

    # ---- what is done ----

    def on_key(self, event: events.Key) -> None:
        """Nothing counts in the first moment."""
        if self._deaf:
            event.stop()
            event.prevent_default()
            return
        super().on_key(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing counts in the first moment, but leaving."""
        if self._deaf and action in ("back", "help", "words"):
            return False
        return super().check_action(action, parameters)

    def choose(self, choice: str) -> None:
        """Tick a step, or go a way on."""
        if self._deaf:
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
        if isinstance(self._about, Unsaid):
            return
        alarm_id, by, now = self._about.id, self.counselor.by, self.counselor.now()
        if step in self._ticks:
            self.do(lambda work: unticked(work, alarm_id, step, now))
        else:
            self.do(lambda work: ticked(work, alarm_id, step, by, now))

    def _to_the_other(self) -> None:
        if self._next is None:
            return
        self._about = self._next
        self.query_one("#words", VerticalScroll).scroll_home(animate=False)
        self._show()
        choices = self.query_one(Choices)
        choices.highlighted = choices.get_option_index(_ON)

    def _put_right(self) -> None:
        """To the question whose answer came last of those behind it."""
        if isinstance(self._about, Unsaid):
            name = self._about.question.id
        else:
            given = self.work.call.given
            names = [name for name in behind(self.work, self._about) if name in given]
            if not names:
                self.close()
                return
            name = max(names, key=lambda name: given[name].at)
        now = self.counselor.now()
        self.do(lambda work: went(work, name, now))
        self.close()

    def action_scroll_words(self, way: int) -> None:
        """A page of the words further or back."""
        words = self.query_one("#words", VerticalScroll)
        (words.scroll_page_down if way > 0 else words.scroll_page_up)(animate=False)

    def action_read_on(self) -> None:
        """A page further down: what a click on the hint does."""
        self.action_scroll_words(1)
