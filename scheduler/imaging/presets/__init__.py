"""Named sets of weights. Points outside (per hour, per minute, each), integer units of 1/POINT point inside."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from hospital.errors import BadSettings
from hospital.facts import POINT
from hospital.requests import RequestClass

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Prices in points.

    By class: ``wait_*`` an hour from the earliest time to the start; lateness costs ``late_factor`` times that for each hour past the
    target (``target_*`` hours after earliest where the request names none); left out, ``unplanned_h`` hours of it.

    ``overtime`` a minute; ``changeover`` each; ``two_days`` for each pair of a patient's examinations on different days; ``short_gap``
    for each idle gap under ``shortest_gap_min``; ``load`` a minute of a scanner beyond ``load_slack`` times its fair share;
    ``fairness`` an hour that a ward waits in all beyond ``fair_wait_h`` hours a request; ``moved`` / ``moved_soon`` / ``displaced``
    for an appointment moved with notice / with under three days / inside the notice period.
    """

    wait_emergency: float
    wait_inpatient: float
    wait_outpatient: float
    wait_check_up: float
    target_emergency: float
    target_inpatient: float
    target_outpatient: float
    target_check_up: float
    late_factor: float
    unplanned_h: float
    overtime: float
    changeover: float
    two_days: float
    short_gap: float
    shortest_gap_min: int
    load: float
    load_slack: float
    fairness: float
    fair_wait_h: float
    moved: float
    moved_soon: float
    displaced: float

    def wait(self, rclass: RequestClass) -> float:
        """Points an hour waited."""
        return float(getattr(self, f"wait_{rclass.value}"))

    def target_min(self, rclass: RequestClass) -> int:
        """Minutes from earliest to the class's target."""
        return int(getattr(self, f"target_{rclass.value}") * 60)


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
