from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from simulations.pharmacy.sample import TODAY, pharmacy

SITE = pharmacy(num_items=120)


def days_like(first: date, num: int) -> list[int]:
    start = SITE.usage.first_day
    return [(first - start).days + k for k in range(num)]


def test_one_seed_is_one_pharmacy() -> None:
    """Whoever draws the sample again gets the same shelves."""
    again = pharmacy(num_items=120)
    assert again.lots == SITE.lots
    assert np.array_equal(again.usage.units, SITE.usage.units)
    assert pharmacy(num_items=9, seed=5).lots != pharmacy(num_items=9, seed=6).lots


def test_the_hospital_empties_at_the_spring_festival() -> None:
    """In each of the three years the festival's days ask for far less than the weeks before it."""
    units = SITE.usage.units.clip(min=0).sum(axis=0)
    for festival in (date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17)):
        before = units[days_like(festival - timedelta(days=10), 9)].mean()
        during = units[days_like(festival, 6)].mean()
        after = units[days_like(festival + timedelta(days=13), 7)].mean()
        assert during < 0.6 * after
        assert before > 1.1 * after


def test_shelves_suppliers_and_orders_fit_together() -> None:
    """Every lot, order and substitute is of an item that is there, nothing on the shelf has expired, some orders are under way."""
    ids = {item.id for item in SITE.items}
    suppliers = {supplier.id for supplier in SITE.suppliers}
    assert {lot.item for lot in SITE.lots} | {row.item for row in SITE.deliveries} <= ids
    assert {item.supplier for item in SITE.items} <= suppliers
    assert {item.substitute for item in SITE.items} - {""} <= ids
    assert all(lot.expires is not None and lot.expires >= TODAY - timedelta(days=1) for lot in SITE.lots)
    assert any(row.received is None for row in SITE.deliveries)
    assert all(row.received is None or row.received > row.ordered for row in SITE.deliveries)
