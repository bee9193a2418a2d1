"""Scanners, their hours, and the people they need. Wall-clock minutes of day outside, aware datetimes for dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Modality(StrEnum):
    """What kind of machine it is; DICOM-like short codes."""

    CT = "CT"
    MR = "MR"
    PETCT = "PETCT"
    RF = "RF"
    US = "US"
    DR = "DR"


class ClosureKind(StrEnum):
    """Why a scanner is not usable for a while."""

    MAINTENANCE = "maintenance"
    DOWNTIME = "downtime"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanner:
    """One machine. ``turnover_min`` is the room turnover after every patient; overtime is allowed up to
    ``overtime_max_min`` after the last opening window of a day."""

    id: str
    name: str = ""
    modality: Modality
    site: str = "main"
    field_strength_t: float = 0.0
    features: frozenset[str] = frozenset()
    turnover_min: int = 0
    overtime_max_min: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningWindow:
    """A session: the scanner is open from ``from_min`` to ``to_min`` (minutes of day) on ``weekday`` (0 = Monday) or, if ``day``
    is given, on that date only; a date's windows replace its weekday's unless ``is_extra``. A break is the time between two windows."""

    scanner: str
    weekday: int | None = None
    day: date | None = None
    from_min: int
    to_min: int
    is_extra: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """The scanner cannot be used from ``start`` to ``end``; an absent end means until further notice."""

    scanner: str
    start: datetime
    end: datetime | None
    kind: ClosureKind = ClosureKind.MAINTENANCE
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """Hours kept for one class (emergencies unless said otherwise) until ``release_h`` hours before they begin."""

    scanner: str
    weekday: int | None = None
    day: date | None = None
    from_min: int
    to_min: int
    rclass: str = "emergency"
    release_h: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """``count`` people of a role are there from ``from_min`` to ``to_min`` on a weekday, or on ``day`` alone (added to the
    weekday's; negative counts are absences)."""

    role: str
    site: str = "main"
    weekday: int | None = None
    day: date | None = None
    from_min: int
    to_min: int
    count: int
