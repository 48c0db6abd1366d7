#!/bin/sh
# cups-filters 1.28.17, filter texttotext (driver "Generic Text-Only Printer"): one letter that the printer's encoding
# lacks, and nothing of the text is printed.
# Expected: the text without that letter, as the iconv suffix //IGNORE in the filter's source means it; if the filter
# fails, a status other than 0, so that CUPS does not take the job for done.
# Seen: no byte, status 0, and "Illegal UTF-8 sequence found" on standard error, though the text is sound UTF-8. glibc's
# iconv returns EILSEQ behind a text from which //IGNORE left a letter out; the filter takes that for broken input.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried (it needs apt sources of Debian 12).
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get download -qq cups-filters libcupsfilters1 libcups2 libavahi-client3 libavahi-common3 >/dev/null 2>&1 || exit 2
ls cups-filters_1.28.17-* >/dev/null 2>&1 || exit 2
for package in *.deb; do dpkg-deb -x "$package" root; done
LD_LIBRARY_PATH=$(dirname "$(find "$dir/root" -name 'libcups.so.2')")
export LD_LIBRARY_PATH
printed() {
  # Arguments as CUPS gives them: job, user, title, copies, options, file. The encoding is ASCII where none is given.
  root/usr/lib/cups/filter/texttotext 1 me page 1 "" "$1" 2>said >paper
}
printf 'Hace 30 anos.\n' >ascii.txt
printf 'Hace 30 a\303\261os.\n' >spanish.txt
printed ascii.txt && grep -q anos paper || exit 2
status=0
printed spanish.txt || status=$?
echo "$(wc -c <paper) bytes printed, status $status: $(grep ERROR said || true)"
[ ! -s paper ] && [ "$status" = 0 ]
