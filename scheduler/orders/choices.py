"""The quantities worth looking at for each item, and what comes of each: made once, read by rules, program and proposal."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from scheduler.orders.fresh import fresh_packs
from scheduler.orders.levels import order_up_to, packs_up_to, protection, reorder_level, room
from scheduler.orders.outlook import Outlook, first_failing_day, later_packs, outlook
from scheduler.orders.problem import OrderItem, OrdersProblem

NUM_STEPS = 4
"""Quantities offered below and above the advised one, besides none and the least order."""


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What the item's own levels say: risk accepted, reorder level and order-up-to level in units, whether an order is due, packs then
    (0 where none is due), the first coming day on which it would fail without an order."""

    accepted: float
    level: float
    up_to: float
    is_due: bool
    packs: int
    needed_by: int


@dataclass(frozen=True)
class Case:
    """A problem with what was found out about its items. Outlooks are kept, so that asking twice costs nothing."""

    problem: OrdersProblem
    _outlooks: dict[tuple[int, int], Outlook] = field(default_factory=dict, repr=False, compare=False)
    _later: dict[tuple[int, int], float] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def advice(self) -> tuple[Advice, ...]:
        """The advice of each item."""
        return tuple(_advice(item, self) for item in self.problem.items)

    @cached_property
    def choices(self) -> tuple[tuple[int, ...], ...]:
        """Packs to choose from, of each item: none, the least order, the advised quantity, some below and above it, what fits in
        store, and what is fixed."""
        return tuple(
            _choices(item, self.advice[at], self.problem.fixed.get(item.id))
            for at, item in enumerate(self.problem.items)
        )

    def outlook(self, at: int, packs: int) -> Outlook:
        """What comes of so many packs of the item at that place."""
        key = (at, packs)
        if key not in self._outlooks:
            self._outlooks[key] = outlook(self.problem.items[at], packs)
        return self._outlooks[key]

    def later_packs(self, at: int, packs: int) -> float:
        """Packs that will on average be ordered after so many today, from tomorrow until the month ends."""
        key = (at, packs)
        if key not in self._later:
            advice, num_days = self.advice[at], self.problem.days_left_in_month
            self._later[key] = later_packs(
                self.problem.items[at], packs, level=advice.level, up_to=advice.up_to, num_days=num_days
            )
        return self._later[key]

    @cached_property
    def is_relieved(self) -> tuple[bool, ...]:
        """For each item whether a substitute would last without any order of today."""
        found = []
        for item in self.problem.items:
            other = self.problem.index.get(item.substitute)
            found.append(other is not None and self.outlook(other, 0).risk <= self.advice[other].accepted)
        return tuple(found)


def _advice(item: OrderItem, case: Case) -> Advice:
    """By the item's levels, or by the exact policy where it is short-lived.

    An order is due at or below the level, and above it where an order of today takes away more risk than is accepted: because
    lots expire, or what is under way may come too late.
    """
    weights = case.problem.weights
    accepted = 1 - protection(item, weights)
    level, up_to = reorder_level(item, weights), order_up_to(item, weights)
    at = case.problem.index[item.id]
    before = case.outlook(at, 0)
    packs = packs_up_to(item, up_to, item.position - min(before.expiring, item.position))
    is_due = item.position <= level or before.risk - case.outlook(at, packs).risk > accepted
    if item.mean_demand <= 0 or not is_due:
        is_due, packs = False, 0
    if item.fresh is not None:
        packs = fresh_packs(item, item.fresh)
        is_due = packs > 0
    return Advice(
        accepted=accepted,
        level=level,
        up_to=up_to,
        is_due=is_due,
        packs=packs,
        needed_by=first_failing_day(item, accepted),
    )


def _choices(item: OrderItem, advice: Advice, fixed: int | None) -> tuple[int, ...]:
    usual = advice.packs or packs_up_to(item, advice.up_to, min(item.position, advice.level))
    step = max(1, usual // (2 * NUM_STEPS))
    found = {0, item.least_packs, advice.packs, *(usual + step * k for k in range(-NUM_STEPS, NUM_STEPS + 1))}
    found |= {usual // 4, usual * 2, usual * 3}
    free = room(item)
    found |= set() if free is None else {free}
    kept = {packs for packs in found if packs == 0 or packs >= item.least_packs}
    return tuple(sorted(kept | ({fixed} if fixed is not None else set())))
