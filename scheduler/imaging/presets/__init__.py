"""Named sets of weights. Points outside (per hour, per minute, each), integer units of 1/POINT point inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hospital.requests import RequestClass
from scheduler.kernel.presets import read_preset


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


def preset(name: str, overrides: Mapping[str, float] | None = None) -> Weights:
    """The preset of that name with some weights replaced. Raises BadSettings for unknown names, keys and values below zero."""
    return read_preset(Weights, Path(__file__).parent, name, overrides)
