"""The compiled part of booking, in one file so that its cache on disk sees every change: the price of a minute, the cheapest days.

The price of a linac's minute on working day d is what it costs those still to come to find it gone: for priority k,

    price_k(d) = sum over e = d .. d + followed_k - 1 of P(d) P(d+1) .. P(e) x step_k(d, e) / course_min,

P(e) the probability (normal, from the forecast) that the minutes which courses of priority k or more urgent will still ask of day e exceed
what is free there, step_k the points of one more night's wait of a course that should have begun on day d; the price is that of the
dearest k. A Friday costs the urgent ones a weekend and their target; tomorrow costs nothing, for nobody new can reach it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

import scheduler.kernel.compiled  # noqa: F401  names the folder of the cache, whichever part is asked first

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MAX_SKIPS = 5
"""Working days skipped in all: seven calendar days hold no more."""
BROKEN = MAX_SKIPS + 1
"""A week below its least number of sessions: allowed only where it is the last."""
MAX_RUN = MAX_SKIPS + 1
NO_PLACE = 1e18
_SKIPPED = 1000
_NEGLIGIBLE = 0.001

Function = TypeVar("Function", bound=Callable[..., Any])


def _compiled(function: Function) -> Function:
    return cast(Function, numba.njit(cache=True, nogil=True)(function))


class Waits(NamedTuple):
    """The rules of waiting by priority: points a day, points once late, points a day past, target days, working days followed."""

    wait: Floats
    late: Floats
    past: Floats
    target: Ints
    followed: Ints


class Weeks(NamedTuple):
    """By working day: calendar day, number of its week, working days of that week."""

    cal: Ints
    week: Ints
    working: Ints


class Shape(NamedTuple):
    """What a course's days must keep: least and most in a week, days from one to the next, its points and limits of stretch."""

    least: int
    most: int
    step: int
    stretch: float
    most_stretch: int
    most_run: int


@_compiled
def wait_points(waits: Waits, k: int, days: int, target: int) -> float:
    """Points of a start that many calendar days after the earliest possible one, priority k from 0."""
    points = waits.wait[k] * days
    if days > target:
        points += waits.late[k] + waits.past[k] * (days - target)
    return float(points)


@_compiled
def _missing(free: float, mean: float, variance: float) -> float:
    """The probability that what is still asked exceeds what is free."""
    return 0.5 * math.erfc((free - mean) / math.sqrt(2.0 * variance)) if variance > 0.0 else 0.0


@_compiled
def minute_prices(free: Floats, mean: Floats, variance: Floats, cal: Ints, waits: Waits, course_min: float) -> Floats:
    """Points a minute on each working day of a pool, from the next one (lead 1) on.

    free: minutes free by lead; mean, variance: minutes still to be asked, priority x lead; cal: calendar days by lead.
    """
    num = free.shape[0]
    price = np.zeros(num)
    missing = np.zeros(num)
    for k in range(mean.shape[0]):
        for d in range(1, num):
            missing[d] = _missing(free[d], mean[k, d], variance[k, d])
        for d in range(1, num - 1):
            chance, points = 1.0, 0.0
            for e in range(d, min(d + waits.followed[k], num - 1)):
                chance *= missing[e]
                if chance < _NEGLIGIBLE:
                    break
                target = waits.target[k]
                later = wait_points(waits, k, cal[e + 1] - cal[d], target)
                points += chance * (later - wait_points(waits, k, cal[e] - cal[d], target))
            price[d] = max(price[d], points / course_min)
    return price


@_compiled
def _read_back(choice: Ints, start: int, end: int, skips: int, state: int, days: Ints) -> None:
    """Follow the choices from the last session back to the first."""
    session = days.shape[0] - 1
    for day in range(end, start, -1):
        code = choice[day - start, skips, state]
        if code >= _SKIPPED:
            skips, state = skips - 1, code - _SKIPPED
        else:
            days[session] = day
            session, state = session - 1, code
    days[0] = start


@_compiled
def cheapest_days(
    free: Ints, price: Floats, start: int, minutes: Ints, shape: Shape, weeks: Weeks, limit: float, days: Ints
) -> float:
    """Points for minutes and stretch of the cheapest days from `start` on, which are written to `days` if they cost less than `limit`.

    Dynamic programme over working days; state: days skipped so far, skipped in the present week (the first week has no least number)
    and skipped since the last session.
    """
    n, cal = minutes.shape[0], weeks.cal
    if minutes[0] > free[start]:
        return NO_PLACE
    if n == 1:
        days[0] = start
        return float(price[start] * minutes[0])
    width = (BROKEN + 1) * MAX_RUN
    cost = np.full((MAX_SKIPS + 1, width), NO_PLACE)
    new = np.full((MAX_SKIPS + 1, width), NO_PLACE)
    cost[0, 0] = price[start] * minutes[0]
    choice = np.empty((n + MAX_SKIPS + 1, MAX_SKIPS + 1, width), dtype=np.int64)
    straight = start + n - 1
    best, end, end_skips, end_state = NO_PLACE, -1, -1, -1
    for day in range(start + 1, min(straight + MAX_SKIPS + 1, cal.shape[0])):
        if straight >= cal.shape[0] or cal[day] - cal[straight] > shape.most_stretch:
            break
        may_skip = weeks.working[day] - min(shape.least, weeks.working[day])
        is_new_week = weeks.week[day] != weeks.week[day - 1]
        is_first_week = weeks.week[day] == weeks.week[start]
        new[:] = NO_PLACE
        for skips in range(MAX_SKIPS + 1):
            given = day - start - skips
            if given < 1 or given >= n:
                continue
            may_more = (
                skips < MAX_SKIPS
                and straight + skips + 1 < cal.shape[0]
                and cal[straight + skips + 1] - cal[straight] <= shape.most_stretch
            )
            for state in range(width):
                points = cost[skips, state]
                if points >= limit:
                    continue
                before, run = state // MAX_RUN, state % MAX_RUN
                if is_new_week and before == BROKEN:
                    continue
                now = 0 if is_new_week else before
                if minutes[given] <= free[day]:
                    after = points + price[day] * minutes[given]
                    to = now * MAX_RUN
                    if given + 1 == n:
                        total = after + shape.stretch * (cal[day] - cal[straight])
                        if total < best:
                            best, end, end_skips, end_state = total, day, skips, to
                            choice[day - start, skips, to] = state
                    elif after < new[skips, to]:
                        new[skips, to] = after
                        choice[day - start, skips, to] = state
                if may_more and run < shape.most_run:
                    week_now = 0 if is_first_week else (now + 1 if now < may_skip else BROKEN)
                    to = week_now * MAX_RUN + run + 1
                    if points < new[skips + 1, to]:
                        new[skips + 1, to] = points
                        choice[day - start, skips + 1, to] = state + _SKIPPED
        cost, new = new, cost
    if best < limit:
        _read_back(choice, start, end, end_skips, end_state, days)
    return best


@_compiled
def spaced_days(
    free: Ints, price: Floats, start: int, minutes: Ints, shape: Shape, weeks: Weeks, limit: float, days: Ints
) -> float:
    """The same for a course that is not given on consecutive days (days of rest, few sessions a week): each session on the first day
    that the protocol allows after the one before, at most one such day passed over for want of room."""
    cal, n = weeks.cal, minutes.shape[0]
    day, points, in_week, passed = start, 0.0, 0, 0
    for j in range(n):
        while j and day < cal.shape[0]:
            if weeks.week[day] != weeks.week[days[j - 1]]:
                in_week = 0 if weeks.week[day] != weeks.week[day - 1] else in_week
            if cal[day] - cal[days[j - 1]] >= shape.step and in_week < shape.most:
                if minutes[j] <= free[day]:
                    break
                passed += 1
                if passed > shape.most_run:
                    return NO_PLACE
            day += 1
        if day >= cal.shape[0] or minutes[j] > free[day]:
            return NO_PLACE
        points += price[day] * minutes[j]
        if points >= limit:
            return NO_PLACE
        days[j], in_week = day, in_week + 1
        day += 1
    for j in range(1, n):  # every whole week between the first and the last holds its least number
        here, count = weeks.week[days[j]], 0
        for i in range(n):
            count += weeks.week[days[i]] == here
        is_whole = weeks.week[days[0]] < here < weeks.week[days[n - 1]]
        if is_whole and count < min(shape.least, weeks.working[days[j]]):
            return NO_PLACE
        if weeks.week[days[j]] - weeks.week[days[j - 1]] > 1:
            return NO_PLACE
    return points


@_compiled
def days_of(
    free: Ints, price: Floats, start: int, minutes: Ints, shape: Shape, weeks: Weeks, limit: float, days: Ints
) -> float:
    """Cheapest days by whichever of the two fits the course."""
    if shape.step > 1 or shape.most < 5:
        return spaced_days(free, price, start, minutes, shape, weeks, limit, days)
    return cheapest_days(free, price, start, minutes, shape, weeks, limit, days)


class Aim(NamedTuple):
    """From which working day a course may begin, its priority from 0, its target in calendar days, and working days looked over."""

    start: int
    k: int
    target: int
    searched: int


@_compiled
def cheapest_start(
    free: Ints,
    price: Floats,
    extra: Floats,
    may_start: NDArray[np.bool_],
    aim: Aim,
    waits: Waits,
    minutes: Ints,
    shape: Shape,
    weeks: Weeks,
    days: Ints,
) -> tuple[float, int]:
    """Points and linac of the cheapest place from the aim's start on (-1: none); its days in `days`.

    extra: points by linac, NO_PLACE where not allowed. may_start: by working day.
    """
    best, linac = NO_PLACE, -1
    trial = np.zeros(minutes.shape[0], dtype=np.int64)
    for first in range(aim.start, min(aim.start + aim.searched, weeks.cal.shape[0])):
        waiting = wait_points(waits, aim.k, weeks.cal[first] - weeks.cal[aim.start], aim.target)
        if waiting >= best:
            break
        if not may_start[first]:
            continue
        for m in range(free.shape[0]):
            fixed = waiting + extra[m]
            if fixed >= best or extra[m] >= NO_PLACE:
                continue
            points = fixed + days_of(free[m], price[m], first, minutes, shape, weeks, best - fixed, trial)
            if points < best - 1e-9:
                best, linac = points, m
                days[:] = trial
    return best, linac
