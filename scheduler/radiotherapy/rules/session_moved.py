"""Each session that is not on a day and on a linac on which the patient was told to come costs."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """A price for each session without a place, on another day, or on another linac."""
    price, num_days = units(problem.weights.moved), problem.clock.num_days
    for course, told in problem.told.items() if price else ():
        others = [terms.day_span(problem, day) for day in range(num_days) if day not in told.days]
        for task in terms.tasks(problem, course):
            model.price_left_out(task, price)
            model.price_start_in(task, others, price)
            for linac in range(len(problem.linacs)):
                if linac not in told.linacs:
                    model.price_on(task, linac, price)


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every such session: ``amount`` 1, twice the price where day and linac are both others.

    Sessions are told apart by their days, not by their numbers: one missed and made up at the end is one session moved, though all
    between get other numbers.
    """
    price = units(problem.weights.moved)
    for course, told in problem.told.items() if price else ():
        for task in terms.tasks(problem, course):
            place = plan.places[task]
            name = problem.courses[course].id
            if place is None:
                yield Match(
                    rule="session_moved",
                    is_hard=False,
                    requests=(problem.task_ids[task],),
                    amount=1,
                    price=price,
                    values={"course": name, "request": problem.task_ids[task]},
                )
                continue
            num = (terms.day_of(problem, place) not in told.days) + (place.resource not in told.linacs)
            if num:
                yield terms.placed_match(
                    problem, "session_moved", task, place, amount=1, price=num * price, course=name
                )


RULE = Rule(id="session_moved", source="preset: moved", is_hard=False, post=post, check=check)
