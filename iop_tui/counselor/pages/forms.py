"""The forms of a call: which there are, how far each is, and the way to ask one or to take one off the call."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from iop_tui.call.fill_form import begun, same_form, taken_up
from iop_tui.call.operations import with_forms
from iop_tui.counselor import autosave
from iop_tui.counselor.pages.call_overlay import CallOverlay
from iop_tui.forms.asking.item_words import clean
from iop_tui.forms.model.read_response import ResponseRefused
from iop_tui.tui.base_screen import BACK, HELP, READ_ON, KeyHint, Overlay, PageHeader
from iop_tui.tui.blocks import GAP, Block, Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.confirm import ConfirmPage
from iop_tui.tui.text_screen import TextPage

if TYPE_CHECKING:
    from iop_tui.call.operations import CallState
    from iop_tui.call.record import FilledForm
    from iop_tui.site.form_shelf import ShelvedForm

_LEAD = "These forms are not part of the screening, and change nothing in its result. Each answer is saved at once."

_NOT_AN_ANSWER = "What was typed last in a form cannot be its answer, and is not saved. It still stands there."


class Row(Struct, frozen=True):
    """A form that the site file names (`shelved`), that the call has (`filled`), or both."""

    shelved: ShelvedForm | None
    filled: FilledForm | None

    @property
    def title(self) -> str:
        """The form's title, or else its file's name."""
        shelved = self.shelved
        if shelved is not None and shelved.form is not None:
            return " ".join(clean(shelved.form.title).split()) or shelved.file.file
        return self.filled.title if self.filled is not None else shelved.file.file if shelved is not None else ""

    @property
    def state(self) -> str:
        """How far it is, in a few words."""
        return ", ".join(self._state())

    def _state(self) -> Iterator[str]:
        filled, form = self.filled, self.shelved.form if self.shelved is not None else None
        if filled is None:
            yield "cannot be opened" if form is None else "not begun"
            return
        yield f"complete, {filled.answered} answered" if filled.complete else f"{filled.answered} answered"
        if not filled.complete and filled.left:
            yield f"{filled.left} left"
        elif not filled.complete:
            yield f"{len(filled.missing)} missing"
        if form is None:
            yield "its file cannot be opened" if self.shelved is not None else "its file is not offered any more"
        elif form.sha256 != filled.sha256:
            yield "its file was changed"


def rows_of(shelved: Sequence[ShelvedForm], filled: Sequence[FilledForm]) -> tuple[Row, ...]:
    """The forms of the site file in its order, each with its answers; then those that only the call has."""
    left = list(filled)
    found: dict[int, FilledForm] = {}
    # First those that were not changed: of two versions each keeps its own answers.
    for belongs in (_is_unchanged, _belongs):
        for number, each in enumerate(shelved):
            one = next((one for one in left if belongs(one, each)), None)
            if number not in found and one is not None:
                found[number] = one
                left.remove(one)
    rows = (Row(each, found.get(number)) for number, each in enumerate(shelved))
    return (*rows, *(Row(None, one) for one in left))


def _is_unchanged(filled: FilledForm, shelved: ShelvedForm) -> bool:
    return shelved.form is not None and shelved.form.sha256 == filled.sha256


def _belongs(filled: FilledForm, shelved: ShelvedForm) -> bool:
    if shelved.form is not None:
        return same_form(filled, shelved.form)
    return filled.source == shelved.file.path.name


class FormsPage(CallOverlay):
    """The list. The files are read when it opens."""

    HINTS = (
        BACK,
        KeyHint("Enter", "Open", "nothing"),
        KeyHint("R", "Read the answers", "read_answers", "Read"),
        KeyHint("Del", "Take off the call", "take_off", "Take off"),
        HELP,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete", "take_off", show=False),
        Binding("r,R", "read_answers", show=False),
    ]

    def __init__(self, work: CallState) -> None:
        super().__init__(work)
        self._shelved: tuple[ShelvedForm, ...] | None = None
        """The forms of the site file; None until they are read."""
        self._rows: tuple[Row, ...] = ()

    def body(self) -> ComposeResult:
        """What forms are, and the list."""
        with Vertical(classes="body broad"):
            yield Prose([Paragraph(_LEAD, "$muted")], classes="gap")
            yield Prose(id="hint", classes="empty")
            yield Choices()

    @property
    def is_laid_out(self) -> bool:
        """Whether the page is mounted whole. The files may have been read only once it is gone."""
        return self.is_attached and bool(self.query(PageHeader)) and bool(self.query(Choices))

    def on_mount(self) -> None:
        """Read the files; a slow disk holds up no key."""
        self._show()
        self._read_again()

    def on_screen_resume(self) -> None:
        """Back from a form, or from the question whether to take one off: files may have changed."""
        if self._shelved is not None:
            self._read_again()

    def _read_again(self) -> None:
        self.run_worker(self._read(), exclusive=True)

    async def _read(self) -> None:
        self.show_read(await asyncio.to_thread(self.host.form_shelf.forms))

    def show_read(self, shelved: tuple[ShelvedForm, ...]) -> None:
        """Show the forms of the site file, unless this page is gone by now."""
        self._shelved = shelved
        if self.is_laid_out:
            self._show()

    def show_work(self, work: CallState) -> None:
        """The call as it is now."""
        super().show_work(work)
        if self.is_laid_out:
            self._show()

    def show_saved(self, state: autosave.SaveState) -> None:
        """Whether the call is saved, at the head."""
        if not self.is_laid_out:
            return
        words = "NOT SAVED"
        if isinstance(state, autosave.Saved):
            words = "Saved" if state.at is not None else ""
        elif isinstance(state, autosave.Saving):
            words = "Saving…"
        self.show_title("Forms", words)

    def _show(self) -> None:
        self.show_saved(self.host.save_state)
        choices = self.query_one(Choices)
        under = choices.highlighted_option
        if self._shelved is None:
            choices.offer([Choice("reading", "The forms are being read …", heading=True)])
            return
        self._rows = rows_of(self._shelved, self.work.call.forms)
        offered = [
            Choice(f"form {number}", row.title, str(number + 1) if number < 9 else "", details=(row.state,))
            for number, row in enumerate(self._rows)
        ]
        self._say(_NOT_AN_ANSWER if self._has_drafts else "")
        ids = [choice.id for choice in offered]
        at = under.id if under is not None and under.id in ids else next(iter(ids), None)
        choices.offer(offered, at=at)

    def _say(self, words: str) -> None:
        self.query_one("#hint", Prose).show_if_any([Paragraph(words, "$key")] if words else ())

    @property
    def _has_drafts(self) -> bool:
        """Whether something was typed in a form of this call that is no answer."""
        drafts = (typed for (call, _form), typed in self.host.form_drafts.items() if call == self.work.call.id)
        return any(text.strip() for typed in drafts for text in typed.values())

    @property
    def _row(self) -> Row | None:
        """The form under the cursor."""
        under = self.query_one(Choices).highlighted_option
        if under is None or under.id is None or not under.id.startswith("form "):
            return None
        return self._rows[int(under.id.removeprefix("form "))]

    # ---- what is done ----

    def choose(self, choice: str) -> None:
        """Ask a form, or show what is there of one that cannot be asked."""
        self._say("")
        row = self._rows[int(choice.removeprefix("form "))]
        form = row.shelved.form if row.shelved is not None else None
        if form is None:
            self.open(lambda: FilledFormPage(row))
            return
        by, now = self.host.by, self.host.now()
        try:
            opened = taken_up(row.filled, form) if row.filled is not None else begun(form, by=by, now=now)
        except ResponseRefused as refused:
            why = tuple(f"{each.message}." for each in refused.findings)
            self.open(lambda: FilledFormPage(row, why))
            return
        from iop_tui.counselor.form_on_desk import FormOnDesk

        drafts = self.host.form_drafts.setdefault((self.work.call.id, form.sha256), {})
        steps = FormOnDesk(self.app, self.host, opened, self.work, drafts)
        self.open(steps.page)

    def action_read_answers(self) -> None:
        """The answers of the form under the cursor, as they are in the record."""
        row = self._row
        if row is not None:
            self.open(lambda: FilledFormPage(row))

    def action_take_off(self) -> None:
        """Ask whether to take the form under the cursor off the call."""
        row = self._row
        if row is None or row.filled is None:
            self._say("There are no answers to take off.")
            return
        filled = row.filled
        words = f"Take “{filled.title}” off this call? Its answers are then deleted from the record."

        def then() -> None:
            now = self.host.now()
            self.host.form_drafts.pop((self.work.call.id, filled.sha256), None)
            self.do(lambda work: with_forms(work, tuple(f for f in work.call.forms if f.id != filled.id), now))

        self.open(lambda: ConfirmPage("Take the form off", words, stay="Keep it", go="Take it off", then=then))


class FilledFormPage(TextPage, Overlay):
    """A form as the record has it, or why it cannot be opened."""

    HINTS = (BACK, READ_ON)
    GLOSSARY_IN_FOOTER = False

    def __init__(self, row: Row, why: Sequence[str] = ()) -> None:
        super().__init__()
        self._row = row
        self._why = (*(row.shelved.wrong if row.shelved is not None else ()), *why)

    def on_mount(self) -> None:
        """The form's title, at the head."""
        self.show_title(self._row.title)

    def marked(self, *parts: Sequence[Block]) -> Sequence[Sequence[Block]]:
        """A form has no glossary."""
        return parts

    def blocks(self, width: int) -> Sequence[Block]:
        """Why it cannot be asked, then every answer, the totals, and what does not fit."""
        blocks: list[Block] = [block for line in self._why for block in (Paragraph(line, "$key"), GAP)]
        filled = self._row.filled
        if filled is None:
            return blocks or [Paragraph("Nothing of this form is answered.", "bold")]
        if self._row.shelved is None:
            blocks += [Paragraph("The site file does not name this form any more. Its answers stay.", "$key"), GAP]
        for line in filled.lines:
            if line.title:
                blocks += [GAP, Paragraph(line.ask, "bold $key")]
            else:
                blocks += [Paragraph(line.ask), Paragraph(line.said or "no answer", "bold", indent=2)]
        if filled.totals or filled.missing:
            blocks.append(GAP)
        blocks += [Paragraph(total) for total in filled.totals]
        blocks += [Paragraph(f"Needs an answer: {name}", "$key") for name in filled.missing]
        if filled.unfit:
            blocks += [GAP, Paragraph("Answers that do not fit the form any more. They count for nothing.", "bold")]
        for unfit in filled.unfit:
            blocks += [Paragraph(unfit.ask), Paragraph(unfit.said or "no answer", "bold", indent=2)]
        return blocks
