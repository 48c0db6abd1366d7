"""What every type of question has to say: one class for the type, one for the draft of an answer.

A type has no state: it is asked about a question. What is the same of all types, an unknown answer above all, stands in
`__init__.py`. Everything here is pure.
"""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from msgspec import Struct

from iop_tui.screening.model.answers import Answer, Known
from iop_tui.screening.model.condition import InRange, Is, Score
from iop_tui.screening.model.definition import Question
from iop_tui.screening.model.field_types import Kind, SourceLocation

Atom = Is | InRange | Score
"""A part of a condition that names questions."""


class Domain(Struct, frozen=True):
    """Answers to a question that stand for all. `single` cannot be given together with others, `several` can; all of
    them stand mildest first.
    """

    single: tuple[Known, ...]
    several: tuple[str, ...] = ()

    def mildest_first(self) -> Iterator[Known]:
        """The answers; of several options chosen together, fewer first."""
        yield from self.single
        for size in range(1, len(self.several) + 1):
            yield from itertools.combinations(self.several, size)

    def worst_first(self) -> Iterator[Known]:
        """The same answers from the other end."""
        for size in range(len(self.several)):
            for left_out in itertools.combinations(self.several, size):
                yield tuple(option for option in self.several if option not in left_out)
        yield from reversed(self.single)


class Wrong(Struct, frozen=True):
    """Nothing was answered; `instead` is a sentence that says what would be right."""

    instead: str


class Rejected(Struct, frozen=True):
    """A file gives no answer: what is wrong with it, each as the end of a sentence about the question."""

    reasons: tuple[str, ...]


class Draft(Struct, frozen=True):
    """What is chosen or typed for a question and is not an answer yet. It never changes: each key makes another.

    `chosen` are the ids of the options that are marked, in the question's order; `text` is what was typed.
    """

    question: Question
    chosen: tuple[str, ...] = ()
    text: str = ""

    @property
    def answer(self) -> Known | None:
        """The answer that it can be confirmed as; None where it cannot."""
        return None

    @property
    def line(self) -> str:
        """What is typed, with its unit or its bounds, as a line to show."""
        return ""

    @property
    def objection(self) -> str:
        """Why what is typed cannot be the answer, told to a patient; empty where it can, or where nothing is typed."""
        return ""

    @property
    def fitting(self) -> Sequence[str]:
        """The characters that can be typed next."""
        return ()

    def same_as(self, other: Draft) -> bool:
        """Whether the same is chosen and typed in both, whatever the wording of the question."""
        return (self.chosen, self.text) == (other.chosen, other.text)

    def takes(self, _character: str) -> bool:
        """Whether a character is typed into it, and not a key for something else."""
        return False

    def typed(self, _character: str) -> Draft | None:
        """With a character typed; None where there is no answer that goes on like this."""
        return None

    def stepped(self, _by: int) -> Draft:
        """With so many more or less."""
        return self

    def erased(self) -> Draft:
        """Without the character typed last."""
        return self

    def toggled(self, _option_id: str) -> Draft:
        """With an option marked, or not any more."""
        return self

    def resumed(self, _begun: Draft) -> Draft:
        """With what was begun on another version of the question, as far as this one still has it."""
        return self


class QuestionType(ABC):
    """One type of question: what its answers are, and how each part of the program reads, writes and tries them."""

    id: ClassVar[Kind]
    confirmed: ClassVar[bool] = True
    """Whether an answer is put together first, and then confirmed."""
    multiple: ClassVar[bool] = False
    """Whether several options can be chosen."""
    relative: ClassVar[bool] = False
    """Whether its answers are counted from `question.today`."""
    typed: ClassVar[bool] = False
    """Whether the answer is typed, on a line of its own, and not one of the options."""
    fhir_type: ClassVar[str] = "choice"
    """The type of its items in a FHIR R4 Questionnaire."""
    fhir_value: ClassVar[str] = "valueCoding"
    """The key of its answers in a FHIR R4 QuestionnaireResponse."""

    # ---- the format ----

    @abstractmethod
    def problems(self, question: Question, unread: Callable[[str], bool]) -> Iterator[tuple[SourceLocation, str]]:
        """What is wrong with a question as it is written: the place, and the end of a sentence about it. `unread` says
        whether a key could not be read.
        """

    @abstractmethod
    def problems_of(self, atom: Atom, question: Question, unread: Callable[[str], bool]) -> Iterator[str]:
        """What is wrong with what a condition asks of a question, each as a sentence. `unread` as above."""

    # ---- answers ----

    @abstractmethod
    def refusal(self, question: Question, answer: Known) -> str | None:
        """Why something cannot be an answer, as the rest of a sentence about the question; None where it can."""

    @abstractmethod
    def draft(self, question: Question, given: Answer | None) -> Draft:
        """What is chosen or typed at first: the answer given before."""

    def stored(self, _question: Question, plain: Known) -> Known:
        """An answer from plain data. What cannot be one stays as it is, to be refused."""
        return plain

    @abstractmethod
    def from_file(self, question: Question, words: Sequence[str]) -> Known | Rejected:
        """The answer that a file gives, or what is wrong with it."""

    @abstractmethod
    def parse(self, question: Question, said: str, parts: Sequence[str], commands: str) -> Known | Wrong:
        """The answer that was typed in a line: `said` is the line in plain letters, `parts` are its words without those
        that join others, `commands` what else can be typed.
        """

    def of_option(self, option_id: str) -> Known:
        """The answer that is one option."""
        return option_id

    # ---- words ----

    @abstractmethod
    def words(self, question: Question, answer: Known, separator: str = ", ") -> str:
        """An answer in the words that it was chosen by; several options with a separator."""

    @abstractmethod
    def missing(self, question: Question) -> str:
        """What to do where nothing that can be confirmed is chosen or typed: told to a patient."""

    @abstractmethod
    def missing_at_desk(self, question: Question) -> str:
        """The same, told to a counselor."""

    @abstractmethod
    def expected(self, question: Question, commands: str) -> str:
        """What can be typed in a line, in one sentence; `commands` as in `parse`."""

    @abstractmethod
    def heading(self, question: Question) -> str:
        """What is said before the answers where they are read line by line; empty where nothing is."""

    def described(self, _question: Question) -> str:
        """What its answers are, for whoever reviews the screening; empty where its options say it."""
        return ""

    def in_range(self, atom: InRange) -> str:
        """A range as a condition asks for it, for whoever reviews the screening."""
        least = f"at least {atom.at_least}" if atom.at_least is not None else ""
        most = f"at most {atom.at_most}" if atom.at_most is not None else ""
        return " and ".join(part for part in (least, most) if part)

    # ---- rules and searches ----

    def measure(self, _question: Question, _answer: Known) -> int | None:
        """Where an answer stands on the scale that an `InRange` bounds; None for one that is on no scale."""
        return None

    def weight(self, _question: Question, _answer: Known) -> int:
        """What an answer counts for in a `score`."""
        return 0

    def weights(self, _question: Question) -> tuple[int, int]:
        """The least and the most that any answer counts for."""
        return 0, 0

    @abstractmethod
    def domain(self, question: Question, mentions: Iterable[Atom]) -> Domain:
        """Answers that stand for all those that these mentions of the question can tell apart."""

    def probes(self, question: Question, mentions: Iterable[Atom]) -> tuple[Known, ...]:
        """Answers that show what a question can change."""
        return self.domain(question, mentions).single

    def trials(self, question: Question, mentions: Iterable[Atom]) -> tuple[Known, ...]:
        """More of them, where a search may take its time."""
        return self.probes(question, mentions)

    @abstractmethod
    def any_answer(self, question: Question) -> Known:
        """An answer, whichever."""

    @abstractmethod
    def place(self, question: Question, answer: Known) -> tuple[int, ...]:
        """Where an answer stands among the others."""

    # ---- FHIR R4 ----

    def fhir_bounds(self, _question: Question) -> Mapping[str, Mapping[str, Any]]:
        """The extensions that bound its answers: name -> value."""
        return {}

    def fhir_row(self, _bound: int) -> Mapping[str, Any] | None:
        """A bound as the answer that a row of `enableWhen` compares with; None where no row can say it."""
        return None

    def fhir_path(self, bound: int) -> str:
        """A bound in FHIRPath."""
        return str(bound)
