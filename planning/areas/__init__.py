"""The areas a hospital plans: what planning asks of each, and where each answers."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from hospital.errors import UnknownId
from planning.areas.contract import Area

_MODULES = {name: f"planning.areas.{name}" for name in ("imaging", "radiotherapy", "dialysis")}
"""Module of each area; it names its answer ``AREA``. Loaded on first use: an engine takes its time."""

AREAS = tuple(_MODULES)
FORECASTS = ("orders", "beds")
"""Areas whose jobs end in a forecast instead of a plan; they have data and forecasts, no answers here."""

__all__ = ["AREAS", "FORECASTS", "Area", "area_of", "telling_kind"]


def telling_kind(area: str) -> str:
    """The kind of table by whose last file people know how fresh the area's data are. Raises UnknownId."""
    return "drug_issues" if area == "orders" else str(area_of(area).request_kind)


@cache
def area_of(name: str) -> Area[Any, Any]:
    """The area of that name. Raises UnknownId."""
    if name not in _MODULES:
        raise UnknownId("unknown_area", id=name, expected=", ".join(AREAS))
    found: Area[Any, Any] = import_module(_MODULES[name]).AREA
    return found
