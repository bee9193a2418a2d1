"""Tiny problems with names, and the comparison of a rule's two faces over all plans of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any

from hospital.clock import Clock
from hospital.errors import PlanRefused
from hospital.facts import Match
from hospital.requests import RequestClass
from hospital.resources import Modality
from scheduler.imaging.presets import Weights, preset
from scheduler.imaging.problem import Case, ImagingProblem, Room
from scheduler.imaging.rules import RULES
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.rule import Rule
from scheduler.kernel.verify import verify
from tests.scheduler.literal_model import LiteralModel

MONDAY = date(2026, 3, 2)
FREE = Weights(
    **dict.fromkeys(Weights.__dataclass_fields__, 0)  # every price 0: a test turns on what it speaks of
)


def hour(number: float, *, day: int = 0) -> int:
    """The minute of the horizon at that hour of a day without clock change."""
    return round(day * 1440 + number * 60)


def clock(*, days: int = 1, grid: int = 30) -> Clock:
    """Days from Monday 2 March 2026 in Shanghai."""
    return Clock("Asia/Shanghai", MONDAY, days, grid)


def room(name: str = "CT1", **facts: Any) -> Room:
    """A CT open from 8 to 11 on the first day, unless said otherwise."""
    return Room(**({"id": name, "modality": Modality.CT, "sessions": ((hour(8), hour(11)),)} | facts))


def case(name: str, **facts: Any) -> Case:
    """A 30-minute outpatient CT from 8 o'clock of a patient of its own, unless said otherwise."""
    usual = {
        "id": name,
        "patient": f"patient of {name}",
        "examination": "CT",
        "modality": Modality.CT,
        "rclass": RequestClass.OUTPATIENT,
        "minutes": 30,
        "earliest": hour(8),
    }
    return Case(**(usual | facts))


def problem(*cases: Case, rooms: Sequence[Room] = (), days: int = 1, grid: int = 30, **facts: Any) -> ImagingProblem:
    """These cases on these rooms (one CT unless given), every price 0 unless given."""
    usual = {"clock": clock(days=days, grid=grid), "weights": FREE, "rooms": tuple(rooms) or (room(),), "cases": cases}
    return ImagingProblem(**(usual | facts))


def weights(**prices: float) -> Weights:
    """Only these prices, all others 0."""
    return replace(FREE, **prices)  # type: ignore[arg-type]


def standard(**prices: float) -> Weights:
    """The standard preset with some prices replaced."""
    return preset("standard", prices)


def plan(*places: tuple[int, int] | None) -> Plan:
    """Resource and start of each task, None where it is left out."""
    return Plan(tuple(None if place is None else Place(*place) for place in places))


def hard_matches(problem: ImagingProblem, plan: Plan, rules: Sequence[Rule] = RULES) -> list[Match]:
    """What breaks these rules, but for what history breaks alone."""
    history = {problem.task_ids[task] for task in problem.frozen}
    found = [match for rule in rules if rule.is_hard for match in rule.check(problem, plan)]
    return [match for match in found if not history.issuperset(match.requests)]


def price(problem: ImagingProblem, plan: Plan, rules: Sequence[Rule] = RULES) -> int:
    """Units that these rules charge for the plan."""
    return sum(match.price for rule in rules for match in rule.check(problem, plan))


@dataclass(frozen=True)
class Comparison:
    """How many plans were compared, and which of them are allowed."""

    num_plans: int
    allowed: tuple[Plan, ...]
    prices: frozenset[int]

    @property
    def is_telling(self) -> bool:
        """True where some plans are allowed and some refused."""
        return 0 < len(self.allowed) < self.num_plans


def compare(problem: ImagingProblem, rules: Sequence[Rule], plan: Plan, literal: LiteralModel | None = None) -> bool:
    """Assert that check and post agree on one plan; tell whether it is allowed."""
    literal = literal or LiteralModel.of(problem, rules)
    broken = hard_matches(problem, plan, rules)
    is_allowed = literal.is_allowed(plan)
    assert is_allowed == (not broken), f"post {'admits' if is_allowed else 'refuses'} {plan}, check finds {broken}"
    posted, found = literal.price(plan), price(problem, plan, rules)
    assert posted == found, f"post charges {posted}, check {found} for {plan}"
    return is_allowed


def compare_by_enumeration(
    problem: ImagingProblem, rules: Sequence[Rule], *, starts: Sequence[int] | None = None, most: int = 30_000
) -> Comparison:
    """Assert over all plans of a tiny problem that post admits exactly what check admits, at the same price.

    ``starts`` are the minutes tried; by default every grid minute from a slot before the first opening to a slot after the
    last. History stays where it is.
    """
    literal = LiteralModel.of(problem, rules)
    num_plans, allowed, prices = 0, [], set()
    for plan in every_plan(problem, starts):
        num_plans += 1
        assert num_plans <= most, "not a tiny problem any more"
        if compare(problem, rules, plan, literal):
            allowed.append(plan)
            prices.add(literal.price(plan))
    return Comparison(num_plans, tuple(allowed), frozenset(prices))


def every_plan(problem: ImagingProblem, starts: Sequence[int] | None = None) -> Iterator[Plan]:
    """All plans with starts on the grid inside the horizon."""
    tried = _starts(problem) if starts is None else starts
    choices: list[list[Place | None]] = []
    for task, minutes in enumerate(problem.durations):
        fits = [
            Place(resource, start)
            for resource in range(len(problem.rooms))
            for start in tried
            if start >= 0 and start + minutes <= problem.clock.end
        ]
        choices.append([problem.frozen[task]] if task in problem.frozen else [None, *fits])
    return (Plan(places) for places in product(*choices))


def _starts(problem: ImagingProblem) -> list[int]:
    grid = problem.clock.grid_min
    spans = [span for room in problem.rooms for span in (*room.sessions, *room.overtime)]
    return [
        start for start in range(0, problem.clock.end, grid) if any(low - grid <= start <= high for low, high in spans)
    ]


def refused_for(problem: ImagingProblem, plan: Plan) -> set[str]:
    """The rules for which verification refuses the plan, none where it stands."""
    try:
        verify(problem, plan)
    except PlanRefused as refusal:
        return {match.rule for match in refusal.matches}
    return set()
