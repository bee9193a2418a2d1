"""A session on another station than the patient's own costs."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """A price for every other station."""
    price = units(problem.weights.station)
    for task, session in enumerate(problem.sessions if price else ()):
        for resource, station in enumerate(problem.stations if session.station else ()):
            if station.id != session.station:
                model.price_on(task, resource, price)


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session on another station."""
    price = units(problem.weights.station)
    for task, place in terms.placed(plan) if price else ():
        own = problem.sessions[task].station
        if own and problem.resource_ids[place.resource] != own:
            yield terms.one(problem, "station_kept", task, place, price=price, values={"own": own})


RULE = Rule(id="station_kept", source="preset: station a session", is_hard=False, post=post, check=check)
