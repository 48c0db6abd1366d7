"""Types that the parts of the data share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

_INSTANT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$"
"""Many validators treat `format` as a comment."""
Moment = Annotated[datetime, Meta(tz=True, extra_json_schema={"pattern": _INSTANT})]
Hash = Annotated[str, Meta(pattern="^([0-9a-f]{64})?$")]
