"""Words the rules share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hospital.facts import Match
from scheduler.orders.choices import Case
from scheduler.orders.program import Program
from scheduler.orders.rule import OrderRule, Packs

Wrong = Callable[[Case, int, int], "dict[str, object] | None"]
"""Values of the sentence where so many packs of the item break the rule, else None."""
Felt = Callable[[Case, int, int], "tuple[int, dict[str, object]]"]
"""Price in units and values of the sentence for so many packs of the item."""


def hard(id_: str, source: str, wrong: Wrong) -> OrderRule:
    """A hard rule that looks at one item at a time."""

    def post(case: Case, program: Program) -> None:
        for at in range(len(case.problem.items)):
            program.forbid(at, lambda packs, at=at: wrong(case, at, packs) is not None)  # type: ignore[misc]

    def check(case: Case, packs: Packs) -> Iterator[Match]:
        for at, (item, num) in enumerate(zip(case.problem.items, packs, strict=True)):
            values = wrong(case, at, num)
            if values is not None:
                told = {"item": item.id, "packs": num, **values}
                yield Match(
                    rule=id_, is_hard=True, requests=(item.id,), resources=(item.supplier,), amount=num, values=told
                )

    return OrderRule(id=id_, source=source, is_hard=True, post=post, check=check)


def soft(id_: str, source: str, felt: Felt) -> OrderRule:
    """A soft rule that prices one item at a time."""

    def post(case: Case, program: Program) -> None:
        for at in range(len(case.problem.items)):
            program.price(at, lambda packs, at=at: felt(case, at, packs)[0])  # type: ignore[misc]

    def check(case: Case, packs: Packs) -> Iterator[Match]:
        for at, (item, num) in enumerate(zip(case.problem.items, packs, strict=True)):
            price, values = felt(case, at, num)
            if price > 0:
                told = {"item": item.id, "packs": num, **values}
                yield Match(
                    rule=id_, is_hard=False, requests=(item.id,), resources=(item.supplier,), price=price, values=told
                )

    return OrderRule(id=id_, source=source, is_hard=False, post=post, check=check)
