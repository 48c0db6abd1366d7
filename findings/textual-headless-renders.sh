#!/bin/sh
# Textual 8.2.8, an app without a terminal (`run_test`, HeadlessDriver): every update is rendered to segments, widget by
# widget, and then dropped before it is written, as App._display returns early for a headless app.
# Expected: where nobody can see an update nothing is rendered; what a test reads it renders itself.
# Seen: as many renderings as repaints, none of them written. In a suite of some thousand tests of pages this was a
# quarter of the processor time; laying out, and rendering only what a test looks at, gave the same screens.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_python.inc"
with_python textual==8.2.8 <<'PY'
import asyncio
import importlib.metadata
import sys

from textual._compositor import Compositor
from textual.app import App
from textual.widgets import Static

rendered = 0
render_update = Compositor.render_update


def counted(self, *args, **options):
    global rendered
    update = render_update(self, *args, **options)
    rendered += update is not None
    return update


class Counter(App):
    def compose(self):
        yield Static("0")


async def main():
    global rendered
    Compositor.render_update = counted
    app = Counter()
    written = []
    async with app.run_test() as pilot:
        app._driver.write = written.append
        await pilot.pause()
        rendered = 0
        for number in range(1, 21):
            app.query_one(Static).update(str(number))
            await pilot.pause()
        drawn = rendered
    return drawn, len(written), app.is_headless


drawn, written, headless = asyncio.run(main())
print(f"Textual {importlib.metadata.version('textual')}, headless: {headless}")
print(f"20 changes of a text: rendered {drawn} times, written {written} times")
sys.exit(0 if headless and drawn >= 20 and written == 0 else 1)
PY
