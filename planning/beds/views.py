"""What the bed page shows, as frozen values. Beds are counted at the end of a day; risks are shares (0-1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Yesterday:
    """What was expected a day before of the last day that is known, with its 80 % band, beside what came."""

    expected: float
    low: float
    high: float
    came: float

    @property
    def is_within(self) -> bool:
        """Whether what came lies in the band."""
        return self.low <= self.came <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class WardView:
    """One ward. ``beds`` is None where nobody said how many there are; ``now`` beds were taken on ``last`` day. The lists have a value a
    coming day, the first of them tonight; ``bands`` by share (low, high); ``risk`` of needing more than ``beds``; ``planned`` admissions
    of the elective plan and ``plan_effect`` the beds that they add on average."""

    ward: str
    beds: int | None
    now: float
    history: tuple[float | None, ...]
    mean: tuple[float, ...]
    bands: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]
    risk: tuple[float, ...]
    planned: tuple[int, ...]
    plan_effect: tuple[float, ...]
    yesterday: Yesterday | None
    model: str = ""
    notes: tuple[tuple[str, Mapping[str, Any]], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """JSON-ready; ``ward_of`` reads it back."""
        return asdict(self)


def ward_of(row: Mapping[str, Any]) -> WardView:
    """The ward that ``as_json`` wrote."""
    values = dict(row)
    values["bands"] = {share: (tuple(low), tuple(high)) for share, (low, high) in row["bands"].items()}
    values["yesterday"] = None if row["yesterday"] is None else Yesterday(**row["yesterday"])
    for name in ("history", "mean", "risk", "planned", "plan_effect"):
        values[name] = tuple(row[name])
    values["notes"] = tuple((kind, values) for kind, values in row["notes"])
    return WardView(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class BedsView:
    """All wards, those likeliest to be short first. ``last`` is the last day that is known, ``days`` the coming ones. ``number`` is the
    forecast's version (None = none yet); ``is_old``: the data have changed since."""

    now: datetime
    timezone: str
    num_wards: int
    last: date | None = None
    days: tuple[date, ...] = ()
    number: int | None = None
    made: datetime | None = None
    author: str = ""
    is_old: bool = False
    wards: tuple[WardView, ...] = ()
    is_running: bool = False
    error: str = ""
    error_values: Mapping[str, Any] = field(default_factory=dict)
