"""Decode a file of answers, and the answers of example people: YAML -> answers, or every problem at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from iop_tui.screening.format import yaml_nodes
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.problems import Report, suggestion
from iop_tui.screening.question_types import Rejected, type_of


def load_answers(path: Path, screening: Screening) -> Mapping[str, Answer]:
    """The answers in a file. Raises Unusable with every problem found."""
    report = Report()
    node, _ = yaml_nodes.read(path, str(path), report, or_pipe=True)
    answers = {} if node is None else read_answers(node, str(path), "", screening, report)
    report.close()
    return answers


def read_answers(node: yaml.Node, file: str, about: str, screening: Screening, report: Report) -> Mapping[str, Answer]:
    """The answers in a mapping of question ids; invalid ones are reported and left out."""
    prefix = f"{about}: " if about else ""
    if not isinstance(node, yaml.MappingNode):
        here = yaml_nodes.where(node, file)
        report.add(here, f"{prefix}answers are question ids, each with its answer, like 'who_for: self'")
        return {}
    answers: dict[str, Answer] = {}
    for key, value in node.value:
        here = yaml_nodes.where(key, file)
        position = screening.position.get(key.value)
        if position is None:
            hint = suggestion(key.value, screening.position)
            report.add(here, f"{prefix}there is no question {key.value!r}{hint}")
            continue
        answer = _answer(screening.questions[position], value, here, prefix, report)
        if answer is not None:
            answers[key.value] = answer
    return answers


def _answer(question: Question, node: yaml.Node, here: SourceLocation, prefix: str, report: Report) -> Answer | None:
    about = f"{prefix}question {question.id!r}"
    words = [part.value for part in node.value] if isinstance(node, yaml.SequenceNode) else [node.value]
    if not all(isinstance(word, str) for word in words):
        report.add(here, f"{about}: an answer is a word, a number, or a list of words")
        return None
    if len(words) == 1 and words[0] in {unknown.value for unknown in Unknown}:
        return Unknown(words[0])
    answer = type_of(question).from_file(question, words)
    if isinstance(answer, Rejected):
        for reason in answer.reasons:
            report.add(here, f"{about}: {reason}")
        return None
    return answer
