"""The field types that change intents share; None or empty means "not said"."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

Ids = Annotated[tuple[str, ...], Field(min_length=1)]
Count = Annotated[int, Field(ge=0, strict=True)]
Minutes = Annotated[int, Field(ge=0, strict=True)]
Percent = Annotated[float, Field(ge=0, le=100, strict=True)]
Amount = Annotated[float, Field(ge=0, strict=True)]
Signed = Annotated[float, Field(strict=True)]

Area = Literal["imaging", "radiotherapy", "dialysis", "theatre", "beds", "ambulance", "pharmacy"]
Service = Literal["CT", "MR", "PETCT", "RF", "US", "DR", "LINAC", "TOMO", "SIM", "HD", "OR", "BED", "AMB"]
Priority = Literal["emergency", "urgent", "routine", "low"]
PatientClass = Literal[
    "emergency", "inpatient", "outpatient", "check_up", "infectious", "paediatric", "day_case", "new_patient"
]
StaffRole = Literal["nurse", "technician", "anaesthetist", "surgeon", "physicist", "driver", "porter", "pharmacist"]
Per = Literal["day", "week", "shift"]
Infection = Literal["HBV", "HCV", "HIV", "syphilis", "MRSA", "influenza", "COVID19", "unknown"]
Series = Literal[
    "ed_arrivals", "imaging_requests", "dialysis_sessions", "surgery_requests", "bed_occupancy", "ambulance_calls",
    "drug_demand",
]  # fmt: skip
Term = Literal[
    "wait_time", "overtime", "utilisation", "idle_time", "unscheduled", "lateness", "response_time", "travel_time",
    "occupancy", "stockout_risk", "cost", "waste", "preference", "stability", "fairness",
]  # fmt: skip


class Intent(BaseModel):
    """A frozen value with no field that is not in the table."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def exactly_one(value: Intent, *names: str) -> None:
    """Refuses the value unless exactly one of the named fields is said."""
    if sum(getattr(value, name) is not None for name in names) != 1:
        raise PydanticCustomError("one_of", "exactly one of {expected}", {"expected": ", ".join(names)})
