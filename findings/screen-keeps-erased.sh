#!/bin/sh
# GNU screen 4.9.0 (Debian 12), without any setting: what a program erases can be scrolled back to.
# Expected: "CSI 2 J" erases the screen, and "CSI 3 J" (xterm's Erase Saved Lines, E3 in terminfo, what `clear` sends)
# erases what can be scrolled back to.
# Seen: CSI 2 J first puts all lines of the screen into the scroll-back, and so does CSI J from the first cell; CSI 3 J does
# nothing. Only lines that are erased one by one (CSI 2 K) are gone. Since full-screen programs get no alternate screen by
# default (`altscreen off`), a page that is erased at once can be read by whoever sits down next.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried (it needs apt sources of Debian 12).
set -eu
dir=$(mktemp -d)
trap 'SCREENDIR=$dir/sockets "$dir/root/usr/bin/screen" -S there -X quit >/dev/null 2>&1 || true; rm -rf "$dir"' EXIT
cd "$dir"
apt-get download -qq screen=4.9.0-4 libutempter0 >/dev/null 2>&1 || exit 2
for package in *.deb; do dpkg-deb -x "$package" root; done
LD_LIBRARY_PATH=$(dirname "$(find "$dir/root" -name 'libutempter.so.0')")
SCREENDIR=$dir/sockets
export LD_LIBRARY_PATH SCREENDIR
mkdir -m 700 sockets
screen=root/usr/bin/screen
"$screen" --version || true
kept() {
  # How often "secret" can be read in the screen and its scroll-back, after it was written and then erased in a way.
  rm -f hardcopy
  "$screen" -c /dev/null -d -m -S there sh -c "printf 'secret\r\n'; printf '$1'; exec sleep 60"
  sleep 1
  "$screen" -S there -X hardcopy -h "$dir/hardcopy"
  sleep 1
  "$screen" -S there -X quit
  [ -e hardcopy ] || exit 2
  grep -c secret hardcopy || true
}
none=$(kept '')
at_once=$(kept '\033[2J')
from_home=$(kept '\033[H\033[J')
saved_too=$(kept '\033[2J\033[3J')
by_line=$(kept '\033[1;1H\033[2K')
echo "can still be read: after nothing $none, CSI 2 J $at_once, CSI J $from_home, CSI 2 J and CSI 3 J $saved_too, CSI 2 K $by_line"
[ "$none" = 1 ] || exit 2
[ "$at_once" = 1 ] && [ "$from_home" = 1 ] && [ "$saved_too" = 1 ] && [ "$by_line" = 0 ]
