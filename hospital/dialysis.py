"""One hospital as the dialysis area sees it: everything a Problem is built from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from hospital.plans import Booking
from hospital.requests import Mobility


@dataclass(frozen=True, kw_only=True)
class DialysisSettings:
    """What ``site.toml`` says. ``turnover_min`` lies between two patients of a station, ``disinfection_min`` by zone comes on top after one
    of it. A session may be given ``days_off_pattern`` days before or after its day. A nurse has ``ratio`` stable patients or
    ``care_ratio`` who are unstable or new; ``skills`` names the skill that a zone asks for. ``soon_h`` hours are short notice."""

    id: str = "site"
    name_en: str = "Dialysis unit"
    name_zh: str = "血液净化中心"
    timezone: str = "Asia/Shanghai"
    grid_min: int = 30
    num_days: int = 28
    first_day: str = ""
    now: datetime | None = None
    preset: str = "standard"
    weights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    turnover_min: int = 30
    disinfection_min: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    days_off_pattern: int = 1
    ratio: int = 4
    care_ratio: int = 2
    skills: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    soon_h: int = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class DialysisStation:
    """A place to dialyse: ``zone`` clean, HBV, HCV or another isolation; ``loop`` is its water loop."""

    id: str
    zone: str = "clean"
    is_hdf: bool = False
    has_bed: bool = False
    loop: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftHours:
    """A shift of one weekday (0 = Monday), or of one date: minutes of the day, the wall clock's. Sessions start at ``from_min``, or every
    ``every_min`` where that is not 0."""

    name: str
    weekday: int | None = None
    day: date | None = None
    from_min: int
    to_min: int
    every_min: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A date on which only these shifts take place."""

    day: date
    shifts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class StationClosure:
    """Maintenance or downtime of a station or a water loop."""

    resource: str
    start: datetime
    end: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneRelease:
    """A station serves another zone for a time, by the word of a named person."""

    station: str
    zone: str
    start: datetime
    end: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NurseDuty:
    """Nurses of a skill ("" = none in particular) in a shift of a weekday: on duty, and on call."""

    weekday: int
    shift: str
    skill: str = ""
    on_duty: int
    on_call: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DialysisPatient:
    """A pseudonymous patient. ``pattern`` are weekdays (none = to be found), ``shift`` and ``station`` the patient's own ("" = to be
    found). ``zone`` fits the infection status."""

    id: str
    per_week: int = 3
    session_min: int = 240
    pattern: tuple[int, ...] = ()
    shift: str = ""
    station: str = ""
    zone: str = "clean"
    is_hdf: bool = False
    mobility: Mobility = Mobility.WALKING
    group: str = ""
    is_unstable: bool = False
    is_new: bool = False
    wished_shifts: frozenset[str] = frozenset()
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """From the first to the last of these days the patient is dialysed elsewhere or not at all."""

    patient: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOff:
    """A session beside the pattern, or a missed one made up: on ``day`` or until ``last_day``."""

    patient: str
    day: date
    last_day: date
    session_min: int


@dataclass(frozen=True, kw_only=True)
class DialysisSite:
    """The dialysis unit's data, complete and cross-checked by intake."""

    settings: DialysisSettings = field(default_factory=DialysisSettings)
    stations: tuple[DialysisStation, ...] = ()
    shifts: tuple[ShiftHours, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    closures: tuple[StationClosure, ...] = ()
    releases: tuple[ZoneRelease, ...] = ()
    nurses: tuple[NurseDuty, ...] = ()
    patients: tuple[DialysisPatient, ...] = ()
    absences: tuple[Absence, ...] = ()
    one_offs: tuple[OneOff, ...] = ()
    bookings: tuple[Booking, ...] = ()
