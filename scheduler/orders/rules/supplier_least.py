"""A supplier gets no order, or one of at least its least value."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.orders.choices import Case
from scheduler.orders.program import CENTS, Program, cents
from scheduler.orders.rule import OrderRule, Packs


def _items_of(case: Case, supplier: str) -> list[int]:
    return [at for at, item in enumerate(case.problem.items) if item.supplier == supplier]


def _post(case: Case, program: Program) -> None:
    for supplier, least in case.problem.least_value.items():
        items = _items_of(case, supplier)
        is_used = program.model.new_bool_var(f"supplier_{supplier}")
        for at in items:
            for packs, var in program.is_packs[at].items():
                if packs:
                    program.model.add_implication(var, is_used)
        program.model.add(program.money(case, items) >= int(least * CENTS)).only_enforce_if(is_used)


def _check(case: Case, packs: Packs) -> Iterator[Match]:
    for supplier, least in case.problem.least_value.items():
        items = _items_of(case, supplier)
        spent = sum(cents(case.problem.items[at].value(packs[at])) for at in items)
        if any(packs[at] for at in items) and spent < int(least * CENTS):
            yield Match(
                rule="supplier_least",
                is_hard=True,
                requests=tuple(case.problem.items[at].id for at in items if packs[at]),
                resources=(supplier,),
                amount=spent,
                values={"supplier": supplier, "spent": spent / CENTS, "least": float(least)},
            )


RULE = OrderRule(id="supplier_least", source="supplier's terms", is_hard=True, post=_post, check=_check)
