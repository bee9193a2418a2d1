"""The whole-roster program: its bound holds for every plan, and what it drafts is a plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from hospital.changes import ResourceDowntime, When
from scheduler.dialysis.build import appointments_of, build, plan_of
from scheduler.dialysis.columns import columns_of
from scheduler.dialysis.measures import measures
from scheduler.dialysis.pricing import bound_at, relaxed
from scheduler.dialysis.program import program_of
from scheduler.dialysis.solving import solve_roster
from scheduler.kernel.exact import solve_exactly
from scheduler.kernel.score import violations
from scheduler.kernel.solve import Settings
from scheduler.kernel.tables import tables_of
from simulations.dialysis.unit import unit
from tests.scheduler.dialysis.drawn import drawn_problem


@pytest.mark.parametrize("seed", range(12))
def test_the_bound_is_never_above_the_best_roster(seed: int) -> None:
    """No roster, however clever, is cheaper than what the program proves; prices found by chance prove less, but nothing wrong."""
    drawn = replace(drawn_problem(seed), frozen={}, locked={}, now=0)
    tables = tables_of(drawn, is_yielding=True)
    program = program_of(tables, columns_of(tables))
    found = relaxed(program, np.ones(len(program.cost), dtype=np.bool_), seconds=20.0)
    proof = solve_exactly(drawn, seconds=20.0, threads=1)
    assert found is not None
    assert proof.cost is not None
    assert proof.bound == proof.cost
    assert 0 < bound_at(program, found[1]) <= proof.cost
    chance = np.random.default_rng(seed).integers(0, 5000, len(program.most))
    assert bound_at(program, chance) <= proof.cost


def test_a_small_unit_is_solved_to_its_bound() -> None:
    """Twenty patients on four stations over four weeks: a verified roster within one per cent of what is proven, each session told once."""
    problem = build(unit(3, num_stations=4, num_patients=20))
    outcome = solve_roster(problem, Settings(seconds=6.0, threads=1), 1)
    assert outcome.gap is not None
    assert outcome.gap <= 0.01
    assert not violations(problem, outcome.plan.plan)
    assert plan_of(problem, appointments_of(problem, outcome.plan.plan)) == outcome.plan.plan
    placed = sum(place is not None for place in outcome.plan.plan.places)
    assert placed + len(outcome.unplanned) == len(problem.sessions)


def test_a_station_that_fails_moves_few() -> None:
    """A station fails on the second Monday: its patients are dialysed elsewhere, and next to nobody else is moved."""
    site = unit(3, num_stations=4, num_patients=16)
    first = build(site)
    outcome = solve_roster(first, Settings(seconds=3.0, threads=1), 1)
    now = first.clock.moment(first.clock.minute_on(7, 360))
    in_force = appointments_of(first, outcome.plan.plan)
    at_risk = Counter(entry.resource for entry in in_force if now <= entry.start < now + timedelta(hours=18))
    clean = {station.id for station in site.stations if station.zone == "clean"}
    name = max(clean, key=lambda station: (at_risk[station], station))
    failure = ResourceDowntime(resource_ids=(name,), when=When(start=now, end=now + timedelta(hours=18)))
    failing = build(site, now=now, changes=(failure,), reference=in_force)
    draft = solve_roster(failing, Settings(seconds=0.5, threads=1), 1)
    figures = measures(failing, draft.plan.plan)
    displaced = at_risk[name]
    assert displaced > 0
    assert figures.num_dropped <= 1
    assert 0 < figures.num_moved + figures.num_dropped <= 3 * displaced
