"""The frozen input of the radiotherapy area: complete, checked, in days and integer minutes from the horizon's start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from hospital.clock import Clock, Span, subtract
from hospital.plans import Appointment
from scheduler.kernel.plan import Place
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.presets import Weights

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
EVERY_WEEKDAY = frozenset(range(7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Linac:
    """A treatment machine on the horizon. ``sessions`` are its opening windows, ``overtime`` the spans after each day's last one in
    which work is allowed at a price, ``closed`` quality assurance, maintenance and downtime. Linacs of one ``matched`` group
    ("" = none) can stand in for one another."""

    id: str
    site: str = "main"
    techniques: frozenset[str] = frozenset()
    energies: frozenset[str] = frozenset()
    matched: str = ""
    sessions: tuple[Span, ...] = ()
    overtime: tuple[Span, ...] = ()
    closed: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """How a course is given. ``priority`` 1 is most urgent; ``least_a_week`` holds in every whole week between the first and the last;
    ``a_day`` is 1 or 2; ``gap`` minutes lie between two sessions. ``allowed`` empty: every linac with its techniques and energies."""

    id: str
    priority: int = 3
    least_a_week: int = 5
    most_a_week: int = 7
    a_day: int = 1
    gap: int = 360
    start_weekdays: frozenset[int] = EVERY_WEEKDAY
    techniques: frozenset[str] = frozenset()
    energies: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()
    preferred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One course asked for: its sessions' minutes in order, the day it was requested and the day from which it may begin (days of
    the horizon), the course it may only follow ("" = none), and the hours of the day the patient asked for.
    ``first_session`` is the number of the first session that stands here: earlier ones are over. ``numbers`` are the sessions' numbers
    where they are not in a row from there on (one that was missed lies between). ``away`` are days on which the patient cannot come."""

    id: str
    patient: str
    protocol: Protocol
    minutes: tuple[int, ...]
    requested: int = 0
    ready: int = 0
    follows: str = ""
    hours: tuple[Span, ...] = ()
    first_session: int = 1
    target_days: int | None = None
    numbers: tuple[int, ...] = ()
    away: frozenset[int] = frozenset()

    def number(self, at: int) -> int:
        """The number of the session that stands at this position, from 0."""
        return self.numbers[at] if self.numbers else self.first_session + at


@dataclass(frozen=True, slots=True)
class Promise:
    """What a course was told: linac and day (of the horizon) of each session, in order."""

    linacs: tuple[int, ...]
    days: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Forecast:
    """Minutes that requests still to come will ask: mean and variance by pool of linacs, priority (that one or more urgent) and working
    days ahead; ``pools`` has the pool of each linac. Learned from the past outside the problem (``booking/arrivals.py``)."""

    pools: tuple[int, ...]
    mean: Floats
    variance: Floats


@dataclass(frozen=True, eq=False)
class Workdays:
    """The days on which any linac is open, in order: day of the horizon, number of its week, working days of that week; and on which
    weekdays (0 = Monday) such days lie."""

    day: Ints
    week: Ints
    in_week: Ints
    weekdays: frozenset[int]

    def at_or_after(self, day: int) -> int:
        """Position of the first working day not before this day."""
        return int(np.searchsorted(self.day, day))

    @cached_property
    def position(self) -> Mapping[int, int]:
        """Position of each working day."""
        return {int(day): position for position, day in enumerate(self.day)}


@dataclass(frozen=True, kw_only=True)
class RadiotherapyProblem:
    """Everything the engine knows. A task is one session of one course, in the courses' order.

    ``promised`` are the courses (by index) whose linac and days are settled: they bind. ``told`` is what was promised before a change
    demanded otherwise: each session that is not so any more costs. ``missed`` are sessions (counted from 0) of promised courses that were
    not given and are to be made up: their promise is the day that was missed. ``as_booked`` are promises that came to us against a rule
    of the course itself (its linac, its weeks, its order): while they stand, that rule is not asked of them. ``reference`` are the times
    in force, ``locked`` those that stay by a person's word, ``frozen`` is history. ``past`` are sessions before the horizon: they are no
    tasks, but go from plan to plan, so that no course is taken for a new one. ``now`` is the minute before which nothing new is placed:
    a course asked for today begins tomorrow at the earliest.
    """

    clock: Clock
    weights: Weights
    linacs: tuple[Linac, ...]
    courses: tuple[Course, ...]
    promised: Mapping[int, Promise] = field(default_factory=dict)
    told: Mapping[int, Promise] = field(default_factory=dict)
    missed: Mapping[int, frozenset[int]] = field(default_factory=dict)
    as_booked: Mapping[int, Promise] = field(default_factory=dict)
    frozen: Mapping[int, Place] = field(default_factory=dict)
    locked: Mapping[int, Place] = field(default_factory=dict)
    reference: Mapping[int, Place] = field(default_factory=dict)
    past: tuple[Appointment, ...] = ()
    now: int = 0
    forecast: Forecast | None = None

    @cached_property
    def first_task(self) -> tuple[int, ...]:
        """Task of each course's first session; one entry more than courses."""
        return (0, *accumulate(len(course.minutes) for course in self.courses))

    @cached_property
    def task_ids(self) -> tuple[str, ...]:
        """Course and number of each session."""
        return tuple(f"{course.id}/{course.number(at)}" for course in self.courses for at in range(len(course.minutes)))

    @cached_property
    def course_of_task(self) -> tuple[int, ...]:
        """Course of each task."""
        return tuple(index for index, course in enumerate(self.courses) for _ in course.minutes)

    @cached_property
    def resource_ids(self) -> tuple[str, ...]:
        """Linac id of each resource."""
        return tuple(linac.id for linac in self.linacs)

    @cached_property
    def resource_of(self) -> Mapping[str, int]:
        """Resource of a linac's id."""
        return {name: resource for resource, name in enumerate(self.resource_ids)}

    @cached_property
    def durations(self) -> tuple[int, ...]:
        """Minutes of each session."""
        return tuple(minutes for course in self.courses for minutes in course.minutes)

    @cached_property
    def task_of(self) -> Mapping[str, int]:
        """Task of a session's id."""
        return {name: task for task, name in enumerate(self.task_ids)}

    @cached_property
    def course_index(self) -> Mapping[str, int]:
        """Course of an id."""
        return {course.id: index for index, course in enumerate(self.courses)}

    @cached_property
    def fit(self) -> tuple[tuple[int, ...], ...]:
        """By course and linac: 1 preferred, 0 allowed, -1 not allowed."""
        by_protocol = {
            course.protocol: tuple(_fit(course.protocol, linac) for linac in self.linacs) for course in self.courses
        }
        return tuple(by_protocol[course.protocol] for course in self.courses)

    @cached_property
    def open_spans(self) -> tuple[tuple[Span, ...], ...]:
        """Opening hours of each linac less its closures, overtime left aside."""
        return tuple(
            subtract(linac.sessions, linac.closed) if linac.closed else linac.sessions for linac in self.linacs
        )

    @cached_property
    def overtime_spans(self) -> tuple[tuple[Span, ...], ...]:
        """Overtime of each linac less its closures."""
        return tuple(
            subtract(linac.overtime, linac.closed) if linac.closed else linac.overtime for linac in self.linacs
        )

    @cached_property
    def workdays(self) -> Workdays:
        """The working days: those on which any linac has opening hours, be it closed for maintenance that day."""
        days = np.array(
            sorted({self.clock.day_of(start) for linac in self.linacs for start, _ in linac.sessions}), dtype=np.int64
        )
        week = (days + self.clock.first_day.weekday()) // 7
        weekdays = frozenset(((days + self.clock.first_day.weekday()) % 7).tolist())
        return Workdays(days, week, np.bincount(week)[week] if len(week) else week, weekdays)

    def is_as_booked(self, course: int) -> bool:
        """True for a course that stands as the hospital has booked it, against a rule."""
        return course in self.as_booked and self.promised.get(course) == self.as_booked[course]

    @property
    def today(self) -> int:
        """The day of ``now``."""
        return self.clock.day_of(self.now)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The radiotherapy rules."""
        from scheduler.radiotherapy.rules import RULES

        return RULES


def _fit(protocol: Protocol, linac: Linac) -> int:
    can = protocol.techniques <= linac.techniques and protocol.energies <= linac.energies
    if not can or (protocol.allowed and linac.id not in protocol.allowed):
        return -1
    return int(not protocol.preferred or linac.id in protocol.preferred)
