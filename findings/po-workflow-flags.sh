#!/bin/sh
# A translation that is marked fuzzy in a `#=` line, as PO files may since June 2025 (GNU gettext manual, "PO File Format
# Evolution"; GNU gettext 0.26 and translate-toolkit read it).
# Babel 2.19.0 takes the line for a comment: the fuzzy translation counts as reviewed, and is compiled into the .mo file.
# polib 1.2.0 refuses the whole file (izimobil/polib#176).
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_python.inc"
with_python babel==2.19.0 polib==1.2.0 <<'PY'
import gettext
import io
import sys

import babel
import polib
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TEXT = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n#{} fuzzy\nmsgid "Call"\nmsgstr "Llame"\n'
shown = {}
for sign in (",", "="):
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(TEXT.format(sign).encode()), locale="es"))
    compiled.seek(0)
    shown[sign] = gettext.GNUTranslations(compiled).gettext("Call")
    print(f"Babel {babel.__version__}: '#{sign} fuzzy' is compiled, and a person reads {shown[sign]!r}")
try:
    polib.pofile(TEXT.format("="))
    said = ""
except OSError as failure:
    said = str(failure)
print(f"polib {polib.__version__}: '#= fuzzy': {said or 'read'}")
sys.exit(0 if shown == {",": "Call", "=": "Llame"} and said else 1)
PY
