#!/bin/sh
# fhirpathpy 2.2.4: two collections of the same length are equal as soon as their first items are.
# Expected: FHIRPath 2.0, 6.1.1: for several items, each must be equal, in the same order; (1 | 2) = (1 | 3) is false.
# Seen: true, since only the first item of each is compared. The answers "sad" and "tired" equal "sad" and "suicidal".
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_python.inc"
with_python fhirpathpy==2.2.4 <<'PY'
import sys

from fhirpathpy import evaluate
from fhirpathpy.models import models

CODES = [{"valueCoding": {"code": code}} for code in ("sad", "tired")]
RESPONSE = {"resourceType": "QuestionnaireResponse", "item": [{"linkId": "mood", "answer": CODES}]}

first = evaluate(RESPONSE, "item.answer.value.code = ('other' | 'tired')", {}, models["r4"])
second = evaluate(RESPONSE, "item.answer.value.code = ('sad' | 'suicidal')", {}, models["r4"])
print(f"sad, tired = other, tired: {first}\nsad, tired = sad, suicidal: {second}")
sys.exit(2 if first != [False] else 0 if second == [True] else 1)
PY
