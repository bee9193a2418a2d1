"""What a buyer must look at before all else: items that run out, lots that expire unused, demand that has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forecasting.forecasts import Note
from hospital.pharmacy import StockLot
from scheduler.orders.problem import Floats
from scheduler.orders.propose import Line

EXPIRY_DAYS = (30, 60, 90)
LIKELY = 0.5
"""A risk from which something is expected, not only possible."""
KINDS = ("out_now", "shortage", "expiry_30", "expiry_60", "expiry_90", "level_break")
"""In the order in which they are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One exception of one item: ``kind`` is one of KINDS, its sentence ``pharmacy.alarm_<kind>`` filled with ``values``."""

    kind: str
    values: dict[str, Any] = field(default_factory=dict)


def alarms_of(
    line: Line, *, lots: Sequence[StockLot], daily: Floats, today: date, notes: Sequence[Note]
) -> tuple[Alarm, ...]:
    """All exceptions of an item, the gravest first. ``daily`` is the mean demand of the coming days."""
    found = [*_short(line), *_expiring(lots, daily, today)]
    found += [Alarm(kind="level_break", values=dict(n.values)) for n in notes if n.kind == "level_break"]
    return tuple(sorted(found, key=lambda alarm: KINDS.index(alarm.kind)))


def _short(line: Line) -> Iterator[Alarm]:
    if line.item.mean_demand <= 0:
        return
    if line.item.stock <= 0:
        yield Alarm(kind="out_now", values={"days": line.arrives})
    elif line.after.risk >= LIKELY:
        values = {"days_left": line.before.days_left, "days": line.arrives, "risk": round(100 * line.after.risk)}
        yield Alarm(kind="shortage", values=values)


def _expiring(lots: Sequence[StockLot], daily: Floats, today: date) -> Iterator[Alarm]:
    """One alarm: the units that the mean demand leaves unused, by the nearest of EXPIRY_DAYS in which the first of them expire."""
    lost = [(lot, units) for lot, units in unused(lots, daily, today) if units >= 1]
    for limit in EXPIRY_DAYS:
        within = [(lot, units) for lot, units in lost if (lot.expires - today).days <= limit]  # type: ignore[operator]
        if within:
            first = min(lot.expires for lot, _ in within if lot.expires is not None)
            total = round(sum(units for _, units in within))
            yield Alarm(kind=f"expiry_{limit}", values={"units": total, "date": first.isoformat(), "days": limit})
            return


def unused(lots: Sequence[StockLot], daily: Floats, today: date) -> list[tuple[StockLot, float]]:
    """Units of each lot with an expiry date within the days of ``daily`` that are still there when it passes, issued first expired first.
    ``lots`` come in that order."""
    asked = daily.clip(min=0).cumsum()
    given, found = 0.0, []
    for lot in lots:
        if lot.expires is None:
            break
        last = (lot.expires - today).days
        if last >= len(asked):
            break
        can_be_issued = float(asked[last]) if last >= 0 else 0.0
        used = min(lot.units, max(can_be_issued - given, 0.0))
        given += used
        found.append((lot, lot.units - used))
    return found
