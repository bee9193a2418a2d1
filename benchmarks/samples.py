"""The rows of our own samples: day, network, the three best slots, a scanner that fails."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.asked import page_rows
from benchmarks.downtime import downtime_rows
from benchmarks.measuring import ROOT, in_child, quantile, timed_solve
from benchmarks.report import Row
from hospital.sites import ImagingSite
from intake.export import write_site
from intake.plans import write_plan_csv
from scheduler.imaging.build import appointments_of, build
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.outcome import Outcome
from scheduler.kernel.plan import Plan
from scheduler.kernel.solve import Settings
from scheduler.replan.recommend import slots
from simulations.imaging.samples import day, week

TIMED = {"noise": 0.3}
NUM_ASKED, NUM_ASKED_MOVING = 200, 40
TINY, TINY_S, NUM_TINY = 12, 5.0, 5


def sample_rows(seconds: float) -> Iterator[Row]:
    """All rows of the samples; those of the week come from one plan of it, improved for ``seconds``."""
    yield from _day_rows(seconds)
    yield from _tiny_rows()
    yield from _network_rows(seconds)
    site = week()
    problem = build(site)
    timed = timed_solve(problem, Settings(seconds=seconds), since=time.perf_counter())
    outcome = timed.outcome
    yield Row(name="sample_week_cost", unit="points", ours=outcome.cost, noise=0.01)
    yield Row(name="sample_week_unplanned", unit="", ours=len(outcome.unplanned), slack=2)
    yield _insertable("sample_week_insertable", num_insertable(problem, outcome))
    yield from slot_rows(problem, outcome.plan.plan)
    yield _cold_slots(site, problem, outcome.plan.plan)
    yield from page_rows(problem, outcome)
    yield from downtime_rows("sample", *_failing(site, problem, outcome), seconds=seconds)


def num_insertable(problem: ImagingProblem, outcome: Outcome) -> int:
    """Unplanned requests that ``slots`` would place below their unplanned price: none may be left."""
    plan = outcome.plan.plan
    best = ((left, slots(problem, plan, left.request, count=1)) for left in outcome.unplanned)
    return sum(bool(found) and found[0].price < left.price for left, found in best)


def _insertable(name: str, num: int) -> Row:
    return Row(name=name, unit="", ours=num, target=0)


def _day_rows(seconds: float) -> Iterator[Row]:
    outcome = timed_solve(build(day()), Settings(seconds=seconds), since=time.perf_counter()).outcome
    gap = None if outcome.gap is None else 100 * outcome.gap
    yield Row(name="day_cost", unit="points", ours=outcome.cost, noise=0.01)
    yield Row(name="day_gap", unit="%", ours=gap, target=10, slack=0.5, note="no_bound" if gap is None else "")


def _tiny_rows() -> Iterator[Row]:
    """Twelve requests of the day sample at a time, solved whole."""
    site = day()
    taken: set[str] = {booking.appointment.request for booking in site.bookings}
    free = [request for request in site.requests if request.id not in taken]
    times, proven = [], 0
    for at in range(NUM_TINY):
        chosen = free[at::NUM_TINY][:TINY]
        problem = build(replace(site, requests=tuple(chosen), bookings=()))
        began = time.perf_counter()
        proven += timed_solve(problem, Settings(seconds=TINY_S), since=began).outcome.is_optimal
        times.append(time.perf_counter() - began)
    yield Row(name="tiny_proven", unit="", ours=proven, target=NUM_TINY, better="higher")
    yield Row(name="tiny_longest", unit="s", ours=max(times), target=TINY_S, noise=0.3, slack=0.5)


def _network_rows(seconds: float) -> Iterator[Row]:
    found, _ = in_child("benchmarks.child", "network", str(seconds))
    better = 100 * (1 - found["cost"] / found["first_cost"])
    yield Row(name="network_first", unit="s", ours=found["first_s"], target=5, noise=0.3)
    yield Row(name="network_peak", unit="MB", ours=found["peak_mb"], target=1000, noise=0.05)
    yield Row(name="network_better", unit="%", ours=better, target=0.01, better="higher", slack=2)
    yield Row(name="network_cost", unit="points", ours=found["cost"], noise=0.02)
    yield _insertable("network_insertable", found["num_insertable"])


def slot_rows(problem: ImagingProblem, plan: Plan) -> Iterator[Row]:
    """The three best slots of many requests of a full week, planned and unplanned ones, asked one after the other in one process."""
    asked = random.Random(7).sample([case.id for case in problem.cases], NUM_ASKED)
    began = time.perf_counter()
    slots(problem, plan, asked[0])
    slots(problem, plan, asked[0], max_moved=2)
    opening_s = time.perf_counter() - began
    still = [_asked_s(problem, plan, name, 0) for name in asked]
    moving = [_asked_s(problem, plan, name, 2) for name in asked[:NUM_ASKED_MOVING]]
    yield Row(name="slots_p50", unit="ms", ours=1000 * quantile(still, 0.5), noise=0.3, slack=5)
    yield Row(name="slots_p95", unit="ms", ours=1000 * quantile(still, 0.95), target=50, noise=0.3, slack=5)
    yield Row(name="slots_moving_p95", unit="s", ours=quantile(moving, 0.95), target=1, noise=0.3, slack=0.05)
    yield Row(name="slots_moving_longest", unit="s", ours=max(moving), noise=0.5, slack=0.1)
    yield Row(name="slots_opening", unit="s", ours=opening_s, noise=0.5, slack=0.2)


def _asked_s(problem: ImagingProblem, plan: Plan, name: str, max_moved: int) -> float:
    began = time.perf_counter()
    slots(problem, plan, name, count=3, max_moved=max_moved)
    return time.perf_counter() - began


def _cold_slots(site: ImagingSite, problem: ImagingProblem, plan: Plan) -> Row:
    """The same question from a terminal: the whole command, from start to end."""
    with tempfile.TemporaryDirectory() as place:
        folder, plan_file = Path(place) / "week", Path(place) / "plan.csv"
        write_site(folder, site)
        write_plan_csv(plan_file, appointments_of(problem, plan))
        words = ["slots", "imaging", str(folder), str(plan_file), problem.cases[-1].id, "--json"]
        began = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", "cli.main", *words], capture_output=True, cwd=ROOT, check=False)
        taken = time.perf_counter() - began
    failed = done.returncode != 0
    return Row(
        name="slots_cold",
        unit="s",
        ours=None if failed else taken,
        noise=0.3,
        slack=0.5,
        note="failed" if failed else "",
    )


def _failing(
    site: ImagingSite, problem: ImagingProblem, outcome: Outcome
) -> tuple[ImagingProblem, ImagingProblem, Sequence[int]]:
    """The week sample with its plan in force and a CT that fails at 14:00 of the first day: at its prices, with moves for free,
    and whose appointments are known and not on it."""
    from hospital.changes import ResourceDowntime, When

    clock = problem.clock
    scanner = next(room.id for room in problem.rooms if room.id == "CT6")
    start, end = clock.minute_on(0, 14 * 60), clock.minute_on(1, 0)
    change = ResourceDowntime(resource_ids=(scanner,), when=When(start=clock.moment(start), end=clock.moment(end)))
    failing = build(site, reference=appointments_of(problem, outcome.plan.plan), changes=(change,))
    free = replace(failing, weights=replace(failing.weights, moved=0, moved_soon=0, displaced=0))
    resource = failing.resource_of[scanner]
    others = [
        task
        for task, place in failing.reference.items()
        if task not in failing.frozen
        and not (place.resource == resource and start - failing.durations[task] < place.start < end)
    ]
    return failing, free, others
