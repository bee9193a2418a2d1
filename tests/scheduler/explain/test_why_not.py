"""Why not elsewhere: the alternative is forced and solved again, and both costs are of verified plans."""

from __future__ import annotations

import pytest

from hospital.errors import PlanRefused, UnknownId
from hospital.facts import POINT
from scheduler.explain import why_not
from scheduler.kernel.plan import Place
from scheduler.kernel.score import score
from tests.scheduler.imaging.tiny import case, clock, hour, plan, problem, room, standard


def test_a_free_alternative_costs_what_the_rules_say() -> None:
    """An hour later is possible and costs an outpatient one point."""
    asked = problem(case("R1"), weights=standard())
    answer = why_not(asked, plan((0, hour(8))), "R1", start=clock().moment(hour(9)))
    assert answer.is_possible
    assert answer.cost_after is not None
    assert answer.cost_after - answer.cost_before == pytest.approx(1.0)
    assert {fact.text_id for fact in answer.facts} == {"alternative", "nobody_moves", "dearer", "tried_alone"}


def test_others_make_room_at_the_price_of_the_whole_plan() -> None:
    """An outpatient can have the inpatient's time if the inpatient waits: the answer says who moves and what both cost."""
    from hospital.requests import RequestClass

    asked = problem(case("R1", rclass=RequestClass.INPATIENT), case("R2"), weights=standard())
    stands = plan((0, hour(8)), (0, hour(8.5)))
    answer = why_not(asked, stands, "R2", scanner="CT1", start=clock().moment(hour(8)))
    assert answer.is_possible
    assert answer.after is not None
    assert answer.after.plan.places[1] == Place(0, hour(8))
    assert answer.cost_before == score(asked, stands).total / POINT
    assert answer.cost_after == score(asked, answer.after.plan).total / POINT
    moved = next(fact for fact in answer.facts if fact.text_id == "would_move")
    assert (moved.values["request"], moved.values["start_at"]) == ("R1", clock().moment(hour(8.5)))


def test_the_impossible_is_refused_with_a_proven_reason() -> None:
    """On a scanner that cannot make the examination no time helps; the rule is named and proven."""
    rooms = [room("CT1", features=frozenset({"cardiac"})), room("CT2")]
    asked = problem(case("R1", features=frozenset({"cardiac"})), rooms=rooms, weights=standard())
    for start in (None, clock().moment(hour(9))):
        answer = why_not(asked, plan((0, hour(8))), "R1", scanner="CT2", start=start)
        assert not answer.is_possible
        assert answer.cost_after is None
        assert answer.conflict is not None
        assert (answer.conflict.rules, answer.conflict.is_proven) == (("fits",), True)
        assert answer.conflict.ways_out == ()


def test_a_lock_is_a_house_rule_that_can_give_way() -> None:
    """A locked patient in the way stands in the way by that lock; a locked wish itself could be had by unlocking it."""
    asked = problem(case("R1"), locked={0: Place(0, hour(8))}, weights=standard())
    answer = why_not(asked, plan((0, hour(8))), "R1", scanner="CT1", start=clock().moment(hour(10)))
    assert not answer.is_possible
    assert answer.conflict is not None
    assert answer.conflict.rules == ("locks",)
    assert [(way.rule, way.price, way.moved) for way in answer.conflict.ways_out] == [("locks", 2.0, ())]


def test_an_appointment_that_cannot_move_is_named() -> None:
    """The wished time is taken by somebody whose appointment is locked: rule and patient are named."""
    asked = problem(case("R1"), case("R2"), locked={0: Place(0, hour(8))}, weights=standard())
    # left out is cheaper to forbid than to allow: the locked patient may only stand there or nowhere
    stands = plan((0, hour(8)), (0, hour(8.5)))
    answer = why_not(asked, stands, "R2", scanner="CT1", start=clock().moment(hour(8)))
    if answer.is_possible:
        assert [fact.values["request"] for fact in answer.facts if fact.text_id == "would_drop"] == ["R1"]
    else:
        assert answer.conflict is not None
        assert answer.conflict.requests == ("R1",)


def test_history_is_not_asked_to_move() -> None:
    """An examination that has begun is nowhere else."""
    asked = problem(case("R1"), frozen={0: Place(0, hour(8))})
    answer = why_not(asked, plan((0, hour(8))), "R1", start=clock().moment(hour(9)))
    assert not answer.is_possible
    assert [fact.text_id for fact in answer.facts] == ["is_history"]


def test_a_wish_already_met_says_so() -> None:
    """Who asks for the place they have is told that they have it."""
    asked = problem(case("R1"), weights=standard())
    answer = why_not(asked, plan((0, hour(8))), "R1", scanner="CT1")
    assert answer.cost_after == answer.cost_before
    assert [fact.text_id for fact in answer.facts] == ["already_there"]


def test_a_broken_plan_and_an_unknown_request_are_refused() -> None:
    """No comparison starts from a plan that breaks a rule, nor about somebody unknown."""
    asked = problem(case("R1"), case("R2"))
    with pytest.raises(PlanRefused):
        why_not(asked, plan((0, hour(8)), (0, hour(8))), "R1", scanner="CT1")
    with pytest.raises(UnknownId):
        why_not(asked, plan(None, None), "R9")
