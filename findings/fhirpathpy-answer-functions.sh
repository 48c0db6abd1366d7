#!/bin/sh
# fhirpathpy 2.2.4: toBoolean(), a minus sign and sum() work on literals, and not on the same value out of a resource.
# Expected: the same for a value of a resource; FHIR R4, 2.9.1.1: a FHIR primitive is converted to a FHIRPath one by itself.
# Seen: toBoolean() of a boolean answer is empty, so `answer.value.toBoolean() = true`, which published forms write, is
# never met; a sign and sum() raise, since the value is still wrapped as a node of the resource.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_python.inc"
with_python fhirpathpy==2.2.4 <<'PY'
import sys

from fhirpathpy import evaluate
from fhirpathpy.models import models

ANSWERS = [{"linkId": "b", "answer": [{"valueBoolean": True}]}, {"linkId": "n", "answer": [{"valueInteger": 3}]}]
RESPONSE = {"resourceType": "QuestionnaireResponse", "item": ANSWERS}
BOOLEAN, NUMBER = (f"item.where(linkId = '{link}').answer.value" for link in "bn")


def tried(path):
    try:
        return evaluate(RESPONSE, path, {}, models["r4"])
    except Exception as failure:
        return type(failure).__name__


literals = [tried("true.toBoolean()"), tried("-(1 + 2)"), tried("(1 | 2).sum()")]
answers = [tried(f"{BOOLEAN}.toBoolean()"), tried(f"-{NUMBER}"), tried(f"{NUMBER}.sum()")]
print(f"literals: {literals}\nanswers: {answers}")
sys.exit(2 if literals != [[True], [-3], [3]] else 0 if answers == [[], "Exception", "TypeError"] else 1)
PY
