"""In every whole week between a course's first and last at least its least number of sessions; in no week more than its most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import Protocol, RadiotherapyProblem
from scheduler.radiotherapy.rules import terms

Least = dict[tuple[Protocol, int], dict[int, int]]
"""Sessions needed by week, for a protocol on a linac: made once for all courses that share them."""
Week = tuple[int, int, int]
"""Number of a week, sessions in it, sessions it needs."""


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """A promise that breaks a week gives none of its sessions a place. A course without one has none to give yet."""
    least: Least = {}
    for course, promise in problem.promised.items():
        linac = terms.own_linac(problem, course, promise)
        if not problem.is_as_booked(course) and any(_wrong_weeks(problem, course, promise.days, linac, least)):
            for task in terms.tasks(problem, course):
                model.only_on(task, ())


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every week with too few or too many: of the promise, else of the plan once it has a place for every session."""
    least: Least = {}
    shift = problem.clock.first_day.weekday()
    for course, asked in enumerate(problem.courses):
        given = terms.visits(problem, plan, course)
        promise = problem.promised.get(course)
        if not given or problem.is_as_booked(course) or (promise is None and len(given) < len(asked.minutes)):
            continue
        days = promise.days if promise is not None else [terms.day_of(problem, place) for _, place in given]
        linac = terms.own_linac(problem, course, promise) if promise is not None else given[0][1].resource
        for week, num, needed in _wrong_weeks(problem, course, days, linac, least):
            start = problem.clock.day_starts[max(0, week * 7 - shift)]
            yield Match(
                rule="sessions_a_week",
                is_hard=True,
                requests=tuple(problem.task_ids[task] for task, _ in given),
                start=start,
                amount=num,
                values={
                    "course": asked.id,
                    "week_at": start,
                    "found": num,
                    "least": needed,
                    "most": asked.protocol.most_a_week,
                },
            )


def _wrong_weeks(
    problem: RadiotherapyProblem, course: int, days: Sequence[int], linac: int, least: Least
) -> Iterator[Week]:
    """Weeks with too few or too many sessions on these days; the first and the last are not whole."""
    protocol = problem.courses[course].protocol
    counts = Counter(terms.week_of(problem, day) for day in days)
    if (protocol, linac) not in least:
        least[protocol, linac] = terms.least_by_week(problem, course, linac)
    for week in range(min(counts), max(counts) + 1):
        needed = least[protocol, linac].get(week, 0) if min(counts) < week < max(counts) else 0
        if not needed <= counts[week] <= protocol.most_a_week:
            yield week, counts[week], needed


RULE = Rule(id="sessions_a_week", source="protocol: sessions a week", is_hard=True, post=post, check=check)
