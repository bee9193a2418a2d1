"""Named sets of weights. Points outside, integer units of 1/POINT point inside."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from hospital.errors import BadSettings
from hospital.facts import POINT

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Prices in points.

    ``unmet_h`` for each prescribed hour that is not given, times the patient's weight; ``pattern`` for a session on another day than it is
    due; ``shift`` for one at another time than the patient's own; ``station`` for one on another station; ``wish`` for one in a shift the
    patient does not wish; ``transport`` for each two of a transport group who are due on one day and ride at different times; ``load`` for
    each session of a shift beyond ``load_slack`` times the even share; ``nurse`` for each nurse needed in a shift beyond those on duty;
    ``moved`` / ``moved_soon`` for a session of the plan in force that is moved, with notice or within two days.
    """

    unmet_h: float
    pattern: float
    shift: float
    station: float
    wish: float
    transport: float
    load: float
    load_slack: float
    nurse: float
    moved: float
    moved_soon: float


def units(points: float) -> int:
    """Points as integer units."""
    return round(points * POINT)


def units_per_min(points_per_h: float) -> int:
    """Points an hour as integer units a minute (exact for two decimals)."""
    return round(points_per_h * POINT / 60)


def preset(name: str, overrides: Mapping[str, float] | None = None) -> Weights:
    """The preset of that name with some weights replaced. Raises BadSettings for unknown names, keys and values below zero."""
    path = _FOLDER / f"{name}.toml"
    known = [field.name for field in fields(Weights)]
    if not path.is_file():
        raise BadSettings(
            "unknown_preset", found=name, expected=", ".join(sorted(p.stem for p in _FOLDER.glob("*.toml")))
        )
    weights = Weights(**tomllib.loads(path.read_text(encoding="utf-8")))
    for key, value in (overrides or {}).items():
        if key not in known:
            raise BadSettings("unknown_weight", found=key, expected=", ".join(known))
        if not value >= 0:
            raise BadSettings("bad_weight", where=key, found=value)
    named: dict[str, Any] = dict(overrides or {})
    return replace(weights, **named)
