"""The rows of the fixed week: first plans, the cost after some seconds, the bound, a CT that fails."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.downtime import downtime_rows
from benchmarks.imaging_week import Rows, read_rows, week_problem, write_plan
from benchmarks.measuring import Timed, in_child, timed_solve
from benchmarks.report import Row
from benchmarks.samples import num_insertable
from benchmarks.week_price import judge
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.outcome import Outcome
from scheduler.kernel.solve import Settings

FIRST_COME = 2.66e6
ONE_PASS = 0.31e6
TRIAL_110_S = 79126.0
TRIAL_BOUND = 68176.0
TOLERANCE = 1e-4
"""Share of the cost by which integer units may round."""
MOVED = 10.0
AFTERNOON = (14 * 60, 20 * 60)


@dataclass(frozen=True, slots=True)
class WeekRun:
    """The rows, and what is wrong with the plan."""

    rows: tuple[Row, ...]
    faults: tuple[str, ...]


def run_week(folder: Path, seconds: float, out: Path | None) -> WeekRun:
    """Solve the folder's week for ``seconds``; ``out`` takes the plan."""
    rows = read_rows(folder)
    cold, cold_s = in_child("benchmarks.child", "week", str(folder.resolve()))
    timed_solve(week_problem(rows), Settings(seconds=1.0), since=time.perf_counter())  # a server that has solved before
    began = time.perf_counter()
    problem = week_problem(read_rows(folder))
    timed = timed_solve(problem, Settings(seconds=seconds), since=began)
    faults = _faults(rows, problem, timed.outcome, out)
    return WeekRun(tuple(_rows(problem, timed, cold["cost"], cold_s, seconds)), faults)


def _rows(problem: ImagingProblem, timed: Timed, cold_cost: float, cold_s: float, seconds: float) -> Iterator[Row]:
    outcome = timed.outcome
    share = None if outcome.bound is None else 100 * outcome.bound / outcome.cost
    known = {"first come": FIRST_COME, "by class, one pass": ONE_PASS, "trial, 110 s": TRIAL_110_S}
    yield Row(name="week_first_warm", unit="s", ours=timed.first_s, target=1, noise=0.3, slack=0.1)
    yield Row(name="week_first_cold", unit="s", ours=cold_s, target=4, noise=0.3, slack=0.3)
    yield Row(name="week_first_cost", unit="points", ours=cold_cost, peers={"by class, one pass": ONE_PASS})
    yield Row(name="week_cost", unit="points", ours=outcome.cost, target=80_000, peers=known, noise=0.01)
    yield Row(name="week_unplanned", unit="", ours=len(outcome.unplanned), target=0)
    yield Row(
        name="week_bound",
        unit="points",
        ours=outcome.bound,
        better="higher",
        peers={"time-indexed, 15 s": TRIAL_BOUND},
        note="no_bound" if outcome.bound is None else "",
    )
    yield Row(
        name="week_bound_share",
        unit="%",
        ours=share,
        target=85,
        better="higher",
        slack=0.5,
        note="no_bound" if share is None else "",
    )
    yield Row(name="week_insertable", unit="", ours=num_insertable(problem, outcome), target=0)
    yield from downtime_rows("week", *_failing(problem, outcome), seconds=seconds)


def _faults(rows: Rows, problem: ImagingProblem, outcome: Outcome, out: Path | None) -> tuple[str, ...]:
    """The written plan judged once more: its faults, and a price that is not the engine's."""
    with tempfile.TemporaryDirectory() as place:
        path = out or Path(place) / "plan.csv"
        write_plan(path, problem, outcome.plan.plan)
        found = judge(rows, path)
    faults = list(found.faults)
    if abs(found.cost - outcome.cost) > TOLERANCE * found.cost:
        faults.append(f"{outcome.cost:.1f} != {found.cost:.1f}")
    return tuple(faults)


def _failing(problem: ImagingProblem, outcome: Outcome) -> tuple[ImagingProblem, ImagingProblem, Sequence[int]]:
    """The week with its plan in force, the last CT closed for the first day's afternoon and a price for each appointment moved; the same
    with moves for free; and who is not on that CT then."""
    clock = problem.clock
    resource = max(r for r, room in enumerate(problem.rooms) if room.modality == problem.rooms[0].modality)
    low, high = (clock.minute_on(0, minute) for minute in AFTERNOON)
    rooms = list(problem.rooms)
    rooms[resource] = replace(rooms[resource], closed=((low, high),))
    places = {task: place for task, place in enumerate(outcome.plan.plan.places) if place is not None}
    free = replace(problem, rooms=tuple(rooms), reference=places)
    failing = replace(free, weights=replace(problem.weights, moved=MOVED))
    durations = problem.durations
    others = [
        task
        for task, place in places.items()
        if not (place.resource == resource and low < place.start + durations[task] and place.start < high)
    ]
    return failing, free, others
