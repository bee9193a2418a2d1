"""Nobody is dialysed while the station or its water loop is closed."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """Every station is blocked while it is closed."""
    for resource, station in enumerate(problem.stations):
        if station.closed:
            model.block(resource, station.closed)


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session and closure that overlap."""
    for task, place in terms.placed(plan):
        for low, high in problem.stations[place.resource].closed:
            if place.start < high and low < place.start + problem.durations[task]:
                yield terms.one(problem, "station_closed", task, place, values={"from_at": low, "to_at": high})


RULE = Rule(id="station_closed", source="closures of stations and water loops", is_hard=True, post=post, check=check)
