"""Changes applied to a draft, in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from hospital.changes import CancelRequest, Change, Lock, MoveRequest, Unlock
from hospital.errors import WrongState
from scheduler.imaging.drafting import capacity, demand, goals, places
from scheduler.imaging.drafting.draft import Draft

APPLY: Mapping[str, Callable[[Draft, Any], None]] = {
    "resource_downtime": capacity.downtime,
    "resource_restore": capacity.restore,
    "opening_hours": capacity.opening_hours,
    "reserve_capacity": capacity.reserve,
    "staff_absence": capacity.staff_absence,
    "extra_staff": capacity.extra_staff,
    "cap_overtime": capacity.cap_overtime,
    "add_request": demand.add_request,
    "insert_urgent": demand.insert_urgent,
    "cancel_request": demand.cancel,
    "set_priority": demand.set_priority,
    "change_duration": demand.change_duration,
    "move_request": places.move,
    "swap_requests": places.swap,
    "lock": places.lock,
    "unlock": places.unlock,
    "set_preference": goals.set_preference,
    "set_objective_weight": goals.set_weights,
    "reoptimise": goals.reoptimise,
}
"""What each change that imaging understands does to the draft."""


def apply_changes(
    draft: Draft, changes: Sequence[Change], *, said_at: Sequence[datetime] | None = None, num_settled: int = 0
) -> None:
    """Applies the changes one after another; ``said_at`` is when each was made, if not now, and the reference plan has honoured the
    first ``num_settled``. Raises WrongState for one that is not for imaging.
    """
    for number, change in enumerate(changes):
        draft.said = min(said_at[number], draft.now) if said_at else draft.now
        draft.mark = said_at[number].isoformat() if said_at else ""
        draft.is_settled = number < num_settled
        area = getattr(change, "problem", None)
        if change.intent not in APPLY or area not in (None, "imaging"):
            raise WrongState("change_not_for_imaging", intent=change.intent, expected=", ".join(APPLY))
        APPLY[change.intent](draft, change)


def resolve_changes(draft: Draft, changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes with what they narrow by present appointments turned into request ids, applied one after another.

    "The appointments on CT1 this morning" means those that stand there when it is said, whatever is planned later.
    """
    found = []
    for change in changes:
        apply_to = _resolved(draft, change)
        apply_changes(draft, [apply_to])
        found.append(apply_to)
    return tuple(found)


def _resolved(draft: Draft, change: Change) -> Change:
    meant: list[str] = []
    if isinstance(change, CancelRequest) and change.when is not None:
        meant = draft.request_ids(change.patient_ids, when=change.when)
        return CancelRequest(patient_ids=tuple(meant)) if meant else change
    if isinstance(change, MoveRequest) and change.from_when is not None:
        meant = draft.request_ids(change.patient_ids, when=change.from_when)
        return change.model_copy(update={"patient_ids": tuple(meant), "from_when": None}) if meant else change
    if isinstance(change, Lock | Unlock) and (change.when is not None or change.resource_ids):
        meant = places.meant_by(draft, change)
        return type(change)(patient_ids=tuple(meant), problem=change.problem) if meant else change
    return change
