"""The wards' next days from stays that are known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache

import numpy as np
import pytest

from forecasting.bed_flow import Stay
from forecasting.beds import Wards
from forecasting.beds_reading import occupied_of
from hospital.errors import BadInput
from planning.beds.outlook import HORIZON, BedOutlook, as_known, bed_outlook
from planning.beds.records import records_of, wards_of, wards_of_files
from planning.beds.views import ward_of

FIRST = date(2026, 1, 5)
NUM_DAYS = 100


@cache
def wards() -> Wards:
    """Two wards: surgery with 9 beds and too many planned for the day after tomorrow, medicine with beds to spare."""
    dice = np.random.default_rng(4)
    stays = []
    for ward, daily in (("surgery", 2.2), ("medicine", 3.1)):
        for at in range(NUM_DAYS):
            admitted = FIRST + timedelta(days=at)
            for _ in range(dice.poisson(daily)):
                gone = admitted + timedelta(days=int(1 + dice.geometric(0.3)))
                is_out = gone < FIRST + timedelta(days=NUM_DAYS)
                is_planned = ward == "surgery" and bool(dice.random() < 0.5)
                stay = Stay(ward=ward, admitted=admitted, discharged=gone if is_out else None, is_planned=is_planned)
                stays.append(stay)
    panel = occupied_of(tuple(stays))
    soon = panel.dates[-1] + timedelta(days=2)
    return Wards(
        occupied=panel, beds={"surgery": 9, "medicine": 40}, stays=tuple(stays), planned={("surgery", soon): 7}
    )


@cache
def outlook() -> BedOutlook:
    """Their outlook, made once."""
    return bed_outlook(wards(), seed=2)


def test_the_ward_that_is_short_stands_first() -> None:
    """Seven planned admissions into nine beds: surgery is likely short that night, medicine never."""
    surgery, medicine = outlook().wards
    assert (surgery.ward, medicine.ward) == ("surgery", "medicine")
    assert surgery.risk[1] > 0.5
    assert max(medicine.risk) < 0.05
    assert len(surgery.mean) == HORIZON


def test_the_plan_is_known_and_its_effect_told() -> None:
    """The planned patients fill beds from their day on, not before."""
    surgery = outlook().wards[0]
    assert surgery.planned[:3] == (0, 7, 0)
    assert surgery.plan_effect[1] > 2.0
    assert surgery.plan_effect[1] > surgery.plan_effect[0] + 1.5


def test_yesterday_is_told_without_knowing_today() -> None:
    """Yesterday's forecast is made from what was known then: nobody admitted later is in it."""
    last = wards().occupied.dates[-2]
    past = as_known(wards(), last)
    assert max(stay.admitted for stay in past.stays) <= last
    assert all(stay.discharged is None or stay.discharged <= last for stay in past.stays)
    for view in outlook().wards:
        assert view.yesterday is not None
        assert view.yesterday.came == view.now
        assert view.yesterday.low <= view.yesterday.high


def test_kept_and_read_back() -> None:
    """What is kept of the wards makes the same forecast again, and the page shows the same ward."""
    again = wards_of(records_of(wards(), source="x", at=datetime(2026, 5, 1, tzinfo=UTC)))
    assert again is not None
    assert bed_outlook(again, seed=2).wards == outlook().wards
    for view in outlook().wards:
        assert ward_of(view.as_json()) == view


def test_one_table_by_any_name() -> None:
    """A table of beds taken is read whatever it is called; one without its columns is refused with what was found."""
    rows = "".join(f"ICU,{FIRST + timedelta(days=at)},{11 + at % 3},14\n" for at in range(30))
    found = wards_of_files({"my wards 2026.csv": f"ward,date,occupied,beds\n{rows}".encode()})
    assert found.occupied.names == ("ICU",)
    assert found.beds == {"ICU": 14}
    with pytest.raises(BadInput) as refused:
        wards_of_files({"stays.csv": b"ward,from,until\nICU,2026-01-01,2026-01-04\n"})
    assert "admitted" in refused.value.sentence("en")
