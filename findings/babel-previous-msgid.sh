#!/bin/sh
# Babel 2.19.0, write_po(include_previous=True): a `#| msgid` longer than the line is broken within its quotes.
# Expected: behind "#| msgid" strings that are each closed in their line, as msgmerge --previous writes them.
# Seen: a string goes on in the next line without quotes. GNU msgfmt refuses the whole catalogue ("end-of-line within
# string"), and polib 1.2.0 raises OSError. Babel itself reads no previous msgid, so it never notices.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_python.inc"
with_python babel==2.19.0 polib==1.2.0 <<'PY'
import io
import shutil
import subprocess
import sys
import tempfile

import babel
import polib
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

OLD = "Something that you answered can be dangerous. Please do what it says here first. The rest of it can wait."
catalog = Catalog(locale="es", fuzzy=False)
catalog.add("Do this first.", "Haga esto primero.", flags=["fuzzy"], previous_id=[OLD])
written = io.BytesIO()
write_po(written, catalog, include_previous=True)
text = written.getvalue().decode()
print(f"Babel {babel.__version__} writes:")
print(text[text.index("#, fuzzy") :].strip())
try:
    polib.pofile(text)
    said = ""
except OSError as failure:
    said = str(failure)
print(f"polib {polib.__version__}: {said or 'read'}")
if msgfmt := shutil.which("msgfmt"):
    with tempfile.NamedTemporaryFile(suffix=".po") as file:
        file.write(written.getvalue())
        file.flush()
        done = subprocess.run([msgfmt, "-o", "/dev/null", file.name], capture_output=True, text=True)
    print(f"msgfmt ends with {done.returncode}: {done.stderr.strip().splitlines()[-1:]}")
lines = [line for line in text.splitlines() if line.startswith("#|")]
sys.exit(0 if any(line.count('"') % 2 for line in lines) and said else 1)
PY
