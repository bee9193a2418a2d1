"""The frozen input of the imaging area: complete, checked, in integer minutes from the horizon's start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from hospital.clock import Clock, Span
from hospital.requests import Mobility, RequestClass
from hospital.resources import Modality
from scheduler.imaging.presets import Weights
from scheduler.kernel.plan import Place
from scheduler.kernel.rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A scanner on the horizon. ``sessions`` are its opening windows (a break lies between two); ``overtime`` the spans after each day's
    last session in which work is allowed at a price; ``closed`` maintenance and downtime; ``reserved`` the unreleased emergency hours."""

    id: str
    modality: Modality
    site: str = "main"
    field_strength_t: float = 0.0
    features: frozenset[str] = frozenset()
    turnover: int = 0
    sessions: tuple[Span, ...] = ()
    overtime: tuple[Span, ...] = ()
    closed: tuple[Span, ...] = ()
    reserved: tuple[tuple[int, int, RequestClass], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One requested examination: request and catalogue entry joined. ``windows`` are spans in which the whole examination must lie;
    ``preparation`` minutes are spent in the department right before the start; ``minutes`` is planned scan time on the grid."""

    id: str
    patient: str
    examination: str
    modality: Modality
    rclass: RequestClass
    minutes: int
    earliest: int
    ward: str = ""
    site: str = ""
    target: int | None = None
    latest: int | None = None
    windows: tuple[Span, ...] = ()
    family: str = ""
    is_fasting: bool = False
    preparation: int = 0
    min_field_strength_t: float = 0.0
    features: frozenset[str] = frozenset()
    scanners: frozenset[str] = frozenset()
    staff: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()
    mobility: Mobility = Mobility.WALKING
    is_isolated: bool = False
    # wishes from changes: (wished spans or scanners, price in units of any other); a required one is hard and stands in windows or scanners
    preferred_starts: tuple[tuple[tuple[Span, ...], int], ...] = ()
    preferred_scanners: tuple[tuple[frozenset[str], int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """How many people of a role are at a site: (start, end, count), not overlapping."""

    role: str
    site: str
    spans: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRule:
    """After the end of a patient's examination tagged ``first``, one tagged ``then`` (* = any) begins no sooner than ``minutes``."""

    first: str
    then: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class ImagingProblem:
    """Everything the imaging engine knows. ``now`` is the minute before which nothing new is placed.

    ``reference`` is the plan in force (task -> place). Of its tasks, ``frozen`` ones are history, ``locked`` ones stay by a person's word,
    ``noticed`` ones are inside the notice period and stay unless an emergency of ``displacers`` takes their place (a scanner taken
    away by a change removes a task from ``noticed``: it then may move, at the dearest price). ``notice`` is that period in
    minutes from ``now``; ``short_notice`` the tasks whose move would come within three days.
    """

    clock: Clock
    weights: Weights
    rooms: tuple[Room, ...]
    cases: tuple[Case, ...]
    staff: tuple[Staff, ...] = ()
    changeovers: Mapping[tuple[str, str], int] = field(default_factory=dict)
    gaps: tuple[GapRule, ...] = ()
    walk: Mapping[Mobility, int] = field(default_factory=dict)
    travel: int = 0
    cleaning: int = 0
    fasting_before: int = 720
    now: int = 0
    reference: Mapping[int, Place] = field(default_factory=dict)
    frozen: Mapping[int, Place] = field(default_factory=dict)
    locked: Mapping[int, Place] = field(default_factory=dict)
    noticed: frozenset[int] = frozenset()
    displacers: frozenset[int] = frozenset()
    short_notice: frozenset[int] = frozenset()
    notice: int = 0

    @cached_property
    def task_ids(self) -> tuple[str, ...]:
        """Request id of each task."""
        return tuple(case.id for case in self.cases)

    @cached_property
    def resource_ids(self) -> tuple[str, ...]:
        """Scanner id of each resource."""
        return tuple(room.id for room in self.rooms)

    @cached_property
    def durations(self) -> tuple[int, ...]:
        """Planned scan minutes of each task."""
        return tuple(case.minutes for case in self.cases)

    @cached_property
    def task_of(self) -> Mapping[str, int]:
        """Task index of a request id."""
        return {case.id: task for task, case in enumerate(self.cases)}

    @cached_property
    def resource_of(self) -> Mapping[str, int]:
        """Resource index of a scanner id."""
        return {room.id: resource for resource, room in enumerate(self.rooms)}

    @cached_property
    def by_patient(self) -> Mapping[str, tuple[int, ...]]:
        """Tasks of each patient who has more than one."""
        tasks: dict[str, list[int]] = {}
        for task, case in enumerate(self.cases):
            tasks.setdefault(case.patient, []).append(task)
        return {patient: tuple(row) for patient, row in tasks.items() if len(row) > 1}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The imaging rules."""
        from scheduler.imaging.rules import RULES

        return RULES
