"""One hospital's pharmacy: items, suppliers, what lies on the shelf, what was ordered and what was issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

WORKING_WEEK = frozenset(range(5))


@dataclass(frozen=True, kw_only=True)
class PharmacySettings:
    """What ``site.toml`` says. ``country`` names the public holidays, ``closures`` the pharmacy's own. ``now`` is None for the present;
    samples name theirs. ``budget`` is the money of one day's orders (None = no limit). ``weights`` override the preset of the orders area.
    ``horizon_days`` is how far the stock is looked at."""

    id: str = "site"
    name_en: str = "Hospital pharmacy"
    name_zh: str = "医院药库"
    timezone: str = "Asia/Shanghai"
    country: str = "CN"
    closures: frozenset[date] = frozenset()
    now: datetime | None = None
    currency: str = "CNY"
    budget: float | None = None
    preset: str = "standard"
    weights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    horizon_days: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A drug or consumable. ``pack_units`` of ``unit`` are a pack and ``price`` is a pack's; ``shelf_days`` is how long a delivery can be
    issued (None = longer than anyone plans), ``least_packs`` the least order, ``most_packs`` the room in store (None = no limit).
    ``criticality`` is V (vital), E (essential) or D (desirable); ``turnover`` A, B or C, "" = found from what is issued."""

    id: str
    name_en: str = ""
    name_zh: str = ""
    group: str = ""
    unit: str = ""
    pack_units: float = 1.0
    price: float = 0.0
    supplier: str = ""
    criticality: str = "E"
    turnover: str = ""
    shelf_days: int | None = None
    least_packs: int = 1
    most_packs: int | None = None
    substitute: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """Who delivers. Weekdays are 0 (Monday) to 6. ``lead_days`` are the days from order to shelf while no past orders tell them;
    ``least_value`` is the least money of an order."""

    id: str
    name_en: str = ""
    name_zh: str = ""
    order_days: frozenset[int] = WORKING_WEEK
    delivery_days: frozenset[int] = WORKING_WEEK
    lead_days: int = 2
    least_value: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StockLot:
    """Units of one lot on the shelf; ``expires`` is the last day on which they may be issued (None = does not expire)."""

    item: str
    lot: str = ""
    units: float
    expires: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PharmacyOrder:
    """Packs ordered once; ``arrived`` is the day they were on the shelf, None while they are under way."""

    item: str
    supplier: str
    ordered: date
    packs: int
    arrived: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issues:
    """What was issued of one item: a value a date from ``first`` on (``every`` D = each day, B = Monday to Friday, W = each week, M = each
    month); returns count below 0, None = not known."""

    item: str
    first: date
    every: str = "D"
    values: tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True)
class PharmacySite:
    """The pharmacy's data, complete and cross-checked by intake."""

    settings: PharmacySettings = field(default_factory=PharmacySettings)
    suppliers: tuple[Supplier, ...] = ()
    items: tuple[Item, ...] = ()
    lots: tuple[StockLot, ...] = ()
    orders: tuple[PharmacyOrder, ...] = ()
    issues: tuple[Issues, ...] = ()
