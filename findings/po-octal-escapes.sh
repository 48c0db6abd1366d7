#!/bin/sh
# Octal and hexadecimal escapes in a PO file, as `msgcat --escape` and xgettext write them: "\303\251" is the letter "é".
# GNU msgfmt compiles it so. Babel 2.19.0 and polib 1.2.0 keep the eight signs as text, without a warning, and write each
# backslash twice when they save the file: then msgfmt, too, has eight signs in place of the letter.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_python.inc"
with_python babel==2.19.0 polib==1.2.0 <<'PY'
import io
import sys

import babel
import polib
from babel.messages.pofile import read_po, write_po

TEXT = r'''msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

msgid "Coffee"
msgstr "Caf\303\251"
'''
written = io.BytesIO()
catalog = read_po(io.BytesIO(TEXT.encode()), locale="es")
write_po(written, catalog, omit_header=True)
theirs = polib.pofile(TEXT)
seen = {
    f"Babel {babel.__version__}": (catalog["Coffee"].string, written.getvalue().decode()),
    f"polib {polib.__version__}": (theirs[0].msgstr, str(theirs)),
}
for name, (read, saved) in seen.items():
    print(f"{name} reads {read!r}, and saves {saved.strip().splitlines()[-1]}")
sys.exit(0 if all(read == r"Caf\303\251" and r'"Caf\\303\\251"' in saved for read, saved in seen.values()) else 1)
PY
