"""What a plan breaks and what it costs, read from the rules' checks alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from hospital.facts import POINT, Match
from scheduler.kernel.plan import Plan
from scheduler.kernel.problem import Problem


@dataclass(frozen=True)
class Score:
    """Cost of a plan in integer units (1/POINT point), in all and by soft rule."""

    total: int
    by_rule: Mapping[str, int]

    @property
    def points(self) -> float:
        """The total in points."""
        return self.total / POINT

    @cached_property
    def points_by_rule(self) -> dict[str, float]:
        """Points of each soft rule."""
        return {rule: units / POINT for rule, units in self.by_rule.items()}


def matches(problem: Problem, plan: Plan) -> tuple[Match, ...]:
    """Every match of every rule, in the order of the rules."""
    return tuple(match for rule in problem.rules for match in rule.check(problem, plan))


def violations(problem: Problem, plan: Plan) -> tuple[Match, ...]:
    """Matches of hard rules. What only history is guilty of is no violation: it cannot be changed any more."""
    history = frozenset(problem.task_ids[task] for task in problem.frozen)
    found = (match for rule in problem.rules if rule.is_hard for match in rule.check(problem, plan))
    return tuple(match for match in found if not match.requests or not history.issuperset(match.requests))


def score(problem: Problem, plan: Plan) -> Score:
    """The plan's cost by the soft rules' own matches."""
    by_rule = {
        rule.id: sum(match.price for match in rule.check(problem, plan)) for rule in problem.rules if not rule.is_hard
    }
    return Score(sum(by_rule.values()), by_rule)
