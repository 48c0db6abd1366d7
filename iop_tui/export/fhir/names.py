"""The names that a FHIR resource of ours is known by. They are URNs: no address on the web is promised."""

from __future__ import annotations

import uuid
from typing import Any

from iop_tui.call.record import Ref

Json = dict[str, Any]

CALL = "urn:iop-tui:call"
"""The system of calls' ids."""
REFERENCE = "urn:iop-tui:reference"
"""The system of callers' references: whatever a clinic wrote there."""
SHA256 = "urn:iop-tui:sha256"
"""The system of screenings' hashes."""
LINK_ID = "urn:iop-tui:link-id"
"""The extension with the linkId that an imported question has in its own form."""
EXTENSION = "http://hl7.org/fhir/StructureDefinition/"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
UNKNOWN = {
    "not_sure": ("asked-unknown", "Asked But Unknown"),
    "skipped": ("asked-declined", "Asked But Declined"),
}
"""An answer that leaves a question open -> its code and display in `ABSENT`."""
_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:iop-tui")


def canonical(ref: Ref) -> str:
    """The URL of a screening's Questionnaire, without its version."""
    return f"urn:iop-tui:{ref.id}"


def system(ref: Ref, question: str) -> str:
    """The code system of a question's options: the same id may mean something else in another question."""
    return f"urn:iop-tui:{ref.id}:{question}"


def urn(*parts: str) -> str:
    """A `urn:uuid:` that is the same whenever the same thing is exported."""
    return f"urn:uuid:{uuid.uuid5(_OURS, '/'.join(parts))}"


def tags(ref: Ref) -> Json:
    """A resource's `meta` with the hash of its screening."""
    return {"meta": {"tag": [{"system": SHA256, "code": ref.sha256}]}} if ref.sha256 else {}


def absent(word: str) -> Json:
    """The coding of an answer that leaves a question open."""
    code, display = UNKNOWN[word]
    return {"system": ABSENT, "code": code, "display": display}
