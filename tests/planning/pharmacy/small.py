"""A pharmacy of three items for the tests: one runs out soon, one expires unused, one has enough. Every number differs."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from hospital.pharmacy import (
    Criticality,
    Delivery,
    Pharmacy,
    PharmacySettings,
    Step,
    StockItem,
    StockLot,
    Supplier,
    Usage,
)

TODAY = date(2026, 3, 3)
"""A Tuesday."""
NUM_DAYS = 210


def pharmacy(**other: object) -> Pharmacy:
    """The pharmacy on the morning of TODAY; issues until the evening before."""
    usual: dict[str, object] = {
        "settings": PharmacySettings(num_days=45, country="CN"),
        "suppliers": (
            Supplier(id="S1", name="国药", promised_days=3),
            Supplier(id="S2", name="九州通", order_days=frozenset({1, 3}), promised_days=4),
        ),
        "items": (
            StockItem(id="AMX", name_en="Amoxicillin 250 mg", name="阿莫西林 250 mg", group="antibiotic", unit="capsule",
                      pack_units=24, price=18.5, supplier="S1", criticality=Criticality.VITAL),
            StockItem(id="INS", name_en="Insulin glargine", name="甘精胰岛素", group="endocrine", unit="pen",
                      pack_units=5, price=310.0, supplier="S2", criticality=Criticality.VITAL, shelf_life_days=120),
            StockItem(id="VIC", name_en="Vitamin C", name="维生素C", group="vitamin", unit="tablet",
                      pack_units=100, price=4.2, supplier="S1", criticality=Criticality.DESIRABLE),
        ),
        "lots": (
            StockLot(item="AMX", lot="A7", units=90, expires=TODAY + timedelta(days=400)),
            StockLot(item="INS", lot="N1", units=260, expires=TODAY + timedelta(days=19)),
            StockLot(item="VIC", lot="V3", units=4100),
        ),
        "deliveries": tuple(
            Delivery(order=f"PO-{back}", item="AMX", supplier="S1", ordered=TODAY - timedelta(days=back), packs=20,
                     received=TODAY - timedelta(days=back - lead))
            for back, lead in ((80, 2), (70, 3), (60, 2), (50, 3), (40, 4), (30, 2), (20, 3))
        ),
        "table": _usage({"AMX": 55.0, "INS": 6.0, "VIC": 35.0}),
    }  # fmt: skip
    return Pharmacy(**{**usual, **other})  # type: ignore[arg-type]


def _usage(daily: dict[str, float]) -> Usage:
    dice = np.random.default_rng(1)
    first = TODAY - timedelta(days=NUM_DAYS)
    week = np.array([1.15 if (first + timedelta(days=at)).weekday() < 5 else 0.6 for at in range(NUM_DAYS)])
    units = np.array([dice.poisson(mean * week) for mean in daily.values()], dtype=np.float64)
    return Usage(items=tuple(daily), first_day=first, step=Step.DAY, units=units)
