"""Enough sessions in every whole week, never too many."""

from __future__ import annotations

from scheduler.radiotherapy.problem import Promise
from scheduler.radiotherapy.rules import sessions_a_week
from tests.scheduler.radiotherapy.tiny import (
    compare_by_enumeration,
    course,
    found,
    hour,
    linac,
    plan,
    problem,
    protocol,
)

LONG = linac(days=[day for day in range(16) if day % 7 not in (2, 3)])


def sessions(*days: int) -> tuple[tuple[int, int], ...]:
    return tuple((0, hour(9, day=day)) for day in days)


def test_a_whole_week_holds_the_least_number() -> None:
    """From Thursday to the Monday after next the week between needs its three; the first and the last week do not."""
    asked = problem(course("A", *(30,) * 5, protocol=protocol(least_a_week=3)), linacs=[LONG], days=16)
    assert not found(sessions_a_week.RULE, asked, plan(*sessions(0, 4, 6, 8, 11)))
    match = found(sessions_a_week.RULE, asked, plan(*sessions(0, 1, 4, 8, 11)))[0]
    assert (match.values["found"], match.values["least"], match.values["week_at"]) == (2, 3, hour(0, day=4))


def test_a_week_with_holidays_needs_its_working_days_only() -> None:
    """A week of two working days cannot hold three sessions."""
    short = linac(days=[0, 1, 4, 5, 11])
    asked = problem(course("A", *(30,) * 4, protocol=protocol(least_a_week=3)), linacs=[short], days=16)
    assert not found(sessions_a_week.RULE, asked, plan(*sessions(0, 4, 5, 11)))
    assert found(sessions_a_week.RULE, asked, plan(*sessions(0, 1, 4, 11)))


def test_no_week_holds_more_than_the_most() -> None:
    """Twice a week is not three times."""
    asked = problem(course("A", *(30,) * 3, protocol=protocol(most_a_week=2)), linacs=[LONG], days=16)
    assert not found(sessions_a_week.RULE, asked, plan(*sessions(1, 4, 6)))
    assert found(sessions_a_week.RULE, asked, plan(*sessions(4, 6, 8)))


def test_a_promise_is_judged_by_its_own_days_in_model_and_check() -> None:
    """A promise of two sessions in one week where one is the most gives neither a place; one in each of two weeks gives both."""
    starts = [hour(9, day=day) for day in (1, 4, 5)]
    twice = course("A", 30, 30, protocol=protocol(most_a_week=1))
    bad = problem(twice, promised={0: Promise((0, 0), (4, 5))})
    assert compare_by_enumeration(bad, [sessions_a_week.RULE], starts=starts) == (16, 1)
    good = problem(twice, promised={0: Promise((0, 0), (1, 4))})
    assert compare_by_enumeration(good, [sessions_a_week.RULE], starts=starts) == (16, 16)
