"""The interface of a question type: one class for the type, one for the draft of an answer.

A type has no state: the question is an argument. What is common to all types, above all the unknown answer, is in
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
    """Representative answers to a question. A `single` one excludes others, `several` can be combined; both are
    ordered, mildest first.
    """

    single: tuple[Known, ...]
    several: tuple[str, ...] = ()

    def mildest_first(self) -> Iterator[Known]:
        """The answers; of combined options, fewer first."""
        yield from self.single
        for size in range(1, len(self.several) + 1):
            yield from itertools.combinations(self.several, size)

    def worst_first(self) -> Iterator[Known]:
        """The same answers in reverse order."""
        for size in range(len(self.several)):
            for left_out in itertools.combinations(self.several, size):
                yield tuple(option for option in self.several if option not in left_out)
        yield from reversed(self.single)


class Wrong(Struct, frozen=True):
    """Nothing was answered; `instead` is a sentence that says what to do."""

    instead: str


class Rejected(Struct, frozen=True):
    """A file gives no valid answer: the reasons, each as the end of a sentence about the question."""

    reasons: tuple[str, ...]


class Draft(Struct, frozen=True):
    """What is chosen or typed for a question before it is an answer. Immutable: each key returns another.

    `chosen` are the ids of the marked options, in the question's order; `text` is what was typed.
    """

    question: Question
    chosen: tuple[str, ...] = ()
    text: str = ""

    @property
    def answer(self) -> Known | None:
        """The answer if it is confirmed now; None if it is not valid."""
        return None

    @property
    def line(self) -> str:
        """What is typed, with its unit or its bounds, as a line to show."""
        return ""

    @property
    def objection(self) -> str:
        """Why what is typed cannot be the answer, as a patient reads it; empty if it can, or if nothing is typed."""
        return ""

    @property
    def fitting(self) -> Sequence[str]:
        """The characters that can be typed next."""
        return ()

    def same_as(self, other: Draft) -> bool:
        """Whether both have the same content, whatever the wording of the question."""
        return (self.chosen, self.text) == (other.chosen, other.text)

    def takes(self, _character: str) -> bool:
        """Whether a character belongs to the draft, and is not a key for something else."""
        return False

    def typed(self, _character: str) -> Draft | None:
        """With a character appended; None if no answer begins like this."""
        return None

    def stepped(self, _by: int) -> Draft:
        """Increased or decreased by so much."""
        return self

    def erased(self) -> Draft:
        """Without the last character."""
        return self

    def toggled(self, _option_id: str) -> Draft:
        """With an option marked, or unmarked."""
        return self

    def resumed(self, _begun: Draft) -> Draft:
        """The draft of another version of the question, as far as this one still has it."""
        return self


class QuestionType(ABC):
    """A question type: what its answers are, and how each part of the program reads, writes and tries them."""

    id: ClassVar[Kind]
    confirmed: ClassVar[bool] = True
    """Whether an answer is drafted first, and then confirmed."""
    multiple: ClassVar[bool] = False
    """Whether several options can be chosen."""
    relative: ClassVar[bool] = False
    """Whether its answers are relative to `question.today`."""
    typed: ClassVar[bool] = False
    """Whether the answer is typed rather than chosen from options."""
    fhir_type: ClassVar[str] = "choice"
    """The type of its items in a FHIR R4 Questionnaire."""
    fhir_value: ClassVar[str] = "valueCoding"
    """The key of its answers in a FHIR R4 QuestionnaireResponse."""

    # ---- the format ----

    @abstractmethod
    def problems(self, question: Question, unread: Callable[[str], bool]) -> Iterator[tuple[SourceLocation, str]]:
        """Problems of a question's definition: the location, and the end of a sentence about it. `unread` says whether
        a key could not be read.
        """

    @abstractmethod
    def problems_of(self, atom: Atom, question: Question, unread: Callable[[str], bool]) -> Iterator[str]:
        """Problems of a condition on the question, each as a sentence. `unread` as above."""

    # ---- answers ----

    @abstractmethod
    def refusal(self, question: Question, answer: Known) -> str | None:
        """Why an answer is invalid, as the rest of a sentence about the question; None if it is valid."""

    @abstractmethod
    def draft(self, question: Question, given: Answer | None) -> Draft:
        """The initial draft: the answer given before."""

    def stored(self, _question: Question, plain: Known) -> Known:
        """An answer from plain data. An invalid value is kept as it is, to be refused later."""
        return plain

    @abstractmethod
    def from_file(self, question: Question, words: Sequence[str]) -> Known | Rejected:
        """The answer that a file gives, or what is wrong with it."""

    @abstractmethod
    def parse(self, question: Question, said: str, parts: Sequence[str], commands: str) -> Known | Wrong:
        """The answer typed in a line: `said` is the line in plain letters, `parts` are its words without conjunctions,
        `commands` what else can be typed.
        """

    def of_option(self, option_id: str) -> Known:
        """The answer that is one option."""
        return option_id

    # ---- words ----

    @abstractmethod
    def words(self, question: Question, answer: Known, separator: str = ", ") -> str:
        """An answer in the wording of its options; several options with a separator."""

    @abstractmethod
    def missing(self, question: Question) -> str:
        """What to do if nothing valid is chosen or typed, for a patient."""

    @abstractmethod
    def missing_at_desk(self, question: Question) -> str:
        """The same, for a counselor."""

    @abstractmethod
    def expected(self, question: Question, commands: str) -> str:
        """What can be typed in a line, in one sentence; `commands` as in `parse`."""

    @abstractmethod
    def heading(self, question: Question) -> str:
        """What is printed before the answers in the line-by-line face; empty if nothing is."""

    def described(self, _question: Question) -> str:
        """Its answers in words, for reviewers; empty if its options show them."""
        return ""

    def in_range(self, atom: InRange) -> str:
        """A range of a condition in words, for reviewers."""
        least = f"at least {atom.at_least}" if atom.at_least is not None else ""
        most = f"at most {atom.at_most}" if atom.at_most is not None else ""
        return " and ".join(part for part in (least, most) if part)

    # ---- rules and searches ----

    def measure(self, _question: Question, _answer: Known) -> int | None:
        """The position of an answer on the scale that an `InRange` bounds; None if it is on no scale."""
        return None

    def weight(self, _question: Question, _answer: Known) -> int:
        """The weight of an answer in a `score`."""
        return 0

    def weights(self, _question: Question) -> tuple[int, int]:
        """The least and the greatest weight of any answer."""
        return 0, 0

    @abstractmethod
    def domain(self, question: Question, mentions: Iterable[Atom]) -> Domain:
        """Representatives of the answers that these mentions of the question can distinguish."""

    def probes(self, question: Question, mentions: Iterable[Atom]) -> tuple[Known, ...]:
        """Answers that show what a question can change."""
        return self.domain(question, mentions).single

    def trials(self, question: Question, mentions: Iterable[Atom]) -> tuple[Known, ...]:
        """More of them, for a search with more time."""
        return self.probes(question, mentions)

    @abstractmethod
    def any_answer(self, question: Question) -> Known:
        """Any valid answer."""

    @abstractmethod
    def place(self, question: Question, answer: Known) -> tuple[int, ...]:
        """The position of an answer in the order of answers."""

    # ---- FHIR R4 ----

    def fhir_bounds(self, _question: Question) -> Mapping[str, Mapping[str, Any]]:
        """The extensions that bound its answers: name -> value."""
        return {}

    def fhir_row(self, _bound: int) -> Mapping[str, Any] | None:
        """A bound as the answer in a row of `enableWhen`; None if no row can express it."""
        return None

    def fhir_path(self, bound: int) -> str:
        """A bound in FHIRPath."""
        return str(bound)
