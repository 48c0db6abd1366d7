"""Saving the answers of a form: under which name. An existing file is replaced only after a question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input

from iop_tui.platform.private_file import AlreadyThere, CannotSave
from iop_tui.screening.i18n.language import N_, _
from iop_tui.tui.base_screen import BACK, HELP, LEAVE, READ_ON_IF, KeyHint, Overlay, PageFooter
from iop_tui.tui.blocks import Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.fields import Line
from iop_tui.tui.form_messages import FormSaved
from iop_tui.tui.prompt_screen import PromptScreen

Save = Callable[[str, bool], Path]
"""Saves under a typed name, over an existing file or not; returns the path. Raises CannotSave."""


class FormSavePage(PromptScreen, Overlay):
    """A file name to keep or change."""

    HINTS = (BACK, READ_ON_IF, KeyHint("Tab", N_("Change the file name"), "rename", N_("File name")), HELP, LEAVE)

    def __init__(self, name: str, save: Save, *, complete: bool, at_once: bool = False) -> None:
        """`at_once` saves under the name as soon as the page is there."""
        super().__init__()
        self._at_once = at_once
        self._path_typed, self._save, self._complete = name, save, complete
        self._replaces = False
        """Whether the file is there, and the person is asked whether to replace it."""

    def body(self) -> ComposeResult:
        """What the file holds, its name, and the ways on."""
        texts = [_("The file holds your answers. Whoever can open the file can read them.")]
        if not self._complete:
            texts.append(_("The form is not complete yet. Another day you can go on with this file."))
        with Vertical(classes="body"):
            with VerticalScroll(id="words", can_focus=False):
                yield Prose([Paragraph(text) for text in texts], classes="gap")
            yield Line(self._path_typed)
            yield Prose(id="said", classes="empty")
            yield Choices(self._choices(), at="save")

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title(_("Save my answers"))
        if self._at_once:
            self._write(replace=False)

    def _choices(self) -> list[Choice]:
        if self._replaces:
            return [
                Choice("keep", _("Keep that file, and choose another name"), "1"),
                Choice("replace", _("Replace that file"), "2"),
            ]
        return [Choice("save", _("Save"), "1"), Choice("back", _("Do not save"), "2")]

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value == self._path_typed:
            return  # the field was only filled
        self._path_typed = event.value
        if self._replaces:
            self._ask_again()

    def _ask_again(self) -> None:
        self._replaces = False
        self._say("")
        self.query_one(Choices).offer(self._choices(), at="save")

    def field_key(self, key: str) -> bool:
        """Tab, Down, Enter and Escape leave the name."""
        if key in ("tab", "shift+tab", "down", "enter", "escape"):
            self.set_focus(self.query_one(Choices))
            return True
        return False

    def action_rename(self) -> None:
        """To the name, or back to the choices."""
        line = self.query_one(Line)
        if line.display:
            self.set_focus(self.query_one(Choices) if self.focused is line else line)

    def key_tab(self) -> None:
        """Tab goes to the name."""
        self.action_rename()

    def pressed(self, character: str) -> bool:
        """While the name is typed, letters belong to it."""
        return False if self.focused is self.query_one(Line) else super().pressed(character)

    def choose(self, choice: str) -> None:
        """Save, replace, change the name, or go back."""
        if choice == "leave":
            self.app.exit()
        elif choice == "back":
            self.action_back()
        elif choice == "keep":
            self._ask_again()
            self.action_rename()
        else:
            self._write(replace=choice == "replace")

    def _write(self, *, replace: bool) -> None:
        try:
            path = self._save(self._path_typed, replace)
        except AlreadyThere:
            self._replaces = True
            self._say(_("There is already a file of this name. Replace it? What is in it is then gone."))
            self.query_one(Choices).offer(self._choices(), at="keep")
            return
        except CannotSave as failure:
            self._say(str(failure))
            return
        self.post_message(FormSaved(self))
        self._say(_("Saved: {path}").format(path=path))
        self.query_one(Line).display = False
        self.query_one(PageFooter).remove_key("rename")
        done = [Choice("leave", _("Done: leave"), "1"), Choice("back", _("Back to my answers"), "2")]
        self.query_one(Choices).offer(done, at="leave")
        self.set_focus(self.query_one(Choices))

    def _say(self, words: str) -> None:
        self.query_one("#said", Prose).show_if_any([Paragraph(words, "$key")] if words else ())
