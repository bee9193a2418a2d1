"""Today's orders and those that will follow this month keep, on average over the paths, within the month's money."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import POINT, Match
from scheduler.orders.choices import Case
from scheduler.orders.program import CENTS, Program, cents
from scheduler.orders.rule import OrderRule, Packs


def _rate(case: Case) -> int:
    """Units of price for each hundredth of money beyond the budget."""
    return round(case.problem.weights.overspent * POINT / (100 * CENTS))


def month_cents(case: Case, at: int, packs: int) -> int:
    """Hundredths of money for so many packs today and for what will be ordered after them until the month ends."""
    item = case.problem.items[at]
    return cents(item.value(packs)) + cents(case.later_packs(at, packs) * item.price)


def _post(case: Case, program: Program) -> None:
    budget = case.problem.budget
    if budget is None or not _rate(case):
        return
    costs = [
        (var, month_cents(case, at, packs)) for at, row in enumerate(program.is_packs) for packs, var in row.items()
    ]
    beyond = program.model.new_int_var(0, sum(cost for _, cost in costs) + 1, "beyond_month")
    spent = sum(cost * var for var, cost in costs if cost)
    program.model.add(beyond >= spent - int(budget * CENTS))
    program.price_each(beyond, _rate(case))


def _check(case: Case, packs: Packs) -> Iterator[Match]:
    budget = case.problem.budget
    if budget is None:
        return
    spent = sum(month_cents(case, at, num) for at, num in enumerate(packs))
    beyond = spent - int(budget * CENTS)
    if beyond > 0 and _rate(case):
        values = {"spent": spent / CENTS, "budget": float(budget)}
        yield Match(rule="order_month", is_hard=False, amount=beyond, price=beyond * _rate(case), values=values)


RULE = OrderRule(id="order_month", source="hospital's budget", is_hard=False, post=_post, check=_check)
