"""The union of all change intents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, get_args

from pydantic import Field

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
from hospital.changes.fields import Intent

Change = Annotated[
    ResourceDowntime | ResourceRestore | OpeningHours | ReserveCapacity | StaffAbsence | ExtraStaff
    | LoadLimit | CapOvertime | MinUtilisation | AddRequest | InsertUrgent | CancelRequest
    | MoveRequest | SwapRequests | Lock | Unlock | SetPriority | SetPreference | ChangeDuration
    | SequenceRule | IsolationRule | DialysisPattern | FractionRule | BedChange | RoadClosure
    | Diversion | Reposition | SupplyDelay | DemandChange | StockUpdate | OrderPolicy | BudgetCap
    | SetObjectiveWeight | Reoptimise,
    Field(discriminator="intent"),
]  # fmt: skip
"""Any change intent, told apart by its field ``intent``."""

INTENTS: Mapping[str, type[Intent]] = {
    kind.model_fields["intent"].default: kind for kind in get_args(get_args(Change)[0])
}
"""The type of each change intent by its name."""
