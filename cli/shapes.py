"""The JSON of the commands: keys are a contract, times ISO 8601 with offset, prices in points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hospital.facts import Match
from hospital.plans import Appointment
from hospital.wording import match_sentence
from scheduler.imaging.build import appointments_of
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.plan import Plan

if TYPE_CHECKING:
    from scheduler.kernel.outcome import Outcome
    from scheduler.kernel.problem import Problem
    from scheduler.replan.recommend import Slot


def outcome_json(outcome: Outcome, *, area: str, figures: Mapping[str, Any]) -> dict[str, Any]:
    """A solve's result and the area's own ``figures``; ``violations`` is empty, for only verified plans leave the engine."""
    return {
        "area": area,
        "cost": outcome.cost,
        "cost_by_rule": outcome.cost_by_rule,
        "bound": outcome.bound,
        "gap": outcome.gap,
        "is_optimal": outcome.is_optimal,
        "first_plan_s": round(outcome.first_plan_s, 3),
        "total_s": round(outcome.total_s, 3),
        "seed": outcome.seed,
        "unplanned": [
            {"request": left.request, "price": left.price, "rules": list(left.rules)} for left in outcome.unplanned
        ],
        "measures": figures,
        "violations": [],
    }


def moved_json(problem: ImagingProblem, plan: Plan) -> list[dict[str, Any]]:
    """Every appointment of the plan in force that is elsewhere now; ``to`` is null where it was dropped."""
    places = tuple(problem.reference.get(task) for task in range(len(problem.cases)))
    before = {entry.request: entry for entry in appointments_of(problem, Plan(places))}
    after = {entry.request: entry for entry in appointments_of(problem, plan)}
    return [
        {"request": name, "from": place_json(old), "to": place_json(after[name]) if name in after else None}
        for name, old in before.items()
        if after.get(name) != old
    ]


def place_json(appointment: Appointment) -> dict[str, str]:
    """Where and when."""
    return {
        "resource": appointment.resource,
        "start": appointment.start.isoformat(),
        "end": appointment.end.isoformat(),
    }


def match_json(match: Match, problem: Problem, language: str) -> dict[str, Any]:
    """One broken rule."""
    moment = problem.clock.moment
    return {
        "rule": match.rule,
        "requests": list(match.requests),
        "resources": list(match.resources),
        "start": None if match.start is None else moment(match.start).isoformat(),
        "end": None if match.end is None else moment(match.end).isoformat(),
        "message": match_sentence(match, language, moment),
    }


def slots_json(slots: Iterable[Slot], *, with_moved: bool) -> list[dict[str, Any]]:
    """The slots, cheapest first; ``moved`` only where others may move."""
    return [
        {
            "resource": slot.resource,
            "start": slot.start.isoformat(),
            "end": slot.end.isoformat(),
            "price": slot.price,
            "cost_by_rule": slot.cost_by_rule,
            **({"moved": [{"request": a.request, **place_json(a)} for a in slot.moved]} if with_moved else {}),
        }
        for slot in slots
    ]


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Facts' values as JSON."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
