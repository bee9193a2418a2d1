"""Tiny radiotherapy problems with names, and the comparison of a rule's two faces over all plans of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

from hospital.clock import Clock
from hospital.errors import PlanRefused
from hospital.facts import POINT, Match
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.rule import Rule
from scheduler.kernel.verify import verify
from scheduler.radiotherapy.presets import Weights, preset
from scheduler.radiotherapy.problem import Course, Linac, Protocol, RadiotherapyProblem
from scheduler.radiotherapy.rules import RULES
from tests.scheduler.literal_model import LiteralModel

THURSDAY = date(2026, 3, 5)
LIMITS = {
    "same_hour_min": 60,
    "most_stretch_days": 4,
    "most_skipped_running": 2,
    "stretch_each_days": 9,
    "course_min": 24,
    "load_slack": 1,
    "looks": 2,
    "half_life_days": 40,
}
FREE = Weights(**(dict.fromkeys(Weights.__dataclass_fields__, 0) | LIMITS))


def hour(number: float, *, day: int = 0) -> int:
    """The minute of the horizon at that hour of a day."""
    return round(day * 1440 + number * 60)


def linac(name: str = "L1", *, days: Sequence[int] = (0, 1, 4, 5), until: float = 10, **facts: Any) -> Linac:
    """A linac open from 9 to 10 on Thursday, Friday, Monday and Tuesday unless said otherwise."""
    return Linac(**({"id": name, "sessions": tuple((hour(9, day=day), hour(until, day=day)) for day in days)} | facts))


def protocol(**facts: Any) -> Protocol:
    """The least urgent protocol, any linac, unless said otherwise."""
    return Protocol(**({"id": "breast", "least_a_week": 1} | facts))


def course(name: str, *minutes: int, **facts: Any) -> Course:
    """A course of one 30-minute session, ready on the first Friday, unless said otherwise."""
    usual = {
        "id": name,
        "patient": f"patient of {name}",
        "protocol": protocol(),
        "minutes": minutes or (30,),
        "ready": 1,
    }
    return Course(**(usual | facts))


def problem(
    *courses: Course, linacs: Sequence[Linac] = (), days: int = 6, grid: int = 30, **facts: Any
) -> RadiotherapyProblem:
    """These courses on these linacs (one unless given) from Thursday 5 March 2026 on, every price 0 unless given."""
    clock = Clock("Asia/Shanghai", THURSDAY, days, grid)
    usual = {"clock": clock, "weights": FREE, "linacs": tuple(linacs) or (linac(),), "courses": courses}
    return RadiotherapyProblem(**(usual | facts))


def weights(**prices: float) -> Weights:
    """Only these prices, all others 0."""
    return replace(FREE, **prices)  # type: ignore[arg-type]


def standard(**prices: float) -> Weights:
    """The standard preset with some weights replaced."""
    return preset("standard", prices)


def plan(*places: tuple[int, int] | None) -> Plan:
    """Linac and start of each session, None where it is left out."""
    return Plan(tuple(None if place is None else Place(*place) for place in places))


def refused_for(problem: RadiotherapyProblem, plan: Plan) -> set[str]:
    """The rules for which verification refuses the plan, none where it stands."""
    try:
        verify(problem, plan)
    except PlanRefused as refusal:
        return {match.rule for match in refusal.matches}
    return set()


def found(rule: Rule, problem: RadiotherapyProblem, plan: Plan) -> list[Match]:
    """The rule's matches."""
    return list(rule.check(problem, plan))


def points(rule: Rule, problem: RadiotherapyProblem, plan: Plan) -> float:
    """What the rule charges, in points."""
    return sum(match.price for match in rule.check(problem, plan)) / POINT


def compare_by_enumeration(
    problem: RadiotherapyProblem, rules: Sequence[Rule] = RULES, *, starts: Sequence[int], most: int = 30_000
) -> tuple[int, int]:
    """Assert over all plans with these starts that post admits exactly what check admits, at the same price; count plans, allowed ones."""
    literal = LiteralModel.of(problem, rules)
    choices: list[list[Place | None]] = [
        [None, *(Place(linac, start) for linac in range(len(problem.linacs)) for start in starts)]
        for _ in problem.task_ids
    ]
    num_plans = num_allowed = 0
    for places in product(*choices):
        num_plans += 1
        assert num_plans <= most, "not a tiny problem any more"
        tried = Plan(places)
        broken = [match for rule in rules if rule.is_hard for match in rule.check(problem, tried)]
        assert literal.is_allowed(tried) == (not broken), (tried, broken)
        charged = sum(match.price for rule in rules if not rule.is_hard for match in rule.check(problem, tried))
        assert literal.price(tried) == charged, tried
        num_allowed += not broken
    return num_plans, num_allowed
