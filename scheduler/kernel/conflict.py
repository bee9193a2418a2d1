"""Why a wish cannot be: the smallest set of rules and requests that together forbid it, each such set proved by a second solve.

A wish is one request at one place or at any of several. A set of rules and other requests is a core if the wish cannot be while these
rules hold and these requests stay where they are, and can be as soon as any one of them gives way. Cores are found with the rules'
own checks and proved by the exact model, which shares no code with them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

import numpy as np

from hospital.facts import Match
from scheduler.kernel.blocking import rooms_by_rule
from scheduler.kernel.cpsat import CpSatModel, Limits
from scheduler.kernel.cpsat_statements import Statements
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.problem import Problem
from scheduler.kernel.score import violations

Member = TypeVar("Member")

_PROOF_S = 10.0
"""Seconds for one solve of a proof; its single free request takes a fraction of one."""


@dataclass(frozen=True, slots=True)
class Core:
    """``rules`` and ``tasks`` (the others' appointments) that together forbid the wish.

    With ``others_stand`` all others stay where they are and only the rules were made a smallest set. ``is_proven``: the exact model
    found the wish impossible with them and possible without any single one. ``matches`` are what the rules found at one place.
    """

    rules: tuple[str, ...]
    tasks: tuple[int, ...]
    others_stand: bool
    is_proven: bool
    matches: tuple[Match, ...] = ()


def core_at(statements: Statements, plan: Plan, task: int, place: Place, *, until: float) -> Core | None:
    """What forbids the task at this one place while the others are where they are in the plan; None where nothing does.

    ``until`` is the ``time.monotonic()`` after which nothing more is proved.
    """
    problem = statements.problem
    moved = plan.placed(task, place)
    broken = broken_at(problem, moved, task)
    if not broken:
        return _elsewhere(problem, moved)
    index = {name: number for number, name in enumerate(problem.task_ids)}
    rules = list(dict.fromkeys(match.rule for match in broken))
    others = {index[name] for match in broken for name in match.requests} - {task}
    history = {other for other in others if other in problem.frozen}
    movable = sorted(others - history)

    def is_forbidden(rule_set: Collection[str], tasks: Collection[int]) -> bool:
        part = _only(plan, {*tasks, *problem.frozen}).placed(task, place)
        return any(match.rule in rule_set for match in broken_at(problem, part, task, rule_set))

    rules = _shrunk(rules, lambda kept: is_forbidden(kept, movable))
    movable = _shrunk(movable, lambda kept: is_forbidden(rules, kept))

    def is_impossible(rule_set: Collection[str], tasks: Collection[int]) -> bool | None:
        fixed = {other: plan.places[other] if other in tasks else None for other in range(len(plan.places))}
        return _is_impossible(statements, {**fixed, task: place}, rule_set)

    is_proven = _prove(rules, movable, is_impossible, until)
    return Core(tuple(rules), tuple(sorted({*movable, *history})), False, is_proven, broken)


def core_among(
    statements: Statements, plan: Plan, task: int, wanted: Callable[[Place], bool], *, until: float
) -> Core | None:
    """Which rules forbid the task at every wanted place while the others are where they are; None where one is open."""
    problem = statements.problem
    without = plan.placed(task, None)
    grid = problem.clock.grid_min
    num_resources, num_slots = len(problem.resource_ids), problem.clock.num_slots
    is_wanted = np.array(
        [[wanted(Place(resource, slot * grid)) for slot in range(num_slots)] for resource in range(num_resources)]
    )
    closed = {rule: (room[0] == 0)[is_wanted] for rule, room in rooms_by_rule(problem, without, [task]).items()}
    if not closed or not np.logical_or.reduce(list(closed.values())).all():
        return None
    keepers = statements.keepers  # several rules say that appointments do not overlap: one answers for it
    weakest_first = sorted(closed, key=lambda rule: (rule in keepers, int(closed[rule].sum())))
    rules = _shrunk(
        weakest_first, lambda kept: bool(kept) and bool(np.logical_or.reduce([closed[rule] for rule in kept]).all())
    )

    def is_impossible(rule_set: Collection[str], _: Collection[int]) -> bool | None:
        model = CpSatModel(statements, fixed=_all_but(without, task), rules=rule_set)
        model.must_be_among(task, wanted)
        return _answer(model)

    is_proven = _prove(rules, [], is_impossible, until)
    return Core(tuple(rules), (), not _forbid_alone(statements, task, wanted, rules), is_proven)


def core_of_day(
    statements: Statements, plan: Plan, task: int, wanted: Callable[[Place], bool], *, until: float
) -> Core | None:
    """The same, found by solves alone: for problems too large to ask each rule of the whole grid, where few places are wanted."""
    without = plan.placed(task, None)

    def is_impossible(rule_set: Collection[str], _: Collection[int]) -> bool | None:
        model = CpSatModel(statements, fixed=_all_but(without, task), rules=rule_set)
        model.must_be_among(task, wanted)
        return _answer(model)

    rules = [rule.id for rule in statements.problem.rules if rule.is_hard]
    if not is_impossible(rules, ()):
        return None
    rules = _shrunk(rules, lambda kept: monotonic() < until and is_impossible(kept, ()) is True)
    is_proven = _prove(rules, [], is_impossible, until)
    return Core(tuple(rules), (), not _forbid_alone(statements, task, wanted, rules), is_proven)


def _forbid_alone(statements: Statements, task: int, wanted: Callable[[Place], bool], rules: Collection[str]) -> bool:
    """Whether the rules forbid the wish even with nobody else there but history."""
    nobody = Plan.empty(len(statements.problem.task_ids))
    model = CpSatModel(statements, fixed=_all_but(nobody, task), rules=rules)
    model.must_be_among(task, wanted)
    return _answer(model) is True


def broken_at(problem: Problem, plan: Plan, task: int, rules: Collection[str] | None = None) -> tuple[Match, ...]:
    """The hard matches of a plan in which the task has a part."""
    name = problem.task_ids[task]
    found = [
        match
        for rule in problem.rules
        if rule.is_hard and (rules is None or rule.id in rules)
        for match in rule.check(problem, plan)
        if name in match.requests
    ]
    return tuple(found)


def _elsewhere(problem: Problem, plan: Plan) -> Core | None:
    """What the move breaks among others alone: somebody who had yielded would have to come back."""
    found = violations(problem, plan)
    names = {name for match in found for name in match.requests}
    tasks = tuple(task for task, name in enumerate(problem.task_ids) if name in names)
    rules = tuple(dict.fromkeys(match.rule for match in found))
    return Core(rules, tasks, True, False, found) if found else None


def _only(plan: Plan, tasks: Collection[int]) -> Plan:
    return Plan(tuple(place if task in tasks else None for task, place in enumerate(plan.places)))


def _all_but(plan: Plan, task: int) -> dict[int, Place | None]:
    return {other: place for other, place in enumerate(plan.places) if other != task}


def _shrunk(members: Sequence[Member], holds: Callable[[Sequence[Member]], bool]) -> list[Member]:
    """Members without which it no longer holds, left after dropping each that is not needed."""
    kept = list(members)
    for member in members:
        rest = [other for other in kept if other != member]
        if holds(rest):
            kept = rest
    return kept


def _prove(
    rules: Sequence[str],
    tasks: Sequence[int],
    is_impossible: Callable[[Collection[str], Collection[int]], bool | None],
    until: float,
) -> bool:
    """Impossible with all members, possible without any single one, by solves of their own."""
    cases: list[tuple[Collection[str], Collection[int], bool]] = [(rules, tasks, True)]
    cases += [([other for other in rules if other != rule], tasks, False) for rule in rules]
    cases += [(rules, [other for other in tasks if other != task], False) for task in tasks]
    return all(monotonic() < until and is_impossible(part, others) is expected for part, others, expected in cases)


def _is_impossible(statements: Statements, fixed: dict[int, Place | None], rules: Collection[str]) -> bool | None:
    return _answer(CpSatModel(statements, fixed=fixed, rules=rules))


def _answer(model: CpSatModel) -> bool | None:
    """Whether the model has no plan; None where that is not known."""
    solution = model.solve(Limits(seconds=_PROOF_S, threads=1))
    if solution.is_infeasible:
        return True
    return None if solution.plan is None else False
