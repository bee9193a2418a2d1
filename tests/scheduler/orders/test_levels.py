from __future__ import annotations

import numpy as np
import pytest

from hospital.errors import BadInput
from scheduler.orders.levels import order_up_to, packs_up_to, protection, reorder_level
from scheduler.orders.presets import preset
from scheduler.orders.problem import asked_until
from tests.scheduler.orders.small import item

WEIGHTS = preset("standard")


def test_demand_until_the_order_is_there() -> None:
    """An order on the shelf on the third morning leaves two days to last."""
    demand = np.array([[3.0, 5.0, 7.0], [1.0, 1.0, 1.0]])
    assert asked_until(demand, np.array([2, 9])).tolist() == [8.0, 3.0]


def test_the_level_lasts_as_often_as_it_should() -> None:
    """Stock at the reorder level is enough in the share of futures that the item is protected for."""
    of = item()
    level = reorder_level(of, WEIGHTS)
    lasted = (asked_until(of.demand, of.next_arrives) <= level + 1e-9).mean()
    assert lasted == pytest.approx(protection(of, WEIGHTS), abs=0.03)


def test_vital_items_are_protected_more() -> None:
    """Adrenaline is kept more surely than a vitamin."""
    chances = [protection(item(criticality=letter), WEIGHTS) for letter in "VED"]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > chances[2] + 0.01


def test_a_wide_spread_is_covered_a_little_less() -> None:
    """Where each day of safety buys less, less of it is bought."""
    even = item(demand=np.full((40, 30), 12.0) + np.random.default_rng(1).normal(0, 1, (40, 30)))
    wide = item(demand=np.random.default_rng(1).choice([0.0, 120.0], p=[0.9, 0.1], size=(40, 30)))
    assert protection(even, WEIGHTS) > protection(wide, WEIGHTS)


def test_an_order_lasts_its_days() -> None:
    """Between the two levels lie the days that an order brings: more for cheap items."""
    cheap, dear = item(turnover="C"), item(turnover="A")
    gap = order_up_to(cheap, WEIGHTS) - reorder_level(cheap, WEIGHTS)
    assert gap == pytest.approx(28 * cheap.mean_demand)
    assert order_up_to(dear, WEIGHTS) < order_up_to(cheap, WEIGHTS)


def test_packs_are_whole_and_at_least_the_least() -> None:
    """Sixty-one missing tablets are three packs of thirty; one missing tablet is still the least order."""
    assert packs_up_to(item(), 100, 39) == 3
    assert packs_up_to(item(), 100, 40) == 2
    assert packs_up_to(item(least_packs=5), 100, 99) == 5


def test_paths_that_do_not_fit_are_refused() -> None:
    """A table of arrival days that is too short is named with its item."""
    with pytest.raises(BadInput) as caught:
        item("heparin", arrives=np.array([1, 2]))
    assert "heparin" in caught.value.sentence("zh")
