"""A file of answers, and the answers of example people: YAML -> answers, or every problem at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from iop_tui.screening import yamlfile
from iop_tui.screening.answers import Answer, Unknown, refusal
from iop_tui.screening.kinds import Where
from iop_tui.screening.model import Question, Screening
from iop_tui.screening.problems import Report, suggestion


def load_answers(path: Path, screening: Screening) -> Mapping[str, Answer]:
    """The answers in a file. Raises Unusable with every problem found."""
    report = Report()
    node, _ = yamlfile.read(path, str(path), report, or_pipe=True)
    answers = {} if node is None else read_answers(node, str(path), "", screening, report)
    report.close()
    return answers


def read_answers(node: yaml.Node, file: str, about: str, screening: Screening, report: Report) -> Mapping[str, Answer]:
    """The answers in a mapping of question ids; what cannot be an answer is noted and left out."""
    prefix = f"{about}: " if about else ""
    if not isinstance(node, yaml.MappingNode):
        here = yamlfile.where(node, file)
        report.add(here, f"{prefix}answers are question ids, each with its answer, like 'who_for: self'")
        return {}
    answers: dict[str, Answer] = {}
    for key, value in node.value:
        here = yamlfile.where(key, file)
        position = screening.position.get(key.value)
        if position is None:
            hint = suggestion(key.value, screening.position)
            report.add(here, f"{prefix}there is no question {key.value!r}{hint}")
            continue
        answer = _answer(screening.questions[position], value, here, prefix, report)
        if answer is not None:
            answers[key.value] = answer
    return answers


def _answer(question: Question, node: yaml.Node, here: Where, prefix: str, report: Report) -> Answer | None:
    about = f"{prefix}question {question.id!r}"
    words = [part.value for part in node.value] if isinstance(node, yaml.SequenceNode) else [node.value]
    if not all(isinstance(word, str) for word in words):
        report.add(here, f"{about}: an answer is a word, a number, or a list of words")
        return None
    if len(words) == 1 and words[0] in {unknown.value for unknown in Unknown}:
        return Unknown(words[0])
    if question.kind == "number":
        return _number(question, words, here, about, report)
    ids = [option.id for option in question.options]
    wrong = [word for word in words if word not in ids]
    for word in wrong:
        report.add(here, f"{about}: there is no option {word!r}{suggestion(word, [*ids, *_UNKNOWN])}")
    if wrong:
        return None
    if question.kind == "one" and len(words) != 1:
        report.add(here, f"{about}: one option can be chosen, and {len(words)} are given")
        return None
    answer: Answer = words[0] if question.kind == "one" else tuple(sorted(words, key=ids.index))
    why = refusal(question, answer)
    if why:
        report.add(here, f"{about}: it {why}")
        return None
    return answer


_UNKNOWN = tuple(unknown.value for unknown in Unknown)


def _number(question: Question, words: list[str], here: Where, about: str, report: Report) -> int | None:
    bounds = f"a whole number from {question.lowest} to {question.highest}, 'not_sure' or 'skipped'"
    if len(words) != 1 or not (words[0].isascii() and words[0].isdigit()) or len(words[0]) > 9:
        report.add(here, f"{about}: it asks for {bounds}")
        return None
    number = int(words[0])
    if refusal(question, number):
        report.add(here, f"{about}: {number} is out of range; it asks for {bounds}")
        return None
    return number
