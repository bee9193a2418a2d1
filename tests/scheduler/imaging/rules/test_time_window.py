"""A patient is examined when the request and the patient allow it."""

from __future__ import annotations

import pytest

from scheduler.imaging.rules import time_window
from tests.scheduler.imaging.tiny import case, compare_by_enumeration, hour, plan, problem, refused_for

WINDOWS = ((hour(8), hour(9)), (hour(10), hour(11)))


@pytest.mark.parametrize(
    ("facts", "bad", "good"),
    [
        ({"earliest": hour(9)}, hour(8.5), hour(9)),
        ({"latest": hour(9)}, hour(9.5), hour(9)),
        ({"windows": WINDOWS}, hour(9.5), hour(10.5)),
        ({"windows": WINDOWS, "minutes": 60}, hour(8.5), hour(10)),
    ],
)
def test_an_examination_keeps_to_the_times_of_its_request(facts: dict[str, object], bad: int, good: int) -> None:
    """Not before the earliest time, not after the latest start, wholly inside a window."""
    one = problem(case("A", **facts))
    assert refused_for(one, plan((0, bad))) == {"time_window"}
    assert refused_for(one, plan((0, good))) == set()


def test_nothing_new_is_placed_in_the_past() -> None:
    """It is a quarter to nine: half past eight is gone, nine is free."""
    one = problem(case("A"), now=hour(8.75))
    assert refused_for(one, plan((0, hour(8.5)))) == {"time_window"}
    assert refused_for(one, plan((0, hour(9)))) == set()


def test_the_match_says_between_which_times_a_start_is_possible() -> None:
    """The clerk reads that the patient may start between 8:00 and 10:30."""
    one = problem(case("A", windows=WINDOWS))
    (match,) = time_window.check(one, plan((0, hour(9.5))))
    assert (match.values["first_at"], match.values["last_at"]) == (hour(8), hour(10.5))


def test_both_faces_agree() -> None:
    """Over all plans of requests with every kind of bound, model and check admit the same."""
    three = problem(
        case("windows", windows=WINDOWS, minutes=60, latest=hour(10)),
        case("latest", latest=hour(9.25)),
        case("never", earliest=hour(10), latest=hour(9)),
        now=hour(8.25),
    )
    assert compare_by_enumeration(three, [time_window.RULE]).is_telling
