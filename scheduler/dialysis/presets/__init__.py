"""Named sets of weights. Points outside, integer units of 1/POINT point inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scheduler.kernel.presets import read_preset


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


def preset(name: str, overrides: Mapping[str, float] | None = None) -> Weights:
    """The preset of that name with some weights replaced. Raises BadSettings for unknown names, keys and values below zero."""
    return read_preset(Weights, Path(__file__).parent, name, overrides)
