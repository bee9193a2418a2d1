"""`caretable bench dialysis`: the sample unit's roster, a station that fails today, and the published generator."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product

from benchmarks.report import Report, Row
from hospital.changes import ResourceDowntime, When
from hospital.dialysis import DialysisSite
from scheduler.dialysis.build import appointments_of, build
from scheduler.dialysis.lengths import as_problem, at_once, bound, first_come, improved
from scheduler.dialysis.measures import measures
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.solving import solve_roster
from scheduler.kernel.outcome import Outcome, Progress
from scheduler.kernel.score import violations
from scheduler.kernel.solve import Settings
from simulations.dialysis.published import drawn
from simulations.dialysis.unit import unit

ROSTER_S = 30.0
DRAFT_S = 0.5
BEDS, PATIENTS_A_BED, SEEDS = (10, 15, 20), (4, 5), (1, 2, 3)
"""The sizes of the published design, each from several seeds."""
IMPROVED = ((10, 4), (15, 4), (20, 5))
"""Sizes that are improved as well: each takes its seconds."""


def run(seconds: float) -> Report:
    """All rows. ``seconds`` is the time for the roster (30 unless it is less)."""
    solve_roster(build(unit(2, num_stations=4, num_patients=16)), Settings(seconds=0.0), 1)  # compiles the engine
    site = unit()
    problem = build(site)
    rows, outcome = roster_rows(problem, min(seconds, ROSTER_S))
    rows += down_rows(site, problem, outcome)
    found, faults = published_rows(min(seconds, ROSTER_S))
    return Report(bench="dialysis", rows=(*rows, *found), faults=faults)


def roster_rows(problem: DialysisProblem, seconds: float) -> tuple[list[Row], Outcome]:
    """Four weeks of 60 stations and 330 patients."""
    heard: list[tuple[float, float]] = []
    began = time.perf_counter()

    def hear(progress: Progress) -> None:
        heard.append((time.perf_counter() - began, progress.cost))

    outcome = solve_roster(problem, Settings(seconds=seconds), 1, progress=hear)
    figures = measures(problem, outcome.plan.plan)
    gap = None if outcome.gap is None else 100 * outcome.gap
    rows = [
        Row(name="dialysis_first", unit="s", ours=heard[0][0], target=1, noise=0.3, slack=0.2),
        Row(name="dialysis_first_cost", unit="points", ours=heard[0][1], noise=0.02),
        Row(name="dialysis_cost", unit="points", ours=outcome.cost, noise=0.01),
        Row(name="dialysis_bound", unit="points", ours=outcome.bound, better="higher", noise=0.01),
        Row(
            name="dialysis_gap",
            unit="%",
            ours=gap,
            target=1,
            slack=0.2,
            peers={"first": 100 * (1 - (outcome.bound or 0) / heard[0][1])},
            note="no_bound" if gap is None else "",
        ),
        Row(name="dialysis_total", unit="s", ours=outcome.total_s, target=seconds + 1, noise=0.3),
        Row(name="dialysis_unplanned", unit="", ours=len(outcome.unplanned), slack=1),
        Row(name="dialysis_met", unit="%", ours=100 * figures.met_share, better="higher", slack=0.1),
        Row(name="dialysis_station_kept", unit="%", ours=100 * figures.station_kept, better="higher", slack=0.5),
        Row(name="dialysis_shift_kept", unit="%", ours=100 * figures.shift_kept, better="higher", slack=0.5),
    ]
    return rows, outcome


def down_rows(site: DialysisSite, problem: DialysisProblem, outcome: Outcome) -> Iterator[Row]:
    """On the second Monday before the first shift, each fifth station in turn fails for that day: the slowest draft, the most moved."""
    now = problem.clock.moment(problem.clock.minute_on(7, 6 * 60))
    in_force = appointments_of(problem, outcome.plan.plan)
    seconds, shares, moved, dropped, displaced = [], [], [], [], []
    for station in problem.resource_ids[::5]:
        failure = ResourceDowntime(
            resource_ids=(station,), when=When(start=now, end=_midnight(now)), reason="breakdown"
        )
        began = time.perf_counter()
        failing = build(site, now=now, changes=(failure,), reference=in_force)
        draft = solve_roster(failing, Settings(seconds=DRAFT_S), 1)
        seconds.append(time.perf_counter() - began)
        figures = measures(failing, draft.plan.plan)
        movable = len(failing.reference) - len(failing.frozen)
        there = [entry for entry in in_force if entry.resource == station and now <= entry.start < _midnight(now)]
        displaced.append(len(there))
        moved.append(figures.num_moved)
        dropped.append(figures.num_dropped)
        shares.append(100 * (figures.num_moved + figures.num_dropped) / movable)
    yield Row(name="dialysis_down_draft", unit="s", ours=max(seconds), target=2, noise=0.3, slack=0.3)
    yield Row(name="dialysis_down_moved", unit="%", ours=max(shares), target=5, slack=0.1)
    yield Row(name="dialysis_down_displaced", unit="", ours=max(displaced), slack=1)
    yield Row(name="dialysis_down_num_moved", unit="", ours=max(moved), slack=2)
    yield Row(name="dialysis_down_dropped", unit="", ours=max(dropped), slack=1)


def published_rows(seconds: float) -> tuple[list[Row], tuple[str, ...]]:
    """The published generator: hours met of the relaxation's bound. At once on every size and seed, first come beside it; improved
    on the first seed of three sizes."""
    rows: list[Row] = []
    faults: set[str] = set()
    shares, rules, took = [], [], []
    for beds, patients, seed in product(BEDS, PATIENTS_A_BED, SEEDS):
        demand = drawn(seed, num_beds=beds, patients_a_bed=patients)
        most, began = bound(demand), time.perf_counter()
        start = at_once(demand)
        took.append(time.perf_counter() - began)
        shares.append(start.met(demand) / most)
        rules.append(first_come(demand).met(demand) / most)
        if seed == SEEDS[0] and (beds, patients) in IMPROVED:
            week = improved(demand, start, seconds=seconds)
            problem, plan = as_problem(demand, week)
            faults |= {match.rule for match in violations(problem, plan)}
            name = f"dialysis_published_{beds}x{patients}"
            peers: dict[str, float | None] = {"first come": 100 * rules[-1], "at once": 100 * shares[-1]}
            rows.append(_share(name, week.met(demand) / most, 99.0, peers))
            rows.append(_share(f"{name}_met", week.met(demand) / demand.total(), None, {}))
    mean: dict[str, float | None] = {"first come": 100 * sum(rules) / len(rules)}
    worst: dict[str, float | None] = {"first come": 100 * min(rules)}
    rows.append(_share("dialysis_published_at_once", sum(shares) / len(shares), 95.0, mean))
    rows.append(_share("dialysis_published_at_once_worst", min(shares), None, worst))
    rows.append(Row(name="dialysis_published_at_once_s", unit="s", ours=max(took), target=1, noise=0.3, slack=0.2))
    return rows, tuple(sorted(faults))


def _share(name: str, share: float, target: float | None, peers: dict[str, float | None]) -> Row:
    return Row(name=name, unit="%", ours=100 * share, target=target, better="higher", peers=peers, slack=0.5)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0) + timedelta(days=1)
