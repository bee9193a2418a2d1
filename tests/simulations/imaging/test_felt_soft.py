"""No soft rule is there for nothing: each costs something in the week, and ten times its weight changes the plan."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import pytest

from hospital.changes import changes_from_json
from hospital.resources import Modality
from scheduler.imaging.build import build
from scheduler.imaging.problem import ImagingProblem
from scheduler.imaging.rules import RULES
from scheduler.kernel.plan import Plan
from scheduler.kernel.score import score, violations
from simulations.imaging.samples import day, week
from simulations.write_samples import FOLDER
from tests.simulations.imaging.felt import part_of, settled

WEIGHTS = {
    "waiting": ("wait_emergency", "wait_inpatient", "wait_outpatient", "wait_check_up"),
    "lateness": ("late_factor",),
    "unplanned": ("unplanned_h",),
    "overtime": ("overtime",),
    "changeovers": ("changeover",),
    "two_days": ("two_days",),
    "short_gaps": ("short_gap",),
    "load": ("load",),
    "fairness": ("fairness",),
    "moved": ("moved", "moved_soon", "displaced"),
}
"""Soft rule -> the weights that are its price."""
WISHES = "wishes"
"""Wishes come with changes; they are felt in the day with the changes shipped beside it."""
SHARE = {"unplanned": 0.01}
"""At the price shipped everybody who can be placed is: what ten times it does is seen from a hundredth of it."""
_STEPS = 24_000


@cache
def _problem() -> ImagingProblem:
    return build(part_of(week(), {Modality.MR, Modality.PETCT, Modality.RF}))


@cache
def _plan(share: float = 1.0) -> Plan:
    return settled(_times(_problem(), "unplanned", share), iterations=3 * _STEPS)


def _times(problem: ImagingProblem, rule: str, factor: float) -> ImagingProblem:
    weights = {name: factor * getattr(problem.weights, name) for name in WEIGHTS[rule]}
    return replace(problem, weights=replace(problem.weights, **weights))


def test_every_soft_rule_is_looked_at_here() -> None:
    """A new soft rule must say here by which weight it is felt."""
    assert {rule.id for rule in RULES if not rule.is_hard} == {*WEIGHTS, WISHES}


@pytest.mark.parametrize("rule", WEIGHTS)
def test_soft_rule_costs_something_in_the_week(rule: str) -> None:
    """A good plan of the week's MR, PET-CT and fluoroscopy cannot avoid the rule altogether: it pays for it."""
    assert score(_problem(), _plan()).by_rule[rule] > 0


@pytest.mark.parametrize("rule", WEIGHTS)
def test_ten_times_the_weight_changes_the_plan(rule: str) -> None:
    """Who makes a rule ten times as dear gets another plan, and one that is better by that rule."""
    share = SHARE.get(rule, 1.0)
    before = _plan(share)
    dearer = _times(_problem(), rule, 10 * share)
    plan = settled(dearer, iterations=_STEPS, begin=before)
    assert violations(_problem(), plan) == ()
    assert plan.places != before.places
    assert score(_problem(), plan).by_rule[rule] < score(_problem(), before).by_rule[rule]


def test_wishes_are_felt_in_the_day_with_its_changes() -> None:
    """The patient who prefers the afternoon and the one who avoids a scanner cost something where the plan goes against them."""
    text = (FOLDER / "day" / "changes.json").read_text(encoding="utf-8")
    problem = build(day(), changes=changes_from_json(json.loads(text)))
    deaf = replace(
        problem, cases=tuple(replace(case, preferred_starts=(), preferred_scanners=()) for case in problem.cases)
    )
    unheard, heard = settled(deaf, iterations=12_000), settled(problem, iterations=12_000)
    assert score(problem, unheard).by_rule[WISHES] > score(problem, heard).by_rule[WISHES]
