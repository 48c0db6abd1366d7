"""A form line by line: one FormInterview as text. It prints a page, waits for a line, and prints the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from iop_tui.forms.asking.crisis import reminder
from iop_tui.forms.asking.entry import Entry
from iop_tui.forms.asking.expectation import nothing_fits
from iop_tui.forms.asking.form_interview import (
    Checking,
    FormInterview,
    Introducing,
    OneMore,
    Questioning,
    Unsaid,
    Warned,
)
from iop_tui.forms.asking.instances import holds_answers, instance_around, instance_name, removable
from iop_tui.forms.asking.response_file import offered, save
from iop_tui.forms.asking.told import not_asked, one_more, unplaced
from iop_tui.forms.filling.steps import NotAllowed
from iop_tui.forms.model.places import Place
from iop_tui.line import form_pages as pages
from iop_tui.line.commands import Command, Said, folded, shown, understood, yes_or_no
from iop_tui.line.console_io import ConsoleIO, Left, Read, Write
from iop_tui.line.form_answers import read
from iop_tui.line.pages import Lines, parted, still_above, who_to_call
from iop_tui.line.pages import left as left_words
from iop_tui.line.wrapping import harmless, sentence
from iop_tui.platform.private_file import AlreadyThere, CannotSave
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.question_types.parse_whole_number import parse_whole_number

_ALWAYS = (Command.AGAIN, Command.ANSWERS, Command.CHANGE, Command.HELP, Command.COMMANDS, Command.QUIT)


class FormConversation:
    """One person's form. Nothing of it is kept once `run` returns, but for the file that they saved.

    `load` loads the screening whose phone lines are said, in the language in use.
    """

    def __init__(
        self,
        form: FormInterview,
        load: Callable[[], Screening],
        read: Read,
        write: Write,
        *,
        width: int | None = None,
        to: str = "",
        by: str = "",
        clock: Callable[[], datetime],
    ) -> None:
        self._form = form
        self._load = load
        self._to, self._by, self._clock = to, by, clock
        self._talk = ConsoleIO(read, write, width, lambda said: self._does[said.command](said.rest))
        self._entry: Entry | None = None
        """The answers so far of a question that takes several."""
        self._saved: Path | None = None
        """The file that was saved in this conversation: it is replaced without a question."""
        self._does: Mapping[Command, Callable[[str], None]] = {
            Command.SKIP: lambda _rest: self._skip(),
            Command.WHY: lambda _rest: self._why(),
            Command.BACK: lambda _rest: self._follow(self._form.back()),
            Command.NEXT: lambda _rest: self._next(),
            Command.AGAIN: lambda _rest: self._show(),
            Command.WHERE: lambda _rest: self._where(),
            Command.ANSWERS: lambda _rest: self._answers(),
            Command.CHANGE: self._change,
            Command.REMOVE: self._remove,
            Command.ALL: lambda _rest: self._left_out(),
            Command.SAVE: lambda _rest: self._save(),
            Command.HELP: lambda _rest: self._talk.say(*who_to_call(self._load()), *self._now()),
            Command.COMMANDS: lambda _rest: self._talk.say(*pages.commands(self._allowed())),
            Command.QUIT: lambda _rest: self._quit(),
        }

    @property
    def saved(self) -> bool:
        """Whether the answers were saved in this conversation."""
        return self._saved is not None

    def run(self) -> None:
        """Talk until the person leaves, or until no more input comes."""
        try:
            self._show()
            while True:
                asking = isinstance(self._form.step, Questioning)
                self._take(self._talk.ask(_("Your answer:") if asking else _("Your choice:")))
        except Left:
            self._talk.say(left_words(saved=self.saved), still_above())

    # ---- what was typed ----

    def _take(self, typed: str) -> None:
        step = self._form.step
        quoted = _unquoted(typed) if isinstance(step, Questioning) else None
        if isinstance(step, Questioning) and (quoted is not None or self._is_option(typed)):
            self._answer(step.place, typed if quoted is None else quoted)
            return
        said = understood(typed)
        if isinstance(step, OneMore) and said is None and (yes := yes_or_no(typed)) is not None:
            self._follow(self._form.another(step.place, yes=yes))
        elif said is not None and said.command in self._allowed() and not self._means_text(said):
            self._does[said.command](said.rest)
        elif isinstance(step, Questioning):
            self._answer(step.place, typed)
        else:
            self._talk.say(self._expected())

    def _is_option(self, typed: str) -> bool:
        """Whether it is exactly what stands before an option: that comes before any command."""
        entry = self._asked
        return bool(entry.options) and folded(typed) in entry.keys

    def _means_text(self, said: Said) -> bool:
        """Whether a command with words behind it is rather an answer: "change my job" is one."""
        return bool(said.rest) and parse_whole_number(said.rest) is None

    @property
    def _asked(self) -> Entry:
        """The draft of the present answer."""
        step = self._form.step
        if not isinstance(step, Questioning):
            raise TypeError("no question is asked")
        if self._entry is None:
            self._entry = Entry(self._form.item(step.place), tuple(self._form.filling.value(step.place)))
        return self._entry

    def _answer(self, place: Place, typed: str) -> None:
        if not typed.strip():
            self._talk.say(self._expected())
            return
        try:
            entry = read(self._asked, typed, self._form.language)
            if entry.way == "type" and entry.item.repeats:
                self._entry = entry
                more = _("Another answer? Type it. If not, type {next}.").format(next=shown(Command.NEXT))
                self._talk.say(pages.taken(entry, self._form.language), more)
                return
            form = self._form.answered(place, entry.values)
        except NotAllowed as wrong:
            self._talk.say(nothing_fits(self._form.form, self._asked.item) or str(wrong))
            return
        self._follow(form, pages.taken(entry, self._form.language))

    # ---- going on ----

    def _follow(self, form: FormInterview, *before: str) -> None:
        """Take a new state, and say its page."""
        self._form, self._entry = form, None
        self._show(*before)

    def _show(self, *before: str) -> None:
        self._talk.say(*parted(before, self._page()))

    def _page(self) -> Lines:
        form, step = self._form, self._form.step
        if isinstance(step, Introducing):
            return pages.introduction(form)
        if isinstance(step, Questioning):
            return pages.question(form, step.place, self._asked)
        if isinstance(step, OneMore):
            return [*pages.texts(one_more(form, step.place)), self._expected()]
        if isinstance(step, Unsaid):
            return pages.left_unsaid(self._load())
        if isinstance(step, Warned):
            return pages.crisis(self._load())
        return pages.review(form, reminder(self._load()) if form.speaks_of_suicide else "")

    def _expected(self) -> str:
        """What is right here, in one sentence."""
        form, step = self._form, self._form.step
        if isinstance(step, Introducing):
            return pages.introduced(form)
        if isinstance(step, Questioning):
            return pages.expected(self._form, self._asked)
        if isinstance(step, OneMore):
            return _("Type {yes} or {no}.").format(yes=shown(Command.YES), no=shown(Command.NO))
        if isinstance(step, Unsaid):
            return pages.heard_unsaid()
        return pages.warned() if isinstance(step, Warned) else pages.checked(form)

    def _now(self) -> Sequence[str]:
        return ["", self._expected()]

    def _allowed(self) -> Sequence[Command]:
        """What can be typed here."""
        step = self._form.step
        if isinstance(step, Questioning):
            here: tuple[Command, ...] = (
                Command.SKIP,
                Command.WHY,
                Command.BACK,
                Command.NEXT,
                Command.WHERE,
                Command.SAVE,
            )
        elif isinstance(step, Checking):
            here = (Command.SAVE, Command.BACK, Command.ALL)
        elif isinstance(step, Introducing):
            here = (Command.NEXT, Command.ALL)
        else:
            on = (Command.NEXT,) if isinstance(step, (Warned, Unsaid)) else ()
            here = (Command.BACK, *on, Command.SAVE)
        several = (Command.REMOVE,) if self._can_remove else ()
        return (*here, *several, *_ALWAYS)

    @property
    def _can_remove(self) -> bool:
        """Whether one of several is asked here, or stands among the answers."""
        step = self._form.step
        if isinstance(step, Questioning):
            return instance_around(self._form, step.place) is not None
        return isinstance(step, OneMore) or (isinstance(step, Checking) and bool(removable(self._form)))

    def _next(self) -> None:
        step = self._form.step
        if isinstance(step, Introducing):
            self._follow(self._form.begun())
        elif isinstance(step, (Warned, Unsaid)):
            self._follow(self._form.acknowledged())
        elif isinstance(step, Questioning) and (entry := self._asked).values:
            try:
                self._follow(self._form.answered(step.place, entry.values), pages.taken(entry, self._form.language))
            except NotAllowed as wrong:
                self._talk.say(str(wrong))
        else:
            self._talk.say(self._expected())

    def _skip(self) -> None:
        step = self._form.step
        if isinstance(step, Questioning):
            self._follow(self._form.left_open(step.place), _("Left open."))

    def _why(self) -> None:
        step = self._form.step
        if isinstance(step, Questioning):
            self._talk.say(*pages.about(self._form, step.place))

    def _where(self) -> None:
        step = self._form.step
        if isinstance(step, Questioning):
            self._talk.say(pages.location(self._form, step.place), self._expected())

    def _answers(self) -> None:
        self._talk.say(*pages.answers(self._form), *self._now())

    def _change(self, rest: str) -> None:
        rows = pages.changeable(self._form)
        number = parse_whole_number(rest.split()[-1]) if rest else None
        if number is None or not 1 <= number <= len(rows):
            said = _("To change an answer, type {change} and its number from 1 to {count}, such as {change} 1.")
            self._talk.say(said.format(change=shown(Command.CHANGE), count=len(rows)) if rows else self._expected())
            return
        self._follow(self._form.change(rows[number - 1].place))

    def _remove(self, rest: str) -> None:
        """Take away one of several: the one with the answer of this number, or the one that is asked now."""
        step, rows = self._form.step, pages.changeable(self._form)
        number = parse_whole_number(rest.split()[-1]) if rest else None
        place = step.place if isinstance(step, (Questioning, OneMore)) and not rest else None
        if number is not None and 1 <= number <= len(rows):
            place = rows[number - 1].place
        one = instance_around(self._form, place) if place is not None else None
        if one is None:
            hint = _("Type {remove} and the number of an answer in what is to be taken away.")
            self._talk.say(hint.format(remove=shown(Command.REMOVE)), self._expected())
            return
        name = instance_name(self._form, one)
        sure = _("Take away “{name}”? Its answers are then gone.").format(name=name)
        if holds_answers(self._form, one) and not self._talk.sure(sure):
            self._talk.say(_("It stays."), self._expected())
            return
        self._follow(self._form.removed(one), sentence(_("Taken away: {name}").format(name=name)))

    def _left_out(self) -> None:
        told = [*unplaced(self._form), *not_asked(self._form)]
        lines = [line for text in told for line in pages.texts(text)]
        self._talk.say(*(lines or [_("Nothing is left out.")]), *self._now())

    def _quit(self) -> None:
        loses = _("Leave? Your answers are not saved. If you leave now, they are lost.")
        if self._talk.sure(loses if self._form.would_lose else _("Leave the form?")):
            raise Left
        self._talk.say(_("Your answers are kept."), self._expected())

    # ---- saving ----

    def _save(self) -> None:
        self._take_begun()
        if not self.saved:
            self._talk.say(_("The file holds your answers. Whoever can open the file can read them."))
        path = (self._write(self._to) if self._to else None) or self._named()
        if path is None:
            self._talk.say(_("Nothing was saved."))
        else:
            self._saved, self._to, self._form = path, str(path), self._form.saved()
            self._talk.say(_("Saved: {path}").format(path=path))
            if not self._form.filling.complete:
                self._talk.say(_("The form is not complete yet. Another day you can go on with this file."))
        self._talk.say(self._expected())

    def _take_begun(self) -> None:
        """Take the answers so far of a question that takes several: what was typed is saved, too."""
        step, entry = self._form.step, self._entry
        if isinstance(step, Questioning) and entry is not None:
            with suppress(NotAllowed):
                self._form = self._form.with_begun(step.place, entry.values)

    def _named(self) -> Path | None:
        """Ask for a name and save under it; None where nothing was saved."""
        name = offered(self._form, self._clock())
        hint = _("Type {next} to take this name, another name, or {back} to save nothing.")
        hint = hint.format(next=shown(Command.NEXT), back=shown(Command.BACK))
        self._talk.say(_("The name of the file: {path}").format(path=name), hint)
        while True:
            typed = harmless(self._talk.ask(_("File name:"))).strip()
            said = understood(typed)
            if said is not None and said.command is Command.BACK:
                return None
            if self._talk.went_elsewhere(said):
                continue
            take = said is not None and said.command is Command.NEXT
            if not typed or (said is not None and not take):
                self._talk.say(hint)
                continue
            path = self._write(name if take else typed)
            if path is not None:
                return path
            self._talk.say(hint)

    def _write(self, typed: str) -> Path | None:
        try:
            return self._save_as(typed, replace=self._saved is not None and str(self._saved) == typed)
        except AlreadyThere:
            if not self._talk.sure(_("There is already a file of this name. Replace it? What is in it is then gone.")):
                return None
        except CannotSave as failure:
            self._talk.say(str(failure))
            return None
        try:
            return self._save_as(typed, replace=True)
        except CannotSave as failure:
            self._talk.say(str(failure))
            return None

    def _save_as(self, typed: str, *, replace: bool) -> Path:
        return save(self._form, typed, by=self._by, now=self._clock(), replace=replace)


def _unquoted(typed: str) -> str | None:
    """What stands in quotes; None where all of it does not."""
    said = typed.strip()
    for opening, closing in (('"', '"'), ("“", "”"), ("'", "'"), ("«", "»")):
        if len(said) > 2 and said.startswith(opening) and said.endswith(closing):
            return said[1:-1]
    return None
