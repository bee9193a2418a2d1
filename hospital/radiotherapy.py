"""One hospital as the radiotherapy area sees it: everything a Problem is built from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from hospital.plans import Booking
from hospital.sites import SiteSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentLinac:
    """One linac. ``matched`` names its beam-matched group; overtime is allowed up to ``overtime_max_min`` after a day's last hours."""

    id: str
    name: str = ""
    site: str = "main"
    techniques: frozenset[str] = frozenset()
    energies: frozenset[str] = frozenset()
    matched: str = ""
    overtime_max_min: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LinacHours:
    """The linac treats from ``from_min`` to ``to_min`` (minutes of the day) on a weekday (0 = Monday) or, if ``day`` is given, on that
    date beside its usual hours."""

    linac: str
    weekday: int | None = None
    day: date | None = None
    from_min: int
    to_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinacClosure:
    """The linac cannot be used from ``start`` to ``end``: quality assurance, maintenance or downtime."""

    linac: str
    start: datetime
    end: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinacHoliday:
    """A date on which no linac treats."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentProtocol:
    """How a course is given: ``sessions`` of ``later_min`` minutes, the first of ``first_min``; priority 1 is most urgent;
    ``preparation_days`` from request to the earliest first session (simulation CT, contouring, planning, QA)."""

    id: str
    priority: int
    sessions: int
    first_min: int
    later_min: int
    least_a_week: int = 5
    most_a_week: int = 7
    a_day: int = 1
    gap_h: float = 6.0
    start_weekdays: tuple[int, ...] = tuple(range(7))
    preparation_days: int = 0
    techniques: frozenset[str] = frozenset()
    energies: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()
    preferred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentCourse:
    """One course asked for. ``ready`` None: the protocol's preparation after the request. ``hours`` are the times of the day the patient
    asks for, ``away`` the days on which nobody may count on the patient. A course that ``is_over`` is kept to learn from what has been
    asked for in the past."""

    id: str
    patient: str
    protocol: str
    requested: date
    ready: date | None = None
    target_days: int | None = None
    sessions: int | None = None
    hours: tuple[tuple[int, int], ...] = ()
    follows: str = ""
    is_over: bool = False
    away: frozenset[date] = frozenset()


@dataclass(frozen=True, kw_only=True)
class RadiotherapySite:
    """The department's data, complete and cross-checked by intake."""

    settings: SiteSettings = field(default_factory=SiteSettings)
    linacs: tuple[TreatmentLinac, ...] = ()
    hours: tuple[LinacHours, ...] = ()
    closures: tuple[LinacClosure, ...] = ()
    holidays: tuple[LinacHoliday, ...] = ()
    protocols: tuple[TreatmentProtocol, ...] = ()
    courses: tuple[TreatmentCourse, ...] = ()
    bookings: tuple[Booking, ...] = ()
