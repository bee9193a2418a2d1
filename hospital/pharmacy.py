"""One hospital pharmacy as the orders area sees it: items, suppliers, lots, issues, deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

WORKING_DAYS = tuple(range(5))


class Criticality(StrEnum):
    """How much a patient suffers without the item: vital, essential or desirable."""

    VITAL = "V"
    ESSENTIAL = "E"
    DESIRABLE = "D"


class Step(StrEnum):
    """What one figure of a table of issues covers."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, kw_only=True)
class PharmacySettings:
    """What ``site.toml`` says. ``now`` None = the moment of asking. ``country`` gives the public holidays. ``month_budget`` is money a
    month (0 = no limit); ``num_days`` is how far ahead is looked; ``closed`` are further days without orders and deliveries, in ISO."""

    id: str = "pharmacy"
    name_en: str = "Hospital pharmacy"
    name_zh: str = "药学部"
    timezone: str = "Asia/Shanghai"
    country: str = "CN"
    currency: str = "CNY"
    now: datetime | None = None
    num_days: int = 91
    month_budget: float = 0.0
    closed: tuple[str, ...] = ()
    preset: str = "standard"
    weights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """A supplier: weekdays (0 = Monday) on which it takes orders and delivers, the least value of an order, and the days it promises."""

    id: str
    name: str = ""
    order_days: tuple[int, ...] = WORKING_DAYS
    delivery_days: tuple[int, ...] = WORKING_DAYS
    least_value: float = 0.0
    promised_days: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class StockItem:
    """An item of the pharmacy. ``pack_units`` units (tablets, vials) are a pack and ``price`` is a pack's; ``shelf_life_days`` on arrival
    (0 = longer than anyone plans); ``most_packs`` is the room in store (0 = no limit); ``substitute`` another item's id."""

    id: str
    name: str = ""
    name_en: str = ""
    unit: str = ""
    group: str = ""
    supplier: str
    pack_units: float
    price: float = 0.0
    criticality: Criticality = Criticality.ESSENTIAL
    least_packs: int = 1
    most_packs: int = 0
    shelf_life_days: int = 0
    substitute: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockLot:
    """Units of one lot on the shelf. ``expires`` is the last day on which they may be issued, None where nobody wrote it down."""

    item: str
    lot: str = ""
    units: float
    expires: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Units issued on a day (or in the week or month that begins on it) to a ward; below 0 = returned."""

    item: str
    day: date
    units: float
    ward: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Packs ordered on a day and, once received, the day they came; one order may come in parts."""

    order: str
    item: str
    supplier: str = ""
    ordered: date
    received: date | None = None
    packs: float


@dataclass(frozen=True, kw_only=True)
class Usage:
    """Issues by item and step: ``units`` [num_items, num_steps], the first step beginning on ``first_day``. No row was seen = 0."""

    items: tuple[str, ...]
    first_day: date
    step: Step
    units: npt.NDArray[np.float64]

    @property
    def days(self) -> tuple[date, ...]:
        """The day on which each step begins."""
        found, day = [], self.first_day
        for _ in range(self.units.shape[1]):
            found.append(day)
            day = following(day, self.step)
        return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Pharmacy:
    """All of a pharmacy. ``table`` holds the issues where they came as a wide table, ``issues`` where they came row by row."""

    settings: PharmacySettings = field(default_factory=PharmacySettings)
    items: tuple[StockItem, ...] = ()
    suppliers: tuple[Supplier, ...] = ()
    lots: tuple[StockLot, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    issues: tuple[Issue, ...] = ()
    table: Usage | None = None

    @cached_property
    def usage(self) -> Usage:
        """The issues by item and step, however they came."""
        return self.table if self.table is not None else usage_of(self.issues)


def following(day: date, step: Step) -> date:
    """The day on which the next step begins."""
    if step is Step.MONTH:
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return day + timedelta(days=7 if step is Step.WEEK else 1)


def step_of(days: Iterable[date]) -> Step:
    """What the figures of these days cover: months where each is the first of a month, weeks where all fall on one weekday, else days."""
    known = sorted(set(days))
    if len(known) > 1 and all(day.day == 1 for day in known):
        return Step.MONTH
    if len(known) > 2 and len({day.weekday() for day in known}) == 1:
        return Step.WEEK
    return Step.DAY


def usage_of(issues: Iterable[Issue]) -> Usage:
    """Issues row by row as a table; several rows of one item and step are added up."""
    rows = list(issues)
    days = sorted({row.day for row in rows})
    step = step_of(days)
    place: dict[date, int] = {}
    day = days[0] if days else date(2000, 1, 1)
    first = day
    while days and day <= days[-1]:
        place[day] = len(place)
        day = following(day, step)
    items = tuple(sorted({row.item for row in rows}))
    at = {item: index for index, item in enumerate(items)}
    units = np.zeros((len(items), len(place)))
    for row in rows:
        units[at[row.item], place[row.day]] += row.units
    return Usage(items=items, first_day=first, step=step, units=units)
