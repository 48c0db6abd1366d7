#!/bin/sh
# fhirpathpy 2.2.4: round() rounds a half to the even neighbour, and mod of negative whole numbers has the other sign.
# Expected: FHIRPath 2.0, 5.7.8: the traditional way, so that 0.5 becomes 1; 6.6.6: mod is the remainder of the truncated
# division, so -5 mod 3 is -2.
# Seen: 0.5.round(0) is 0, 2.5.round(0) is 2, and -5 mod 3 is 1, as Python has it; of decimals, -5.5 mod 3 is -2.5.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_python.inc"
with_python fhirpathpy==2.2.4 <<'PY'
import sys

from fhirpathpy import evaluate

PATHS = ("1.5.round(0)", "0.5.round(0)", "2.5.round(0)", "-5 mod 3", "-5.5 mod 3")
found = {path: float(evaluate({}, path)[0]) for path in PATHS}
print(found)
sys.exit(2 if found["1.5.round(0)"] != 2 else 0 if list(found.values()) == [2, 0, 2, 1, -2.5] else 1)
PY
