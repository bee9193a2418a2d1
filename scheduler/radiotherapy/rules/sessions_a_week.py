"""In every whole week between a course's first and last at least its least number of sessions; in no week more than its most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import Protocol, RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """Nothing: days are decided by booking and then promised, so that here no week can change (``promised_days``)."""


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every week with too few or too many. A course of which a session is left out has its price, and is not judged."""
    least: dict[tuple[Protocol, int], dict[int, int]] = {}
    shift = problem.clock.first_day.weekday()
    for course, asked in enumerate(problem.courses):
        given = terms.visits(problem, plan, course)
        if not given or len(given) < len(asked.minutes):
            continue
        counts = Counter((terms.day_of(problem, place) + shift) // 7 for _, place in given)
        linac = terms.home_linac([place.resource for _, place in given])
        key = (asked.protocol, linac)
        if key not in least:
            least[key] = terms.least_by_week(problem, course, linac)
        for week in range(min(counts), max(counts) + 1):
            needed = least[key].get(week, 0) if min(counts) < week < max(counts) else 0
            num = counts.get(week, 0)
            if num < needed or num > asked.protocol.most_a_week:
                yield Match(
                    rule="sessions_a_week",
                    is_hard=True,
                    requests=tuple(problem.task_ids[task] for task, _ in given),
                    start=problem.clock.day_starts[max(0, week * 7 - shift)],
                    amount=num,
                    values={
                        "course": asked.id,
                        "week_at": problem.clock.day_starts[max(0, week * 7 - shift)],
                        "found": num,
                        "least": needed,
                        "most": asked.protocol.most_a_week,
                    },
                )


RULE = Rule(id="sessions_a_week", source="protocol: sessions a week", is_hard=True, post=post, check=check)
