"""Who may move for a wish: the requests around it in circles, each wider than the one before, as long as the time lasts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from scheduler.kernel.cpsat_statements import Statements
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.score import score
from scheduler.kernel.surroundings import Surroundings, solve_around
from scheduler.replan.board import sayings

CIRCLES = ((10, 300), (20, 600), (40, 1440))
"""Others that may move at most, and how many minutes from the wished time they may stand at most."""
_SHARE = 0.5
"""Share of the time left that a circle gets; a wider one is begun only while more than ``_LEAST`` of the whole is left."""
_LEAST = 0.2


@dataclass(frozen=True, slots=True)
class Tried:
    """``plan`` is the cheapest found with the wish, None where none was; ``part`` the widest circle solved, ``minutes`` its reach."""

    plan: Plan | None
    part: Surroundings
    minutes: int


def solve_circles(
    statements: Statements,
    plan: Plan,
    task: int,
    wanted: Callable[[Place], bool],
    *,
    resource: int | None,
    centre: int,
    hint: Plan | None,
    seconds: float,
) -> Tried:
    """The wish forced, its surroundings solved again; wider while the time lasts, each from the best plan of the one before.

    ``resource`` is the scanner wished for (None = any the task may be on), ``centre`` the minute around which others may move.
    """
    began = monotonic()
    best, tried = hint, None
    for most, reach in CIRCLES:
        left = began + seconds - monotonic()
        part = circle(statements, plan, task, resource=resource, centre=centre, most=most, reach=reach)
        if tried is not None and (left < _LEAST * seconds or part.free == tried.part.free):
            break
        share = 1.0 if (most, reach) == CIRCLES[-1] else _SHARE
        found = solve_around(statements, plan, part, wanted, seconds=share * left, hint=_within(part, plan, best))
        best = _cheaper(statements, best, found)
        tried = Tried(best, part, reach)
    assert tried is not None
    return tried


def circle(
    statements: Statements, plan: Plan, task: int, *, resource: int | None, centre: int, most: int, reach: int
) -> Surroundings:
    """The task's own other examinations and the ``most`` that stand nearest to ``centre`` on the wished resource or any it may use."""
    problem = statements.problem
    clock, tables = problem.clock, sayings(problem).tables
    eligible = {resource} if resource is not None else set(_row(tables.can, tables.can_ptr, task))
    kin = set(_row(tables.pair_other, tables.pair_ptr, task))
    near = sorted(
        (other not in kin, abs(place.start - centre), other)
        for other, place in enumerate(plan.places)
        if place is not None
        and other != task
        and other not in problem.frozen
        and (other in kin or (place.resource in eligible and abs(place.start - centre) <= reach))
    )
    free = tuple(other for _, _, other in near[:most])
    starts = [place.start for other in free if (place := plan.places[other]) is not None]
    return Surroundings(task, free, frozenset(map(clock.day_of, [centre, *starts])))


def _within(part: Surroundings, plan: Plan, hint: Plan | None) -> Plan | None:
    """The hint where nobody outside the part stands elsewhere in it."""
    if hint is None:
        return None
    movable = {part.task, *part.free}
    pairs = enumerate(zip(plan.places, hint.places, strict=True))
    return None if any(old != new and other not in movable for other, (old, new) in pairs) else hint


def _cheaper(statements: Statements, best: Plan | None, found: Plan | None) -> Plan | None:
    if best is None or found is None:
        return best or found
    return min(best, found, key=lambda plan: score(statements.problem, plan).total)


def _row(values: NDArray[np.int64], starts: NDArray[np.int64], task: int) -> list[int]:
    row: list[int] = values[starts[task] : starts[task + 1]].tolist()
    return row
