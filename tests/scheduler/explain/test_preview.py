"""A drag shown before letting go says what the rules would say after it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hospital.errors import UnknownId
from hospital.facts import POINT
from scheduler.explain.preview import preview, preview_at
from scheduler.kernel.plan import Place
from scheduler.kernel.score import score, violations
from tests.scheduler.imaging.tiny import case, clock, hour, plan, problem, room, standard
from tests.scheduler.replan.test_recommend import sound


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 500), st.data())
def test_price_and_rules_are_those_of_the_plan_with_the_move(seed: int, data: st.DataObject) -> None:
    """Whatever is dragged wherever, the price shown is the difference of the two plans and no broken rule is missed."""
    asked, stands = sound(seed)
    task = data.draw(st.integers(0, len(asked.cases) - 1))
    resource = data.draw(st.integers(0, len(asked.rooms) - 1))
    slot = data.draw(st.integers(0, asked.clock.num_slots - asked.durations[task] // asked.clock.grid_min))
    moved = stands.placed(task, Place(resource, slot * asked.clock.grid_min))
    shown = preview_at(asked, stands, task, Place(resource, slot * asked.clock.grid_min))
    before, after = score(asked, stands), score(asked, moved)
    is_history_moved = task in asked.frozen and moved.places[task] != asked.frozen[task]
    assert bool(shown.violations) == (is_history_moved or bool(violations(asked, moved)))
    if not shown.violations:
        assert shown.price == pytest.approx((after.total - before.total) / POINT)
        rises = {rule: (after.by_rule[rule] - before.by_rule[rule]) / POINT for rule in after.by_rule}
        assert shown.cost_by_rule == pytest.approx({rule: points for rule, points in rises.items() if points})


def test_a_drag_onto_somebody_names_the_rule_and_both() -> None:
    """Dragging a patient onto another's time shows that one patient at a time is the rule in the way."""
    asked = problem(case("R1"), case("R2"), weights=standard())
    shown = preview(asked, plan((0, hour(8)), (0, hour(9))), "R2", "CT1", clock().moment(hour(8)))
    assert [(match.rule, set(match.requests)) for match in shown.violations] == [("one_at_a_time", {"R1", "R2"})]


def test_a_later_hour_costs_an_hour_of_waiting() -> None:
    """Half an hour later costs an outpatient half a point, and nothing else changes."""
    asked = problem(case("R1"), rooms=[room()], weights=standard())
    shown = preview(asked, plan((0, hour(8))), "R1", "CT1", clock().moment(hour(8.5)))
    assert (shown.violations, shown.price, shown.cost_by_rule) == ((), 0.5, {"waiting": 0.5})


def test_an_unknown_scanner_is_refused() -> None:
    """A scanner that is not there is named in the refusal."""
    asked = problem(case("R1"))
    with pytest.raises(UnknownId, match="CT9"):
        preview(asked, plan(None), "R1", "CT9", clock().moment(hour(8)))
