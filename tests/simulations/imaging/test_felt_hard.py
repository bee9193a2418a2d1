"""No hard rule is there for nothing: an engine that forgets it makes a plan of a shipped sample that breaks it.

A rule that no shipped sample can feel yet brings a problem that does: ``FELT`` in its own test.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

import pytest

from hospital.resources import Modality
from scheduler.imaging.build import build
from scheduler.imaging.problem import ImagingProblem
from scheduler.imaging.rules import RULES
from scheduler.kernel.score import violations
from simulations.imaging.samples import day, week
from tests.simulations.imaging.felt import part_of, settled, without

HARD = [rule.id for rule in RULES if rule.is_hard]
IN_THE_WEEK = {"locks"}
"""In the day every locked appointment is inside the notice period too, so this one is felt in the week's MR and fluoroscopy alone."""


@cache
def _day() -> ImagingProblem:
    return build(day())


@cache
def _part_of_week() -> ImagingProblem:
    return build(part_of(week(), {Modality.MR, Modality.RF}))


def _problem(rule: str) -> ImagingProblem:
    own = import_module(f"tests.scheduler.imaging.rules.test_{rule}")
    if hasattr(own, "FELT"):
        return own.FELT  # type: ignore[no-any-return]
    return _part_of_week() if rule in IN_THE_WEEK else _day()


@pytest.mark.parametrize("rule", HARD)
def test_forgetting_a_hard_rule_breaks_it(rule: str) -> None:
    """Planned without the rule, somebody is examined where, when or by whom it must not be; the rule's own check says so."""
    problem = _problem(rule)
    plan = settled(without(problem, rule), iterations=16_000)
    assert {match.rule for match in violations(problem, plan)} == {rule}


def test_with_all_rules_nothing_is_broken() -> None:
    """The same search that knows every rule breaks none of them, and leaves one examination of sixty out: the second contrast one."""
    plan = settled(_day(), iterations=16_000)
    assert violations(_day(), plan) == ()
    left_out = [case.examination for case, place in zip(_day().cases, plan.places, strict=True) if place is None]
    assert left_out in (["CT-CHEST-C"], ["MR-BRAIN-C"])
