"""People of a role at a site, such as contrast nurses and anaesthetists, are never needed at once above their number."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.imaging.problem import ImagingProblem
from scheduler.imaging.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """Each role and site is a capacity of the tasks that need it; a role nobody was listed for has none."""
    staffing = terms.staffing(problem)
    for place, tasks in sorted(terms.staff_users(problem).items()):
        model.capacity(frozenset(tasks), staffing.get(place, ()))


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every stretch of time in which more people of a role are needed than are there."""
    staffing = terms.staffing(problem)
    for (role, site), tasks in terms.staff_users(problem).items():
        levels = staffing.get((role, site), ())
        for start, end, peak, allowed, busy in _overloads(problem, plan, tasks, levels):
            requests = tuple(problem.task_ids[task] for task in sorted(busy))
            yield Match(
                rule="staff",
                is_hard=True,
                requests=requests,
                start=start,
                end=end,
                amount=peak - allowed,
                values={
                    "role": role,
                    "site": site,
                    "needed": peak,
                    "available": allowed,
                    "from_at": start,
                    "to_at": end,
                    "requests": ", ".join(requests),
                },
            )


def _overloads(
    problem: ImagingProblem, plan: Plan, tasks: list[int], levels: tuple[tuple[int, int, int], ...]
) -> Iterator[tuple[int, int, int, int, set[int]]]:
    """Start, end, how many are needed at the worst minute, how many are there then, and everyone being examined meanwhile."""
    since, worst, busy = -1, (0, 0), set[int]()
    for minute, active, available in _going_on(problem, plan, tasks, levels):
        if len(active) > available:
            since, busy = (minute if since < 0 else since), busy | active
            if len(active) - available > worst[0] - worst[1]:
                worst = len(active), available
        elif since >= 0:
            yield since, minute, *worst, busy
            since, worst, busy = -1, (0, 0), set()


def _going_on(
    problem: ImagingProblem, plan: Plan, tasks: list[int], levels: tuple[tuple[int, int, int], ...]
) -> Iterator[tuple[int, set[int], int]]:
    """Minute by minute at which something changes: who is being examined from then on, and how many people are there."""
    events: list[tuple[int, int, int]] = []
    for start, end, count in levels:
        events += [(start, -1, count), (end, -1, -count)]
    for task in tasks:
        place = plan.places[task]
        if place is not None:
            events += [(place.start, task, 1), (place.start + problem.durations[task], task, -1)]
    events.sort()
    active, available = set[int](), 0
    for position, (minute, task, change) in enumerate(events):
        if task < 0:
            available += change
        elif change > 0:
            active.add(task)
        else:
            active.discard(task)
        if position + 1 == len(events) or events[position + 1][0] != minute:
            yield minute, active, available


RULE = Rule(id="staff", source="shifts by role and site; catalogue: staff", is_hard=True, post=post, check=check)
