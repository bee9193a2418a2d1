"""The sample pharmacy and the sample wards as records; they stay on their own days, since festivals do not move by weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from forecasting.bed_flow import Stay
from forecasting.beds import Wards
from forecasting.beds_reading import occupied_of
from planning.beds.records import records_of as ward_records
from planning.pharmacy.records import AREA as ORDERS
from planning.pharmacy.records import records_of as pharmacy_records
from planning.rows import Record


def sample_records(area: str, at: datetime) -> Sequence[Record]:
    """The records of the area's sample."""
    if area == ORDERS:
        from simulations.pharmacy.sample import pharmacy

        return pharmacy_records(pharmacy(), source="sample", at=at)
    return ward_records(sample_wards(), source="sample", at=at)


@cache
def sample_wards() -> Wards:
    """The sample's wards with their beds, stays and elective plan."""
    from simulations.beds.wards import WARDS, wards

    drawn = wards()
    stays = tuple(
        Stay(ward=s.ward, admitted=s.admitted, discharged=s.discharged, is_planned=s.is_planned) for s in drawn.stays
    )
    return Wards(
        occupied=occupied_of(stays),
        beds={ward.name: ward.beds for ward in WARDS},
        stays=stays,
        planned={(ward, day): num for ward, day, num in drawn.planned},
    )
