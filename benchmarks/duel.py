"""Two hundred examinations on six scanners, solved by us and by a peer: PyJobShop, a modelling layer over CP-SAT."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from benchmarks.peers import PeerRefused, ask_peer
from benchmarks.report import Row
from hospital.clock import Clock
from hospital.errors import PlanRefused
from hospital.requests import RequestClass
from hospital.resources import Modality
from scheduler.imaging.presets import preset
from scheduler.imaging.problem import Case, ImagingProblem, Room
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.solve import Settings, solve
from scheduler.kernel.verify import verify

SEEDS = (1, 2, 3, 4, 5)
NUM_CASES, NUM_ROOMS, NUM_DAYS, LOAD = 200, 6, 2, 0.9
OPEN_MIN = 8 * 60
FAMILIES = ("A", "B", "C")
CHANGEOVER_MIN = {("A", "B"): 5, ("B", "A"): 5, ("A", "C"): 10, ("C", "A"): 10, ("B", "C"): 10, ("C", "B"): 10}
OURS_S, PEER_S = 10.0, 60.0
PEER = "PyJobShop"
_CLASSES = (
    *(RequestClass.EMERGENCY,) * 1,
    *(RequestClass.INPATIENT,) * 5,
    *(RequestClass.OUTPATIENT,) * 11,
    *(RequestClass.CHECK_UP,) * 3,
)


def instance(seed: int) -> ImagingProblem:
    """Examinations of 10 to 45 minutes that fit some of the scanners, known from two hours before the first day's opening on, each with a
    latest start; opening hours long enough for a load of 0.9, changeovers apart. Prices: waiting, lateness, left out."""
    dice = random.Random(seed)
    minutes = [5 * dice.randint(2, 9) for _ in range(NUM_CASES)]
    open_min = 5 * ceil(sum(minutes) / (NUM_ROOMS * NUM_DAYS * LOAD) / 5)
    clock = Clock("UTC", date(2026, 3, 2), NUM_DAYS)
    days = tuple((day * 1440 + OPEN_MIN, day * 1440 + OPEN_MIN + open_min) for day in range(NUM_DAYS))
    rooms = tuple(Room(id=f"CT{at + 1}", modality=Modality.CT, sessions=days) for at in range(NUM_ROOMS))
    return ImagingProblem(
        clock=clock,
        weights=preset(
            "imaging_week", {"changeover": 0, "two_days": 0, "target_outpatient": 12, "target_inpatient": 4}
        ),
        rooms=rooms,
        cases=tuple(_case(number, taken, dice) for number, taken in enumerate(minutes)),
        changeovers=CHANGEOVER_MIN,
    )


def _case(number: int, minutes: int, dice: random.Random) -> Case:
    rclass = dice.choice(_CLASSES)
    earliest = 5 * dice.randint(6 * 12, 36 * 12)
    scanners = dice.sample(range(1, NUM_ROOMS + 1), dice.randint(2, 5))
    return Case(
        id=f"R{number:03}",
        patient=f"P{number:03}",
        examination="ct",
        modality=Modality.CT,
        rclass=rclass,
        minutes=minutes,
        earliest=earliest,
        latest=earliest + 60 * dice.choice((16, 24, 36)),
        family=dice.choice(FAMILIES),
        scanners=frozenset(f"CT{at}" for at in scanners),
    )


@dataclass(frozen=True, slots=True)
class Duel:
    """Points of both on one instance, the peer's None where it found no plan."""

    ours: float
    peers: float | None


def duel_rows(seconds: float) -> tuple[list[Row], tuple[str, ...]]:
    """One row for all seeds and one for each; what was wrong with a plan. ``seconds`` is the peer's time, ours a sixth of it."""
    duels, faults, why = [], [], ""
    for seed in SEEDS:
        problem = instance(seed)
        ours = solve(problem, Settings(seconds=seconds * OURS_S / PEER_S), seed)
        theirs: float | None = None
        if not why:
            try:
                theirs = _peer_cost(problem, seconds)
            except PeerRefused as refused:
                why = refused.note
            except PlanRefused as refused:
                faults.append(f"{PEER}, {seed}: {refused}")
        duels.append(Duel(ours.cost, theirs))
    return list(_rows(duels, why)), tuple(faults)


def _rows(duels: Sequence[Duel], why: str) -> list[Row]:
    """All seeds on which the peer found a plan as one row, then each; the seeds on which it found none."""
    met = [(duel.ours, duel.peers) for duel in duels if duel.peers is not None]
    ours = sum(one for one, _ in met) if met else sum(duel.ours for duel in duels)
    theirs = sum(other for _, other in met) if met else None
    rows = [Row(name="duel_all", unit="points", ours=ours, target=theirs, peers={PEER: theirs}, noise=0.03, note=why)]
    for seed, duel in zip(SEEDS, duels, strict=True):
        peers = {PEER: duel.peers}
        rows.append(Row(name=f"duel_{seed}", unit="points", ours=duel.ours, target=duel.peers, peers=peers, noise=0.03))
    num_none = None if why else len(duels) - len(met)
    return [*rows, Row(name="duel_without", unit="", ours=num_none, note=why, slack=len(duels))]


def _peer_cost(problem: ImagingProblem, seconds: float) -> float | None:
    """The peer's plan, verified and priced by us; None where it found none in time."""
    places = ask_peer(_as_json(problem), seconds)
    if places is None:
        return None
    grid = problem.clock.grid_min
    plan = Plan(tuple(Place(place[0], place[1] * grid) if place is not None else None for place in places))
    return verify(problem, plan).score.points


def _as_json(problem: ImagingProblem) -> Mapping[str, object]:
    """What the peer's program reads: times in slots of the grid, on which all of them lie; prices in half points an hour."""
    weights, clock, grid = problem.weights, problem.clock, problem.clock.grid_min
    return {
        "sessions": [[low // grid, high // grid] for low, high in problem.rooms[0].sessions],
        "num_rooms": len(problem.rooms),
        "late_factor": round(weights.late_factor),
        "unplanned": round(weights.unplanned_h * 60) // grid,
        "changeovers": [[one, two, taken // grid] for (one, two), taken in problem.changeovers.items()],
        "cases": [
            {
                "slots": case.minutes // grid,
                "earliest": case.earliest // grid,
                "latest": case.latest // grid if case.latest is not None else clock.num_slots,
                "target": (case.earliest + weights.target_min(case.rclass)) // grid,
                "weight": round(2 * weights.wait(case.rclass)),
                "family": case.family,
                "rooms": sorted(problem.resource_of[name] for name in case.scanners),
            }
            for case in problem.cases
        ],
    }
