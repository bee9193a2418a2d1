"""One patient on a station at a time, with turnover and disinfection between two of one day."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """Sessions of a station follow each other with the minutes that the one before asks for."""
    zones = sorted({patient.zone for patient in problem.patients})
    labels = [zones.index(patient.zone) for patient in problem.patient_of]
    after = np.array([problem.turnover + problem.disinfection.get(zone, 0) for zone in zones], dtype=np.int64)
    minutes = np.repeat(after[:, None], len(zones), axis=1)
    for resource in range(len(problem.stations)):
        model.follow(resource, labels, minutes)


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session that begins before the one still going on ends, or too soon after it."""
    for line in plan.lines.values():
        for first, second in pairwise(line):
            found = _too_soon(problem, plan, first, second)
            if found is not None:
                yield found
        yield from _long_overlaps(problem, plan, line)


def _too_soon(problem: DialysisProblem, plan: Plan, first: int, second: int) -> Match | None:
    before, after = plan.places[first], plan.places[second]
    assert before is not None
    assert after is not None
    end = before.start + problem.durations[first]
    is_one_day = problem.day_of(before.start) == problem.day_of(after.start)
    needed = problem.turnover + problem.disinfection.get(problem.patient_of[first].zone, 0) if is_one_day else 0
    return None if after.start >= end + needed else _match(problem, plan, first, second, needed)


def _long_overlaps(problem: DialysisProblem, plan: Plan, line: tuple[int, ...]) -> Iterator[Match]:
    """Sessions that still go on when one that is not the next begins."""
    holder, holder_end = -1, -1
    for position, task in enumerate(line):
        place = plan.places[task]
        assert place is not None
        if place.start < holder_end and holder != line[position - 1]:
            yield _match(problem, plan, holder, task, 0)
        if place.start + problem.durations[task] > holder_end:
            holder, holder_end = task, place.start + problem.durations[task]


def _match(problem: DialysisProblem, plan: Plan, first: int, second: int, needed: int) -> Match:
    before, after = plan.places[first], plan.places[second]
    assert before is not None
    assert after is not None
    end = before.start + problem.durations[first]
    values = {"end_at": end, "needed_min": needed}
    return terms.two(
        problem, "station_turnover", first, second, after, amount=end + needed - after.start, values=values
    )


RULE = Rule(
    id="station_turnover", source="site settings: turnover_min, disinfection", is_hard=True, post=post, check=check
)
