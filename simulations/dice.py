"""Seeded draws that are the same on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


class Dice:
    """Draws from one seeded stream.

    Only uniform doubles are taken from numpy's Generator (53 bits of PCG64): no logarithm, no library of the machine takes part, so
    a seed gives the same hospital everywhere.
    """

    def __init__(self, seed: int) -> None:
        self._random = np.random.Generator(np.random.PCG64(seed))

    def share(self) -> float:
        """A number in [0, 1)."""
        return float(self._random.random())

    def chance(self, probability: float) -> bool:
        """True with that probability."""
        return self.share() < probability

    def whole(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(self.share() * (high - low + 1))

    def pick(self, items: Sequence[T], weights: Sequence[float] | None = None) -> T:
        """One of the items, by weight (all alike without)."""
        if weights is None:
            return items[self.whole(0, len(items) - 1)]
        left = self.share() * sum(weights)
        for item, weight in zip(items, weights, strict=True):
            left -= weight
            if left < 0:
                return item
        return items[-1]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in a random order."""
        row = list(items)
        for last in range(len(row) - 1, 0, -1):
            other = self.whole(0, last)
            row[last], row[other] = row[other], row[last]
        return row
