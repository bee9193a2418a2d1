"""Solve a roster: the kernel's first plan at once, a draft and a bound from the whole program, and the kernel's search from there."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from hospital.facts import POINT
from scheduler.dialysis.columns import columns_of
from scheduler.dialysis.pricing import bound_at, contested, places_of, relaxed, rounded
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.program import Program, program_of
from scheduler.dialysis.search import kept_draft
from scheduler.dialysis.surroundings import reasons_nearby
from scheduler.kernel.outcome import Outcome, Progress
from scheduler.kernel.plan import Plan
from scheduler.kernel.replay import with_found
from scheduler.kernel.search import plan_of_arrays
from scheduler.kernel.solve import Given, Settings, solve
from scheduler.kernel.tables import Tables, tables_of

Report = Callable[[Progress], None]
Stop = Callable[[], bool]
LEAST_S = 3.0
"""With less time than this the kernel's first plan and its search are all."""
SHARE = 0.7
"""Of the time, at most so much goes into the relaxation of the whole roster."""


def solve_roster(
    problem: DialysisProblem,
    settings: Settings,
    seed: int,
    *,
    progress: Report | None = None,
    should_stop: Stop | None = None,
) -> Outcome:
    """The best verified roster found in time, with a proven bound. Where sessions may start within a shift there is one program less: the
    kernel plans alone."""
    began = time.monotonic()
    report, stop = progress or (lambda _: None), should_stop or (lambda: False)
    whole_shifts = all(not shift.every for shift in problem.shifts)
    read = tables_of(problem)
    given = Given(tables=read, draft=kept_draft(problem, read) if problem.reference else None, reasons=reasons_nearby)
    if settings.seconds < LEAST_S or not whole_shifts:
        return with_found(
            problem, solve(problem, settings, seed, progress=progress, should_stop=should_stop, given=given)
        )
    best = solve(problem, replace(settings, seconds=0.0), seed, progress=report, given=given)
    first_s, bound = best.first_plan_s, 0
    tables = tables_of(problem, is_yielding=True)
    program = program_of(tables, columns_of(tables))
    for is_active in (contested(program), np.ones(len(program.cost), dtype=np.bool_)):
        left = settings.seconds * SHARE - (time.monotonic() - began)
        if stop() or left <= 0 or _is_near(best, bound, settings):
            break
        found = relaxed(program, is_active, seconds=left)
        if found is not None:
            bound = max(bound, bound_at(program, found[1]))
            draft = _drafted(problem, program, tables, found[0], settings)
            best = _better(
                best, solve(problem, replace(settings, seconds=0.0), seed, given=replace(given, draft=draft))
            )
            report(_told(best, bound, time.monotonic() - began))
    left = settings.seconds - (time.monotonic() - began)
    if left > 0.1 and not stop() and not _is_near(best, bound, settings):
        rest = replace(settings, seconds=left, bound_share=0.0)
        best = _better(best, solve(problem, rest, seed, should_stop=stop, given=replace(given, draft=best.plan.plan)))
    report(_told(best, bound, time.monotonic() - began))
    told = replace(best, bound=max(bound / POINT, best.bound or 0.0), first_plan_s=first_s)
    return with_found(problem, replace(told, total_s=time.monotonic() - began))


def _drafted(problem: DialysisProblem, program: Program, tables: Tables, value: np.ndarray, settings: Settings) -> Plan:
    whole = rounded(program, value, seconds=settings.seconds / 6)
    return plan_of_arrays(problem, *places_of(tables, program.columns, whole))


def _better(one: Outcome, other: Outcome) -> Outcome:
    return other if other.cost < one.cost else one


def _is_near(best: Outcome, bound: int, settings: Settings) -> bool:
    """True once the plan is proven to be as near the best one as was asked."""
    return bound > 0 and best.cost - bound / POINT <= settings.target_gap * best.cost + 1e-9


def _told(best: Outcome, bound: int, seconds: float) -> Progress:
    return Progress(best.cost, bound / POINT, seconds, len(best.unplanned))
