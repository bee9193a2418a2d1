"""Sessions are spread over the shifts: each beyond the even share costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """A price for each session of a shift beyond its share."""
    rate = units(problem.weights.load)
    if rate:
        model.price_crowd(range(len(problem.sessions)), terms.even_shares(problem), rate)


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every shift with more sessions than its share."""
    rate = units(problem.weights.load)
    there = Counter(place.start for _, place in terms.placed(plan)) if rate else Counter[int]()
    for low, high, limit in terms.even_shares(problem) if rate else ():
        num = sum(count for start, count in there.items() if low <= start < high)
        if num > limit:
            yield Match(
                rule="even_load",
                is_hard=False,
                start=low,
                end=high,
                amount=num - limit,
                price=(num - limit) * rate,
                values={"from_at": low, "num": num, "limit": limit},
            )


RULE = Rule(id="even_load", source="preset: load a session, load_slack", is_hard=False, post=post, check=check)
