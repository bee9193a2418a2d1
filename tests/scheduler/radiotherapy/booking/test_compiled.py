"""The cheapest days of a course, against trying every pattern."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest

from scheduler.radiotherapy.booking.compiled import (
    MAX_SKIPS,
    NO_PLACE,
    Shape,
    Waits,
    Weeks,
    cheapest_days,
    minute_prices,
    spaced_days,
    wait_points,
)

WAITS = Waits(
    wait=np.array([4.0, 2.0, 1.0]),
    late=np.array([40.0, 20.0, 10.0]),
    past=np.array([8.0, 4.0, 2.0]),
    target=np.array([2, 7, 14]),
    followed=np.array([3, 2, 1]),
)


def weeks_with_holidays(rng: np.random.Generator) -> Weeks:
    cal = np.array([day for day in range(70) if day % 7 < 5 and rng.random() > 0.08])
    week = cal // 7
    return Weeks(cal, week, np.bincount(week, minlength=12)[week])


def longest_run(start: int, days: tuple[int, ...]) -> int:
    return max((b - a - 1 for a, b in pairwise((start, *days))), default=0)


def by_trying(free, price, start, minutes, shape, weeks) -> float:  # type: ignore[no-untyped-def]
    """Points of the best of all patterns of days."""
    n, best, straight = len(minutes), NO_PLACE, start + len(minutes) - 1
    for last in range(straight, min(straight + MAX_SKIPS + 1, len(weeks.cal))):
        if weeks.cal[last] - weeks.cal[straight] > shape.most_stretch or (n == 1 and last > start):
            break
        for middle in combinations(range(start + 1, last), n - 2) if n > 1 else [()]:
            days = (start, *middle, last) if n > 1 else (start,)
            counts = {w: sum(weeks.week[d] == w for d in days) for w in set(weeks.week.tolist())}
            whole = [w for w in counts if weeks.week[start] < w < weeks.week[days[-1]]]
            keeps = all(counts[w] >= min(shape.least, (weeks.week == w).sum()) for w in whole)
            fits = all(m <= free[d] for d, m in zip(days, minutes, strict=True))
            if keeps and fits and longest_run(start, days[1:]) <= shape.most_run:
                points = sum(price[d] * m for d, m in zip(days, minutes, strict=True))
                best = min(best, points + shape.stretch * (weeks.cal[last] - weeks.cal[straight]))
    return float(best)


@pytest.mark.parametrize("seed", range(300))
def test_the_days_found_are_the_cheapest_of_all(seed: int) -> None:
    """A course gets the cheapest days there are: in order, enough in each week, never more days off in a row than allowed."""
    rng = np.random.default_rng(seed)
    weeks = weeks_with_holidays(rng)
    free, price = rng.integers(0, 440, len(weeks.cal)), rng.random(len(weeks.cal)) * 0.3
    minutes = np.array([24] + [12] * int(rng.integers(0, 9)))
    shape = Shape(
        int(rng.integers(1, 6)),
        7,
        1,
        float(rng.choice([0.3, 2.0])),
        int(rng.choice([0, 3, 7])),
        int(rng.choice([0, 1, 2, 5])),
    )
    start, days = int(rng.integers(0, 5)), np.zeros(len(minutes), dtype=np.int64)
    found = cheapest_days(free, price, start, minutes, shape, weeks, NO_PLACE, days)
    assert found == pytest.approx(by_trying(free, price, start, minutes, shape, weeks))
    if found < NO_PLACE:
        assert all(a < b for a, b in pairwise(days))
        assert longest_run(start, tuple(days.tolist())[1:]) <= shape.most_run
        stretch = shape.stretch * (weeks.cal[days[-1]] - weeks.cal[start + len(minutes) - 1])
        assert sum(price[d] * m for d, m in zip(days, minutes, strict=True)) + stretch == pytest.approx(found)


def test_a_day_of_rest_after_each_session() -> None:
    """Three a week with a day between: Monday, Wednesday, Friday, Monday."""
    cal = np.array([day for day in range(28) if day % 7 < 5])
    weeks = Weeks(cal, cal // 7, np.full(20, 5))
    days = np.zeros(4, dtype=np.int64)
    shape = Shape(3, 3, 2, 2.0, 4, 2)
    points = spaced_days(np.full(20, 60), np.full(20, 0.5), 0, np.array([40] * 4), shape, weeks, NO_PLACE, days)
    assert (points, weeks.cal[days].tolist()) == (80, [0, 2, 4, 7])


def test_waiting_costs_more_past_the_target() -> None:
    """An urgent course waits two days for eight points; the third day costs its target."""
    assert [wait_points(WAITS, 0, days, 2) for days in (0, 2, 3)] == [0, 8, 12 + 40 + 8]


def test_a_minute_is_worth_what_it_spares_those_to_come() -> None:
    """A day that is nearly full and still much asked for is dear; an empty one costs nothing, nor does tomorrow without demand."""
    cal = np.arange(6)
    mean = np.array([[0.0, 0, 60, 60, 60, 60]] * 3)
    full = minute_prices(np.array([0.0, 0, 20, 400, 400, 400]), mean, mean * 30, cal, WAITS, 24.0)
    assert full[1] == 0
    assert full[2] > 0.1
    assert full[3] < 0.001
