from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import pytest

from hospital.errors import BadInput
from scheduler.orders.perishable import PerishableItem, PerishablePolicy, best_policy

DEMAND = (0.2, 0.3, 0.35, 0.15)


def item(**other: object) -> PerishableItem:
    usual = {"shelf_life": 2, "lead_time": 1, "buy": 3.0, "hold": 1.0, "short": 9.0, "waste": 7.0, "most_units": 3}
    return PerishableItem(**{"demand": DEMAND, **usual, **other})  # type: ignore[arg-type]


def day(of: PerishableItem, stock: list[int], demand: int) -> tuple[list[int], float]:
    """One day on lists of units by age, written apart: what stays for tomorrow, and the day's cost without the order."""
    boxes = [age for age, units in enumerate(stock) for _ in range(units)]
    boxes.sort(reverse=of.issue == "lifo")
    rest = boxes[demand:]
    expired = sum(age == 0 for age in rest)
    kept = [sum(age == left for age in rest) for left in range(1, of.shelf_life)]
    return kept, of.hold * sum(kept) + of.waste * expired + of.short * max(0, demand - len(boxes))


def played(of: PerishableItem, order: Callable[[list[int], list[int]], int], days: int) -> float:
    """The mean cost of a day when somebody orders so for many days."""
    dice, stock, way, total = random.Random(5), [0] * of.shelf_life, [0] * (of.lead_time - 1), 0.0
    for _ in range(days):
        units = order(stock, way)
        demand = dice.choices(range(len(of.demand)), of.demand)[0]
        kept, cost = day(of, stock, demand)
        way = [*way, units]
        stock = [*kept, way.pop(0)]
        total += cost + of.buy * units
    return total / days


def cost_of(of: PerishableItem, rule: tuple[int, ...]) -> float:
    """The long-run cost of a day of one rule for a lead time of one day: the chain followed until its mean stands."""
    states = list(itertools.product(range(of.most_units + 1), repeat=of.shelf_life))
    at = {state: index for index, state in enumerate(states)}
    share, total = [1 / len(states)] * len(states), 0.0
    for sweep in range(400):
        new, total = [0.0] * len(states), 0.0
        for state, weight, units in zip(states, share, rule, strict=True):
            total += weight * of.buy * units
            for demand, chance in enumerate(of.demand):
                kept, cost = day(of, list(state), demand)
                new[at[*kept, units]] += weight * chance
                total += weight * chance * cost
        share = [(old + then) / 2 for old, then in zip(share, new, strict=True)] if sweep < 390 else new
    return total


@pytest.mark.parametrize("issue", ["fifo", "lifo"])
def test_no_other_way_of_ordering_is_cheaper(issue: str) -> None:
    """Whoever orders one unit more or less than advised, on any shelf, pays at least as much in the long run."""
    of = item(issue=issue, most_units=2)
    policy = best_policy(of, gap=1e-7)
    best = tuple(int(units) for units in policy.orders)
    assert cost_of(of, best) == pytest.approx(policy.bound, rel=1e-4)
    for state, units in itertools.product(range(len(best)), range(3)):
        other = (*best[:state], units, *best[state + 1 :])
        assert cost_of(of, other) >= policy.bound - 1e-6


def test_a_year_costs_what_was_promised() -> None:
    """The days that follow cost what the proposal said, with two days from order to shelf."""
    of = item(shelf_life=3, lead_time=2, issue="lifo")
    policy = best_policy(of)
    assert policy.gap < 1e-4
    assert played(of, policy.quantity, 60_000) == pytest.approx(policy.cost, rel=0.01)
    assert played(of, lambda stock, way: max(0, 4 - sum(stock) - sum(way)), 60_000) > policy.cost * 1.01


def test_orders_that_take_turns_are_settled_too() -> None:
    """Where the best orders alternate from day to day the cost is still proven."""
    of = item(shelf_life=2, lead_time=2, demand=(0.0, 0.5, 0.5), issue="lifo", short=4.0)
    assert best_policy(of).gap < 1e-4


def test_a_full_shelf_orders_nothing() -> None:
    """With more on the shelf than can be used before it expires, nothing is bought."""
    policy = best_policy(item())
    assert policy.quantity([3, 3]) == 0
    assert policy.quantity([0, 0]) > 0


def test_more_than_was_foreseen_counts_as_older() -> None:
    """A double delivery is not mistaken for an empty shelf."""
    policy = best_policy(item())
    assert policy.quantity([0, 5]) == policy.quantity([2, 3])


def wrong(make: Callable[[], PerishablePolicy | PerishableItem | int]) -> str:
    with pytest.raises(BadInput) as caught:
        make()
    return caught.value.sentence("zh") and caught.value.text_id


def test_what_cannot_be_planned_is_said() -> None:
    """Chances that do not add up, no shelf life, too many shelves: each is named."""
    assert wrong(lambda: item(demand=(0.5, 0.4))) == "orders_demand"
    assert wrong(lambda: item(shelf_life=0)) == "orders_at_least"
    assert wrong(lambda: best_policy(item(shelf_life=12, most_units=9))) == "orders_states"
    assert wrong(lambda: best_policy(item()).quantity([1, 2, 3])) == "orders_ages"
