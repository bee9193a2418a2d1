"""What may happen to a plan's world: the change intents, the one language of forms, clicks, files and the planner.

A change never edits a plan. Problem plus changes is a new problem; solving that gives a new version. Every optional
field that is absent (None or empty) means "not said". For imaging, a request id may stand wherever a patient id may: a
patient's id means all of the patient's requests, unless ``when`` or ``resource_ids`` narrow it.
"""

from __future__ import annotations

from hospital.changes.areas import (
    BedChange,
    BudgetCap,
    DemandChange,
    DialysisPattern,
    Diversion,
    FractionRule,
    OrderPolicy,
    Reposition,
    RoadClosure,
    StockUpdate,
    SupplyDelay,
)
from hospital.changes.capacity import (
    CapOvertime,
    ExtraStaff,
    LoadLimit,
    MinUtilisation,
    OpeningHours,
    ReserveCapacity,
    ResourceDowntime,
    ResourceRestore,
    StaffAbsence,
)
from hospital.changes.demand import (
    AddRequest,
    CancelRequest,
    ChangeDuration,
    InsertUrgent,
    IsolationRule,
    Lock,
    MoveRequest,
    Reoptimise,
    SequenceRule,
    SetObjectiveWeight,
    SetPreference,
    SetPriority,
    SwapRequests,
    Unlock,
)
from hospital.changes.reading import change_to_json, changes_from_json
from hospital.changes.union import INTENTS, Change
from hospital.when import When

__all__ = [
    "INTENTS",
    "AddRequest",
    "BedChange",
    "BudgetCap",
    "CancelRequest",
    "CapOvertime",
    "Change",
    "ChangeDuration",
    "DemandChange",
    "DialysisPattern",
    "Diversion",
    "ExtraStaff",
    "FractionRule",
    "InsertUrgent",
    "IsolationRule",
    "LoadLimit",
    "Lock",
    "MinUtilisation",
    "MoveRequest",
    "OpeningHours",
    "OrderPolicy",
    "Reoptimise",
    "Reposition",
    "ReserveCapacity",
    "ResourceDowntime",
    "ResourceRestore",
    "RoadClosure",
    "SequenceRule",
    "SetObjectiveWeight",
    "SetPreference",
    "SetPriority",
    "StaffAbsence",
    "StockUpdate",
    "SupplyDelay",
    "SwapRequests",
    "Unlock",
    "When",
    "change_to_json",
    "changes_from_json",
]
