"""Drawn problems in which every imaging rule can be broken or felt, and plans of them; all from one seed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from hospital.requests import Mobility, RequestClass
from hospital.resources import Modality
from scheduler.imaging.problem import Case, GapRule, ImagingProblem, Room, Staff
from scheduler.kernel.plan import Place, Plan
from tests.scheduler.imaging.tiny import case, hard_matches, hour, problem, room, standard

NUM_DAYS = 2
FEATURES = ("cardiac", "sedation")
SITES = ("north", "south")


def drawn_problem(seed: int, *, num_cases: int = 5, grid: int = 15) -> ImagingProblem:
    """Two days, three scanners at two sites, and a handful of requests with all that rules speak of."""
    dice = Random(seed)
    rooms = tuple(_room(dice, name) for name in ("R1", "R2", "R3"))
    cases = tuple(_case(dice, number, grid) for number in range(num_cases))
    starts = range(hour(8), hour(12), grid)
    reference = {
        task: Place(dice.randrange(len(rooms)), dice.choice(starts)) for task in range(num_cases) if dice.random() < 0.5
    }
    known = sorted(reference)
    return problem(
        *cases,
        rooms=rooms,
        days=NUM_DAYS,
        grid=grid,
        weights=standard(load=0.7, load_slack=0.5, fair_wait_h=0.5, short_gap=2, shortest_gap_min=25),
        staff=_staff(dice),
        changeovers={("a", "b"): 15, ("b", "a"): 5, ("", "a"): 10},
        gaps=(GapRule(first="contrast", then="contrast", minutes=120), GapRule(first="barium", then="*", minutes=300)),
        walk={Mobility.WALKING: 15, Mobility.BED: 35},
        travel=dice.choice((0, 45)),
        cleaning=dice.choice((0, 30)),
        fasting_before=hour(10.5),
        now=dice.choice((0, hour(8.5))),
        reference=reference,
        frozen={task: reference[task] for task in known if dice.random() < 0.2},
        locked={task: reference[task] for task in known if dice.random() < 0.2},
        noticed=frozenset(task for task in known if dice.random() < 0.3),
        displacers=frozenset(task for task in range(num_cases) if dice.random() < 0.3),
        short_notice=frozenset(task for task in known if dice.random() < 0.5),
        notice=hour(10),
    )


def drawn_plan(seed: int, problem: ImagingProblem) -> Plan:
    """A plan that keeps history and scatters everyone else, often onto each other."""
    dice = Random(seed)
    starts = [
        start
        for day in range(NUM_DAYS)
        for start in range(hour(7.5, day=day), hour(13, day=day), problem.clock.grid_min)
    ]
    few = dice.sample(starts, 8)
    places: list[Place | None] = []
    for task, _ in enumerate(problem.cases):
        known = problem.frozen.get(task) or (problem.reference.get(task) if dice.random() < 0.4 else None)
        drawn = Place(dice.randrange(len(problem.rooms)), dice.choice(few))
        places.append(known or (None if dice.random() < 0.15 else drawn))
    return Plan(tuple(places))


def thinned(problem: ImagingProblem, plan: Plan) -> Iterator[Plan]:
    """The plan, then the plan with one guilty appointment after the other left out, until no hard rule is broken."""
    yield plan
    while broken := hard_matches(problem, plan):
        guilty = {problem.task_of[request] for match in broken for request in match.requests}
        plan = plan.placed(max(guilty.difference(problem.frozen)), None)
        yield plan


def _room(dice: Random, name: str) -> Room:
    reserved = ((hour(9), hour(10), RequestClass.EMERGENCY),) if dice.random() < 0.3 else ()
    days = range(NUM_DAYS)
    return room(
        name,
        modality=dice.choice((Modality.CT, Modality.CT, Modality.PETCT)),
        site=dice.choice(SITES),
        field_strength_t=dice.choice((0.0, 1.5)),
        features=frozenset(name for name in FEATURES if dice.random() < 0.8),
        turnover=dice.choice((0, 0, 10)),
        sessions=tuple(
            span
            for day in days
            for span in ((hour(8, day=day), hour(10, day=day)), (hour(10.5, day=day), hour(12, day=day)))
        ),
        overtime=tuple((hour(12, day=day), hour(12.5, day=day)) for day in days),
        closed=((hour(11), hour(11.5)),) if dice.random() < 0.3 else (),
        reserved=reserved,
    )


def _case(dice: Random, number: int, grid: int) -> Case:
    day = dice.randrange(NUM_DAYS)
    return case(
        f"Q{number}",
        patient=dice.choice(("Li", "Wang", f"patient {number}")),
        modality=dice.choice((Modality.CT, Modality.CT, Modality.PETCT)),
        rclass=dice.choice(tuple(RequestClass)),
        minutes=dice.choice((1, 2, 4)) * grid,
        earliest=dice.choice((0, hour(8), hour(9))),
        ward=dice.choice(("", "7", "9")),
        site=dice.choice(("", "", *SITES)),
        target=dice.choice((None, hour(9.2))),
        latest=dice.choice((None, None, hour(11), hour(11, day=1))),
        windows=dice.choice(((), (), ((hour(8, day=day), hour(10, day=day)), (hour(11), hour(12.5))))),
        family=dice.choice(("", "a", "b")),
        is_fasting=dice.random() < 0.2,
        preparation=dice.choice((0, 0, 0, 2 * grid)),
        min_field_strength_t=dice.choice((0.0, 0.0, 0.0, 1.0)),
        features=frozenset(name for name in FEATURES if dice.random() < 0.35),
        scanners=dice.choice((frozenset(), frozenset(), frozenset({"R1", "R2"}))),
        staff=tuple(role for role in ("nurse", "anaesthetist") if dice.random() < 0.3),
        tags=frozenset(tag for tag in ("contrast", "barium") if dice.random() < 0.3),
        mobility=dice.choice((Mobility.WALKING, Mobility.BED, Mobility.WHEELCHAIR)),
        is_isolated=dice.random() < 0.2,
        preferred_starts=((((hour(8), hour(9)),), 700),) if dice.random() < 0.2 else (),
        preferred_scanners=((frozenset({"R2", "R3"}), 900),) if dice.random() < 0.2 else (),
    )


def _staff(dice: Random) -> tuple[Staff, ...]:
    found = []
    for site in SITES:
        found.append(Staff(role="nurse", site=site, spans=((hour(8), hour(10), 2), (hour(10), hour(36), 1))))
        found.append(Staff(role="anaesthetist", site=site, spans=((hour(8.5), hour(40), dice.choice((1, 2))),)))
    return tuple(found)
