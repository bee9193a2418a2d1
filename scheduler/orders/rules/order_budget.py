"""All orders of the day keep within the money that is left."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.orders.choices import Case
from scheduler.orders.program import CENTS, Program, cents
from scheduler.orders.rule import OrderRule, Packs


def _post(case: Case, program: Program) -> None:
    if case.problem.budget is not None:
        program.model.add(program.money(case, range(len(case.problem.items))) <= int(case.problem.budget * CENTS))


def _check(case: Case, packs: Packs) -> Iterator[Match]:
    budget = case.problem.budget
    if budget is None:
        return
    spent = sum(cents(item.value(num)) for item, num in zip(case.problem.items, packs, strict=True))
    if spent > int(budget * CENTS):
        values = {"spent": spent / CENTS, "budget": float(budget)}
        yield Match(rule="order_budget", is_hard=True, amount=spent - int(budget * CENTS), values=values)


RULE = OrderRule(id="order_budget", source="hospital's budget", is_hard=True, post=_post, check=_check)
