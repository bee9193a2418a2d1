from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulations.pharmacy.past import Past, Played, played


def past(issued: list[float], **other: object) -> Past:
    usual: dict[str, object] = {
        "returned": np.zeros(len(issued)),
        "leads": np.array([1]),
        "pack_units": 5.0,
        "start_units": 7.0,
    }
    return Past(issued=np.array(issued, dtype=float), **{**usual, **other})  # type: ignore[arg-type]


def test_a_week_is_counted_as_by_hand() -> None:
    """Seven boxes, three asked a day, two packs ordered the first evening and there on the third morning: nobody goes short."""
    found = played(past([3, 3, 3, 3]), 4.0, packs=2, replications=1)
    assert found.orders == 1
    assert found.fill == 1.0
    assert found.stock_days == pytest.approx((4 + 1 + 8 + 5) / 12)


def test_what_is_not_there_is_lost() -> None:
    """Without orders the third day is short by two and the fourth by three."""
    found = played(past([3, 3, 3, 3]), -1.0, packs=1, replications=1, year_days=8)
    assert found.fill == pytest.approx(7 / 12)
    assert found.out_days == 2 * 2
    assert found.orders == 0


def test_orders_wait_for_an_open_evening() -> None:
    """Where the supplier takes orders on the third evening only, the shelf stays empty until the fifth morning."""
    evenings = np.array([False, False, True, False, False])
    found = played(past([9, 1, 1, 1, 1]), 4.0, packs=2, is_open=evenings, replications=1)
    assert found.orders == 1
    assert found.fill == pytest.approx(8 / 13)


def test_what_expires_is_waste() -> None:
    """Boxes that keep for two days and are not asked for leave the shelf on the third morning."""
    kept = played(past([1, 0, 0, 4], shelf_days=2), -1.0, packs=1, replications=1)
    assert kept.wasted == pytest.approx(6 / 7)
    assert kept.fill == pytest.approx(1 / 5)


def by_hand(of: Past, level: float, up_to: float) -> Played:
    """The same days told box by box, for one possible lead."""
    lead, boxes, way = int(of.leads[0]), [-1] * int(of.start_units), []
    unmet = out = stock = orders = expired = 0.0
    received = of.start_units
    for day, (asked, back) in enumerate(zip(of.issued.astype(int), of.returned.astype(int), strict=True)):
        arrived = sum(units for there, units in way if there == day)
        way = [(there, units) for there, units in way if there > day]
        boxes += [day] * arrived
        received += arrived
        if of.shelf_days is not None:
            fresh = [born for born in boxes if born + of.shelf_days >= day]
            expired += len(boxes) - len(fresh)
            boxes = fresh
        boxes += [day] * back
        unmet += max(asked - len(boxes), 0)
        out += asked > len(boxes)
        boxes = sorted(boxes)[asked:]
        stock += len(boxes)
        position = len(boxes) + sum(units for _, units in way)
        if position <= level:
            packs = max(1, int(np.ceil((up_to - position) / of.pack_units)))
            way.append((day + lead + 1, int(packs * of.pack_units)))
            orders += 1
    total = of.issued.sum()
    return Played(
        fill=1 - unmet / total if total else 1.0,
        out_days=out,
        stock_days=stock / total if total else 0.0,
        orders=orders,
        wasted=expired / received if received else 0.0,
    )


@settings(max_examples=60, deadline=None)
@given(
    issued=st.lists(st.integers(0, 6), min_size=1, max_size=14),
    lead=st.integers(0, 3),
    level=st.integers(0, 9),
    more=st.integers(1, 12),
    keeps=st.sampled_from([None, 1, 3]),
    back=st.integers(0, 2),
)
def test_any_rule_is_played_as_box_by_box(
    issued: list[int], lead: int, level: int, more: int, keeps: int | None, back: int
) -> None:
    """Whatever the rule, counting boxes one by one gives the same figures."""
    returned = np.array([back if day % 3 == 1 else 0 for day in range(len(issued))], dtype=float)
    of = past([float(units) for units in issued], leads=np.array([lead]), shelf_days=keeps, returned=returned)
    found = played(of, float(level), up_to=float(level + more), replications=1)
    assert found.as_dict() == pytest.approx(by_hand(of, level, level + more).as_dict())
