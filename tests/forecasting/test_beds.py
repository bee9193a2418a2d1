"""Beds: who lies there now, how long such patients stay, what is planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from forecasting.bed_flow import Stay, chances
from forecasting.beds import Wards, forecast_beds
from forecasting.beds_reading import occupied_of, read_wards
from forecasting.calendar import calendar_of
from hospital.errors import BadInput
from simulations.beds.wards import LAST_DAY, WARDS, wards
from simulations.beds.write_sample import write_sample


@pytest.fixture(scope="module")
def sample() -> Wards:
    """The sample's wards over 200 days."""
    drawn = wards(5, num_days=200)
    return Wards(
        occupied=occupied_of(drawn.stays),
        beds={ward.name: ward.beds for ward in WARDS},
        stays=drawn.stays,
        planned={(ward, day): num for ward, day, num in drawn.planned},
    )


def test_the_chance_to_leave_is_that_of_the_past() -> None:
    """On a ward where everyone leaves after exactly three days, nobody leaves before and almost everyone then."""
    first = date(2025, 1, 1)
    days = [first + timedelta(days=day) for day in range(300)]
    short = [Stay(ward="A", admitted=day, discharged=day + timedelta(days=3)) for day in days for _ in range(3)]
    long = [Stay(ward="B", admitted=day, discharged=day + timedelta(days=9)) for day in days]
    found = chances([*short, *long], ("A", "B"), days[-1] + timedelta(days=20))
    assert found[0, 2] < 0.05
    assert found[0, 3] > 0.9
    assert found[1, 3] < 0.1


def test_tomorrow_is_mostly_known(sample: Wards) -> None:
    """Knowing who lies there beats the ward's own time series a day ahead: the bands are narrower and their weight is greater."""
    found = forecast_beds(sample, 7, calendar=calendar_of("CN")).forecasts
    alone = forecast_beds(replace(sample, stays=()), 7, calendar=calendar_of("CN")).forecasts
    (note,) = (note for note in found.notes[0] if note.kind == "flow")
    assert note.values["share"] > 40
    low, high = found.band(0.8)
    low_alone, high_alone = alone.band(0.8)
    assert (high - low)[:, 0].mean() < (high_alone - low_alone)[:, 0].mean()
    now = sample.occupied.values[:, -1]
    assert np.abs(found.mean[:, 0] - now).max() < 8


def test_a_planned_admission_is_a_patient_more(sample: Wards) -> None:
    """Ten more operations planned for Wednesday fill about ten more beds that evening, and none on Tuesday."""
    ward, wednesday = "普通外科", LAST_DAY + timedelta(days=3)
    more = {**sample.planned, (ward, wednesday): sample.planned.get((ward, wednesday), 0) + 10}
    row = sample.occupied.names.index(ward)
    usual = forecast_beds(sample, 5).forecasts.mean[row]
    busy = forecast_beds(replace(sample, planned=more), 5).forecasts.mean[row]
    assert 3 < busy[2] - usual[2] < 10.5
    assert abs(busy[1] - usual[1]) < 0.5


def test_a_ward_with_too_few_beds_is_named_with_its_risk(sample: Wards) -> None:
    """With five beds fewer than patients a shortage is all but sure; with twice as many beds none is told."""
    names, now = sample.occupied.names, sample.occupied.values[:, -1]
    tight = {names[0]: int(now[0]) - 15, names[1]: int(now[1]) * 3}
    found = forecast_beds(replace(sample, beds=tight), 3).shortages
    assert {short.ward for short in found} == {names[0]}
    assert found[0].risk > 0.9


def test_a_folder_and_a_table_are_read(tmp_path: Path) -> None:
    """The sample's folder and a table of counts with Chinese heads give wards; a folder with neither is refused."""
    write_sample(tmp_path / "sample", wards(2, num_days=60))
    read = read_wards(tmp_path / "sample")
    assert read.occupied.dates[-1] == LAST_DAY
    assert read.beds["骨科"] == 44
    assert any(stay.is_planned for stay in read.stays)
    table = tmp_path / "beds.csv"
    rows = "".join(f"骨科,2025-03-{day:02d},{30 + day},44\n" for day in range(1, 21))
    table.write_text("病区,日期,占用床位,床位数\n" + rows, encoding="utf-8")
    counted = read_wards(table)
    assert (counted.occupied.names, counted.beds, counted.stays) == (("骨科",), {"骨科": 44}, ())
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput):
        read_wards(tmp_path / "empty")


def test_a_discharge_before_the_admission_is_refused(tmp_path: Path) -> None:
    """The row is named."""
    (tmp_path / "stays.csv").write_text("ward,admitted,discharged\nA,2025-03-02,2025-03-05\nA,2025-03-09,2025-03-05\n")
    with pytest.raises(BadInput) as refused:
        read_wards(tmp_path)
    assert refused.value.values["row"] == 3


def test_the_shipped_wards_are_what_the_generator_writes(tmp_path: Path) -> None:
    """Every file of data_samples/beds is letter for letter what the generator writes."""
    write_sample(tmp_path, wards())
    shipped = Path(__file__).parents[2] / "data_samples" / "beds"
    for name in ("wards.csv", "stays.csv", "planned.csv"):
        assert (tmp_path / name).read_bytes() == (shipped / name).read_bytes()
