#!/bin/sh
# fhirpathpy 2.2.4: an integer that has no value, and an extension with the reason (data-absent-reason), is compared.
# Expected: FHIRPath converts it to a value for the comparison; there is none, so the comparison is empty, and where()
# leaves the item out (FHIR R4, 2.9.1.1: primitives with extensions alone; FHIRPath 2.0, 6.2). So says fhirpath.js.
# Seen: an exception, since the extension is compared with the number.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_python.inc"
with_python fhirpathpy==2.2.4 <<'PY'
import sys

from fhirpathpy import evaluate
from fhirpathpy.models import models

REASON = {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "asked-unknown"}
PATH = "item.answer.value.where($this >= 1).exists()"


def tried(answer):
    response = {"resourceType": "QuestionnaireResponse", "item": [{"linkId": "drinks", "answer": [answer]}]}
    try:
        return evaluate(response, PATH, {}, models["r4"])
    except Exception as failure:
        return f"{type(failure).__name__}: {failure}"


known, missing = tried({"valueInteger": 2}), tried({"_valueInteger": {"extension": [REASON]}})
print(f"2: {known}\nmissing: {missing}")
sys.exit(2 if known != [True] else 0 if isinstance(missing, str) else 1)
PY
