"""How the ids of requests begin that a change makes: the same for the same change made at the same moment, whatever else is known."""

from __future__ import annotations

import hashlib
import json

from hospital.changes.reading import change_to_json
from hospital.changes.union import Change

MADE = "N-"


def made_stem(change: Change, *, mark: str) -> str:
    """The id's beginning; ``mark`` is when the change was made ("" = now)."""
    said = {"change": change_to_json(change), "at": mark}
    return MADE + hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:6].upper()
