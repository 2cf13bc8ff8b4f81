"""How an event's digest is made: SM3 over a canonical text of its fields and its predecessor's digest."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any

FIELDS = (
    "chain_key",
    "position",
    "actor_id",
    "person_id",
    "actor_name",
    "organisation_name",
    "action",
    "target_type",
    "target_id",
    "target_name",
    "source",
    "destination",
    "note",
    "data",
    "previous",
)


def digest(event: Any) -> str:
    """The hex digest that the event must carry. Times count in UTC to the microsecond."""
    content = {name: getattr(event, name) for name in FIELDS}
    content["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new("sm3", text.encode()).hexdigest()
