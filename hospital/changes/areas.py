"""Changes that only one area knows: dialysis, radiotherapy, beds, ambulances, pharmacy."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from hospital.changes.fields import Amount, Count, Ids, Intent, Percent, Series, exactly_one
from hospital.when import Weekday, When


class DialysisPattern(Intent):
    """Days and shift of a dialysis patient (M 07:00-11:30, A 12:00-16:30, E 17:00-21:30)."""

    intent: Literal["dialysis_pattern"] = "dialysis_pattern"
    patient_ids: Ids
    days: tuple[Weekday, ...] = ()
    shift: Literal["M", "A", "E"] | None = None
    sessions_per_week: Count | None = None
    from_date: date | None = None


class FractionRule(Intent):
    """Spacing and number of a patient's fractions."""

    intent: Literal["fraction_rule"] = "fraction_rule"
    patient_ids: Ids
    min_gap_h: Amount | None = None
    max_gap_days: Amount | None = None
    fractions_per_week: Count | None = None
    fractions_per_day: Count | None = None
    total_fractions: Count | None = None


class BedChange(Intent):
    """Beds of a ward reserved, released, opened or closed."""

    intent: Literal["bed_change"] = "bed_change"
    action: Literal["reserve", "release", "open", "close"]
    ward_id: str
    count: Count
    when: When | None = None
    patient_ids: Ids = ()


class RoadClosure(Intent):
    """Roads closed."""

    intent: Literal["road_closure"] = "road_closure"
    road_ids: Ids
    when: When


class Diversion(Intent):
    """A facility takes no patients of a class for a while."""

    intent: Literal["diversion"] = "diversion"
    from_facility: str
    to_facility: str | None = None
    case_class: Literal["all", "trauma", "stroke", "chest_pain", "obstetric", "paediatric"]
    when: When


class Reposition(Intent):
    """Another standby location."""

    intent: Literal["reposition"] = "reposition"
    resource_ids: Ids
    base_id: str
    when: When | None = None


class SupplyDelay(Intent):
    """A delivery comes later; a drug or a supplier, and either days or a date."""

    intent: Literal["supply_delay"] = "supply_delay"
    drug_ids: Ids = ()
    supplier_id: str | None = None
    delay_days: Amount | None = None
    new_date: date | None = None

    @model_validator(mode="after")
    def _one_amount(self) -> Self:
        if not self.drug_ids and self.supplier_id is None:
            raise PydanticCustomError("one_of", "drug_ids, supplier_id", {"expected": "drug_ids, supplier_id"})
        exactly_one(self, "delay_days", "new_date")
        return self


class DemandChange(Intent):
    """More or less demand, -100..+500 percent."""

    intent: Literal["demand_change"] = "demand_change"
    delta_pct: Annotated[float, Field(ge=-100, le=500, strict=True)]
    drug_ids: Ids = ()
    series: Series | None = None
    when: When | None = None


class StockUpdate(Intent):
    """What is on the shelf, in the drug's unit."""

    intent: Literal["stock_update"] = "stock_update"
    drug_ids: Ids
    on_hand_qty: Amount | None = None
    expiring_qty: Amount | None = None
    expiry_date: date | None = None


class OrderPolicy(Intent):
    """``order_qty`` proposes one order; the others are rules."""

    intent: Literal["order_policy"] = "order_policy"
    drug_ids: Ids = ()
    order_qty: Amount | None = None
    supplier_id: str | None = None
    min_cover_days: Amount | None = None
    service_level_pct: Percent | None = None
    max_order_qty: Amount | None = None


class BudgetCap(Intent):
    """At most so many yuan."""

    intent: Literal["budget_cap"] = "budget_cap"
    amount_cny: Amount
    when: When | None = None
    drug_ids: Ids = ()
