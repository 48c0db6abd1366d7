"""The items of a form, in order, as the questions of sections.

Groups with a text stand before each of their questions, because the wizard asks one at a time. What the format has no
place for is refused by name, and so is whatever hangs on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.forms.danger_items import danger_item
from iop_tui.forms.importing import condition_mapping
from iop_tui.forms.importing.catalogue import translations_of
from iop_tui.forms.importing.condition_mapping import CannotSay, Folded, FromExpression, Target
from iop_tui.forms.importing.form_parts import Part, parts_of
from iop_tui.forms.importing.imported import Imported, Taken, Wish, origin_of
from iop_tui.forms.importing.item_fates import ItemFates
from iop_tui.forms.importing.question_texts import changed, clean, joined, longest, slug, unique, words_of
from iop_tui.forms.importing.questions import OURS, question_of, weights_left_out
from iop_tui.forms.model.findings import Finding
from iop_tui.forms.model.form import Form, Item
from iop_tui.screening.danger_pages import UNSAID
from iop_tui.screening.model.definition import Question, Section
from iop_tui.screening.model.field_types import RESERVED, Ask, SecondPersonText, SourceLocation

_SECTION_WORDS = 20
"""The longest id of a section: the ids of its questions begin with it."""
_RESERVED = ("care", "help", "glossary", "basis", "screening")
"""Files of a screening that are no sections."""


class Ruling(Struct, frozen=True):
    """What a look at the whole screening said: items that are refused for it, and those whose condition is left out."""

    refused: Mapping[str, Finding] = {}
    always: frozenset[str] = frozenset()


def map_form(form: Form, wish: Wish, expression: FromExpression, ruling: Ruling | None = None) -> Imported:
    """The sections of a form and what became of its items. `wish.section` and the form's questions get ids that are
    not in `wish.taken`.
    """
    return _Mapper(form, wish, expression, ruling or Ruling()).run()


def is_own(form: Form) -> bool:
    """Whether this program exported it."""
    return form.url.startswith(OURS)


# ---- inside ----------------------------------------------------------------------------------------------------------


class _Around(Struct, frozen=True):
    """What the groups and questions around an item mean for it."""

    condition: Folded = True
    stems: tuple[str, ...] = ()
    why: str = ""
    """The rule of an item around it that is refused; empty if none is."""
    refused: str = ""
    """The linkId of that item."""
    hidden: bool = False


def refused_in(around: _Around, item: Item, rule: str = "hangs-on-refused") -> _Around:
    """What stands in an item that is refused."""
    return replace(around, why=around.why or rule, refused=around.refused or item.link_id)


class _Mapper:
    def __init__(self, form: Form, wish: Wish, expression: FromExpression, ruling: Ruling) -> None:
        self.form, self.wish, self.expression, self.ruling = form, wish, expression, ruling
        self.own = is_own(form)
        self.names = {*wish.taken, *RESERVED}
        self.items = ItemFates()
        self.targets: dict[str, Target] = {}
        self.taken: list[Taken] = []
        self.intro: list[str] = []
        self.waiting: list[Item] = []
        """Displays whose text goes before the next question."""
        self.section = wish.section or self._name(words_of(form.name) or form.title or form.source.rpartition(".")[0])
        self.begins = 0
        asking = (item.link_id for item in form.all_items if item.type not in ("group", "display"))
        self.numbers = {link_id: number for number, link_id in enumerate(asking, 1)}
        """The place of each question in the form: its id is the same whatever else is taken."""

    def _name(self, wanted: str) -> str:
        return unique(slug(wanted, _SECTION_WORDS) or "form", (*self.wish.taken, *_RESERVED))

    # ---- sections ----

    def run(self) -> Imported:
        sections: list[Section] = []
        for part in parts_of(self.form, self.section, own=self.own):
            before = self.begins = len(self.taken)
            self.intro = []
            around = _Around()
            for top, members in part.members:
                if top is None:
                    self.walk(members, around)
                    continue
                inner = self.group(top, around, stem="" if clean(top.text) == part.title else top.text)
                self.walk(members, inner)
            self.flush(0)
            questions = tuple(each.question for each in self.taken[before:])
            if questions:
                sections.append(self._section(part, questions))
        for item in self.form.all_items:
            if item.link_id not in self.items.fates:
                self.items.refuse(item, "not-reached", "it was not reached", "report this as a mistake of the program")
        self._about_form()
        return Imported(
            self.form,
            tuple(sections),
            tuple(self.taken),
            self.items.fates,
            tuple(sorted(dict.fromkeys((*self._read(), *self.items.findings)))),
            tuple(self.items.notes),
            self.items.words,
        )

    def _read(self) -> Iterable[Finding]:
        """The findings of the reader. Our own "not sure" and its like have no weight on purpose."""
        return [each for each in self.form.findings if not (self.own and each.rule == "weight-missing")]

    def _about_form(self) -> None:
        """What a person should know of the form as a whole."""
        required = sum(each.item.required for each in self.taken)
        if required:
            message = f"{required} of its questions must be answered in the form; here each can be left open"
            self.items.findings.append(Finding(1, "", "note", "can-be-left-open", message))
        code = self.form.language
        if code and not code.lower().startswith("en"):
            message = f"its texts are in the language {code!r}, and a screening is written in English"
            remedy = "translate its texts in the section, and put these into the catalogue of the language"
            self.items.findings.append(Finding(1, "", "suspicious", "other-language", message, remedy))

    def _section(self, part: Part, questions: tuple[Question, ...]) -> Section:
        here = SourceLocation(self.form.source, 1)
        origin = origin_of(self.form)
        intro = "\n".join(self.intro) or None
        return Section(part.id, part.title, here, questions, intro=intro, practical=True, form=origin)

    # ---- items ----

    def walk(self, items: Iterable[Item], around: _Around) -> None:
        for item in items:
            self.item(item, around)

    def item(self, item: Item, around: _Around) -> None:
        before = len(self.waiting)
        if item.type == "group":
            self.walk(item.items, self.group(item, around, stem=item.text))
            self.flush(before)
        elif item.type == "display":
            self.display(item, around)
        else:
            self.question(item, around)

    def group(self, item: Item, around: _Around, stem: str) -> _Around:
        """What the group means for its members."""
        inner = self.gate(item, around)
        if inner.why or inner.hidden:
            return inner
        if item.repeats:
            self.items.refuse(
                item, "repeating-group", "it can be answered several times", "iop-tui fill asks it as often as needed"
            )
            return refused_in(inner, item, "repeating-group")
        text = clean(stem)
        self.items.took(item, "before the text of its questions" if text else "no words of its own")
        return replace(inner, stems=(*around.stems, text)) if text else inner

    def gate(self, item: Item, around: _Around) -> _Around:
        """What stands around the item, with its own condition; its fate where that is clear already."""
        if item.fate == "refused":
            self.items.fates[item.link_id] = "refused"
            return refused_in(around, item)
        if around.why:
            self.items.refuse(item, around.why, f"it stands in {around.refused!r}, which is refused", "see there")
            self.items.note(item, around.why)
            return around
        if item.fate == "hidden" or around.hidden or item.calculated is not None:
            self.items.fates[item.link_id] = "hidden"
            return replace(around, hidden=True)
        ruled = self.ruling.refused.get(item.link_id)
        if ruled is not None:
            self.items.fates[item.link_id] = "refused"
            self.items.findings.append(ruled)
            return refused_in(around, item)
        try:
            return replace(around, condition=condition_mapping.both((around.condition, self.condition(item))))
        except CannotSay as cannot:
            self.items.refuse(item, cannot.rule, cannot.message, cannot.remedy)
            return refused_in(around, item)

    def condition(self, item: Item) -> Folded:
        """Its own condition. Raises CannotSay, also where it can never be true."""
        if item.enable is None:
            return True
        said = condition_mapping.show_if(item.enable, self.target, self.expression)
        if said.condition is False:
            raise CannotSay(
                "never-asked", "no answer to this form makes its condition true", "correct the condition in the form"
            )
        if said.open_differs and not isinstance(said.condition, bool):
            names = ", ".join(map(repr, said.open_differs))
            self.items.find(
                item,
                "suspicious",
                "left-open-differs",
                f"its condition is true in the form while {names} has no answer; here “I'm not sure” leaves it not "
                "known, and then this is not asked",
                "take show_if away where it must be asked then, too",
            )
        return said.condition

    def target(self, link_id: str) -> Target:
        if link_id in self.targets:
            return self.targets[link_id]
        other, fate = self.form.by_link.get(link_id), self.items.fates.get(link_id)
        if other is None or fate == "refused":
            raise CannotSay("hangs-on-refused", f"its condition asks for {link_id!r}, which is refused", "see there")
        if fate is None:
            raise CannotSay(
                "asks-later", f"its condition asks for {link_id!r}, which comes later", "put that question before it"
            )
        if fate == "hidden":
            raise CannotSay(
                "hangs-on-hidden",
                f"its condition asks for {link_id!r}, which is hidden or calculated, and is not in our format",
                "write the condition by hand, or use iop-tui fill",
            )
        raise CannotSay(
            "condition-without-answer",
            f"its condition asks for {link_id!r}, a {other.type}, which never has an answer",
            "correct the condition in the form",
        )

    def question(self, item: Item, around: _Around) -> None:
        inner = self.gate(item, around)
        if inner.why or inner.hidden:
            self.walk(item.items, inner)
            return
        name = item.link_id if self.own else f"{self.section}_{self.numbers[item.link_id]}"
        try:
            target = self.made(item, name, inner)
        except CannotSay as cannot:
            self.items.refuse(item, cannot.rule, cannot.message, cannot.remedy)
            self.items.note(item, cannot.rule)
            self.walk(item.items, refused_in(inner, item))
            return
        self.names.add(target.question.id)
        self.items.fates[item.link_id] = "taken"
        self.items.under = target.question.id
        self.targets[item.link_id] = target
        self.taken.append(
            Taken(item, target.question, dict(target.options), translations_of(item, target, inner.stems))
        )
        self.remark(item)
        below = condition_mapping.both((inner.condition, condition_mapping.answered(target)))
        inside = replace(inner, condition=below, stems=())
        if item.repeats:
            per_answer = [child for child in item.items if child.type != "display"]
            for child in per_answer:
                self.items.refuse_all(child, "below-each-answer", "it is asked below each of several answers")
            self.walk([child for child in item.items if child.type == "display"], inside)
            return
        self.walk(item.items, inside)

    def made(self, item: Item, name: str, around: _Around) -> Target:
        """The question with its condition. Raises CannotSay."""
        where = SourceLocation(item.link_id, max(item.line, 1))
        if not self.own:
            name = unique(name, self.names)
        ask = self.wording(item, around)
        if not ask:
            raise CannotSay("no-words", "it has no words to ask", "give it a text in the form")
        # The days of our own form are relative to a day, which it cannot say: they stay those of the screening.
        wish = replace(self.wish, days=(-1, 0)) if self.own else self.wish
        if item.not_computed and item.read_only:
            raise CannotSay(
                "not-computed",
                "a program is to compute its value, from an expression that isn't understood here",
                "see what is said of the expression below",
            )
        question, options = question_of(item, name, ask, where, wish)
        if not self.own and danger_item(item) is not None and (self.wish.pages is None or UNSAID in self.wish.pages):
            # Whoever leaves it open sees whom to call, as with our own questions about danger.
            question = replace(question, if_unsaid=UNSAID)
        gate = around.condition
        if not isinstance(gate, bool) and item.link_id not in self.ruling.always:
            question = replace(question, show_if=gate)
        return Target(item, question, options)

    def wording(self, item: Item, around: _Around) -> str:
        """Its text, with those of the groups around it and of the displays before it, as far as there is room."""
        own, most = clean(item.text), longest(Ask)
        if changed(item.text):
            self.items.find(item, "note", "text-cleaned", "control characters or tabs in its text are left out", "")
        ask = joined((*around.stems, own)) if own else ""
        if len(ask) > most >= len(own):
            nearest = joined((*around.stems[-1:], own))
            ask = nearest if len(nearest) <= most else own
            self.items.find(
                item,
                "suspicious",
                "group-text-left-out",
                f"with the text of its groups it would have more than {most} letters, so that it is asked without",
                "read it as it stands now, and shorten the group's text in the form",
            )
        for display in self.waiting:
            longer = joined((clean(display.text), ask))
            if len(longer) > most or not own or "{" in longer or "}" in longer:
                self.items.refuse(
                    display,
                    "display-too-long",
                    f"together with the next question it would have more than {most} letters",
                    "shorten it in the form, or say it in the intro of the section",
                )
                continue
            ask = longer
            self.items.took(display, "before the text of the next question")
        self.waiting = []
        return ask

    def display(self, item: Item, around: _Around) -> None:
        self.walk(item.items, around)
        inner = self.gate(item, around)
        if inner.why or inner.hidden:
            return
        text = clean(item.text)
        helps = item.control in ("help", "legal", "prompt", "unit", "lower", "upper", "flyover")
        if not text or helps or (self.own and item.link_id.startswith(("notice.", "why."))):
            self.items.took(item, "the help of its question" if text else "no words")
            return
        if inner.condition != around.condition or not isinstance(inner.condition, bool):
            self.items.refuse(
                item, "display-with-condition", "its text is shown to some only", "say it in a question's text"
            )
            return
        first = len(self.taken) == self.begins and not self.waiting
        if first or (self.own and item.link_id.startswith("intro.")):
            intro = "\n".join((*self.intro, text))
            if len(intro) <= longest(SecondPersonText) and "{" not in text and "}" not in text:
                self.intro.append(text)
                self.items.took(item, "the intro of the section")
                return
        self.waiting.append(item)

    def flush(self, start: int) -> None:
        """Refuse displays with no question behind them."""
        for item in self.waiting[start:]:
            self.items.refuse(
                item, "display-at-end", "no question of its group follows it", "say it in the advice of care.yaml"
            )
        del self.waiting[start:]

    # ---- findings ----

    def remark(self, item: Item) -> None:
        """What a person should know about a question that is taken."""
        if item.open or item.type == "open-choice":
            self.items.find(
                item, "note", "own-words", "an answer in one's own words cannot be typed", "a counselor can note it"
            )
        left_out = weights_left_out(item)
        if left_out:
            self.items.find(item, "suspicious", "weights-left-out", left_out, "it is asked, and counts in no total")
        if item.initial:
            self.items.find(
                item, "note", "initial-left-out", "its initial answer is left out: nothing is chosen at first", ""
            )
