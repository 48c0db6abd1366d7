"""Saving the summary: where, and as plain text or Markdown. The only way anything reaches a disk."""

from __future__ import annotations

from pathlib import Path

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input

from iop_tui.platform.private_file import CannotSave
from iop_tui.result.model import Result
from iop_tui.screening.i18n.language import N_, _
from iop_tui.takeaway.summary_file import save
from iop_tui.tui.base_screen import BACK, HELP, LEAVE, READ_ON_IF, KeyHint, Overlay
from iop_tui.tui.blocks import Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.footer import PageFooter
from iop_tui.tui.prompt_screen import PromptScreen

_TEXT, _MARKDOWN = "text", "markdown"


class SavePage(PromptScreen, Overlay):
    """A file name to change or keep, and the formats."""

    HINTS = (BACK, READ_ON_IF, KeyHint("Tab", N_("Change the file name"), "rename", N_("File name")), HELP, LEAVE)

    def __init__(self, result: Result, name: str, saved: Path | None = None) -> None:
        """`saved` is the file, if it was saved already."""
        super().__init__()
        self._result = result
        self._name_typed = name
        """The name, as proposed or changed. It outlives the page's widgets."""
        self._saved = saved

    def again(self) -> Overlay | None:
        """The same page in another language, with the changed name, and still saved if it was; None if the questions
        have changed.
        """
        if self._result.screening.sha256 != self.host.written.sha256:
            return None
        return SavePage(self.host.result(), self._name_typed, self._saved)

    def body(self) -> ComposeResult:
        """The name, the formats, and room for the outcome."""
        with Vertical(classes="body"):
            # A small window may have shown the card without its notices, and one of them may say not to save.
            with VerticalScroll(id="words", can_focus=False):
                yield Prose(
                    [
                        *(Paragraph(notice.text, "$key") for notice in self._result.notices),
                        Paragraph(_("The file holds your summary: what your answers point to, and why."), "bold"),
                        Paragraph(_("Whoever can open the file can read it. On a shared computer, do not save.")),
                    ],
                    classes="gap",
                )
            name = Input(self._name_typed, id="path", select_on_focus=False)
            name.cursor_blink = False
            yield name
            yield Prose(id="said", classes="gap")
            yield Choices(
                [
                    Choice(_TEXT, _("Save as plain text"), "1"),
                    Choice(_MARKDOWN, _("Save as Markdown"), "2"),
                    Choice("back", _("Do not save"), "3"),
                ],
                at=_TEXT,
            )

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title(_("Save your summary"))
        if self._saved is not None:
            self._show_saved(self._saved)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._name_typed = event.value

    def pressed(self, character: str) -> bool:
        """While the name is typed, digits and letters belong to it."""
        return False if self._typing else super().pressed(character)

    @property
    def _typing(self) -> bool:
        return self.query_one("#path", Input).has_focus

    def action_rename(self) -> None:
        """Move between the name and the choices, while it can be changed."""
        name = self.query_one("#path", Input)
        if not name.display:
            return
        self.set_focus(self.query_one(Choices) if self._typing else name)
        # The field shows its beginning until the cursor moves; the end of a long name is what a person changes.
        name.cursor_position = 0
        name.cursor_position = len(name.value)

    def on_key(self, event: events.Key) -> None:
        """Tab moves between the name and the choices; Down and Enter leave the name."""
        if event.key == "tab" or (self._typing and event.key in ("down", "enter", "escape")):
            event.stop()
            event.prevent_default()
            self.action_rename()

    def choose(self, choice: str) -> None:
        """Save in one of the formats, or go back."""
        if choice == "back":
            self.action_back()
            return
        try:
            self._saved = save(self._result, self._name_typed, markdown=choice == _MARKDOWN)
        except CannotSave as failure:
            self.query_one("#said", Prose).show([Paragraph(str(failure), "$key")])
            return
        self._show_saved(self._saved)
        self.offer_anew()

    def _show_saved(self, path: Path) -> None:
        """Show where the file is, and the choice to go back. A done action is not offered again: with a single switch
        nobody could type another name.
        """
        self.query_one("#said", Prose).show([Paragraph(_("Saved: {path}").format(path=path), "$key")])
        self.query_one("#path", Input).display = False
        self.query_one(PageFooter).remove_key("rename")
        self.query_one(Choices).offer([Choice("back", _("Back to my summary"), "1")], at="back")
