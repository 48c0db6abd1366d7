"""Going on with other records than those that were open: they were renamed, replaced, deleted or put back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from iop_tui.counselor.pages.records_replaced import RecordsReplacedPage, RecordsSwitchedPage
from iop_tui.records import again
from iop_tui.records.again import Again
from iop_tui.records.trouble import Replaced, Trouble

if TYPE_CHECKING:
    from iop_tui.counselor.app import Counselor
    from iop_tui.records.store import Records

Way = Callable[["Records", datetime], Again]


async def ask(
    app: Counselor,
    why: Replaced,
    *,
    then: Callable[[], object],
    sorry: Callable[[Trouble, Callable[[], object]], Awaitable[object]],
    leave: Callable[[], object] | None,
) -> None:
    """Ask with which records to go on. `then` is done after it, `leave` where that is chosen, and `sorry` tells why a
    way on was not possible, with how to try it again.
    """

    async def go_on(way: Way) -> None:
        before = app.records.path
        try:
            found = await asyncio.to_thread(way, app.records, app.now())
            await app.continue_in(found, before)
        except Trouble as trouble:
            await sorry(trouble, begin(way))
            return
        if before is None:
            then()
        else:
            await app.come_up(RecordsSwitchedPage(found, before, then))

    def begin(way: Way) -> Callable[[], object]:
        return lambda: app.run_worker(go_on(way), exclusive=True, group="stage")

    page = RecordsReplacedPage(
        why,
        path=app.records.path,
        is_there=again.is_there(app.records),
        with_those_there=begin(again.with_those_there),
        in_new_file=begin(again.in_new_file),
        leave=leave,
    )
    await app.come_up(page)
