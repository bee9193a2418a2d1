"""The newcomer's exercise: one more rule is one file, one line of RULES, one test, one text per language.

The rule file and the texts stand in this test as they would stand in the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from hospital.errors import PlanRefused
from hospital.facts import Match
from scheduler.imaging.problem import ImagingProblem
from scheduler.imaging.rules import RULES
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule
from scheduler.kernel.verify import verify
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, problem, room


def _sedated(problem: ImagingProblem) -> Iterator[tuple[int, int]]:
    for tasks in problem.by_patient.values():
        yield from combinations((task for task in tasks if "sedation" in problem.cases[task].features), 2)


def post(problem: ImagingProblem, model: Model) -> None:
    """No two sedations of one patient on one day."""
    for first, second in _sedated(problem):
        model.forbid_same_day(first, second)


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every two sedations of one patient on one day."""
    for first, second in _sedated(problem):
        one, other = plan.places[first], plan.places[second]
        if one and other and problem.clock.day_of(one.start) == problem.clock.day_of(other.start):
            names = problem.task_ids[first], problem.task_ids[second]
            values = {"request": names[1], "before": names[0], "day_at": one.start}
            yield Match(rule="one_sedation", is_hard=True, requests=names, start=one.start, values=values)


RULE = Rule(id="one_sedation", source="anaesthesia department", is_hard=True, post=post, check=check)

DAYS = room(features=frozenset({"sedation"}), sessions=tuple((hour(8, day=day), hour(10, day=day)) for day in (0, 1)))
TWICE = problem(
    case("mri", patient="Li", features=frozenset({"sedation"})),
    case("ct", patient="Li", features=frozenset({"sedation"})),
    case("plain", patient="Li", minutes=60),
    rooms=(DAYS,),
    days=2,
)


def test_a_child_is_not_sedated_twice_on_one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the new line in RULES, verification refuses two sedations on Monday and passes Monday and Tuesday."""
    others = tuple(rule for rule in RULES if rule.id != RULE.id)
    monkeypatch.setattr("scheduler.imaging.rules.RULES", others)
    monday, two_days = (0, hour(8)), plan((0, hour(8)), (0, hour(8, day=1)), (0, hour(9)))
    assert verify(TWICE, plan(monday, (0, hour(9)), None))
    monkeypatch.setattr("scheduler.imaging.rules.RULES", (RULE, *others))
    with pytest.raises(PlanRefused) as refusal:
        verify(TWICE, plan(monday, (0, hour(9)), None))
    assert [match.rule for match in refusal.value.matches] == ["one_sedation"]
    assert verify(TWICE, two_days)


def test_both_faces_of_the_new_rule_agree() -> None:
    """Over all plans of two days, the new rule's model and check admit the same."""
    starts = [hour(8), hour(9), hour(8, day=1), hour(9, day=1)]
    assert compare_by_enumeration(TWICE, [RULE], starts=starts).is_telling
