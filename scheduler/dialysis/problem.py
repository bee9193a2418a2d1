"""The frozen input of the dialysis area: complete, checked, in days and integer minutes from the horizon's start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

from hospital.clock import Clock, Span
from scheduler.dialysis.presets import Weights
from scheduler.kernel.plan import Place
from scheduler.kernel.rule import Rule

CLEAN = "clean"


@dataclass(frozen=True, slots=True)
class Release:
    """A station serves another zone from ``start`` to ``end``, by the word of a named person."""

    zone: str
    start: int
    end: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A place to dialyse. ``zone`` is clean, HBV, HCV or another isolation; ``has_bed`` tells a bed from a chair; ``closed`` is
    maintenance and downtime of the station or its water loop. ``releases`` do not overlap."""

    id: str
    zone: str = CLEAN
    is_hdf: bool = False
    has_bed: bool = False
    closed: tuple[Span, ...] = ()
    releases: tuple[Release, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One shift of one day. Sessions start at ``start``, or every ``every`` minutes of it where that is not 0, and end by ``end``."""

    name: str
    day: int
    start: int
    end: int
    every: int = 0

    def starts(self) -> range:
        """Minutes at which a session may start."""
        return range(self.start, self.end, self.every) if self.every else range(self.start, self.start + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nurses:
    """Nurses of a skill ("" = any) from ``start`` to ``end``: on duty, and on call beside them at a price."""

    skill: str
    start: int
    end: int
    on_duty: int
    on_call: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """A pseudonymous patient. ``zone`` is the one that fits the infection status. ``needs_care``: unstable or new, so that a nurse has
    fewer of them. ``windows`` are the spans in which a whole session must lie (none = any); ``wishes`` the shifts wished (none = any).
    ``most_days`` is the most days from one session to the next: one more than treatment-free days."""

    id: str
    zone: str = CLEAN
    is_hdf: bool = False
    needs_bed: bool = False
    needs_care: bool = False
    group: str = ""
    most_days: int = 3
    windows: tuple[Span, ...] = ()
    wishes: frozenset[str] = frozenset()
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session of a patient's series. ``due`` is its day of the pattern, ``days`` those on which it may be given. ``minutes`` are
    planned, ``prescribed`` those ordered. ``station`` and ``shift`` are the patient's own ("" = none yet). ``after_break``: the patient
    was elsewhere between the session before and this one. ``has_lost_place``: the own station is closed on that day, the own shift does not
    take place, or the session was missed."""

    id: str
    patient: str
    number: int
    due: int
    days: tuple[int, ...]
    minutes: int
    prescribed: int
    station: str = ""
    shift: str = ""
    after_break: bool = False
    has_lost_place: bool = False


@dataclass(frozen=True, kw_only=True)
class DialysisProblem:
    """Everything the dialysis engine knows. Nothing new is placed before minute ``now``.

    ``turnover`` minutes lie between two patients of a station, ``disinfection`` more after one of a zone named there. A nurse of the
    ``ratio`` has that many stable patients, of ``care_ratio`` that many who need care. ``skills`` names the skill a zone asks for.
    ``reference`` is the plan in force; ``frozen`` of it is history, ``locked`` stays by a person's word, ``soon`` would move
    at short notice.
    """

    clock: Clock
    weights: Weights
    stations: tuple[Station, ...]
    shifts: tuple[Shift, ...]
    patients: tuple[Patient, ...]
    sessions: tuple[Session, ...]
    nurses: tuple[Nurses, ...] = ()
    ratio: int = 4
    care_ratio: int = 2
    skills: Mapping[str, str] = field(default_factory=dict)
    turnover: int = 30
    disinfection: Mapping[str, int] = field(default_factory=dict)
    now: int = 0
    reference: Mapping[int, Place] = field(default_factory=dict)
    frozen: Mapping[int, Place] = field(default_factory=dict)
    locked: Mapping[int, Place] = field(default_factory=dict)
    soon: frozenset[int] = frozenset()

    @cached_property
    def task_ids(self) -> tuple[str, ...]:
        """Id of each session."""
        return tuple(session.id for session in self.sessions)

    @cached_property
    def resource_ids(self) -> tuple[str, ...]:
        """Id of each station."""
        return tuple(station.id for station in self.stations)

    @cached_property
    def durations(self) -> tuple[int, ...]:
        """Planned minutes of each session."""
        return tuple(session.minutes for session in self.sessions)

    @cached_property
    def task_of(self) -> Mapping[str, int]:
        """Task index of a session id."""
        return {session.id: task for task, session in enumerate(self.sessions)}

    @cached_property
    def resource_of(self) -> Mapping[str, int]:
        """Resource index of a station id."""
        return {station.id: resource for resource, station in enumerate(self.stations)}

    @cached_property
    def patient_of(self) -> tuple[Patient, ...]:
        """The patient of each session."""
        known = {patient.id: patient for patient in self.patients}
        return tuple(known[session.patient] for session in self.sessions)

    @cached_property
    def series(self) -> tuple[tuple[int, ...], ...]:
        """Each patient's sessions in order."""
        rows: dict[str, list[int]] = {}
        for task, session in enumerate(self.sessions):
            rows.setdefault(session.patient, []).append(task)
        return tuple(tuple(sorted(row, key=lambda task: self.sessions[task].number)) for row in rows.values())

    @cached_property
    def meeting(self) -> tuple[tuple[int, int], ...]:
        """Sessions of one patient, in order, whose days are so near each other that they could meet or change places."""
        return tuple(
            (first, second)
            for row in self.series
            for first, second in combinations(row, 2)
            if max(self.sessions[first].days) >= min(self.sessions[second].days)
        )

    @cached_property
    def shift_at(self) -> Mapping[int, Shift]:
        """The shift of each minute at which a session may start."""
        return {start: shift for shift in self.shifts for start in shift.starts()}

    @cached_property
    def day_of_start(self) -> Mapping[int, int]:
        """The day of each minute at which a session may start."""
        return {start: shift.day for start, shift in self.shift_at.items()}

    def day_of(self, minute: int) -> int:
        """Day of a start, quick for the usual ones."""
        day = self.day_of_start.get(minute)
        return self.clock.day_of(minute) if day is None else day

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The dialysis rules."""
        from scheduler.dialysis.rules import RULES

        return RULES


def only(problem: DialysisProblem, tasks: Sequence[int]) -> DialysisProblem:
    """The problem of these sessions alone, in this order."""
    at = {task: index for index, task in enumerate(tasks)}

    def kept(places: Mapping[int, Place]) -> dict[int, Place]:
        return {at[task]: place for task, place in places.items() if task in at}

    return replace(
        problem,
        sessions=tuple(problem.sessions[task] for task in tasks),
        reference=kept(problem.reference),
        frozen=kept(problem.frozen),
        locked=kept(problem.locked),
        soon=frozenset(at[task] for task in problem.soon if task in at),
    )
