from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from benchmarks import orders_perishable as perishable
from benchmarks import orders_pharmacy as pharmacy
from benchmarks.orders import run
from hospital.errors import BadInput
from scheduler.orders.fresh import policy_of


def trust(folder: Path) -> Path:
    """Two drugs of a small trust: steady demand, deliveries after one to three days."""
    folder.mkdir(parents=True)
    dice, rows, log = np.random.default_rng(4), [], []
    days = [date(2017, 1, 2) + timedelta(days=k) for k in range((date(2020, 7, 3) - date(2017, 1, 2)).days)]
    for drug, daily in (("Drug X", 20), ("Drug Y", 6)):
        for day in days:
            units = float(dice.poisson(daily))
            rows.append((drug, 240, day.isoformat(), "A1", units))
            if day.day == 9:
                rows += [(drug, 240, day.isoformat(), "WASTE", 500.0), (drug, 241, day.isoformat(), "A1", 900.0)]
        for k in range(30):
            ordered = date(2017, 2, 6) + timedelta(days=7 * k)
            late = ordered + timedelta(days=60 if k == 3 else 1 + k % 3)
            log.append((drug, k, "S", ordered.isoformat(), late.isoformat(), 5.0))
    pl.DataFrame(rows, schema=["drug", "site", "date", "ward", "qty"], orient="row").write_parquet(
        folder / "issues.parquet"
    )
    columns = ["drug", "order", "supplier", "ordered", "received", "packs_received"]
    pl.DataFrame(log, schema=columns, orient="row").write_csv(folder / "lead_times.csv")
    rule = ["drug", "site", "pack_size", "reorder_level_units", "reorder_quantity_packs"]
    pl.DataFrame(
        [("Drug X", 240, 10.0, 60.0, 20.0), ("Drug Y", 240, 7.0, 20.0, 9.0)], schema=rule, orient="row"
    ).write_csv(folder / "reorder_parameters.csv")
    return folder


def test_the_record_is_read_as_its_protocol_says(tmp_path: Path) -> None:
    """Weekend issues count on Monday, other sites and wards without patients not at all, very late deliveries neither."""
    record = pharmacy.read(trust(tmp_path / pharmacy.FOLDER))
    first = record.drugs[0]
    assert [drug.name for drug in record.drugs] == ["Drug X", "Drug Y"]
    assert record.end - record.first == 262
    assert set(first.leads) == {1, 2, 3}
    assert first.issued.mean() == pytest.approx(20 * 7 / 5, rel=0.05)
    assert first.issued[5::5].mean() > 2 * first.issued[6::5].mean()


def test_the_rule_chosen_on_the_past_serves_the_year(tmp_path: Path) -> None:
    """Parameters chosen before the year keep two steady drugs in stock with about as many orders as were meant."""
    record = pharmacy.read(trust(tmp_path / pharmacy.FOLDER))
    pair = pharmacy.Careful(care=40.0, days=7.0)
    figures = pharmacy.mean(pharmacy.year_played(record, pair, is_updated=True))
    assert figures.fill > 0.99
    assert 28 <= figures.orders <= 40
    assert pharmacy.ratio(figures) < 1.3


def test_what_is_known_later_changes_nothing_before(tmp_path: Path) -> None:
    """A level set on a day looks at no issue after that day."""
    record = pharmacy.read(trust(tmp_path / pharmacy.FOLDER))
    drug, day = record.drugs[0], record.first
    early = pharmacy.item_on(drug, day)
    drug.issued[day:] *= 100
    assert np.array_equal(pharmacy.item_on(drug, day).demand, early.demand)


@pytest.mark.parametrize("issue", ["fifo", "lifo"])
def test_the_judge_counts_what_the_search_promises(issue: str) -> None:
    """The cost from the chain of states, written apart, lies within what the search proved."""
    policy = policy_of(perishable.terms_of(2, 1, 7.0, issue))
    assert policy.bound - 1e-6 <= perishable.exact_cost(policy) <= policy.cost + 1e-6
    assert perishable.differing(policy, 12) == 0


def test_without_data_it_says_where_they_should_be(tmp_path: Path) -> None:
    """A folder without the sets is named."""
    with pytest.raises(BadInput) as caught:
        run(tmp_path)
    assert pharmacy.FOLDER in caught.value.sentence("zh")
