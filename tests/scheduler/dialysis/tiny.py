"""Tiny dialysis units with names, and the comparison of a rule's two faces over plans of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

from hospital.clock import Clock
from hospital.errors import PlanRefused
from scheduler.dialysis.presets import Weights
from scheduler.dialysis.problem import DialysisProblem, Patient, Session, Shift, Station
from scheduler.dialysis.rules import RULES
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.rule import Rule
from scheduler.kernel.verify import verify
from tests.scheduler.literal_model import LiteralModel

MONDAY = date(2026, 6, 1)
FREE = Weights(**dict.fromkeys(Weights.__dataclass_fields__, 0))


def hour(number: float, *, day: int = 0) -> int:
    """The minute of the horizon at that hour of a day."""
    return round(day * 1440 + number * 60)


def shifts(days: int = 6, names: Sequence[str] = ("early", "late")) -> tuple[Shift, ...]:
    """Early from 8 to 12:30 and late from 13 to 17:30, from Monday on."""
    begins = {"early": 8, "late": 13}
    return tuple(
        Shift(name=name, day=day, start=hour(begins[name], day=day), end=hour(begins[name] + 4.5, day=day))
        for day in range(days)
        for name in names
    )


def station(name: str = "S1", **facts: Any) -> Station:
    """A clean chair for haemodialysis, unless said otherwise."""
    return Station(**({"id": name} | facts))


def patient(name: str, **facts: Any) -> Patient:
    """A clean patient of no wishes, unless said otherwise."""
    return Patient(**({"id": name} | facts))


def session(name: str, number: int, due: int, **facts: Any) -> Session:
    """Four hours on that day, a day before or after it."""
    usual: dict[str, Any] = {"id": f"{name}-{number}", "patient": name, "number": number, "due": due}
    days = tuple(day for day in (due - 1, due, due + 1) if day >= 0)
    return Session(**(usual | {"days": days, "minutes": 240, "prescribed": 240} | facts))


def problem(
    *sessions: Session, patients: Sequence[Patient] = (), stations: Sequence[Station] = (), days: int = 6, **facts: Any
) -> DialysisProblem:
    """These sessions on these stations (one unless given), every price 0 unless given."""
    known = {one.id for one in patients}
    others = tuple(patient(name) for name in dict.fromkeys(s.patient for s in sessions) if name not in known)
    usual: dict[str, Any] = {
        "clock": Clock("Asia/Shanghai", MONDAY, days, 30),
        "weights": FREE,
        "stations": tuple(stations) or (station(),),
        "shifts": shifts(days),
        "patients": (*patients, *others),
        "sessions": sessions,
    }
    return DialysisProblem(**(usual | facts))


def weights(**prices: float) -> Weights:
    """Only these prices, all others 0."""
    return replace(FREE, **prices)  # type: ignore[arg-type]


def plan(*places: tuple[int, int] | None) -> Plan:
    """Resource and start of each task, None where it is left out."""
    return Plan(tuple(None if place is None else Place(*place) for place in places))


def refused_for(problem: DialysisProblem, plan: Plan) -> set[str]:
    """The rules for which verification refuses the plan, none where it stands."""
    try:
        verify(problem, plan)
    except PlanRefused as refusal:
        return {match.rule for match in refusal.matches}
    return set()


def price(problem: DialysisProblem, plan: Plan, rules: Sequence[Rule] = RULES) -> int:
    """Units that these rules charge for the plan."""
    return sum(match.price for rule in rules for match in rule.check(problem, plan))


def compare(problem: DialysisProblem, rules: Sequence[Rule], plan: Plan, literal: LiteralModel | None = None) -> bool:
    """Assert that check and post agree on one plan; tell whether it is allowed."""
    literal = literal or LiteralModel.of(problem, rules)
    history = {problem.task_ids[task] for task in problem.frozen}
    found = [match for rule in rules if rule.is_hard for match in rule.check(problem, plan)]
    broken = [match for match in found if not history.issuperset(match.requests)]
    is_allowed = literal.is_allowed(plan)
    assert is_allowed == (not broken), f"post {'admits' if is_allowed else 'refuses'} {plan}, check finds {broken}"
    assert literal.price(plan) == price(problem, plan, rules), f"priced apart: {plan}"
    return is_allowed


def compare_by_enumeration(problem: DialysisProblem, rules: Sequence[Rule], starts: Sequence[int]) -> tuple[int, int]:
    """Assert over all plans with these starts that both faces agree: how many plans there are, and how many are allowed."""
    literal = LiteralModel.of(problem, rules)
    choices: list[list[Place | None]] = []
    for task in range(len(problem.sessions)):
        fits = [Place(resource, start) for resource in range(len(problem.stations)) for start in starts]
        choices.append([problem.frozen[task]] if task in problem.frozen else [None, *fits])
    judged = [compare(problem, rules, Plan(places), literal) for places in product(*choices)]
    return len(judged), sum(judged)
