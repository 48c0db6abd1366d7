#!/bin/sh
# fhirpathpy 2.2.4: an expression with a closing bracket too many is evaluated up to there; the rest is passed over.
# Expected: an error. By the grammar of FHIRPath 2.0 an entire expression ends with the text.
# Seen: "A) and B" gives A, without an error: evaluate() starts at the rule `expression`, which need not reach the end, and
# its error listener says nothing. A condition of two parts is then met as soon as the first is.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_python.inc"
with_python fhirpathpy==2.2.4 <<'PY'
import sys

from fhirpathpy import evaluate


def tried(path):
    try:
        return evaluate({}, path)
    except Exception as failure:
        return f"{type(failure).__name__}: {failure}"


whole, broken = tried("(1 = 1) and false"), tried("(1 = 1)) and false")
print(f"(1 = 1) and false: {whole}\n(1 = 1)) and false: {broken}")
sys.exit(2 if whole != [False] else 0 if broken == [True] else 1)
PY
