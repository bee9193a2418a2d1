"""Why a request is where it is: what holds it, what it pays there, the next places, and what takes the earliest one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from hospital.facts import Fact
from scheduler.explain.places import place_fact, points, task_of
from scheduler.explain.preview import new_violations
from scheduler.kernel.blocking import NO_ROOM, unplanned_reasons
from scheduler.kernel.cpsat_statements import Statements
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.problem import Problem
from scheduler.replan.board import board
from scheduler.replan.recommend import Option, free_options, slots

_ALL = 10**6
_MOST_BLOCKERS = 4


def why(problem: Problem, plan: Plan, request_id: str) -> tuple[Fact, ...]:
    """The facts that explain a request's place in a plan, or its having none, in the order in which a person would tell them.

    Raises UnknownId.
    """
    task = task_of(problem, request_id)
    place = plan.places[task]
    return tuple(_why_unplanned(problem, plan, task) if place is None else _why_here(problem, plan, task, place))


def _why_here(problem: Problem, plan: Plan, task: int, place: Place) -> Iterator[Fact]:
    if task in problem.frozen:
        yield place_fact("is_history", problem, task, place)
        return
    yield place_fact("stands", problem, task, place)
    holding = _holding(problem, task, place)
    for rule in holding:
        yield Fact(text_id="held_by", values={"request": problem.task_ids[task], "rule": rule})
    laid_out = board(problem, plan)
    charged = laid_out.prices.by_rule(plan.placed(task, None), task, place)
    for rule, units in sorted(charged.items(), key=lambda entry: -entry[1]):
        yield Fact(text_id="pays" if units > 0 else "spares", values={"rule": rule, "points": abs(points(units))})
    with laid_out.lock:
        options = free_options(laid_out, task, _ALL)
    yield from _next_place(problem, task, place, options)
    if not holding:  # a promise keeps it from coming earlier, whatever its own times allow
        yield from _earlier(problem, plan, task, place, options)


def _holding(problem: Problem, task: int, place: Place) -> list[str]:
    """Hard rules that keep the task at this very place."""
    found = []
    for rule in (rule for rule in problem.rules if rule.is_hard):
        statements = Statements(problem)
        rule.post(problem, statements)
        kept = [args[:3] for kind in ("keep", "keep_unless") for args in statements.said(kind)]
        if (task, place.resource, place.start) in kept:
            found.append(rule.id)
    return found


def _next_place(problem: Problem, task: int, place: Place, options: Sequence[Option]) -> Iterator[Fact]:
    """The cheapest other free place, and how much dearer or cheaper it is."""
    here = next((option.price for option in options if option.place == place), None)
    others = [option for option in options if option.place != place]
    if here is None or not others:
        yield Fact(text_id="no_other_place", values={"request": problem.task_ids[task]})
        return
    more = others[0].price - here
    if more >= 0:
        yield Fact(text_id="cheapest_free", values={"request": problem.task_ids[task]})
    text_id = "dearer_place" if more > 0 else "cheaper_place" if more < 0 else "equal_place"
    yield place_fact(text_id, problem, task, others[0].place, points=abs(points(more)))


def _earlier(problem: Problem, plan: Plan, task: int, place: Place, options: Sequence[Option]) -> Iterator[Fact]:
    """The earliest start that is free, or who and what is in the way at the first that the task's own times allow."""
    tables = board(problem, plan).tables
    possible = np.flatnonzero(tables.start_ok[task])
    if len(possible) == 0 or int(possible[0]) * tables.grid >= place.start:
        yield Fact(text_id="is_earliest", values={"request": problem.task_ids[task]})
        return
    here = next((option.price for option in options if option.place == place), 0)
    free = [option for option in options if option.place.start < place.start]
    if free:
        first = min(free, key=lambda option: (option.place.start, option.price))
        more = points(first.price - here)
        text_id = "earlier_dearer" if more > 0 else "earlier_free"
        yield place_fact(text_id, problem, task, first.place, points=abs(more))
        return
    yield from _blockers(problem, plan, task, Place(place.resource, int(possible[0]) * tables.grid))


def _blockers(problem: Problem, plan: Plan, task: int, wish: Place) -> Iterator[Fact]:
    index = {name: number for number, name in enumerate(problem.task_ids)}
    told: set[tuple[str, str]] = set()
    for match in new_violations(problem, plan, task, wish):
        others = [name for name in match.requests if name != problem.task_ids[task]] or [""]
        for other in others:
            if (match.rule, other) in told or len(told) == _MOST_BLOCKERS:
                continue
            told.add((match.rule, other))
            there = plan.places[index[other]] if other else None
            if there is None:
                yield place_fact("earliest_forbidden", problem, task, wish, rule=match.rule)
            else:
                moment = problem.clock.moment(wish.start)
                yield place_fact("earliest_taken", problem, index[other], there, rule=match.rule, wish_at=moment)


def _why_unplanned(problem: Problem, plan: Plan, task: int) -> Iterator[Fact]:
    name = problem.task_ids[task]
    left_out = sum(board(problem, plan).prices.left_out_by_rule(task).values())
    yield Fact(text_id="left_out", values={"request": name, "points": points(left_out)})
    for rule in (rule for rule in unplanned_reasons(problem, plan, [task])[task] if rule != NO_ROOM):
        yield Fact(text_id="kept_out", values={"request": name, "rule": rule})
    offered = slots(problem, plan, name, count=1, max_moved=2)
    if not offered:
        yield Fact(text_id="no_room", values={"request": name})
        return
    values = {"request": name, "scanner": offered[0].resource, "start_at": offered[0].start, "points": offered[0].price}
    moved = [row.request for row in offered[0].moved]
    text_id = "room_moving" if moved else "room"
    yield Fact(text_id=text_id, values={**values, "moved": moved})
