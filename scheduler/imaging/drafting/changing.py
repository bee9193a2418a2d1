"""Changes applied to a draft, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hospital.changes import Change
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


def apply_changes(draft: Draft, changes: Iterable[Change]) -> None:
    """Applies the changes one after another. Raises WrongState for one that is not for imaging."""
    for change in changes:
        area = getattr(change, "problem", None)
        if change.intent not in APPLY or area not in (None, "imaging"):
            raise WrongState("change_not_for_imaging", intent=change.intent, expected=", ".join(APPLY))
        APPLY[change.intent](draft, change)
