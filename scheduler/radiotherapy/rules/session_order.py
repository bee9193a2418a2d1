"""Sessions in order: at most one a day, or two where the protocol says twice, with its least hours from one to the next."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """Of two sessions the later number begins after the earlier one's end and the gap, on another day unless they are a day's two."""
    for course, asked in enumerate(problem.courses):
        if problem.is_as_booked(course):
            continue
        never = problem.clock.end
        for first, second in combinations(terms.tasks(problem, course), 2):
            model.apart(first, second, asked.protocol.gap, never)
            if second - first >= asked.protocol.a_day:
                model.forbid_same_day(first, second)


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every two neighbouring sessions out of order, too close, or one too many on their day."""
    for course, asked in enumerate(problem.courses):
        given = [] if problem.is_as_booked(course) else terms.visits(problem, plan, course)
        for at, (first, before) in enumerate(given[:-1]):
            second, after = given[at + 1]
            end = before.start + problem.durations[first]
            is_close = after.start < end + asked.protocol.gap
            day = terms.day_of(problem, before)
            is_double = second - first >= asked.protocol.a_day and day == terms.day_of(problem, after)
            is_third = at + 2 < len(given) and day == terms.day_of(problem, given[at + 2][1])
            if is_close or is_double or is_third:
                names = problem.task_ids[first], problem.task_ids[second]
                yield Match(
                    rule="session_order",
                    is_hard=True,
                    requests=names,
                    start=min(end, after.start),
                    end=max(end, after.start),
                    values={
                        "request": names[1],
                        "before": names[0],
                        "start_at": after.start,
                        "end_at": end,
                        "gap_min": asked.protocol.gap,
                    },
                )


RULE = Rule(id="session_order", source="protocol: sessions a day, smallest gap", is_hard=True, post=post, check=check)
