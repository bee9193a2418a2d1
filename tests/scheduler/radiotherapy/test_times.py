"""Times of day from promised days."""

from __future__ import annotations

from scheduler.kernel.plan import Place
from scheduler.kernel.verify import verify
from scheduler.radiotherapy.problem import Promise
from scheduler.radiotherapy.times import plan_of
from tests.scheduler.radiotherapy.tiny import course, hour, linac, problem, protocol, standard


def test_nobody_overlaps_and_the_hour_is_kept() -> None:
    """B comes at half past nine on Friday after A; on Monday, alone, at half past nine again."""
    promised = {0: Promise((0,), (1,)), 1: Promise((0, 0), (1, 4))}
    asked = problem(course("A", 30), course("B", 30, 30), promised=promised, weights=standard())
    plan = plan_of(asked)
    assert plan.places == (Place(0, hour(9, day=1)), Place(0, hour(9.5, day=1)), Place(0, hour(9.5, day=4)))
    assert verify(asked, plan).score.by_rule["same_hour"] == 0


def test_the_hours_asked_for_are_met_where_there_is_room() -> None:
    """A patient who asked for half past nine does not come at nine."""
    asked = problem(course("A", 30, hours=((570, 600),)), promised={0: Promise((0,), (1,))})
    assert plan_of(asked).places == (Place(0, hour(9.5, day=1)),)


def test_times_in_force_stay_until_the_day_needs_another_order() -> None:
    """A stays at a quarter past nine beside a short B; a long B needs the whole rest of the hour, so that A gives way."""
    place = {0: Place(0, hour(9.25, day=1))}
    promised = {0: Promise((0,), (1,)), 1: Promise((0,), (1,))}
    short = problem(course("A", 15), course("B", 15), promised=promised, reference=place, grid=15)
    assert plan_of(short).places[0] == place[0]
    long = problem(course("A", 15), course("B", 45), promised=promised, reference=place, grid=15)
    assert None not in plan_of(long).places
    verify(long, plan_of(long))


def test_overtime_only_when_the_day_is_full() -> None:
    """Two sessions of forty minutes on a day of an hour: the second ends in overtime, never the first alone."""
    late = linac(overtime=((hour(10, day=1), hour(10.5, day=1)),))
    promised = {0: Promise((0,), (1,)), 1: Promise((0,), (1,))}
    two = problem(course("A", 40), course("B", 40), linacs=[late], promised=promised, grid=20)
    assert plan_of(two).places == (Place(0, hour(9, day=1)), Place(0, hour(9, day=1) + 40))


def test_twice_a_day_lies_six_hours_apart() -> None:
    """The first at nine, the second from half past three on, others between."""
    long = linac(until=17)
    promised = {0: Promise((0, 0), (1, 1)), 1: Promise((0,), (1,))}
    asked = problem(course("A", 30, 30, protocol=protocol(a_day=2)), course("B", 60), linacs=[long], promised=promised)
    places = plan_of(asked).places
    assert places[0] == Place(0, hour(9, day=1))
    assert places[1] == Place(0, hour(15.5, day=1))
    verify(asked, plan_of(asked))


def test_what_does_not_fit_stays_without_a_time() -> None:
    """Ninety minutes promised on a day of an hour: one of the two is left out, and the plan says so."""
    promised = {0: Promise((0,), (1,)), 1: Promise((0,), (1,))}
    asked = problem(course("A", 60), course("B", 30), promised=promised, weights=standard())
    plan = plan_of(asked)
    assert plan.places.count(None) == 1
    assert verify(asked, plan).score.by_rule["session_unplanned"] > 0
