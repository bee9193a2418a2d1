"""What several kinds of change share: which fields mean nothing for imaging, which class a priority stands for."""

from __future__ import annotations

from hospital.changes import Change
from hospital.errors import WrongState
from hospital.requests import RequestClass

CLASS_OF_PRIORITY = {
    "emergency": RequestClass.EMERGENCY,
    "urgent": RequestClass.INPATIENT,
    "routine": RequestClass.OUTPATIENT,
    "low": RequestClass.CHECK_UP,
}
"""A priority is planned with the weights of this class; an emergency also with its rights."""


def refuse_fields(change: Change, *names: str) -> None:
    """Raises WrongState where one of these fields is said, because the imaging plan could not honour it."""
    for name in names:
        if getattr(change, name):
            raise WrongState("field_not_in_imaging", intent=change.intent, field=name)
