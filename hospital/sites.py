"""One hospital as the imaging area sees it: everything a Problem is built from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from hospital.plans import Booking
from hospital.requests import Changeover, Examination, Gap, Request
from hospital.resources import Closure, OpeningWindow, Reservation, Scanner, Shift


@dataclass(frozen=True, kw_only=True)
class SiteSettings:
    """What ``site.toml`` says. ``walk_min`` by mobility is the time between two examinations of a patient in one building;
    ``travel_min`` is added between sites. ``now`` is None for the present; samples name theirs. ``weights`` override the preset."""

    id: str = "site"
    name_en: str = "Hospital"
    name_zh: str = "医院"
    timezone: str = "Asia/Shanghai"
    grid_min: int = 5
    num_days: int = 7
    first_day: str = ""
    now: datetime | None = None
    preset: str = "standard"
    weights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    duration_quantile: str = "median"
    notice_h: float = 24.0
    fasting_before_min: int = 720
    cleaning_min: int = 30
    walk_min: Mapping[str, int] = field(
        default_factory=lambda: MappingProxyType({"walking": 15, "wheelchair": 20, "bed": 30})
    )
    travel_min: int = 60


@dataclass(frozen=True, kw_only=True)
class ImagingSite:
    """The imaging department's data, complete and cross-checked by intake."""

    settings: SiteSettings = field(default_factory=SiteSettings)
    scanners: tuple[Scanner, ...] = ()
    opening: tuple[OpeningWindow, ...] = ()
    closures: tuple[Closure, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    examinations: tuple[Examination, ...] = ()
    changeovers: tuple[Changeover, ...] = ()
    gaps: tuple[Gap, ...] = ()
    shifts: tuple[Shift, ...] = ()
    requests: tuple[Request, ...] = ()
    bookings: tuple[Booking, ...] = ()
