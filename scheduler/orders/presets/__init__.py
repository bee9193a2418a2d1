"""Named sets of weights. Points outside, integer units of 1/POINT point inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scheduler.kernel.presets import read_preset


@dataclass(frozen=True, kw_only=True)
class Weights:
    """How careful to be, how long an order lasts, and prices in points.

    ``care_vital``, ``care_essential``, ``care_desirable``: how careful (see ``levels.protection``). ``days_a``,
    ``days_b``, ``days_c``: days of demand that an order of an A, B or C item brings beyond the reorder level.
    ``out_vital``, ``out_essential``, ``out_desirable``: each percentage point of risk of running out beyond the risk
    accepted, and each hundredth of a day's demand then missing; ``substituted`` is the share of it where a substitute
    is well in stock. ``expiring``: each 100 of money that will expire unused because of the order. ``overspent``: each
    100 of money by which the month's orders exceed its budget. ``off_advice``: each day of demand above or below the
    advised quantity. ``line``: each item ordered.
    """

    care_vital: float
    care_essential: float
    care_desirable: float
    days_a: float
    days_b: float
    days_c: float
    out_vital: float
    out_essential: float
    out_desirable: float
    substituted: float
    expiring: float
    overspent: float
    off_advice: float
    line: float


def preset(name: str, overrides: Mapping[str, float] | None = None) -> Weights:
    """The preset of that name with some weights replaced. Raises BadSettings for unknown names, keys and values below zero."""
    return read_preset(Weights, Path(__file__).parent, name, overrides)
