"""The quantities of all items as one CP-SAT program: one of the offered quantities each, the rules' prices and limits over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ortools.sat.python import cp_model

from scheduler.orders.choices import Case

CENTS = 100
"""Money is counted in hundredths."""


class Program:
    """What the rules speak to. ``is_packs[item][packs]`` is true where that quantity is chosen."""

    def __init__(self, case: Case) -> None:
        self.model = cp_model.CpModel()
        self.is_packs: list[dict[int, cp_model.IntVar]] = [
            {packs: self.model.new_bool_var(f"x{at}_{packs}") for packs in choices}
            for at, choices in enumerate(case.choices)
        ]
        for row in self.is_packs:
            self.model.add_exactly_one(row.values())
        self._terms: list[tuple[cp_model.IntVar, int]] = []

    def forbid(self, at: int, is_wrong: Callable[[int], bool]) -> None:
        """Quantities of the item that may not be chosen."""
        for packs, var in self.is_packs[at].items():
            if is_wrong(packs):
                self.model.add(var == 0)

    def price(self, at: int, price_of: Callable[[int], int]) -> None:
        """What each quantity of the item costs, in integer units of 1/POINT point."""
        self._terms += [(var, price) for packs, var in self.is_packs[at].items() if (price := price_of(packs))]

    def price_each(self, amount: cp_model.IntVar, rate: int) -> None:
        """What each unit of an amount of the rule's own costs."""
        self._terms.append((amount, rate))

    def money(self, case: Case, items: Sequence[int]) -> cp_model.LinearExprT:
        """Money for the items, in hundredths, each quantity rounded up."""
        return cp_model.LinearExpr.weighted_sum(
            [var for at in items for var in self.is_packs[at].values()],
            [cents(case.problem.items[at].value(packs)) for at in items for packs in self.is_packs[at]],
        )

    def solve(self, seconds: float, seed: int) -> tuple[tuple[int, ...], float] | None:
        """The cheapest quantities found and a proven lower bound of the price, in units; None where the rules leave none."""
        self.model.minimize(
            cp_model.LinearExpr.weighted_sum(*map(list, zip(*self._terms, strict=True))) if self._terms else 0
        )
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.random_seed = seed
        solver.parameters.num_workers = 2
        status = solver.solve(self.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        chosen = tuple(next(packs for packs, var in row.items() if solver.value(var)) for row in self.is_packs)
        return chosen, float(solver.best_objective_bound)


def cents(money: float) -> int:
    """Money in whole hundredths, rounded up."""
    return int(-(-round(money * CENTS, 6) // 1))
