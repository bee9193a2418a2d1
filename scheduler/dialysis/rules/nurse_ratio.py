"""Nurses are never needed beyond those on duty and on call: by ratio, a stricter one for patients who are unstable or new."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """Each skill is a capacity in shares of a nurse, and so are all nurses together."""
    needs = terms.nurse_needs(problem)
    for _, tasks, spans in terms.nurse_pools(problem):
        model.capacity(tasks, spans, needs)


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every stretch of time in which more nurses are needed than are there."""
    needs, share = terms.nurse_needs(problem), terms.nurse_share(problem)
    for skill, tasks, spans in terms.nurse_pools(problem):
        for minute, end, busy, needed, available in _overloads(problem, plan, tasks, spans, needs):
            requests = tuple(problem.task_ids[task] for task in sorted(busy))
            yield Match(
                rule="nurse_ratio",
                is_hard=True,
                requests=requests,
                start=minute,
                end=end,
                amount=needed - available,
                values={
                    "skill": skill or "-",
                    "needed": f"{needed / share:g}",
                    "available": f"{available / share:g}",
                    "from_at": minute,
                    "to_at": end,
                },
            )


def _overloads(
    problem: DialysisProblem,
    plan: Plan,
    tasks: tuple[int, ...],
    spans: list[tuple[int, int, int]],
    needs: dict[int, int],
) -> Iterator[tuple[int, int, set[int], int, int]]:
    """Start, end, who is dialysed, shares needed and there, of each stretch between two events with too few."""
    events: list[tuple[int, int, int]] = []
    for low, high, count in spans:
        events += [(low, -1, count), (high, -1, -count)]
    for task in tasks:
        place = plan.places[task]
        if place is not None:
            events += [(place.start, task, needs[task]), (place.start + problem.durations[task], task, -needs[task])]
    events.sort()
    busy, needed, available = set[int](), 0, 0
    for position, (minute, task, change) in enumerate(events):
        if task < 0:
            available += change
        else:
            needed += change
            (busy.add if change > 0 else busy.discard)(task)
        is_last = position + 1 == len(events) or events[position + 1][0] != minute
        if is_last and needed > available:
            yield minute, events[position + 1][0], set(busy), needed, available


RULE = Rule(id="nurse_ratio", source="nurse roster; site settings: ratios", is_hard=True, post=post, check=check)
