"""A small pharmacy's items for the tests: every number different."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from scheduler.orders.presets import preset
from scheduler.orders.problem import Lot, OrderItem, OrdersProblem

NUM_PATHS, NUM_DAYS = 40, 30


def item(id_: str = "amoxicillin", *, daily: float = 12.0, seed: int = 3, **other: object) -> OrderItem:
    """An item with Poisson demand, 30 units a pack, two to four days to the shelf and orders every day."""
    dice = np.random.default_rng(seed)
    arrives = dice.integers(2, 5, size=NUM_PATHS)
    usual: dict[str, object] = {
        "supplier": "Sino",
        "pack_units": 30.0,
        "price": 45.5,
        "demand": dice.poisson(daily, size=(NUM_PATHS, NUM_DAYS)).astype(float),
        "arrives": arrives,
        "next_arrives": arrives + 1,
        "lots": (Lot(id="L1", units=20.0, last_day=6), Lot(id="L2", units=31.0)),
    }
    return OrderItem(id=id_, **{**usual, **other})  # type: ignore[arg-type]


def problem(*items: OrderItem, **other: object) -> OrdersProblem:
    """Today's orders of these items, or of one."""
    found: Sequence[OrderItem] = items or (item(),)
    usual: dict[str, object] = {"today": date(2026, 3, 2), "weights": preset("standard")}
    return OrdersProblem(items=tuple(found), **{**usual, **other})  # type: ignore[arg-type]
