"""Terms that several dialysis rules share."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from math import ceil, lcm

from hospital.clock import Span, subtract
from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem, Station
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.presets import units, units_per_min

Levels = list[tuple[int, int, int]]
"""(start, end, count)."""


def placed(plan: Plan) -> Iterator[tuple[int, Place]]:
    """Every task that has a place."""
    return ((task, place) for task, place in enumerate(plan.places) if place is not None)


def one(
    problem: DialysisProblem, rule: str, task: int, place: Place, *, price: int = 0, values: Mapping[str, object] = {}
) -> Match:
    """A match of one session at a place; hard where it has no price."""
    name, station = problem.task_ids[task], problem.resource_ids[place.resource]
    return Match(
        rule=rule,
        is_hard=not price,
        requests=(name,),
        resources=(station,),
        start=place.start,
        end=place.start + problem.durations[task],
        amount=1,
        price=price,
        values={"request": name, "station": station, "start_at": place.start, **values},
    )


def two(
    problem: DialysisProblem,
    rule: str,
    first: int,
    second: int,
    place: Place,
    *,
    amount: int = 1,
    price: int = 0,
    values: Mapping[str, object] = {},
) -> Match:
    """A match of two sessions, marked where the second one is; hard where it has no price."""
    names, station = (problem.task_ids[first], problem.task_ids[second]), problem.resource_ids[place.resource]
    return Match(
        rule=rule,
        is_hard=not price,
        requests=names,
        resources=(station,),
        start=place.start,
        end=place.start + problem.durations[second],
        amount=amount,
        price=price,
        values={"before": names[0], "request": names[1], "station": station, "start_at": place.start, **values},
    )


def zone_spans(problem: DialysisProblem, station: Station) -> list[tuple[int, int, str]]:
    """Which zone the station serves when, over the whole horizon."""
    released = [(release.start, release.end, release.zone) for release in station.releases]
    rest = subtract([(0, problem.clock.end)], [(low, high) for low, high, _ in released])
    return sorted([*released, *((low, high, station.zone) for low, high in rest)])


def starts_for(problem: DialysisProblem, minutes: int) -> list[int]:
    """Starts from which so many minutes end within the shift."""
    return sorted(start for start, shift in problem.shift_at.items() if start + minutes <= shift.end)


def other_starts(problem: DialysisProblem, names: Collection[str]) -> dict[str, list[Span]]:
    """For each shift's name the spans of the horizon that hold no start of a shift of that name."""
    return {
        name: list(
            subtract(
                [(0, problem.clock.end)],
                [(start, start + 1) for start, shift in problem.shift_at.items() if shift.name == name],
            )
        )
        for name in names
    }


def runs(problem: DialysisProblem) -> list[tuple[int, ...]]:
    """Each patient's sessions in order, cut where the patient was elsewhere in between."""
    found: list[tuple[int, ...]] = []
    for row in problem.series:
        cuts = [at for at, task in enumerate(row) if at == 0 or problem.sessions[task].after_break]
        found += [row[low:high] for low, high in zip(cuts, [*cuts[1:], len(row)], strict=True)]
    return found


def riding_together(problem: DialysisProblem) -> Iterator[tuple[int, int]]:
    """Each two sessions of different patients of a transport group that are due on one day."""
    groups: dict[tuple[str, int], list[int]] = {}
    for task, patient in enumerate(problem.patient_of):
        if patient.group:
            groups.setdefault((patient.group, problem.sessions[task].due), []).append(task)
    for tasks in groups.values():
        for first, second in combinations(tasks, 2):
            if problem.sessions[first].patient != problem.sessions[second].patient:
                yield first, second


def hour_rate(problem: DialysisProblem, task: int) -> int:
    """Units a prescribed minute of the session costs where it is not given."""
    return units_per_min(problem.weights.unmet_h * problem.patient_of[task].weight)


def left_out_price(problem: DialysisProblem, tasks: Collection[int]) -> int:
    """Units that leaving these sessions out costs."""
    return sum(hour_rate(problem, task) * problem.sessions[task].prescribed for task in tasks)


def even_shares(problem: DialysisProblem) -> Levels:
    """The shifts and the sessions each may have at no price."""
    num = max(len(problem.shifts), 1)
    limit = ceil(problem.weights.load_slack * len(problem.sessions) / num)
    return [(shift.start, shift.end, limit) for shift in problem.shifts]


def nurse_share(problem: DialysisProblem) -> int:
    """Parts in which a nurse is counted, so that patients of either ratio need whole parts."""
    return lcm(problem.ratio, problem.care_ratio)


def share_rate(problem: DialysisProblem) -> int:
    """Units for each part of a nurse who is called in."""
    return units(problem.weights.nurse) // nurse_share(problem)


def nurse_needs(problem: DialysisProblem) -> dict[int, int]:
    """Parts of a nurse that each session needs."""
    share = nurse_share(problem)
    return {
        task: share // (problem.care_ratio if patient.needs_care else problem.ratio)
        for task, patient in enumerate(problem.patient_of)
    }


def nurse_pools(problem: DialysisProblem) -> Iterator[tuple[str, tuple[int, ...], Levels]]:
    """For all nurses, and for each skill that a zone asks for: its name, the sessions that need it, parts of nurses by time.
    Without any nurses listed there is no limit."""
    if not problem.nurses:
        return
    share = nurse_share(problem)
    for skill in ("", *sorted(set(problem.skills.values()))):
        tasks = tuple(
            task
            for task, patient in enumerate(problem.patient_of)
            if not skill or problem.skills.get(patient.zone) == skill
        )
        there = [nurses for nurses in problem.nurses if not skill or nurses.skill == skill]
        yield skill, tasks, [(n.start, n.end, share * (n.on_duty + n.on_call)) for n in there]


def on_duty(problem: DialysisProblem) -> Levels:
    """The shifts and the parts of nurses on duty at their start."""
    share = nurse_share(problem)
    return [
        (
            shift.start,
            shift.end,
            share * sum(n.on_duty for n in problem.nurses if n.start <= shift.start < n.end),
        )
        for shift in problem.shifts
    ]
