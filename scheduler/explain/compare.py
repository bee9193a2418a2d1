"""How two plans differ: whom it concerns and what it costs, rule by rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.problem import Problem
from scheduler.kernel.score import score


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where a request stands in one plan."""

    scanner: str
    start: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A request that stands elsewhere in the second plan."""

    request: str
    before: Stand
    after: Stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """``moved`` stand in both plans at different places; ``added`` only in the second, ``dropped`` only in the first. Costs in points."""

    moved: tuple[Moved, ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    cost_by_rule_before: Mapping[str, float]
    cost_by_rule_after: Mapping[str, float]

    @property
    def price(self) -> float:
        """Points that the second plan costs more."""
        return sum(self.cost_by_rule_after.values()) - sum(self.cost_by_rule_before.values())


def compare(before: tuple[Problem, Plan], after: tuple[Problem, Plan]) -> Difference:
    """The difference of two plans, each read with its own problem: requests are matched by id, places by scanner and moment."""
    old, new = _stands(*before), _stands(*after)
    return Difference(
        moved=tuple(
            Moved(request=request, before=old[request], after=new[request])
            for request in sorted(old.keys() & new.keys())
            if old[request] != new[request]
        ),
        added=tuple(sorted(new.keys() - old.keys())),
        dropped=tuple(sorted(old.keys() - new.keys())),
        cost_by_rule_before=score(*before).points_by_rule,
        cost_by_rule_after=score(*after).points_by_rule,
    )


def _stands(problem: Problem, plan: Plan) -> dict[str, Stand]:
    return {
        problem.task_ids[task]: _stand(problem, place) for task, place in enumerate(plan.places) if place is not None
    }


def _stand(problem: Problem, place: Place) -> Stand:
    return Stand(scanner=problem.resource_ids[place.resource], start=problem.clock.moment(place.start))
