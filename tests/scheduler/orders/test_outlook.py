from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.orders.outlook import first_failing_day, later_packs, outlook, stock_ahead
from scheduler.orders.problem import Lot, OnOrder, OrderItem
from tests.scheduler.orders.small import NUM_PATHS, item


def steady(daily: list[float], **other: object) -> OrderItem:
    """One path, known to the unit."""
    usual: dict[str, object] = {"arrives": np.array([2]), "next_arrives": np.array([4]), "lots": ()}
    return item(demand=np.array([daily]), **{**usual, **other})


def test_the_shelf_is_counted_day_by_day() -> None:
    """Seven on the shelf, three asked a day: two days are served, the third is short by two."""
    found = outlook(steady([3, 3, 3, 3, 3, 3], lots=(Lot(units=7),)), 0)
    assert (found.days_left, found.unmet, found.risk) == (2, 2 + 3, 1.0)


def test_an_order_arrives_in_the_morning() -> None:
    """What is on the shelf on the third morning serves that day."""
    of = steady([3, 3, 3, 3, 3, 3], lots=(Lot(units=6),), pack_units=9.0)
    assert outlook(of, 1).risk == 0.0
    assert outlook(of, 1).days_left == 5


def test_the_first_expired_is_issued_first_and_what_expires_is_told() -> None:
    """Of a lot that ends today only today's demand is used, and the rest is waste."""
    of = steady([4, 4, 4, 4], lots=(Lot(units=10), Lot(units=9, last_day=0)))
    assert outlook(of, 0).expiring == 5
    assert stock_ahead(of, 0)[0].tolist() == [15.0, 6.0, 2.0, 0.0]


def test_a_delivery_under_way_counts_from_its_day() -> None:
    """Five boxes coming on the second morning do not help today."""
    of = steady([4, 4, 4, 4], under_way=(OnOrder(units=20, days=np.array([1])),))
    assert outlook(of, 0).days_left == 0
    assert outlook(of, 0).unmet == 4


def test_the_day_it_is_needed() -> None:
    """With a tenth of risk accepted the order is needed before the day on which a tenth of the futures have failed."""
    of = item(lots=(Lot(units=60),))
    first = first_failing_day(of, 0.1)
    failed = stock_ahead(of, 0)[:, first] <= 0
    assert failed.mean() > 0.1
    assert (stock_ahead(of, 0)[:, first - 1] <= 0).mean() <= 0.1 + 1 / NUM_PATHS


@settings(max_examples=40, deadline=None)
@given(
    asked=st.lists(st.integers(-2, 9), min_size=5, max_size=5),
    lots=st.lists(st.tuples(st.integers(1, 12), st.sampled_from([0, 1, 3, None])), max_size=3),
    packs=st.integers(0, 2),
)
def test_a_shelf_of_single_boxes_says_the_same(
    asked: list[int], lots: list[tuple[int, int | None]], packs: int
) -> None:
    """Taking boxes one by one from the shelf, oldest first, leaves the same stock each evening."""
    of = steady(
        [float(units) for units in asked],
        lots=tuple(Lot(units=units, last_day=last) for units, last in lots),
        pack_units=5.0,
    )
    boxes = sorted(99 if last is None else last for units, last in lots for _ in range(units))
    for day, units in enumerate(asked):
        boxes = sorted([*boxes, *([99] * 5 * packs if day == 2 else [])])
        boxes = [last for last in boxes if last >= day]
        boxes = boxes[units:] if units > 0 else ([boxes[0]] * -units + boxes if boxes else [])
        assert stock_ahead(of, packs)[0, day] == pytest.approx(len(boxes))


def test_what_will_be_ordered_later_is_counted_on_each_path() -> None:
    """Ten on the shelf, four asked a day, five a pack: on the second evening two are left and two packs bring it to twelve."""
    of = steady([4, 4, 4, 4, 4, 4], lots=(Lot(units=10),), pack_units=5.0)
    assert later_packs(of, 0, level=2.0, up_to=12.0, num_days=3) == 2
    assert later_packs(of, 0, level=2.0, up_to=12.0, num_days=2) == 0
    assert later_packs(of, 2, level=2.0, up_to=12.0, num_days=4) == 0


def test_more_packs_never_raise_the_risk() -> None:
    """Whoever orders more runs out no sooner."""
    risks = [outlook(item(lots=(Lot(units=25),)), packs).risk for packs in range(5)]
    assert risks == sorted(risks, reverse=True)
    assert risks[0] > risks[-1]
