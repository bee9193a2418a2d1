"""Whole problems solved, and planned again after a change."""

from __future__ import annotations

import pytest

from hospital.errors import BadInput, PlanRefused
from scheduler.kernel.outcome import RunLog, Step
from scheduler.kernel.plan import Place
from scheduler.kernel.solve import Settings
from scheduler.kernel.verify import verify
from scheduler.radiotherapy.problem import Promise, RadiotherapyProblem
from scheduler.radiotherapy.replan import replanned
from scheduler.radiotherapy.solve import replay, solve
from scheduler.radiotherapy.times import plan_of
from tests.scheduler.radiotherapy.tiny import course, hour, linac, problem, protocol, standard

WORKDAYS = [day for day in range(24) if day % 7 not in (2, 3)]
LONG = linac(days=WORKDAYS)
FREE_OF_WISHES = standard(load=0)


def test_every_course_is_planned_and_the_cost_proven_where_nothing_waits() -> None:
    """Two courses that begin at once cost nothing, which is proven; the problem of the plan bears their promises."""
    asked = problem(course("A", 30, 20), course("B", 30), linacs=[LONG], days=24, weights=FREE_OF_WISHES)
    outcome = solve(asked, Settings(seconds=1), 1)
    assert (outcome.cost, outcome.bound, outcome.is_optimal, outcome.unplanned) == (0, 0, True, ())
    assert isinstance(outcome.plan.problem, RadiotherapyProblem)
    assert outcome.plan.problem.promised[0].days == (1, 4)


def test_the_bound_counts_what_nobody_can_avoid() -> None:
    """Only Monday has room for the first session: three days waited are proven, whatever else is done."""
    tight = problem(
        course("full", 60), course("A", 45), linacs=[LONG], days=24, promised={0: Promise((0,), (1,))}, weights=FREE_OF_WISHES
    )  # fmt: skip
    outcome = solve(tight, Settings(seconds=1), 1)
    assert (outcome.cost, outcome.bound) == (3, 3)


def test_a_course_that_fits_nowhere_is_left_out_with_its_reason() -> None:
    """No linac has the energy: left out, and the answer says why."""
    asked = problem(
        course("A", 30, protocol=protocol(energies=frozenset({"15X"}))), linacs=[LONG], days=24, weights=FREE_OF_WISHES
    )
    outcome = solve(asked, Settings(seconds=1), 1)
    assert [(left.request, left.rules) for left in outcome.unplanned] == [("A", ("linac_fits",))]
    assert outcome.cost == FREE_OF_WISHES.left_out


@pytest.mark.parametrize(
    ("rule", "places"),
    [
        ("promised_days", (Place(0, hour(9, day=1)), Place(0, hour(9, day=5)))),
        ("session_order", (Place(0, hour(9, day=4)), Place(0, hour(9, day=1)))),
        ("linac_opening", (Place(0, hour(10.5, day=1)), Place(0, hour(9, day=4)))),
        ("course_start", (Place(0, hour(9, day=0)), Place(0, hour(9, day=4)))),
    ],
)
def test_a_plan_that_was_tampered_with_is_refused(rule: str, places: tuple[Place, Place]) -> None:
    """Whoever writes another day into a plan hears which rule it breaks."""
    asked = problem(course("A", 30, 20), linacs=[LONG], days=24, promised={0: Promise((0, 0), (1, 4))})
    good = plan_of(asked)
    verify(asked, good)
    with pytest.raises(PlanRefused) as refused:
        verify(asked, good.placed(0, places[0]).placed(1, places[1]))
    assert rule in {match.rule for match in refused.value.matches}


def visits(promise: Promise) -> set[tuple[int, int]]:
    return set(zip(promise.linacs, promise.days, strict=True))


def test_the_twin_takes_a_day_of_downtime() -> None:
    """The linac is down on Monday: that one session goes to the matched linac, all others stay."""
    down = ((hour(0, day=4), hour(24, day=4)),)
    two = [linac("L1", days=WORKDAYS, matched="twins", closed=down), linac("L2", days=WORKDAYS, matched="twins")]
    told = {0: Promise((0,) * 3, (1, 4, 5))}
    new = replanned(problem(course("A", 30, 20, 20), linacs=two, days=24, promised=told, weights=FREE_OF_WISHES))
    assert new.promised[0] == Promise((0, 1, 0), (1, 4, 5))
    plan = verify(new, plan_of(new))
    assert plan.score.by_rule["session_moved"] == FREE_OF_WISHES.moved * 6000


def test_without_a_twin_the_session_is_made_up_on_the_soonest_day() -> None:
    """Wednesday takes what Monday cannot: one visit is given up, and the plan keeps every rule."""
    down = ((hour(0, day=4), hour(24, day=4)),)
    told = {0: Promise((0,) * 3, (1, 4, 5))}
    one = [linac("L1", days=WORKDAYS, closed=down), linac("L2", days=WORKDAYS)]
    new = replanned(problem(course("A", 30, 20, 20), linacs=one, days=24, promised=told, weights=FREE_OF_WISHES))
    assert new.promised[0] == Promise((0,) * 3, (1, 5, 6))
    verify(new, plan_of(new))


def test_half_a_day_down_moves_only_those_who_do_not_fit() -> None:
    """Half of Monday's hour is lost: the urgent patient stays, the other is made up; who has nothing on Monday keeps all."""
    down = ((hour(9.5, day=4), hour(10, day=4)),)
    courses = (
        course("A", 30), course("B", 30, protocol=protocol(id="bone", priority=1)), course("C", 30)
    )  # fmt: skip
    told = {0: Promise((0,), (4,)), 1: Promise((0,), (4,)), 2: Promise((0,), (5,))}
    half = problem(*courses, linacs=[linac(days=WORKDAYS, closed=down)], days=24, promised=told, weights=FREE_OF_WISHES)
    new = replanned(half)
    assert (new.promised[1], new.promised[2]) == (told[1], told[2])
    assert visits(new.promised[0]).isdisjoint(visits(told[0]))
    verify(new, plan_of(new))


def test_a_course_follows_the_one_that_was_made_up() -> None:
    """The boost begins after the course that now ends later."""
    down = ((hour(0, day=5), hour(24, day=5)),)
    told = {0: Promise((0, 0), (4, 5)), 1: Promise((0,), (6,))}
    two = problem(
        course("A", 30, 20), course("B", 30, follows="A"), linacs=[linac(days=WORKDAYS, closed=down)], days=24,
        promised=told, weights=FREE_OF_WISHES,
    )  # fmt: skip
    new = replanned(two)
    assert new.promised[1].days[0] > new.promised[0].days[-1]
    verify(new, plan_of(new))


def test_nothing_changes_where_nothing_happened() -> None:
    """Planned again without a change, every promise stands."""
    told = {0: Promise((0,) * 3, (1, 4, 5))}
    same = replanned(problem(course("A", 30, 20, 20), linacs=[LONG], days=24, promised=told, weights=FREE_OF_WISHES))
    assert same.promised == told


def test_a_run_is_taken_again_from_its_log() -> None:
    """The same order of booking gives the same plan; a log of other steps is refused."""
    asked = problem(
        course("A", 30, 20), course("B", 45, protocol=protocol(id="bone", priority=1)), linacs=[LONG], days=24, weights=standard()
    )  # fmt: skip
    outcome = solve(asked, Settings(seconds=1), 1)
    assert replay(asked, outcome.log).plan == outcome.plan.plan
    for step in (Step("together", 1, 5, (0.0, 0.0)), Step(outcome.log.steps[0].kind, 1, 2, (0.0, 0.0), (0, 0))):
        with pytest.raises(BadInput):
            replay(asked, RunLog(1, 1, (step,)))
