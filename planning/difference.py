"""What differs between two plans: who moved, who came, who went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hospital.plans import Appointment
from planning.areas.contract import Area

Pair = tuple[Appointment | None, Appointment | None]


def pairs(area: Area[Any, Any], before: Sequence[Appointment], after: Sequence[Appointment]) -> dict[str, Pair]:
    """Task -> (old, new) for every task whose place differs, in order of the new start, dropped ones last."""
    old = {area.task_id(row): row for row in before}
    new = {area.task_id(row): row for row in after}
    changed: dict[str, Pair] = {
        task: (old.get(task), row) for task, row in new.items() if not is_same_place(old.get(task), row)
    }
    changed |= {task: (row, None) for task, row in old.items() if task not in new}
    return changed


def is_same_place(first: Appointment | None, second: Appointment | None) -> bool:
    """True where both stand on one resource at one time (a changed duration is no move)."""
    if first is None or second is None:
        return first is second
    return first.resource == second.resource and first.start == second.start


def moved_tasks(area: Area[Any, Any], before: Sequence[Appointment], after: Sequence[Appointment]) -> tuple[str, ...]:
    """Tasks promised before that stand elsewhere or nowhere after."""
    return tuple(task for task, (old, _) in pairs(area, before, after).items() if old is not None)


def appointments_differ(
    area: Area[Any, Any], before: Sequence[Appointment], after: Sequence[Appointment]
) -> tuple[dict[str, Any], ...]:
    """The difference in plain values: task, old and new place (resource, start) or None."""
    return tuple(
        {"task": task, "old": _plain(old), "new": _plain(new)}
        for task, (old, new) in pairs(area, before, after).items()
    )


def _plain(row: Appointment | None) -> dict[str, str] | None:
    return None if row is None else {"resource": row.resource, "start": row.start.isoformat()}
