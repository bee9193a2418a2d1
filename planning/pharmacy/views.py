"""What the pharmacy page shows, as frozen values. Risks are shares (0-1), money in the pharmacy's currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from planning.pharmacy.deliveries import Drift
from planning.pharmacy.exceptions import Alarm


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One item of the proposal. ``needed_by`` is the day on which it would fail at the risk accepted if nothing were ordered (None = beyond
    the horizon), ``arrives`` the day on which an order of today is likely on the shelf; ``risk_none`` and ``risk`` are those of running out
    before the next delivery that can still be ordered, with nothing and with ``packs`` ordered; ``expiring`` the units that will expire
    unused. ``reason`` is the text ``pharmacy.<reason>`` with its ``numbers``."""

    item: str
    name_en: str
    name_zh: str
    group: str
    unit: str
    supplier: str
    criticality: str
    turnover: str
    pack_units: float
    price: float
    packs: int
    advised: int
    stock: float
    under_way: float
    needed_by: date | None
    arrives: date
    days_left: int
    is_days_left_beyond: bool
    risk_none: float
    risk: float
    accepted: float
    expiring: float
    reason: str
    numbers: Mapping[str, Any]
    alarms: tuple[Alarm, ...] = ()
    model: str = ""
    is_set_by_hand: bool = False

    @property
    def value(self) -> float:
        """Money of the line."""
        return self.packs * self.price

    def name(self, language: str) -> str:
        """The item's name, its id where it has none."""
        return (self.name_zh or self.name_en or self.item) if language == "zh" else (self.name_en or self.item)

    def as_json(self) -> dict[str, Any]:
        """JSON-ready; ``line_of`` reads it back."""
        row = asdict(self)
        row["needed_by"] = self.needed_by.isoformat() if self.needed_by else None
        row["arrives"] = self.arrives.isoformat()
        return row


def line_of(row: Mapping[str, Any]) -> LineView:
    """The line that ``as_json`` wrote."""
    values = dict(row)
    values["needed_by"] = date.fromisoformat(row["needed_by"]) if row["needed_by"] else None
    values["arrives"] = date.fromisoformat(row["arrives"])
    values["alarms"] = tuple(Alarm(**alarm) for alarm in row["alarms"])
    return LineView(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedView:
    """Who has accepted the order, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PharmacyView:
    """Today's proposal. ``number`` is the version of the forecast (None = none yet); ``is_old``: the data or the day have changed since."""

    today: date
    now: datetime
    timezone: str
    currency: str
    num_items: int
    num_issues: int
    number: int | None = None
    made: datetime | None = None
    author: str = ""
    is_old: bool = False
    lines: tuple[LineView, ...] = ()
    drifts: tuple[Drift, ...] = ()
    accepted: AcceptedView | None = None
    is_running: bool = False
    error: str = ""
    error_values: Mapping[str, Any] = field(default_factory=dict)
    bound: float = 0.0
    cost: float = 0.0

    @property
    def ordered(self) -> tuple[LineView, ...]:
        """The lines with something to order."""
        return tuple(line for line in self.lines if line.packs)

    @property
    def alarmed(self) -> tuple[LineView, ...]:
        """The lines with an exception."""
        return tuple(line for line in self.lines if line.alarms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The middle band holding ``share`` of what may come, a value a date."""

    share: float
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StockMark:
    """Something that happens to the shelf: ``kind`` is arrival (of an order under way), order (of today's) or expiry."""

    day: date
    kind: str
    units: float
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPicture:
    """One item opened: history and forecast by date of the record, stock by day with 80 % band, what happens to the shelf."""

    line: LineView
    dates: tuple[date, ...]
    history: tuple[float, ...]
    coming: tuple[date, ...]
    mean: tuple[float, ...]
    bands: tuple[Band, ...]
    days: tuple[date, ...]
    stock: tuple[float, ...]
    stock_bands: tuple[Band, ...]
    stock_none: tuple[float, ...]
    marks: tuple[StockMark, ...]
    notes: tuple[tuple[str, Mapping[str, Any]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityView:
    """What another quantity of one item does."""

    item: str
    packs: int
    risk: float
    expiring: float
    days_left: int
    value: float
