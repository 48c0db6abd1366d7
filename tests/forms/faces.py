"""Small forms, and somebody who fills them in: line by line, or on full pages."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from iop_tui.forms.asking.form_interview import FormInterview, begin_form
from iop_tui.forms.model.form import Form
from iop_tui.forms.reading.read_form import read_form
from iop_tui.forms.response.read import read_response
from iop_tui.line.form_conversation import FormConversation
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.shipped import sound
from iop_tui.tui.form_app import FormApp
from tests.app_driver import AppDriver, running

NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
Json = Mapping[str, Any]
SCALE = ("Not at all", "Several days", "Nearly every day")
LOINC = "http://loinc.org"


def item(link_id: str, type_name: str, text: str = "", **more: Any) -> Json:
    """One item as JSON."""
    return {"linkId": link_id, "type": type_name, **({"text": text} if text else {}), **more}


def options(*texts: str, prefixes: Sequence[str] = ()) -> list[Json]:
    """Options that are codings, their codes the texts; each weighs its place from 0."""
    made: list[Json] = []
    for number, text in enumerate(texts):
        extension: list[Json] = [
            {"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": number},
        ]
        if prefixes:
            url = "http://hl7.org/fhir/StructureDefinition/questionnaire-optionPrefix"
            extension.append({"url": url, "valueString": prefixes[number]})
        coding = {"system": "urn:example", "code": text.casefold(), "display": text}
        made.append({"valueCoding": coding, "extension": extension})
    return made


def choice(link_id: str, text: str, *texts: str, prefixes: Sequence[str] = (), **more: Any) -> Json:
    """A choice question."""
    return item(link_id, "choice", text, answerOption=options(*texts, prefixes=prefixes), **more)


def file_of(*items: Json, **more: Any) -> bytes:
    """The file of a form."""
    resource = {"resourceType": "Questionnaire", "status": "active", "title": "A small form", "item": items, **more}
    return json.dumps(resource).encode()


def form_of(*items: Json, **more: Any) -> Form:
    """A form as it is read."""
    return read_form(file_of(*items, **more), "form.json")


def going_on(form: Form, *items: Json, status: str = "in-progress") -> FormInterview:
    """The form with a saved response."""
    resource = {"resourceType": "QuestionnaireResponse", "status": status, "item": items}
    return begin_form(form, read_response(json.dumps(resource).encode(), "response.json", form))


def answered_in(path: Path) -> dict[str, Any]:
    """The answers in a saved file, by linkId: a value, or a list of several."""
    found: dict[str, Any] = {}

    def walk(items: Sequence[Json]) -> None:
        for each in items:
            values = [value for one in each.get("answer", ()) for key, value in one.items() if key.startswith("value")]
            if values:
                found.setdefault(each["linkId"], []).extend(values)
            walk(each.get("item", ()))
            for one in each.get("answer", ()):
                walk(one.get("item", ()))

    walk(json.loads(path.read_text(encoding="utf-8")).get("item", ()))
    return {link: values[0] if len(values) == 1 else values for link, values in found.items()}


# ---- line by line ----


class Talk:
    """A conversation in which a person has typed these lines, and then nothing more."""

    def __init__(
        self,
        form: Form | FormInterview,
        *typed: str,
        to: str = "",
        width: int | None = None,
        screening: Screening | None = None,
    ) -> None:
        interview = begin_form(form) if isinstance(form, Form) else form
        self._left = list(typed)
        self._ended = False
        self.parts: list[list[str]] = [[]]
        """What was said: at first, and after each line."""
        self.face = FormConversation(
            interview,
            lambda: screening or sound(),
            self._read,
            self._write,
            width=width,
            to=to,
            by="Ann",
            clock=lambda: NOW,
        )
        self.face.run()
        if self._ended:
            self.parts[-1] = self.parts[-1][:-2]  # the words that everybody who leaves hears

    @property
    def last(self) -> str:
        """What was said after the last line, before the conversation ended."""
        return "\n".join(self.parts[-1])

    @property
    def whole(self) -> str:
        """All that was said."""
        return "\n".join(line for part in self.parts for line in part)

    def _read(self, _prompt: str) -> str | None:
        if not self._left:
            self._ended = True
            return None
        self.parts.append([])
        return self._left.pop(0)

    def _write(self, text: str) -> None:
        assert text.endswith("\n")
        self.parts[-1].append(text.removesuffix("\n"))


# ---- on full pages ----


@asynccontextmanager
async def filling(
    form: Form | FormInterview, size: tuple[int, int] = (80, 24), *, to: str = ""
) -> AsyncIterator[AppDriver[FormApp]]:
    """Somebody at the first page of a form."""
    interview = begin_form(form) if isinstance(form, Form) else form
    app = FormApp(interview, sound, to=to, by="Ann", clock=lambda: NOW)
    async with running(AppDriver(app), size) as someone:
        yield someone
