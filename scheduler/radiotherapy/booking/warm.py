"""Compile booking once, so that no planner waits for it; ``scheduler.kernel.warm`` calls it after installing."""

from __future__ import annotations

from datetime import date

import numpy as np

from hospital.clock import Clock
from scheduler.kernel.solve import Settings
from scheduler.radiotherapy.booking.search import offers
from scheduler.radiotherapy.presets import preset
from scheduler.radiotherapy.problem import Course, Forecast, Linac, Protocol, RadiotherapyProblem
from scheduler.radiotherapy.solve import solve

_DAYS = 5


def warm_booking() -> None:
    """Book two courses, one on consecutive days and one with days of rest, on a linac that others are still expected on."""
    opened = tuple((day * 1440 + 480, day * 1440 + 540) for day in range(_DAYS))
    courses = (
        Course(id="A", patient="A", protocol=Protocol(id="daily"), minutes=(15, 15)),
        Course(id="B", patient="B", protocol=Protocol(id="spaced", most_a_week=3, least_a_week=1), minutes=(15, 15)),
    )
    expected = np.ones((1, 3, _DAYS))
    problem = RadiotherapyProblem(
        clock=Clock("UTC", date(2026, 1, 5), _DAYS, 15),
        weights=preset("standard"),
        linacs=(Linac(id="L", sessions=opened),),
        courses=courses,
        forecast=Forecast((0,), expected, expected),
    )
    solve(problem, Settings(seconds=1), 1)
    offers(problem, 0)
