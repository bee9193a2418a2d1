"""The figures people know the department by, one definition each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from statistics import fmean
from typing import Any

from scheduler.kernel.plan import Plan
from scheduler.radiotherapy.booking.diary import stretch_days
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms
from scheduler.radiotherapy.rules.course_late import target_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Calendar days from the earliest possible first session to the first session: how many courses, mean, nine of ten within, longest,
    and how many begin past their target."""

    num: int
    mean: float
    p90: int
    longest: int
    num_late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Figures of one plan. Minutes used count opening hours less closures; ``num_planned`` sessions have a place, ``num_moved`` of
    them not where the patient was told, ``num_unplanned`` courses lack one."""

    wait_days_by_priority: Mapping[int, Waits]
    wait_days: Waits | None
    stretch_days_mean: float
    stretch_days_longest: int
    share_preferred: float
    used_by_linac: Mapping[str, float]
    overtime_min_by_linac: Mapping[str, int]
    num_same_hour: int
    num_planned: int
    num_moved: int
    num_unplanned: int

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)


def measures(problem: RadiotherapyProblem, plan: Plan) -> Measures:
    """The plan's figures."""
    rows: dict[int, list[tuple[int, bool]]] = {1: [], 2: [], 3: []}
    preferred = []
    for course, _, place, days in terms.waits(problem, plan):
        rows[problem.courses[course].protocol.priority].append((days, days > target_days(problem, course)))
        preferred.append(problem.fit[course][place.resource] > 0)
    every = [row for part in rows.values() for row in part]
    stretch = [stretch_days(problem, course, promise) for course, promise in problem.promised.items()]
    felt = {rule.id: list(rule.check(problem, plan)) for rule in problem.rules if not rule.is_hard}
    return Measures(
        wait_days_by_priority={priority: _waits(part) for priority, part in rows.items() if part},
        wait_days=_waits(every) if every else None,
        stretch_days_mean=round(fmean(stretch), 3) if stretch else 0.0,
        stretch_days_longest=max(stretch, default=0),
        share_preferred=round(fmean(preferred), 4) if preferred else 1.0,
        used_by_linac=_used(problem, plan),
        overtime_min_by_linac={
            linac: sum(match.amount for match in felt["linac_overtime"] if linac in match.resources)
            for linac in problem.resource_ids
        },
        num_same_hour=len(felt["same_hour"]),
        num_planned=sum(place is not None for place in plan.places),
        num_moved=sum(match.amount for match in felt["session_moved"]),
        num_unplanned=sum(
            any(plan.places[task] is None for task in terms.tasks(problem, course))
            for course in range(len(problem.courses))
        ),
    )


def _waits(rows: Sequence[tuple[int, bool]]) -> Waits:
    days = sorted(wait for wait, _ in rows)
    return Waits(
        num=len(days),
        mean=round(fmean(days), 3),
        p90=days[ceil(0.9 * len(days)) - 1],
        longest=days[-1],
        num_late=sum(is_late for _, is_late in rows),
    )


def _used(problem: RadiotherapyProblem, plan: Plan) -> dict[str, float]:
    """Share of a linac's open minutes used, up to the last day on which anything is planned on any."""
    last = max((place.start for place in plan.places if place is not None), default=0)
    until = problem.clock.day_starts[problem.clock.day_of(last) + 1]
    found = {}
    for linac, name in enumerate(problem.resource_ids):
        opened = sum(end - start for start, end in problem.open_spans[linac] if start < until)
        taken = sum(problem.durations[task] for task in plan.lines.get(linac, ()))
        found[name] = round(taken / opened, 4) if opened else 0.0
    return found
