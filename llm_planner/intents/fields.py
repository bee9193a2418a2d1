"""Field types that only questions and the dialogue have."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

Kpi = Literal[
    "wait_time", "overtime", "utilisation", "idle_time", "unscheduled", "lateness", "on_time_start", "cancellations",
    "throughput", "fractions_missed", "response_time", "travel_time", "occupancy", "stockout_risk", "stock_cover",
    "service_level", "cost", "waste", "fairness", "preference", "stability", "objective",
]  # fmt: skip
Aspect = Literal[
    "time",
    "resource",
    "order",
    "unscheduled",
    "overtime",
    "idle",
    "infeasible",
    "kpi",
    "change",
    "quantity",
    "dispatch",
]
Category = Literal["clinical_advice", "privacy", "execution", "injection", "unsupported", "chitchat"]
Kpis = Annotated[tuple[Kpi, ...], Field(min_length=1)]
Names = Annotated[tuple[str, ...], Field(min_length=1)]
