"""Answering requests."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from scheduler.radiotherapy.booking.arrivals import Arrivals, Ask, pools_of
from scheduler.radiotherapy.booking.diary import Diary, room_min
from scheduler.radiotherapy.booking.search import answer, offers, ordered
from scheduler.radiotherapy.problem import Forecast, Promise
from tests.scheduler.radiotherapy.tiny import course, hour, linac, problem, protocol, standard

LONG = linac(days=[day for day in range(24) if day % 7 not in (2, 3)])
URGENT = protocol(id="bone", priority=1)


def test_a_course_begins_as_soon_as_it_may_on_consecutive_working_days() -> None:
    """Ready on Friday with four sessions: Friday, Monday, Tuesday, Wednesday."""
    asked = problem(course("A", 30, 20, 20, 20), linacs=[LONG], days=24, weights=standard())
    assert answer(asked) == {0: Promise((0,) * 4, (1, 4, 5, 6))}


def test_the_urgent_one_has_the_last_room() -> None:
    """Thirty minutes are left on Friday: the urgent patient has them though asked for last."""
    asked = problem(
        course("old", 30), course("A", 30), course("B", 30, protocol=URGENT), linacs=[LONG], days=24,
        promised={0: Promise((0,), (1,))}, weights=standard(),
    )  # fmt: skip
    found = answer(asked)
    assert (found[2].days, found[1].days) == ((1,), (4,))
    assert ordered(asked, [1, 2]) == [2, 1]


def test_room_is_kept_for_those_expected() -> None:
    """Where urgent patients are sure to ask for Friday's last half hour, one who can wait begins on Monday."""
    one = problem(course("A", 30, ready=1), linacs=[LONG], days=24, weights=standard(waste_min=0))
    assert answer(one)[0].days == (1,)
    mean = np.zeros((1, 3, 20))
    mean[:, :, 1] = 55
    expecting = replace(one, forecast=Forecast((0,), mean, mean * 2))
    assert answer(expecting)[0].days == (4,)


def test_the_day_of_request_never_offers_today() -> None:
    """Asked for on Thursday and ready at once, the first of three offers is Friday, the others later and dearer."""
    asked = problem(course("A", 30, ready=0), linacs=[LONG], days=24, weights=standard())
    found = offers(asked, 0)
    assert [offer.promise.days[0] for offer in found] == [1, 4, 5]
    assert [offer.points for offer in found] == sorted(offer.points for offer in found)
    assert found[1].course_wait == 3
    assert all(
        round(o.points - o.course_wait - o.course_stretch - o.preferred_linac - o.minutes_kept, 9) == 0 for o in found
    )


def test_what_fits_nowhere_is_not_promised() -> None:
    """A session longer than any day has no answer."""
    assert answer(problem(course("A", 90), linacs=[LONG], days=24, weights=standard())) == {}


def test_stretches_share_an_allowance() -> None:
    """Where every course may stretch by half a day and one asks, nobody stretches: the course begins when its days are free."""
    full = course("full", 60, requested=-1)
    asked = problem(
        full, course("A", 30, 20, 20), linacs=[LONG], days=24, promised={0: Promise((0,), (4,))},
        weights=standard(stretch_each_days=0.5, wait_3=50),
    )  # fmt: skip
    assert answer(asked)[1].days == (5, 6, 7)
    free = replace(asked, weights=standard(stretch_each_days=5, wait_3=50))
    assert answer(free)[1].days == (1, 5, 6)


def test_a_day_cut_in_two_holds_less() -> None:
    """A QA in the middle of the morning leaves room only for what is sure to fit on both sides."""
    cut = linac(until=11, closed=((hour(9.5, day=1), hour(10, day=1)),))
    asked = problem(course("A", 60, 30), linacs=[cut])
    assert room_min(asked)[0].tolist() == [120, 60, 120, 120]


def test_a_twice_daily_course_needs_a_long_day() -> None:
    """Six hours between two sessions do not fit a day that is open for three."""
    short, long = linac(until=12), linac("L2", until=17)
    given = protocol(a_day=2)
    asked = problem(course("A", 30, 30, protocol=given), linacs=[short, long], weights=standard())
    assert answer(asked) == {0: Promise((1, 1), (1, 1))}
    assert not Diary(asked).free_for(0)[0].any()


def test_arrivals_are_learned_by_pool_priority_and_lead() -> None:
    """One urgent course a day with a lead of two days: of a day three ahead two more such days will ask."""
    pools = pools_of(
        [protocol(allowed=frozenset({"L1"})), protocol(allowed=frozenset({"L2", "L3"}))], ["L1", "L2", "L3"]
    )
    assert pools == (0, 1, 1)
    arrivals = Arrivals(pools, ["L1", "L2", "L3"], 40)
    ask = Ask(protocol=protocol(priority=1, allowed=frozenset({"L1"})), lead=1, minutes=(30, 10))
    arrivals.learn([ask])
    arrivals.learn([ask])
    found = arrivals.forecast()
    assert [round(float(x), 9) for x in found.mean[0, 0, :4]] == [0, 0, 30, 40]
    assert found.mean[1].sum() == 0
    assert (found.mean[0, 2] == found.mean[0, 0]).all()
