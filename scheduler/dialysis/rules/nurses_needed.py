"""Each nurse needed in a shift beyond those on duty, called in by shares, costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """A price for each share of a nurse beyond those on duty."""
    rate, needs = terms.share_rate(problem), terms.nurse_needs(problem)
    if rate and problem.nurses:
        model.price_crowd(range(len(problem.sessions)), terms.on_duty(problem), rate, needs)


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every shift that needs more nurses than are on duty."""
    rate, needs, share = terms.share_rate(problem), terms.nurse_needs(problem), terms.nurse_share(problem)
    if not rate or not problem.nurses:
        return
    needed = Counter[int]()
    for task, place in terms.placed(plan):
        needed[place.start] += needs[task]
    for low, high, limit in terms.on_duty(problem):
        num = sum(count for start, count in needed.items() if low <= start < high)
        if num > limit:
            yield Match(
                rule="nurses_needed",
                is_hard=False,
                start=low,
                end=high,
                amount=num - limit,
                price=(num - limit) * rate,
                values={"from_at": low, "needed": f"{num / share:g}", "on_duty": f"{limit / share:g}"},
            )


RULE = Rule(id="nurses_needed", source="nurse roster; preset: nurse", is_hard=False, post=post, check=check)
