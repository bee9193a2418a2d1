"""Questions about a plan: nothing in them can change it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from hospital.changes import Change
from hospital.changes.fields import Area, Ids, Intent, Percent, Series
from hospital.when import When
from llm_planner.intents.fields import Aspect, Kpi, Kpis


class ScheduleQuery(Intent):
    """Look-up of the plan, of free places or of an order."""

    intent: Literal["schedule_query"] = "schedule_query"
    problem: Area | None = None
    patient_ids: Ids = ()
    resource_ids: Ids = ()
    staff_ids: Ids = ()
    drug_ids: Ids = ()
    ward_id: str | None = None
    when: When | None = None


class KpiQuery(Intent):
    """What a figure of the plan is."""

    intent: Literal["kpi_query"] = "kpi_query"
    kpis: Kpis
    problem: Area | None = None
    resource_ids: Ids = ()
    staff_ids: Ids = ()
    ward_id: str | None = None
    drug_ids: Ids = ()
    when: When | None = None


class ForecastQuery(Intent):
    """How much is expected; ``interval_pct`` where a band is asked for."""

    intent: Literal["forecast_query"] = "forecast_query"
    series: Series
    drug_ids: Ids = ()
    ward_id: str | None = None
    when: When | None = None
    interval_pct: Percent | None = None


class Why(Intent):
    """The reason of something in the plan."""

    intent: Literal["why"] = "why"
    aspect: Aspect
    problem: Area | None = None
    patient_ids: Ids = ()
    resource_ids: Ids = ()
    staff_ids: Ids = ()
    drug_ids: Ids = ()
    when: When | None = None


class WhyNot(Intent):
    """Why something else is not in the plan; the contrast stands in resource, time, staff or supplier."""

    intent: Literal["why_not"] = "why_not"
    patient_ids: Ids = ()
    resource_ids: Ids = ()
    staff_ids: Ids = ()
    drug_ids: Ids = ()
    supplier_id: str | None = None
    when: When | None = None


class WhatIf(Intent):
    """Changes solved on a copy; nothing is proposed until the person asks."""

    intent: Literal["what_if"] = "what_if"
    changes: Annotated[tuple[Change, ...], Field(min_length=1)]
    kpis: tuple[Kpi, ...] = Field(default=(), min_length=1)


class ComparePlans(Intent):
    """Two or more plans side by side."""

    intent: Literal["compare_plans"] = "compare_plans"
    plan_ids: Annotated[tuple[str, ...], Field(min_length=2)]
    kpis: tuple[Kpi, ...] = Field(default=(), min_length=1)
