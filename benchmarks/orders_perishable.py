"""The instances of De Moor, Gijsbrechts and Boute with a shelf life of two to five days: our policy's cost beside the optimal cost.

The reference file names the instances and their optimal costs. Demand is a gamma of mean 4 and coefficient of variation 0.5, rounded. The
policy is judged apart from the engine: for every state it is asked what to order, the chain of states is written as a sparse matrix from
lists of ages, and its long-run cost follows from the stationary shares. The instances beyond, which the file does not have, are played for
many days. That the page's proposal orders the same is asked for states drawn at random.
"""

from __future__ import annotations

import csv
import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from scipy.sparse import coo_array
from scipy.stats import gamma

from scheduler.orders.fresh import policy_of
from scheduler.orders.perishable import PerishableItem, PerishablePolicy
from scheduler.orders.presets import preset
from scheduler.orders.problem import Lot, OnOrder, OrderItem, OrdersProblem
from scheduler.orders.propose import propose

FOLDER = "perishable-demoor"
MEAN, CV, MOST = 4.0, 0.5, 10
BUY, HOLD, SHORT = 3.0, 1.0, 5.0
BEYOND = tuple((5, 2, waste, issue) for waste in (7.0, 10.0) for issue in ("fifo", "lifo"))
NUM_ASKED = 60
PLAYED_DAYS = 400_000
COUNTED_STATES = 20_000
"""Instances of more states are played instead of counted."""


@dataclass(frozen=True, kw_only=True)
class Instance:
    """One instance: its terms and, where the file has it, the optimal cost of a day."""

    terms: PerishableItem
    optimal: float | None

    @property
    def name(self) -> str:
        """As in m3 L2 w7 fifo."""
        terms = self.terms
        return f"m{terms.shelf_life} L{terms.lead_time} w{terms.waste:g} {terms.issue}"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """The instance with our cost of a day (counted, or played where there are many states), the cost that the search proved for
    it, the proven bound, the seconds of finding the policy, and the states in which the page's proposal ordered something else."""

    instance: Instance
    cost: float
    promised: float
    bound: float
    seconds: float
    num_differing: int

    @property
    def is_counted(self) -> bool:
        """Whether ``cost`` was counted, not played."""
        return self.instance.terms.num_states <= COUNTED_STATES


def read(folder: Path) -> tuple[Instance, ...]:
    """The file's instances and those beyond."""
    with (folder / "reference_costs.csv").open(encoding="utf-8") as lines:
        rows = [
            (
                int(row["shelf_life"]),
                int(row["lead_time"]),
                float(row["waste_cost"]),
                row["issue"],
                float(row["optimal"]),
            )
            for row in csv.DictReader(lines)
        ]
    beyond = [(*terms, None) for terms in BEYOND if terms not in {row[:4] for row in rows}]
    return tuple(
        Instance(terms=terms_of(life, lead, waste, issue), optimal=optimal)
        for life, lead, waste, issue, optimal in [*rows, *beyond]
    )


def terms_of(life: int, lead: int, waste: float, issue: str) -> PerishableItem:
    """The terms of an instance."""
    edges = gamma.cdf(np.arange(100) + 0.5, 1 / CV**2, scale=MEAN * CV**2)
    chances = np.diff(np.concatenate([[0.0], edges]))
    demand = tuple(float(chance) for chance in chances / chances.sum())
    return PerishableItem(
        shelf_life=life, lead_time=lead, demand=demand, buy=BUY, hold=HOLD, short=SHORT, waste=waste,
        issue="fifo" if issue == "fifo" else "lifo", most_units=MOST,
    )  # fmt: skip


def judged(instance: Instance) -> Judged:
    """Find the policy, then judge it."""
    policy_of.cache_clear()
    began = time.perf_counter()
    policy = policy_of(instance.terms)
    seconds = time.perf_counter() - began
    is_small = instance.terms.num_states <= COUNTED_STATES
    cost = exact_cost(policy) if is_small else played_cost(policy)
    return Judged(
        instance=instance,
        cost=cost,
        promised=policy.cost,
        bound=policy.bound,
        seconds=seconds,
        num_differing=differing(policy, NUM_ASKED),
    )


def day(terms: PerishableItem, ages: Sequence[int], demand: int) -> tuple[list[int], float]:
    """One day: the units of each age that stay (one age less), and the day's cost without what is ordered."""
    left, wanted = list(ages), demand
    order = range(len(left)) if terms.issue == "fifo" else reversed(range(len(left)))
    for age in order:
        given = min(wanted, left[age])
        left[age] -= given
        wanted -= given
    return left[1:], terms.hold * sum(left[1:]) + terms.waste * left[0] + terms.short * wanted


def exact_cost(policy: PerishablePolicy) -> float:
    """The policy's long-run cost of a day, from the stationary shares of its states when it starts empty."""
    terms = policy.item
    chances = _chances(terms)
    states = list(itertools.product(range(MOST + 1), repeat=terms.shelf_life + terms.lead_time - 1))
    place = {state: at for at, state in enumerate(states)}
    rows, columns, shares, cost = [], [], [], np.zeros(len(states))
    for at, state in enumerate(states):
        ages, way = state[: terms.shelf_life], state[terms.shelf_life :]
        coming = (*way, policy.quantity(ages, way))
        cost[at] = terms.buy * coming[-1]
        total = sum(ages)
        for demand in range(total + 1):
            kept, spent = day(terms, ages, demand)
            chance = chances[demand] if demand < total else float(chances[total:].sum())
            rows.append(place[*kept, *coming])
            columns.append(at)
            shares.append(chance)
            cost[at] += chance * spent
        beyond = np.arange(total + 1, len(chances))
        cost[at] += terms.short * float(np.dot(chances[beyond], beyond - total))
    follow = coo_array((shares, (rows, columns)), shape=(len(states), len(states))).tocsr()
    share = np.zeros(len(states))
    share[0] = 1.0
    for _ in range(4000):  # half a step each time, so that a chain that takes turns settles as well
        new = 0.5 * share + 0.5 * (follow @ share)
        if np.abs(new - share).sum() < 1e-11:
            break
        share = new
    return float(share @ cost)


def played_cost(policy: PerishablePolicy) -> float:
    """The policy's mean cost of a day, played from empty shelves for ``PLAYED_DAYS`` days."""
    terms = policy.item
    demands = np.random.default_rng(1).choice(len(terms.demand), p=_chances(terms), size=PLAYED_DAYS)
    ages, way, total = [0] * terms.shelf_life, [0] * (terms.lead_time - 1), 0.0
    for demand in demands:
        units = policy.quantity(ages, way)
        kept, cost = day(terms, ages, int(demand))
        total += cost + terms.buy * units
        way.append(units)
        ages = [*kept, way.pop(0)]
    return total / PLAYED_DAYS


def differing(policy: PerishablePolicy, num: int) -> int:
    """In how many of so many states drawn at random the page's proposal orders something else."""
    terms, dice = policy.item, np.random.default_rng(7)
    rows = dice.integers(0, MOST + 1, size=(num, terms.shelf_life + terms.lead_time - 1))
    demand = dice.choice(len(terms.demand), p=_chances(terms), size=(50, 14)).astype(float)
    items = tuple(_item(f"state {at}", terms, row, demand) for at, row in enumerate(rows.tolist()))
    lines = propose(OrdersProblem(today=date(2026, 1, 5), items=items, weights=preset("standard"))).lines
    ordered = {line.item.id: line.packs for line in lines}
    return sum(
        ordered[item.id] != policy.quantity(row[: terms.shelf_life], row[terms.shelf_life :])
        for item, row in zip(items, rows.tolist(), strict=True)
    )


def _item(name: str, terms: PerishableItem, row: list[int], demand: np.ndarray) -> OrderItem:
    """The state as a shelf of lots and orders under way."""
    ages, way = row[: terms.shelf_life], row[terms.shelf_life :]
    days = np.full(len(demand), terms.lead_time, dtype=np.int64)
    return OrderItem(
        id=name,
        pack_units=1.0,
        price=terms.buy,
        shelf_days=terms.shelf_life - 1,
        demand=demand,
        arrives=days,
        next_arrives=days + 1,
        lots=tuple(Lot(units=units, last_day=age) for age, units in enumerate(ages) if units),
        under_way=tuple(
            OnOrder(units=units, days=np.full(len(demand), at + 1)) for at, units in enumerate(way) if units
        ),
        fresh=terms,
    )


def _chances(terms: PerishableItem) -> np.ndarray:
    return np.asarray(terms.demand) / sum(terms.demand)


def all_judged(folder: Path) -> Iterator[Judged]:
    """Every instance, one after the other."""
    for instance in read(folder):
        yield judged(instance)
