"""What can be done and asked in the pharmacy."""

from __future__ import annotations

from dataclasses import dataclass, field

from planning.commands import Command
from planning.queries import Query


@dataclass(frozen=True, slots=True)
class RequestForecast(Command):
    """-> str: job id. A forecast of every item, and today's order from it."""

    area: str = "orders"
    seed: int = 1


@dataclass(frozen=True, slots=True)
class AcceptOrder(Command):
    """-> int: lines ordered. Today's order of forecast ``number`` with the quantities that the buyer has set by hand (packs by item):
    verified, put under way, and kept with its author.

    Raises PlanRefused, WrongState for an order accepted already, Conflict for data that have changed.
    """

    number: int
    packs: dict[str, int] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PharmacyPage(Query):
    """-> PharmacyView: today's proposal of the newest forecast."""


@dataclass(frozen=True, slots=True)
class ItemAsked(Query):
    """-> ItemPicture of one item with so many packs (None = the proposal's)."""

    item: str
    packs: int | None = None


@dataclass(frozen=True, slots=True)
class QuantityAsked(Query):
    """-> QuantityView: what so many packs of one item do."""

    item: str
    packs: int


@dataclass(frozen=True, slots=True)
class MonthReport(Query):
    """-> Download: the month's report as pdf, xlsx or html."""

    format: str = "pdf"


@dataclass(frozen=True, slots=True)
class ExportOrder(Query):
    """-> Download: today's order, accepted or proposed, as csv or xlsx."""

    format: str = "xlsx"
